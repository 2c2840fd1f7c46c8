"""English versions of guidance and a picture story, with the same blocks as the originals."""

from home.demo.content import (
    ArticleContent,
    Callout,
    CaptionedImage,
    Gallery,
    Heading,
    OfficialDocument,
    Paragraph,
    Related,
    Table,
)

DEPARTMENT = "Department of Home Affairs of Hải Lam Province"
SECTION = "van-ban-huong-dan"
EDITORS = "Editorial team"

ENGLISH_GUIDANCE: dict[str, ArticleContent] = {
    "huong-dan-thi-dua": ArticleContent(
        key="huong-dan-thi-dua",
        section=SECTION,
        title="How the emulation movement of 2027 will be run",
        introduction=(
            "The Department has issued guidance on registering, scoring and proposing "
            "commendations for 2027. The registration form is down to one page."
        ),
        published_at="2026-11-17T09:40",
        author="Hoài Phương",
        source_name="",
        source_url="",
        body=(
            Paragraph(
                "<p>The guidance has three parts and replaces four documents issued since 2021. "
                "Every unit in the province follows it from <b>1 January 2027</b>.</p>"
            ),
            OfficialDocument(
                file="huong-dan-thi-dua-2027.pdf",
                number="118/HD-SNV",
                issue_date="2026-11-16",
                issuing_body=DEPARTMENT,
                abstract="Guidance on the emulation movement and on commendations in 2027",
            ),
            Heading("Three things that change"),
            Paragraph(
                "<ul><li>The registration fits on one page and answers three questions: what will "
                "be done, who gains, and when it is finished.</li><li>Points are given every "
                "quarter and posted on the notice board of the unit.</li><li>A proposal for an "
                "unscheduled commendation is answered within seven working days.</li></ul>"
            ),
            Callout(
                kind="important",
                title="Deadline",
                html="<p>Units send their registration before <b>15 December 2026</b>.</p>",
            ),
            Related(title="", articles=("giay-to-khen-thuong", "tuyen-duong-57")),
        ),
    ),
    "tiep-cong-dan": ArticleContent(
        key="tiep-cong-dan",
        section=SECTION,
        title="Meeting the public: the rules and the calendar for 2027",
        introduction=(
            "Residents can meet the heads of the Department once a month and its specialists three "
            "times a week, without an appointment."
        ),
        published_at="2026-11-10T15:20",
        author="",
        source_name="",
        source_url="",
        body=(
            Paragraph(
                "<p>The new rules say who receives people, where, and how soon they are given an "
                "answer. The reception room is on the ground floor and has a wheelchair ramp.</p>"
            ),
            OfficialDocument(
                file="quy-che-tiep-cong-dan.pdf",
                number="245/QĐ-SNV",
                issue_date="2026-11-06",
                issuing_body=DEPARTMENT,
                abstract="Rules for receiving citizens at the Department of Home Affairs",
            ),
            Table(
                caption="Reception days in 2027",
                rows=(
                    ("Who receives you", "Day", "Time"),
                    ("Director of the Department", "First Tuesday of the month", "7:30 – 11:30"),
                    ("Organisation Division", "Wednesday mornings", "7:30 – 11:30"),
                    ("Emulation and Commendation Division", "Thursday afternoons", "13:30 – 17:00"),
                    ("Office of the Department", "Friday mornings", "7:30 – 11:30"),
                ),
            ),
            Callout(
                kind="note",
                title="Please bring",
                html="<ul><li>Your identity card</li><li>The receipt of your file</li></ul>",
            ),
        ),
    ),
    "nop-ho-so-truc-tuyen": ArticleContent(
        key="nop-ho-so-truc-tuyen",
        section=SECTION,
        title="Filing from home in five steps",
        introduction=(
            "All it takes is a telephone and about 15 minutes. Here is each step, and what "
            "most often goes wrong."
        ),
        published_at="2026-11-04T08:05",
        author="Thảo Nguyên",
        source_name="",
        source_url="",
        body=(
            CaptionedImage(
                picture="portal-desk.jpg",
                alt_text="A laptop showing a filing page on a desk by a window",
                caption="Files can be sent from a computer or a telephone.",
                credit=EDITORS,
            ),
            Heading("The steps"),
            Paragraph(
                "<ol><li>Sign in with your identity account.</li><li>Choose the procedure; a few "
                "words without accents are enough to find it.</li><li>Photograph your papers, one "
                "page a picture, in good light, with all four corners.</li><li>Read the form again "
                "and sign it.</li><li>Keep the number of the file to follow it.</li></ol>"
            ),
            Heading("What often goes wrong"),
            Table(
                caption="Common problems and what helps",
                rows=(
                    ("Problem", "What helps"),
                    ("The picture is blurred", "Wipe the lens and use a dark surface"),
                    ("No confirmation code comes", "Check the telephone number you registered"),
                    ("The form is lost on leaving", "Press “Save draft” before you leave"),
                ),
            ),
            Callout(
                kind="note",
                title="Need help?",
                html="<p>Call (0200) 5550 119 during office hours.</p>",
            ),
            Related(title="Read more", articles=("tap-huan-so",)),
        ),
    ),
    "chum-anh-bon-mua": ArticleContent(
        key="chum-anh-bon-mua",
        section="tin-tuc",
        title="In pictures: four seasons in Hải Lam",
        introduction=(
            "From the terraced fields of Nậm Tưa to the landing of Lam Kiều, six views of a year "
            "in the province."
        ),
        published_at="2026-11-20T07:15",
        author="Minh Khuê",
        source_name="",
        source_url="",
        body=(
            Paragraph(
                "<p>The pictures were chosen from “A corner of my home”, a call to which "
                "contributors across the province answered during the year.</p>"
            ),
            Gallery(
                title="A year at home",
                pictures=(
                    CaptionedImage(
                        picture="terraced-fields.jpg",
                        alt_text="Pale gold terraces in the early sun, two people on a path",
                        caption="Harvest in the commune of Nậm Tưa.",
                        credit=EDITORS,
                    ),
                    CaptionedImage(
                        picture="tree-planting.jpg",
                        alt_text="Many people planting saplings on a hillside",
                        caption="Planting at the start of the rains.",
                        credit=EDITORS,
                    ),
                    CaptionedImage(
                        picture="river-town.jpg",
                        alt_text="A town of close roofs beside a river",
                        caption="Vĩnh Sậy seen from the other bank.",
                        credit=EDITORS,
                    ),
                    CaptionedImage(
                        picture="communal-house.jpg",
                        alt_text="A communal house with curved eaves and lanterns at night",
                        caption="The night of the lanterns.",
                        credit=EDITORS,
                    ),
                    CaptionedImage(
                        picture="one-stop-counter.jpg",
                        alt_text="Residents sitting at a counter where files are received",
                        caption="A morning at the one-stop counter.",
                        credit=EDITORS,
                    ),
                    CaptionedImage(
                        picture="digital-archive.jpg",
                        alt_text="Shelves of files and a scanner in an archive",
                        caption="The digital archive as the year ends.",
                        credit=EDITORS,
                    ),
                ),
            ),
        ),
    ),
}
