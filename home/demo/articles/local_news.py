"""Short news, interviews and picture stories."""

from home.demo.content import (
    ArticleContent,
    Callout,
    CaptionedImage,
    Gallery,
    Heading,
    OfficialDocument,
    Paragraph,
    Quote,
    Related,
    Table,
)

EDITORS = "Tổ biên tập"

LOCAL_NEWS: tuple[ArticleContent, ...] = (
    ArticleContent(
        key="chum-anh-bon-mua",
        section="tin-tuc",
        title="Chùm ảnh: Hải Lam qua bốn mùa",
        introduction=(
            "Từ ruộng bậc thang Nậm Tưa đến bến sông Lam Kiều, sáu khung hình của một năm trên "
            "quê hương Hải Lam."
        ),
        published_at="2026-11-20T07:15",
        author="Minh Khuê",
        source_name="",
        source_url="",
        topics=("thi-dua-yeu-nuoc",),
        body=(
            Paragraph(
                "<p>Những bức ảnh được chọn từ cuộc vận động “Góc nhìn quê tôi” do các cộng tác "
                "viên cơ sở gửi về trong năm.</p>"
            ),
            Gallery(
                title="Một năm trên quê hương",
                pictures=(
                    CaptionedImage(
                        picture="terraced-fields.jpg",
                        alt_text="Ruộng bậc thang vàng nhạt dưới nắng sớm, hai người đi trên bờ",
                        caption="Vụ mùa ở xã Nậm Tưa.",
                        credit=EDITORS,
                    ),
                    CaptionedImage(
                        picture="tree-planting.jpg",
                        alt_text="Nhiều người trồng cây non trên sườn đồi",
                        caption="Trồng cây đầu mùa mưa.",
                        credit=EDITORS,
                    ),
                    CaptionedImage(
                        picture="river-town.jpg",
                        alt_text="Thị xã với những mái nhà san sát bên dòng sông",
                        caption="Thị xã Vĩnh Sậy nhìn từ bờ bên kia.",
                        credit=EDITORS,
                    ),
                    CaptionedImage(
                        picture="communal-house.jpg",
                        alt_text="Đình làng mái cong treo đèn lồng trong buổi tối",
                        caption="Đêm hội đèn lồng.",
                        credit=EDITORS,
                    ),
                    CaptionedImage(
                        picture="one-stop-counter.jpg",
                        alt_text="Người dân ngồi trước quầy tiếp nhận hồ sơ",
                        caption="Một buổi sáng ở bộ phận một cửa.",
                        credit=EDITORS,
                    ),
                    CaptionedImage(
                        picture="digital-archive.jpg",
                        alt_text="Dãy giá hồ sơ và máy quét trong phòng lưu trữ",
                        caption="Phòng lưu trữ số những ngày cuối năm.",
                        credit=EDITORS,
                    ),
                ),
            ),
        ),
    ),
    ArticleContent(
        key="su-kien-thang-12",
        section="tin-tuc",
        title="Lịch sự kiện tháng 12 của Sở Nội vụ",
        introduction="Bốn hội nghị, hai lớp bồi dưỡng và một buổi đối thoại với thanh niên.",
        published_at="2026-11-16T17:25",
        author="",
        source_name="",
        source_url="",
        body=(
            Table(
                caption="Tháng 12 năm 2026",
                rows=(
                    ("Ngày", "Sự kiện", "Nơi tổ chức"),
                    ("02/12", "Hội nghị sơ kết bộ phận một cửa", "Hội trường Sở"),
                    ("04/12", "Lớp kỹ năng số, khóa 14", "Huyện Thạch Vân"),
                    ("08/12", "Đối thoại với thanh niên", "Trường Cao đẳng Lam Kiều"),
                    ("11/12", "Lớp kỹ năng số, khóa 15", "Huyện Khe Lụa"),
                    ("18/12", "Tổng kết công tác lưu trữ", "Trung tâm Lưu trữ tỉnh"),
                    ("22/12", "Gặp mặt cán bộ hưu trí", "Hội trường Sở"),
                    ("29/12", "Tổng kết năm", "Hội trường Sở"),
                ),
            ),
        ),
    ),
    ArticleContent(
        key="phong-van-luu-tru",
        section="tin-tuc",
        title="“Một tờ giấy cũ có thể giữ lại mảnh vườn của một gia đình”",
        introduction=(
            "Trò chuyện với bà Vi Thị Lãm, người đã ba mươi năm gắn bó với kho lưu trữ tỉnh, về "
            "những tờ giấy ố vàng và chiếc máy quét mới."
        ),
        published_at="2026-11-07T06:45",
        author="Thảo Nguyên",
        source_name="",
        source_url="",
        topics=("van-thu-luu-tru", "chuyen-doi-so"),
        body=(
            CaptionedImage(
                picture="digital-archive.jpg",
                alt_text="Phòng lưu trữ với giá hồ sơ cao và một máy quét đang làm việc",
                caption="Mỗi ngày phòng lưu trữ số hóa khoảng 1.200 trang.",
                credit=EDITORS,
            ),
            Heading("Ngày đầu vào nghề"),
            Paragraph(
                "<p><b>Phóng viên:</b> Bà nhớ gì về ngày đầu tiên?</p><p><b>Bà Vi Thị Lãm:</b> "
                "Tôi nhớ mùi giấy. Kho khi ấy là một dãy nhà cấp bốn, mùa mưa phải kê từng bó hồ "
                "sơ lên ghế.</p>"
            ),
            Quote(
                text=(
                    "Có người đến tìm một tờ giấy từ năm 1978. Tìm được, bà cụ khóc. Từ hôm đó tôi "
                    "không còn coi đây là những bó giấy."
                ),
                attribution="Bà Vi Thị Lãm",
            ),
            Heading("Khi có máy quét"),
            Paragraph(
                "<p><b>Phóng viên:</b> Số hóa rồi, người làm lưu trữ còn việc không?</p><p><b>Bà "
                "Vi Thị Lãm:</b> Nhiều hơn. Máy quét nhanh nhưng không biết tờ nào thuộc về hồ sơ "
                "nào. Người phải biết.</p><p><b>Phóng viên:</b> Bà mong điều gì trong năm "
                "tới?</p><p><b>Bà Vi Thị Lãm:</b> Phòng đọc mở cả thứ Bảy, để người đi làm cũng "
                "đến được.</p>"
            ),
            Quote(
                text="Máy giữ được hình, người giữ được nghĩa.",
                attribution="Bà Vi Thị Lãm",
            ),
            Related(title="", articles=("luu-tru-so",)),
        ),
    ),
    ArticleContent(
        key="tuyen-cong-chuc",
        section="tin-tuc",
        title="Tuyển 24 công chức làm việc tại các huyện miền núi",
        introduction=(
            "Hồ sơ nhận đến hết ngày 30/11. Ưu tiên người biết tiếng dân tộc thiểu số và cam kết "
            "làm việc từ năm năm."
        ),
        published_at="2026-11-02T09:00",
        author="",
        source_name="",
        source_url="",
        topics=("tuyen-dung",),
        body=(
            OfficialDocument(
                file="thong-bao-tuyen-dung.pdf",
                number="1087/TB-SNV",
                issue_date="2026-10-30",
                issuing_body="Sở Nội vụ tỉnh Hải Lam",
                abstract="Tuyển dụng công chức làm việc tại các huyện miền núi năm 2026",
            ),
            Table(
                caption="Chỉ tiêu tuyển dụng",
                rows=(
                    ("Huyện", "Tư pháp – Hộ tịch", "Văn thư", "Địa chính"),
                    ("Khe Lụa", "3", "2", "4"),
                    ("Bình Mạc", "2", "2", "3"),
                    ("Thạch Vân", "3", "1", "4"),
                ),
            ),
            Heading("Hồ sơ gồm những gì"),
            Paragraph(
                "<ul><li>Phiếu đăng ký dự tuyển theo mẫu</li><li>Bản sao văn bằng và bảng "
                "điểm</li><li>Giấy chứng nhận ưu tiên, nếu có</li></ul>"
            ),
            Callout(
                kind="important",
                title="Không thu phí dự tuyển",
                html="<p>Mọi lời mời nộp tiền để được “bảo đảm đỗ” đều là lừa đảo.</p>",
            ),
        ),
    ),
    ArticleContent(
        key="mot-cua-diem",
        section="tin-tuc",
        title="Mười xã đầu tiên đạt trên 95 điểm hài lòng",
        introduction="Kết quả khảo sát quý III cho thấy nơi nào hẹn ngắn, nơi ấy được khen.",
        published_at="2026-10-16T08:20",
        author="Minh Khuê",
        source_name="Báo Hải Lam",
        source_url="https://baohailam.example/xa-hoi/muoi-xa-95-diem",
        topics=("cai-cach-hanh-chinh",),
        body=(
            CaptionedImage(
                picture="one-stop-counter.jpg",
                alt_text="Quầy tiếp nhận hồ sơ sáng sủa, người dân ngồi chờ trước quầy",
                caption="Bộ phận một cửa ở một xã của huyện Sông Ngái.",
                credit=EDITORS,
            ),
            Paragraph(
                "<p>Trong 4.120 phiếu thu về, 91% người trả lời nói được hướng dẫn đủ ngay từ lần "
                "đầu. Điều khiến người dân chưa vui nhất vẫn là phải bổ sung giấy tờ quá một "
                "lần.</p>"
            ),
        ),
    ),
    ArticleContent(
        key="guong-nguoi-dua-do",
        section="thi-dua-khen-thuong",
        title="Người đưa đò học chữ cùng con",
        introduction=(
            "Ở bến Lụa, anh Hà Văn Bền vừa chở học sinh qua sông vừa học hết chương trình phổ "
            "thông ở tuổi 43."
        ),
        published_at="2026-11-14T06:30",
        author="Hoài Phương",
        source_name="",
        source_url="",
        topics=("thi-dua-yeu-nuoc",),
        body=(
            CaptionedImage(
                picture="river-town.jpg",
                alt_text="Bến sông buổi sớm với mấy chiếc thuyền và dãy nhà mái ngói",
                caption="Bến Lụa, nơi anh Bền đưa đò đã mười chín năm.",
                credit=EDITORS,
            ),
            Paragraph(
                "<p>Năm giờ sáng, chuyến đò đầu tiên rời bến. Trên đò có mười bốn học sinh, ba chị "
                "đi chợ và một cuốn vở bọc trong túi ni-lông. Cuốn vở là của người cầm lái.</p>"
                "<p>Anh Bền bỏ học từ lớp bốn. Ba năm trước, khi con gái hỏi một bài toán, anh "
                "không biết trả lời thế nào. Tối hôm sau anh xin vào lớp học ở nhà văn hóa. Thầy "
                "giáo kể, có hôm mưa lũ, cả lớp chỉ có một mình anh, áo còn ướt.</p>"
            ),
            Quote(
                text="Con học thì bố cũng học. Nước sông còn chảy, chữ nghĩa chưa hết.",
                attribution="Anh Hà Văn Bền",
            ),
            Paragraph(
                "<p>Tháng sáu vừa rồi anh thi đỗ. Huyện tặng giấy khen, còn lũ trẻ tặng anh một "
                "chiếc cặp. Anh dùng cặp đựng áo phao.</p>"
            ),
            Related(title="Những tấm gương khác", articles=("tuyen-duong-57", "lang-ven-song")),
        ),
    ),
    ArticleContent(
        key="tuyen-duong-57",
        section="thi-dua-khen-thuong",
        title="Vĩnh Sậy tuyên dương 57 gương bình dị",
        introduction="Trong 57 người được tôn vinh có 39 người là lao động trực tiếp.",
        published_at="2026-10-09T19:05",
        author="Hoài Phương",
        source_name="",
        source_url="",
        topics=("khen-thuong", "thi-dua-yeu-nuoc"),
        body=(
            Gallery(
                title="Tại buổi lễ",
                pictures=(
                    CaptionedImage(
                        picture="conference-hall.jpg",
                        alt_text="Hội trường kín người hướng về sân khấu",
                        caption="Gần 300 người dự lễ.",
                        credit=EDITORS,
                    ),
                    CaptionedImage(
                        picture="emulation-signing.jpg",
                        alt_text="Hai bàn tay ký vào tập giấy bìa đỏ",
                        caption="Ký cam kết nhân rộng điển hình.",
                        credit=EDITORS,
                    ),
                    CaptionedImage(
                        picture="communal-house.jpg",
                        alt_text="Đình làng rực rỡ đèn lồng",
                        caption="Tối văn nghệ ở đình làng.",
                        credit=EDITORS,
                    ),
                ),
            ),
            Paragraph(
                "<p>Người lớn tuổi nhất là cụ Tô Văn Khảm, 88 tuổi, hai mươi năm dọn rác trên bãi "
                "sông mỗi sáng. Người trẻ nhất là em Lò Mai An, lớp tám, dạy bơi cho các em nhỏ "
                "trong xóm.</p>"
            ),
            Callout(
                kind="note",
                title="Giới thiệu gương tốt",
                html=(
                    "<p>Gửi vài dòng về hộp thư <i>guongtot@snv-hailam.example</i>; không cần mẫu "
                    "và không cần dấu.</p>"
                ),
            ),
        ),
    ),
    ArticleContent(
        key="phat-dong-cuoi-nam",
        section="thi-dua-khen-thuong",
        title="Phát động 60 ngày thi đua cuối năm",
        introduction="Mỗi đơn vị chọn một việc còn tồn đọng và làm cho xong trước ngày 31/12.",
        published_at="2026-11-01T10:10",
        author="",
        source_name="",
        source_url="",
        topics=("thi-dua-yeu-nuoc",),
        body=(
            Paragraph(
                "<p>Đợt thi đua không có chỉ tiêu chung. Mỗi phòng tự chọn một việc, ghi lên bảng "
                "ở sảnh và gạch đi khi xong. Đến chiều 31/10 đã có 14 việc được ghi.</p>"
            ),
            Related(title="", articles=("trong-cay",)),
        ),
    ),
)
