"""English versions of two reports by key, with the same blocks as the originals."""

from home.demo.content import ArticleContent, CaptionedImage, Paragraph, VisitorCount

ENGLISH_REPORTS: dict[str, ArticleContent] = {
    "cong-moi": ArticleContent(
        key="cong-moi",
        section="tin-tuc",
        title="Department of Home Affairs launches its new web portal",
        introduction=(
            "Since the morning of 19 November, residents and officials have been able to find "
            "news, documents and the schedule of citizen reception days on the new portal, in "
            "Vietnamese and English, on computers and mobile phones alike."
        ),
        published_at="2026-11-19T08:30",
        author="Thảo Nguyên",
        source_name="",
        source_url="",
        body=(
            Paragraph(
                "<p>On the morning of 19 November, the Department of Home Affairs of Hải Lam "
                "Province officially opened its new web portal, replacing a site that had served "
                "readers for more than ten years. The interface has been redesigned to be "
                "uncluttered, with large, legible type; each page keeps only what people look for "
                "most often.</p>"
                "<p>In a survey of 640 users carried out by the Department’s Office in July, three "
                "needs were mentioned most often: <b>finding recruitment notices</b>, <b>following "
                "the progress of commendations</b> and <b>finding the telephone number of the unit "
                "in charge</b>. All three can now be reached directly from the home page.</p>"
            ),
            CaptionedImage(
                picture="portal-desk.jpg",
                alt_text=(
                    "A laptop on a wooden desk by a window, its screen showing a news page with "
                    "one large picture and several smaller items"
                ),
                caption="The new interface works well on computers, tablets and mobile phones.",
                credit="Editorial team",
            ),
            Paragraph(
                "<p>What is new on the portal:</p>"
                "<ul><li>News is arranged in three main sections, with captioned pictures.</li>"
                "<li>Important articles are published side by side in English.</li>"
                "<li>The whole site can be used with a keyboard and with a screen reader.</li>"
                "</ul>"
            ),
            Paragraph(
                "<p>The number of visits is shown publicly so that readers can follow it too. The "
                "figure below is updated automatically:</p>"
            ),
            VisitorCount(),
            Paragraph(
                "<p>The previous site remains available at <a "
                'href="https://luutru.snv-hailam.example/">luutru.snv-hailam.example</a> until the '
                "end of the second quarter of 2027. Comments and suggestions are welcome at "
                "<i>gopy@snv-hailam.example</i>; the editorial team replies within three working "
                "days.</p>"
            ),
        ),
    ),
    "khoi-thi-dua": ArticleContent(
        key="khoi-thi-dua",
        section="thi-dua-khen-thuong",
        title=(
            "Hải Lam’s emulation block of districts, towns and cities reviews 2026 and signs its "
            "emulation pledge for 2027"
        ),
        introduction=(
            "On the afternoon of 18 November in Lam Kiều City, the seven members of the emulation "
            "block of districts, towns and cities looked back on a year of work and signed a "
            "pledge for 2027 with 5 groups of targets and 22 criteria."
        ),
        published_at="2026-11-18T16:47",
        author="Hoài Phương",
        source_name="baohailam.example",
        source_url="https://baohailam.example/thi-dua/khoi-huyen-ky-giao-uoc-2027",
        body=(
            Paragraph(
                "<p>The conference was attended by Mr Đàm Quang Hiển, Director of the Department "
                "of Home Affairs; Ms Lục Thị Hòa An, Head of the Emulation and Commendation "
                "Division; leaders of the People’s Committees of the block’s seven members – Lam "
                "Kiều City, Vĩnh Sậy Town and the districts of Thạch Vân, Sông Ngái, Đồng Trấm, "
                "Bình Mạc and Khe Lụa; and nearly 180 delegates, among them local officials in "
                "charge of emulation work and the outstanding individuals chosen during the year. "
                "Thạch Vân District, which led the block in 2026, chaired the conference. Before "
                "the opening, delegates toured the display “A Year in Review”, where each locality "
                "presented one exemplary model through photographs, products and the stories of "
                "the people who had carried it out. Many lingered at the Khe Lụa corner and its "
                "“Village Notebook”, a record of every small thing that residents had done "
                "together over the year, from a 300-metre stretch of field road to a bookcase in "
                "the community house.</p>"
            ),
            CaptionedImage(
                picture="conference-hall.jpg",
                alt_text=(
                    "A conference hall seen from the back, with rows of delegates facing a stage "
                    "where the presidium sits at a table and a speaker stands at the lectern"
                ),
                caption=(
                    "The annual conference of the emulation block of districts, towns and cities "
                    "on the afternoon of 18 November."
                ),
                credit="Editorial team",
            ),
            Paragraph(
                "<p>According to the review presented by the representative of Thạch Vân District, "
                "the block launched 31 emulation drives in 2026, 12 of them devoted to a single "
                "theme. Much about the method was new: targets were assigned right down to "
                "villages and residential groups, and results were scored every quarter and posted "
                "on public notice boards rather than being left to the end of the year as before. "
                "As a result, 19 of the 21 targets agreed at the start of the year were met or "
                "exceeded. On average, the seven members settled 98.6% of administrative "
                "applications on time; 43 village cultural houses were repaired; and more than 260 "
                "kilometres of inter-village roads were planted with flowers and shade trees and "
                "entrusted to self-managed neighbourhood groups. The two targets not met were the "
                "digitisation of commendation files and the share of commune officials completing "
                "digital skills training, mainly because of a lack of equipment and of timetables "
                "that clashed with the flood season.</p>"
            ),
            CaptionedImage(
                picture="emulation-signing.jpg",
                alt_text=(
                    "Two hands with pens signing two brick-red pledge folders laid side by side on "
                    "a table with a dark teal cloth, a bouquet of flowers above them"
                ),
                caption="Representatives of the members sign the emulation pledge for 2027.",
                credit="Editorial team",
            ),
            Paragraph(
                "<p>The discussion centred on how to keep the movement from ending with the launch "
                "ceremony. Mr Tạ Đức Mẫn, Vice Chairman of the Sông Ngái District People’s "
                "Committee, said that his district had done away with its six-page registration "
                "form and replaced it with a single sheet of three questions: what will be done, "
                "who will benefit and when it will be finished. Two quarters later, the number of "
                "registered tasks had fallen by almost half, yet half as many again were being "
                "completed. The representative of Vĩnh Sậy Town described how exemplary people are "
                "found through conversations at markets, fishing wharves and evening classes, "
                "rather than only from lists sent in by offices; of the 57 individuals the town "
                "commended this year, 39 work with their own hands. Some delegates proposed that "
                "the block soon agree on a scoring scale that takes account of both mountain and "
                "coastal members, since population and transport conditions differ so widely that "
                "one yardstick can hardly reflect the efforts made on the ground. The conference "
                "took note of the proposal and asked the working group to complete the scale "
                "before 15 December.</p>"
                "<p>Addressing the conference, Director Đàm Quang Hiển commended the members for "
                "their candour, and in particular for stating plainly which two targets had been "
                "missed and why. In his view, the worth of a pledge lies in whether people notice "
                "a change in their daily lives, not in the number of pages in a report. In 2027 "
                "the Department will support the block in three specific ways: by bringing "
                "commendation file management software into use in all seven members in the first "
                "quarter; by holding six mobile training courses in clusters of remote communes, "
                "so that no official has to travel more than 20 kilometres; and by sending "
                "specialists to the quarterly scoring sessions to resolve difficulties on the "
                "spot. He also asked the localities to commend small teams and people who work "
                "quietly without delay, so that good deeds are not long past before the paperwork "
                "begins; every proposal for an ad hoc commendation should be answered within seven "
                "working days.</p>"
                "<p>In the main ceremony, representatives of the seven members stepped up in turn "
                "to sign the 2027 emulation pledge before all the delegates. The pledge comprises "
                "5 groups of targets – on economic development, culture and society, "
                "administrative reform, staff development and environmental protection – broken "
                "down into 22 criteria on a 100-point scale. Unlike in earlier years, each member "
                "also chose one “hard task” of its own to see through to the end: Lam Kiều City "
                "will restore its old boat landings, Đồng Trấm District will clear up unauthorised "
                "waste-burning sites, and Bình Mạc District will bring clean water to three upland "
                "villages. The delegates also voted for Sông Ngái District to lead the block in "
                "2027, with Khe Lụa District as deputy, and nominated the two leading members for "
                "commendation by the competent authority. The first round of cross-checks between "
                "members is expected in mid-April.</p>"
            ),
        ),
    ),
}
