"""Articles of the section of documents and guidance."""

from home.demo.content import (
    ArticleContent,
    Callout,
    CaptionedImage,
    Heading,
    OfficialDocument,
    Paragraph,
    Related,
    Table,
)

DEPARTMENT = "Sở Nội vụ tỉnh Hải Lam"
SECTION = "van-ban-huong-dan"

GUIDANCE: tuple[ArticleContent, ...] = (
    ArticleContent(
        key="huong-dan-thi-dua",
        section=SECTION,
        title="Hướng dẫn tổ chức phong trào thi đua năm 2027",
        introduction=(
            "Sở Nội vụ vừa ban hành hướng dẫn về cách đăng ký, chấm điểm và đề nghị khen thưởng "
            "cho năm 2027. Mẫu đăng ký chỉ còn một trang."
        ),
        published_at="2026-11-17T09:40",
        author="Hoài Phương",
        source_name="",
        source_url="",
        topics=("thi-dua-yeu-nuoc", "khen-thuong"),
        body=(
            Paragraph(
                "<p>Hướng dẫn gồm ba phần, thay cho bốn văn bản ban hành từ năm 2021 đến nay. Mọi "
                "đơn vị trong tỉnh áp dụng thống nhất từ ngày <b>01/01/2027</b>.</p>"
            ),
            OfficialDocument(
                file="huong-dan-thi-dua-2027.pdf",
                number="118/HD-SNV",
                issue_date="2026-11-16",
                issuing_body=DEPARTMENT,
                abstract="Hướng dẫn tổ chức phong trào thi đua và công tác khen thưởng năm 2027",
            ),
            Heading("Ba điều thay đổi"),
            Paragraph(
                "<ul><li>Bản đăng ký còn một trang, trả lời ba câu: làm việc gì, ai được lợi, bao "
                "giờ xong.</li><li>Điểm được chấm theo quý và công khai trên bảng tin của đơn "
                "vị.</li><li>Đề nghị khen thưởng đột xuất được trả lời trong bảy ngày làm "
                "việc.</li></ul>"
            ),
            Callout(
                kind="important",
                title="Hạn đăng ký",
                html="<p>Các đơn vị gửi bản đăng ký trước ngày <b>15/12/2026</b>.</p>",
            ),
            Related(title="", articles=("giay-to-khen-thuong", "tuyen-duong-57")),
        ),
    ),
    ArticleContent(
        key="tiep-cong-dan",
        section=SECTION,
        title="Quy chế tiếp công dân và lịch tiếp năm 2027",
        introduction=(
            "Người dân gặp lãnh đạo Sở mỗi tháng một buổi, gặp cán bộ chuyên môn mỗi tuần ba buổi, "
            "không cần hẹn trước."
        ),
        published_at="2026-11-10T15:20",
        author="",
        source_name="",
        source_url="",
        topics=("cai-cach-hanh-chinh",),
        body=(
            Paragraph(
                "<p>Quy chế mới quy định rõ ai tiếp, tiếp ở đâu và trong bao lâu người dân nhận "
                "được trả lời. Phòng tiếp công dân đặt ở tầng một, lối đi dành cho xe lăn.</p>"
            ),
            OfficialDocument(
                file="quy-che-tiep-cong-dan.pdf",
                number="245/QĐ-SNV",
                issue_date="2026-11-06",
                issuing_body=DEPARTMENT,
                abstract="Ban hành Quy chế tiếp công dân của Sở Nội vụ",
            ),
            Table(
                caption="Lịch tiếp công dân năm 2027",
                rows=(
                    ("Người tiếp", "Ngày", "Giờ"),
                    ("Giám đốc Sở", "Thứ Ba, tuần đầu của tháng", "7:30 – 11:30"),
                    ("Phòng Tổ chức", "Sáng thứ Tư hằng tuần", "7:30 – 11:30"),
                    ("Phòng Thi đua – Khen thưởng", "Chiều thứ Năm hằng tuần", "13:30 – 17:00"),
                    ("Văn phòng Sở", "Sáng thứ Sáu hằng tuần", "7:30 – 11:30"),
                ),
            ),
            Callout(
                kind="note",
                title="Khi đến, mời mang theo",
                html="<ul><li>Căn cước công dân</li><li>Giấy tiếp nhận hồ sơ, nếu có</li></ul>",
            ),
        ),
    ),
    ArticleContent(
        key="nop-ho-so-truc-tuyen",
        section=SECTION,
        title="Năm bước nộp hồ sơ trực tuyến tại nhà",
        introduction=(
            "Chỉ cần một chiếc điện thoại và khoảng 15 phút. Bài này chỉ cách làm từng bước và "
            "những lỗi hay gặp."
        ),
        published_at="2026-11-04T08:05",
        author="Thảo Nguyên",
        source_name="",
        source_url="",
        topics=("chuyen-doi-so", "cai-cach-hanh-chinh"),
        body=(
            CaptionedImage(
                picture="portal-desk.jpg",
                alt_text="Máy tính xách tay mở trang nộp hồ sơ trên bàn cạnh cửa sổ",
                caption="Có thể nộp hồ sơ trên máy tính hoặc điện thoại.",
                credit="Tổ biên tập",
            ),
            Heading("Các bước"),
            Paragraph(
                "<ol><li>Đăng nhập bằng tài khoản định danh.</li><li>Chọn thủ tục; gõ vài chữ "
                "không dấu cũng tìm được.</li><li>Chụp giấy tờ, mỗi trang một ảnh, đủ sáng, không "
                "bị cắt góc.</li><li>Xem lại tờ khai và ký số.</li><li>Giữ mã hồ sơ để theo "
                "dõi.</li></ol>"
            ),
            Heading("Những lỗi hay gặp"),
            Table(
                caption="Lỗi thường gặp và cách xử lý",
                rows=(
                    ("Lỗi", "Cách xử lý"),
                    ("Ảnh giấy tờ bị mờ", "Lau ống kính, đặt giấy trên nền tối rồi chụp lại"),
                    ("Không nhận được mã xác nhận", "Kiểm tra số điện thoại đã đăng ký"),
                    ("Tờ khai mất khi thoát ra", "Bấm “Lưu nháp” trước khi rời trang"),
                ),
            ),
            Callout(
                kind="note",
                title="Cần giúp đỡ",
                html="<p>Gọi (0200) 5550 119 trong giờ làm việc.</p>",
            ),
            Related(title="Đọc thêm", articles=("tap-huan-so",)),
        ),
    ),
    ArticleContent(
        key="ke-hoach-cai-cach",
        section=SECTION,
        title="Kế hoạch cải cách hành chính năm 2027: bảy việc có thời hạn",
        introduction=(
            "Kế hoạch chỉ nêu bảy việc, mỗi việc có một người chịu trách nhiệm và một ngày phải "
            "xong."
        ),
        published_at="2026-10-27T16:15",
        author="Minh Khuê",
        source_name="",
        source_url="",
        topics=("cai-cach-hanh-chinh",),
        body=(
            OfficialDocument(
                file="ke-hoach-cai-cach-2027.pdf",
                number="96/KH-SNV",
                issue_date="2026-10-23",
                issuing_body=DEPARTMENT,
                abstract="Kế hoạch cải cách hành chính năm 2027 của Sở Nội vụ",
            ),
            Table(
                caption="Bảy việc của năm 2027",
                rows=(
                    ("Số", "Việc", "Đơn vị phụ trách", "Hạn"),
                    ("1", "Bỏ mười hai loại giấy tờ trùng lặp", "Phòng Cải cách", "28/02"),
                    ("2", "Trả kết quả qua bưu chính", "Văn phòng Sở", "31/03"),
                    ("3", "Số hóa hồ sơ khen thưởng", "Phòng Thi đua – Khen thưởng", "30/04"),
                    ("4", "Đo mức hài lòng hằng quý", "Phòng Cải cách", "15/05"),
                    ("5", "Sáu lớp bồi dưỡng lưu động", "Phòng Tổ chức", "30/06"),
                    ("6", "Phòng đọc lưu trữ mở cả thứ Bảy", "Trung tâm Lưu trữ", "31/07"),
                    ("7", "Công khai kết quả trên Cổng thông tin", "Văn phòng Sở", "31/12"),
                ),
            ),
            Paragraph(
                "<p>Tiến độ của từng việc được cập nhật trên Cổng thông tin vào ngày mùng 5 hằng "
                "tháng.</p>"
            ),
            Related(title="", articles=("mot-cua-diem",)),
        ),
    ),
    ArticleContent(
        key="ra-soat-luu-tru",
        section=SECTION,
        title="Đề nghị rà soát hồ sơ đến hạn nộp lưu",
        introduction="Các cơ quan lập danh mục hồ sơ đến hạn và gửi về trước ngày 20/12.",
        published_at="2026-10-20T10:30",
        author="",
        source_name="",
        source_url="",
        topics=("van-thu-luu-tru",),
        body=(
            OfficialDocument(
                file="ra-soat-luu-tru.pdf",
                number="1042/SNV-LT",
                issue_date="2026-10-19",
                issuing_body=DEPARTMENT,
                abstract="Về việc rà soát hồ sơ, tài liệu đến hạn nộp vào lưu trữ lịch sử",
            ),
            Paragraph(
                "<p>Trung tâm Lưu trữ tỉnh cử người đến hỗ trợ những cơ quan có trên 50 mét giá "
                "tài liệu chưa chỉnh lý.</p>"
            ),
        ),
    ),
    ArticleContent(
        key="giay-to-khen-thuong",
        section=SECTION,
        title="Mẫu đề nghị khen thưởng mới chỉ còn hai trang",
        introduction="Mẫu mới bỏ phần chép lại thành tích các năm trước và có bản điền trên máy.",
        published_at="2026-10-13T14:00",
        author="Hoài Phương",
        source_name="",
        source_url="",
        topics=("khen-thuong",),
        body=(
            OfficialDocument(
                file="mau-de-nghi-khen-thuong.pdf",
                number="87/HD-SNV",
                issue_date="2026-10-12",
                issuing_body=DEPARTMENT,
                abstract="Mẫu tờ trình và báo cáo thành tích đề nghị khen thưởng",
            ),
            Paragraph(
                "<p>Đơn vị đã lập hồ sơ theo mẫu cũ trước ngày 01/11 không phải làm lại.</p>"
            ),
            Related(title="", articles=("lang-ven-song", "trong-cay")),
        ),
    ),
    ArticleContent(
        key="lich-nghi",
        section=SECTION,
        title="Bộ phận một cửa nghỉ chiều 02/10 để nâng cấp hệ thống",
        introduction="Hồ sơ nộp trực tuyến vẫn được tiếp nhận bình thường.",
        published_at="2026-09-30T16:50",
        author="",
        source_name="",
        source_url="",
        body=(
            Paragraph(
                "<p>Do nâng cấp phần mềm, bộ phận một cửa của Sở tạm ngừng nhận hồ sơ giấy từ 13 "
                "giờ 30 ngày 02/10 và làm việc trở lại vào sáng 05/10. Mong quý bạn đọc thông cảm "
                "và sắp xếp thời gian.</p>"
            ),
        ),
    ),
    ArticleContent(
        key="vi-tri-viec-lam",
        section=SECTION,
        title="Danh mục vị trí việc làm của Sở năm 2026",
        introduction="Danh mục đã được phê duyệt, công khai để cán bộ và người dân cùng theo dõi.",
        published_at="2026-09-16T11:10",
        author="",
        source_name="",
        source_url="",
        body=(
            Table(
                caption="Số vị trí theo đơn vị",
                rows=(
                    ("Đơn vị", "Lãnh đạo", "Chuyên môn", "Hỗ trợ"),
                    ("Văn phòng Sở", "2", "9", "5"),
                    ("Phòng Tổ chức", "2", "11", "1"),
                    ("Phòng Cải cách hành chính", "2", "8", "1"),
                    ("Phòng Thi đua – Khen thưởng", "2", "7", "1"),
                    ("Trung tâm Lưu trữ tỉnh", "3", "12", "2"),
                ),
            ),
        ),
    ),
)
