"""Demo content beside the articles: pictures, sections, topics, plain pages, frame and leads."""

from home.demo.content import (
    FrameContent,
    Heading,
    Paragraph,
    Picture,
    PlainPageContent,
    SectionContent,
    TopicContent,
)

PICTURES: tuple[Picture, ...] = (
    Picture("conference-hall.jpg", "Toàn cảnh hội nghị khối thi đua"),
    Picture("emulation-signing.jpg", "Ký kết giao ước thi đua"),
    Picture("portal-desk.jpg", "Cổng thông tin điện tử mới"),
    Picture("terraced-fields.jpg", "Ruộng bậc thang xã Nậm Tưa"),
    Picture("one-stop-counter.jpg", "Bộ phận một cửa"),
    Picture("training-class.jpg", "Lớp bồi dưỡng kỹ năng số"),
    Picture("digital-archive.jpg", "Phòng lưu trữ số"),
    Picture("tree-planting.jpg", "Trồng cây đầu mùa mưa"),
    Picture("communal-house.jpg", "Đình làng trong đêm hội đèn lồng"),
    Picture("river-town.jpg", "Thị xã ven sông"),
)

SECTIONS: tuple[SectionContent, ...] = (
    SectionContent(
        slug="tin-tuc",
        title="Tin tức – Sự kiện",
        introduction="Hoạt động của Sở Nội vụ và các đơn vị trực thuộc, thông báo và tin từ cơ sở.",
    ),
    SectionContent(
        slug="thi-dua-khen-thuong",
        title="Thi đua – Khen thưởng",
        introduction=(
            "Phong trào thi đua, hội nghị các khối thi đua và những tập thể, cá nhân điển hình "
            "trong tỉnh."
        ),
    ),
    SectionContent(
        slug="van-ban-huong-dan",
        title="Văn bản – Hướng dẫn",
        introduction="Văn bản của Sở Nội vụ và cách làm những thủ tục thường gặp.",
    ),
)

SECTIONS_EN: dict[str, SectionContent] = {
    "tin-tuc": SectionContent(
        slug="news-and-events",
        title="News and Events",
        introduction=(
            "The work of the Department of Home Affairs and its units, notices and news from the "
            "localities."
        ),
    ),
    "thi-dua-khen-thuong": SectionContent(
        slug="emulation-and-commendation",
        title="Emulation and Commendation",
        introduction=(
            "Emulation movements, conferences of the emulation blocks, and exemplary groups and "
            "individuals across the province."
        ),
    ),
    "van-ban-huong-dan": SectionContent(
        slug="documents-and-guidance",
        title="Documents and Guidance",
        introduction="What the Department has issued, and how to go about common procedures.",
    ),
}

TOPICS: tuple[TopicContent, ...] = (
    TopicContent(
        "cai-cach-hanh-chinh", "Cải cách hành chính", "Bớt giấy tờ, bớt đi lại, hẹn đúng ngày."
    ),
    TopicContent(
        "chuyen-doi-so", "Chuyển đổi số", "Làm việc và phục vụ người dân trên môi trường mạng."
    ),
    TopicContent(
        "thi-dua-yeu-nuoc", "Thi đua yêu nước", "Các phong trào và những người làm nên chúng."
    ),
    TopicContent(
        "khen-thuong", "Khen thưởng", "Hướng dẫn, mẫu hồ sơ và những gương được tôn vinh."
    ),
    TopicContent("tuyen-dung", "Tuyển dụng", "Thông báo tuyển công chức, viên chức trong tỉnh."),
    TopicContent("van-thu-luu-tru", "Văn thư – Lưu trữ", "Giữ gìn và khai thác tài liệu của tỉnh."),
)

TOPICS_EN: dict[str, TopicContent] = {
    "cai-cach-hanh-chinh": TopicContent(
        "administrative-reform",
        "Administrative reform",
        "Fewer papers, fewer journeys, kept appointments.",
    ),
    "chuyen-doi-so": TopicContent(
        "digital-transformation", "Digital transformation", "Working and serving people online."
    ),
    "thi-dua-yeu-nuoc": TopicContent(
        "patriotic-emulation", "Patriotic emulation", "The movements and the people behind them."
    ),
    "khen-thuong": TopicContent(
        "commendation", "Commendation", "Guidance, forms and the people who were honoured."
    ),
    "tuyen-dung": TopicContent(
        "recruitment", "Recruitment", "Notices of posts in the service of the province."
    ),
    "van-thu-luu-tru": TopicContent(
        "records-and-archives", "Records and archives", "Keeping and opening the province’s papers."
    ),
}

PLAIN_PAGES: tuple[PlainPageContent, ...] = (
    PlainPageContent(
        slug="gioi-thieu",
        title="Giới thiệu",
        introduction=(
            "Sở Nội vụ tỉnh Hải Lam là cơ quan chuyên môn thuộc Ủy ban nhân dân tỉnh, tham mưu về "
            "tổ chức bộ máy, cán bộ, thi đua – khen thưởng và lưu trữ."
        ),
        show_in_menus=True,
        body=(
            Heading("Chức năng"),
            Paragraph(
                "<p>Sở Nội vụ tỉnh Hải Lam giúp Ủy ban nhân dân tỉnh quản lý nhà nước về tổ chức "
                "bộ máy, biên chế, công chức và viên chức, cải cách hành chính, thi đua – khen "
                "thưởng, công tác thanh niên và văn thư – lưu trữ trên địa bàn.</p>"
            ),
            Heading("Cơ cấu tổ chức"),
            Paragraph(
                "<p>Sở có 68 công chức, viên chức làm việc tại các đơn vị:</p>"
                "<ul><li>Văn phòng Sở</li>"
                "<li>Phòng Tổ chức</li>"
                "<li>Phòng Cải cách hành chính</li>"
                "<li>Phòng Thi đua – Khen thưởng</li>"
                "<li>Trung tâm Lưu trữ tỉnh</li>"
                "</ul>"
            ),
            Heading("Phương châm"),
            Paragraph(
                "<p>Tập thể Sở làm việc theo ba điều đã thống nhất: <b>nói rõ</b>, <b>làm đúng "
                "hẹn</b> và <b>nghe góp ý đến cùng</b>. Kết quả thực hiện được công khai hằng quý "
                "trên Cổng thông tin này.</p>"
            ),
        ),
    ),
    PlainPageContent(
        slug="lien-he",
        title="Liên hệ",
        introduction="Địa chỉ, điện thoại và lịch tiếp công dân của Sở Nội vụ tỉnh Hải Lam.",
        show_in_menus=True,
        body=(
            Heading("Trụ sở"),
            Paragraph(
                "<p>Số 1 đường Bến Lụa, thành phố Lam Kiều, tỉnh Hải Lam</p>"
                "<p>Điện thoại: (0200) 5550 100</p>"
                "<p>Thư điện tử: <i>vanphong@snv-hailam.example</i></p>"
            ),
            Heading("Giờ làm việc"),
            Paragraph(
                "<p>Từ thứ Hai đến thứ Sáu: buổi sáng từ 7 giờ 30 đến 11 giờ 30, buổi chiều từ 13 "
                "giờ 30 đến 17 giờ.</p>"
            ),
            Heading("Lịch tiếp công dân"),
            Paragraph(
                "<ul><li>Giám đốc Sở: sáng thứ Ba tuần đầu của tháng.</li>"
                "<li>Phòng Thi đua – Khen thưởng: các buổi chiều thứ Năm, điện thoại (0200) 5550 "
                "116.</li>"
                "<li>Phòng Tổ chức: các buổi sáng thứ Tư, điện thoại (0200) 5550 114.</li>"
                "</ul>"
            ),
        ),
    ),
)

PLAIN_PAGES_EN: dict[str, PlainPageContent] = {
    "gioi-thieu": PlainPageContent(
        slug="about",
        title="About the Department",
        introduction=(
            "The Department of Home Affairs of Hải Lam is a specialised agency of the Provincial "
            "People’s Committee, advising on government organisation, staffing, emulation and "
            "commendation, and archives."
        ),
        show_in_menus=True,
        body=(
            Heading("What we do"),
            Paragraph(
                "<p>The Department of Home Affairs of Hải Lam assists the Provincial People’s "
                "Committee in the state management of government organisation, staffing, civil "
                "servants and public employees, administrative reform, emulation and commendation, "
                "youth affairs, and records and archives in the province.</p>"
            ),
            Heading("Organisation"),
            Paragraph(
                "<p>The Department has a staff of 68, working in the following units:</p>"
                "<ul><li>Office of the Department</li>"
                "<li>Organisation Division</li>"
                "<li>Administrative Reform Division</li>"
                "<li>Emulation and Commendation Division</li>"
                "<li>Provincial Archives Centre</li>"
                "</ul>"
            ),
            Heading("How we work"),
            Paragraph(
                "<p>The whole Department works by three agreed principles: <b>speak plainly</b>, "
                "<b>keep our deadlines</b> and <b>hear every comment out</b>. Results are "
                "published on this portal every quarter.</p>"
            ),
        ),
    ),
    "lien-he": PlainPageContent(
        slug="contact",
        title="Contact",
        introduction=(
            "Address, telephone numbers and citizen reception days of the Department of Home "
            "Affairs of Hải Lam Province."
        ),
        show_in_menus=True,
        body=(
            Heading("Head office"),
            Paragraph(
                "<p>1 Bến Lụa Street, Lam Kiều City, Hải Lam Province</p>"
                "<p>Telephone: (0200) 5550 100</p>"
                "<p>Email: <i>vanphong@snv-hailam.example</i></p>"
            ),
            Heading("Opening hours"),
            Paragraph("<p>Monday to Friday: 7.30 a.m. to 11.30 a.m. and 1.30 p.m. to 5 p.m.</p>"),
            Heading("Citizen reception days"),
            Paragraph(
                "<ul><li>Director of the Department: Tuesday morning in the first week of the "
                "month.</li>"
                "<li>Emulation and Commendation Division: Thursday afternoons, telephone (0200) "
                "5550 116.</li>"
                "<li>Organisation Division: Wednesday mornings, telephone (0200) 5550 114.</li>"
                "</ul>"
            ),
        ),
    ),
}

FRAME: FrameContent = FrameContent(
    site_name="Sở Nội vụ tỉnh Hải Lam",
    governing_body="Ủy ban nhân dân tỉnh Hải Lam",
    address="Số 1 đường Bến Lụa, thành phố Lam Kiều, tỉnh Hải Lam",
    telephone="(0200) 5550 100",
    email="vanphong@snv-hailam.example",
    person_responsible="Đàm Quang Hiển, Giám đốc Sở",
    licence="Giấy phép số 27/GP-TTĐT cấp ngày 03/8/2026",
)

FRAME_EN: FrameContent = FrameContent(
    site_name="Department of Home Affairs of Hải Lam Province",
    governing_body="People’s Committee of Hải Lam Province",
    address="1 Bến Lụa Street, Lam Kiều City, Hải Lam Province",
    telephone="(0200) 5550 100",
    email="vanphong@snv-hailam.example",
    person_responsible="Đàm Quang Hiển, Director of the Department",
    licence="Licence No. 27/GP-TTĐT, issued on 3 August 2026",
)

# Leads by article key. Each was corrected after the article was translated.
CORRECTIONS: dict[str, str] = {
    "nop-ho-so-truc-tuyen": (
        "Chỉ cần một chiếc điện thoại và khoảng 20 phút. Bài này chỉ cách làm từng bước và "
        "những lỗi hay gặp."
    ),
}

LEADS: tuple[str, ...] = (
    "khoi-thi-dua",
    "cong-moi",
    "chum-anh-bon-mua",
    "huong-dan-thi-dua",
)

LEADS_EN: tuple[str, ...] = (
    "cong-moi",
    "khoi-thi-dua",
    "chum-anh-bon-mua",
)
