"""Texts of the official documents."""

from home.demo.content import DocumentText

DIRECTOR = ("GIÁM ĐỐC", "Đàm Quang Hiển")
DEPUTY = ("KT. GIÁM ĐỐC<br>PHÓ GIÁM ĐỐC", "Cù Thị Nguyệt Hằng")

DOCUMENT_TEXTS: tuple[DocumentText, ...] = (
    DocumentText(
        "huong-dan-thi-dua-2027.pdf",
        "Hướng dẫn",
        "118/HD-SNV",
        "2026-11-16",
        "Tổ chức phong trào thi đua và công tác khen thưởng năm 2027",
        (
            (
                "Để phong trào thi đua năm 2027 thiết thực, ít giấy tờ, Sở Nội vụ hướng dẫn "
                "các cơ quan, đơn vị và địa phương trong tỉnh như sau:"
            ),
            (
                "<b>1. Đăng ký.</b> Mỗi đơn vị lập một bản đăng ký dài không quá một trang, "
                "nêu việc sẽ làm, người được lợi và ngày hoàn thành; gửi về Sở trước ngày "
                "15/12/2026."
            ),
            (
                "<b>2. Chấm điểm.</b> Các khối thi đua chấm điểm theo quý. Kết quả được công "
                "khai trên bảng tin của đơn vị trong năm ngày kể từ ngày chấm."
            ),
            (
                "<b>3. Khen thưởng.</b> Đề nghị khen thưởng đột xuất được trả lời trong bảy "
                "ngày làm việc. Thành tích đã ghi trong cơ sở dữ liệu thì không phải chép "
                "lại."
            ),
            "Hướng dẫn này áp dụng từ ngày 01/01/2027.",
        ),
        *DIRECTOR,
    ),
    DocumentText(
        "quy-che-tiep-cong-dan.pdf",
        "Quyết định",
        "245/QĐ-SNV",
        "2026-11-06",
        "Ban hành Quy chế tiếp công dân của Sở Nội vụ",
        (
            (
                "<b>Điều 1.</b> Ban hành kèm theo Quyết định này Quy chế tiếp công dân của Sở"
                " Nội vụ tỉnh Hải Lam."
            ),
            (
                "<b>Điều 2.</b> Giám đốc Sở tiếp công dân vào thứ Ba của tuần đầu hằng tháng."
                " Các phòng chuyên môn tiếp công dân hằng tuần theo lịch niêm yết tại trụ sở "
                "và trên Cổng thông tin điện tử."
            ),
            (
                "<b>Điều 3.</b> Ý kiến của công dân được trả lời bằng văn bản trong mười ngày"
                " làm việc; việc phức tạp không quá hai mươi ngày."
            ),
            ("<b>Điều 4.</b> Văn phòng Sở và các phòng chịu trách nhiệm thi hành Quyết định này."),
        ),
        *DIRECTOR,
    ),
    DocumentText(
        "ke-hoach-cai-cach-2027.pdf",
        "Kế hoạch",
        "96/KH-SNV",
        "2026-10-23",
        "Cải cách hành chính năm 2027",
        (
            "<b>I. Mục tiêu.</b> Người dân phải đi lại ít hơn và biết rõ bao giờ có kết quả.",
            (
                "<b>II. Nhiệm vụ.</b> Bỏ mười hai loại giấy tờ trùng lặp; trả kết quả qua bưu"
                " chính; số hóa hồ sơ khen thưởng; đo mức hài lòng hằng quý; tổ chức sáu lớp "
                "bồi dưỡng lưu động; mở phòng đọc lưu trữ ngày thứ Bảy; công khai kết quả "
                "thực hiện."
            ),
            (
                "<b>III. Tổ chức thực hiện.</b> Phòng Cải cách hành chính theo dõi, báo cáo "
                "Giám đốc Sở vào ngày mùng 5 hằng tháng."
            ),
        ),
        *DIRECTOR,
    ),
    DocumentText(
        "ra-soat-luu-tru.pdf",
        "Công văn",
        "1042/SNV-LT",
        "2026-10-19",
        "Rà soát hồ sơ, tài liệu đến hạn nộp vào lưu trữ lịch sử",
        (
            (
                "Sở Nội vụ đề nghị các cơ quan, đơn vị lập danh mục hồ sơ, tài liệu hình "
                "thành từ năm 2016 trở về trước và gửi về Trung tâm Lưu trữ tỉnh trước ngày "
                "20/12/2026."
            ),
            (
                "Cơ quan có trên 50 mét giá tài liệu chưa chỉnh lý được hỗ trợ tại chỗ; lịch "
                "hỗ trợ do Trung tâm Lưu trữ tỉnh thông báo."
            ),
        ),
        *DEPUTY,
    ),
    DocumentText(
        "mau-de-nghi-khen-thuong.pdf",
        "Hướng dẫn",
        "87/HD-SNV",
        "2026-10-12",
        "Mẫu tờ trình và báo cáo thành tích đề nghị khen thưởng",
        (
            (
                "<b>Mẫu 01. Tờ trình.</b> Tên đơn vị; người hoặc tập thể được đề nghị; hình "
                "thức khen thưởng; chữ ký."
            ),
            (
                "<b>Mẫu 02. Báo cáo thành tích.</b> Việc đã làm; kết quả đo được; người xác "
                "nhận. Không quá một trang, không chép lại thành tích các năm trước."
            ),
            "Hồ sơ lập theo mẫu cũ trước ngày 01/11/2026 vẫn có giá trị.",
        ),
        *DEPUTY,
    ),
    DocumentText(
        "thong-bao-tuyen-dung.pdf",
        "Thông báo",
        "1087/TB-SNV",
        "2026-10-30",
        "Tuyển dụng công chức làm việc tại các huyện miền núi năm 2026",
        (
            (
                "<b>1. Chỉ tiêu:</b> 24 người, gồm 9 chỉ tiêu tại huyện Khe Lụa, 7 chỉ tiêu "
                "tại huyện Bình Mạc và 8 chỉ tiêu tại huyện Thạch Vân."
            ),
            (
                "<b>2. Hồ sơ:</b> phiếu đăng ký dự tuyển, bản sao văn bằng và bảng điểm, giấy"
                " chứng nhận ưu tiên nếu có."
            ),
            (
                "<b>3. Thời hạn:</b> nhận hồ sơ đến hết ngày 30/11/2026 tại Phòng Tổ chức "
                "hoặc trên Cổng thông tin điện tử."
            ),
            "<b>4. Không thu phí dự tuyển.</b>",
        ),
        *DIRECTOR,
    ),
)
