"""Reports and features."""

from home.demo.content import (
    ArticleContent,
    CaptionedImage,
    Heading,
    Paragraph,
    Quote,
    VisitorCount,
)

REPORTS: tuple[ArticleContent, ...] = (
    ArticleContent(
        key="cong-moi",
        topics=("chuyen-doi-so", "cai-cach-hanh-chinh"),
        section="tin-tuc",
        title="Sở Nội vụ ra mắt Cổng thông tin điện tử mới",
        introduction=(
            "Từ sáng 19/11, người dân và cán bộ trong tỉnh có thể tra cứu tin tức, văn bản và lịch "
            "tiếp công dân trên Cổng thông tin điện tử mới, bằng tiếng Việt và tiếng Anh, trên cả "
            "máy tính và điện thoại."
        ),
        published_at="2026-11-19T08:30",
        author="Thảo Nguyên",
        source_name="",
        source_url="",
        body=(
            Paragraph(
                "<p>Sáng 19/11, Sở Nội vụ tỉnh Hải Lam chính thức đưa Cổng thông tin điện tử mới "
                "vào hoạt động, thay thế trang cũ đã phục vụ bạn đọc hơn mười năm. Giao diện được "
                "thiết kế lại theo hướng gọn gàng, chữ lớn, dễ đọc; mỗi trang chỉ giữ những nội "
                "dung mà người dân thường tìm nhất.</p>"
                "<p>Theo khảo sát do Văn phòng Sở thực hiện trong tháng 7 với 640 người dùng, ba "
                "nhu cầu được nhắc đến nhiều nhất là <b>tra cứu thông báo tuyển dụng</b>, <b>xem "
                "tiến độ khen thưởng</b> và <b>tìm số điện thoại của bộ phận phụ trách</b>. Cả ba "
                "nội dung này nay đều có thể mở ngay từ trang chủ.</p>"
            ),
            CaptionedImage(
                picture="portal-desk.jpg",
                alt_text=(
                    "Máy tính xách tay trên bàn gỗ cạnh cửa sổ, màn hình mở một trang tin có ảnh "
                    "lớn và các khung tin nhỏ"
                ),
                caption="Giao diện mới hiển thị tốt trên máy tính, máy tính bảng và điện thoại.",
                credit="Tổ biên tập",
            ),
            Paragraph(
                "<p>Những điểm mới đáng chú ý của Cổng thông tin:</p>"
                "<ul><li>Tin tức được sắp xếp theo ba chuyên mục chính, kèm ảnh minh họa có chú "
                "thích đầy đủ.</li>"
                "<li>Các bài viết quan trọng có bản tiếng Anh được biên dịch song song.</li>"
                "<li>Người dùng có thể điều khiển toàn bộ trang bằng bàn phím và phần mềm đọc màn "
                "hình.</li>"
                "</ul>"
            ),
            Paragraph(
                "<p>Số lượt truy cập được công khai trên trang để bạn đọc cùng theo dõi. Con số "
                "dưới đây do hệ thống tự động cập nhật:</p>"
            ),
            VisitorCount(),
            Paragraph(
                "<p>Trang cũ tiếp tục được lưu tại địa chỉ <a "
                'href="https://luutru.snv-hailam.example/">luutru.snv-hailam.example</a> đến hết '
                "quý II năm 2027. Mọi góp ý xin gửi về hộp thư <i>gopy@snv-hailam.example</i>; Tổ "
                "biên tập trả lời trong vòng ba ngày làm việc.</p>"
            ),
        ),
    ),
    ArticleContent(
        key="khoi-thi-dua",
        topics=("thi-dua-yeu-nuoc",),
        section="thi-dua-khen-thuong",
        title=(
            "Khối thi đua các huyện, thị xã, thành phố tỉnh Hải Lam tổng kết năm 2026 và ký giao "
            "ước thi đua năm 2027"
        ),
        introduction=(
            "Chiều 18/11, tại thành phố Lam Kiều, bảy đơn vị trong Khối thi đua các huyện, thị xã, "
            "thành phố đã cùng nhìn lại một năm thực hiện phong trào và ký kết giao ước với 5 nhóm "
            "chỉ tiêu, 22 tiêu chí cho năm 2027."
        ),
        published_at="2026-11-18T16:47",
        author="Hoài Phương",
        source_name="baohailam.example",
        source_url="https://baohailam.example/thi-dua/khoi-huyen-ky-giao-uoc-2027",
        body=(
            Paragraph(
                "<p>Dự hội nghị có ông Đàm Quang Hiển, Giám đốc Sở Nội vụ; bà Lục Thị Hòa An, "
                "Trưởng phòng Thi đua – Khen thưởng; lãnh đạo Ủy ban nhân dân bảy đơn vị trong "
                "khối gồm thành phố Lam Kiều, thị xã Vĩnh Sậy và các huyện Thạch Vân, Sông Ngái, "
                "Đồng Trấm, Bình Mạc, Khe Lụa; cùng gần 180 đại biểu là cán bộ phụ trách công tác "
                "thi đua ở cơ sở và các điển hình được bình chọn trong năm. Huyện Thạch Vân, đơn "
                "vị khối trưởng năm 2026, chủ trì hội nghị. Trước giờ khai mạc, các đại biểu đã "
                "tham quan không gian trưng bày “Một năm nhìn lại”, nơi mỗi địa phương giới thiệu "
                "một mô hình tiêu biểu bằng ảnh, sản phẩm và câu chuyện của chính những người trực "
                "tiếp thực hiện. Nhiều đại biểu dừng lại khá lâu bên góc trưng bày của huyện Khe "
                "Lụa với mô hình “Sổ tay thôn bản”, ghi lại từng việc nhỏ mà bà con đã cùng làm "
                "trong năm, từ đoạn đường nội đồng dài 300 mét đến tủ sách đặt ở nhà sinh hoạt "
                "cộng đồng.</p>"
            ),
            CaptionedImage(
                picture="conference-hall.jpg",
                alt_text=(
                    "Hội trường nhìn từ phía sau với các hàng đại biểu hướng lên sân khấu, nơi "
                    "đoàn chủ tọa ngồi sau bàn và một người đang phát biểu"
                ),
                caption=(
                    "Toàn cảnh hội nghị tổng kết Khối thi đua các huyện, thị xã, thành phố, chiều "
                    "18/11."
                ),
                credit="Tổ biên tập",
            ),
            Paragraph(
                "<p>Báo cáo tổng kết do đại diện huyện Thạch Vân trình bày cho thấy, năm 2026 toàn "
                "khối phát động 31 đợt thi đua, trong đó có 12 đợt thi đua theo chuyên đề. Cách "
                "làm có nhiều đổi mới: chỉ tiêu được giao đến từng thôn, tổ dân phố; kết quả được "
                "chấm theo quý và công khai trên bảng tin, thay vì dồn vào cuối năm như trước. Nhờ "
                "đó, 19 trong số 21 chỉ tiêu đã ký kết đầu năm đạt và vượt. Tỷ lệ hồ sơ hành chính "
                "được giải quyết đúng hạn của bảy đơn vị bình quân đạt 98,6%; 43 nhà văn hóa thôn "
                "được sửa chữa; hơn 260 ki-lô-mét đường liên thôn được trồng hoa, trồng cây bóng "
                "mát và giao cho các chi hội tự quản chăm sóc. Hai chỉ tiêu chưa đạt là số hóa hồ "
                "sơ khen thưởng và tỷ lệ cán bộ cấp xã hoàn thành khóa bồi dưỡng kỹ năng số, chủ "
                "yếu do thiếu thiết bị và lịch học trùng vào mùa mưa lũ.</p>"
            ),
            CaptionedImage(
                picture="emulation-signing.jpg",
                alt_text=(
                    "Hai bàn tay cầm bút ký vào hai tập giao ước bìa đỏ gạch đặt cạnh nhau trên "
                    "mặt bàn phủ khăn xanh, phía trên có lẵng hoa"
                ),
                caption="Đại diện các đơn vị ký kết giao ước thi đua năm 2027.",
                credit="Tổ biên tập",
            ),
            Paragraph(
                "<p>Thảo luận tại hội nghị, các ý kiến tập trung vào câu hỏi làm thế nào để phong "
                "trào không dừng lại ở lễ phát động. Ông Tạ Đức Mẫn, Phó Chủ tịch Ủy ban nhân dân "
                "huyện Sông Ngái, cho biết địa phương đã bỏ hẳn mẫu đăng ký thi đua dài sáu trang, "
                "thay bằng một tờ duy nhất gồm ba câu: làm việc gì, ai được lợi và bao giờ xong. "
                "Sau hai quý, số việc đăng ký giảm gần một nửa nhưng số việc hoàn thành lại tăng "
                "gấp rưỡi. Đại diện thị xã Vĩnh Sậy chia sẻ kinh nghiệm phát hiện điển hình qua "
                "các buổi gặp gỡ ở chợ, bến cá, lớp học buổi tối, thay vì chỉ dựa vào danh sách do "
                "cơ quan gửi lên; trong số 57 cá nhân được thị xã khen thưởng năm nay có 39 người "
                "là lao động trực tiếp. Một số đại biểu đề nghị khối sớm thống nhất thang điểm "
                "chung cho các đơn vị miền núi và ven biển, bởi điều kiện dân cư, giao thông rất "
                "khác nhau, nếu dùng chung một thước đo thì khó phản ánh đúng nỗ lực của cơ sở. Ý "
                "kiến này được hội nghị ghi nhận và giao tổ giúp việc hoàn thiện trước ngày "
                "15/12.</p>"
                "<p>Phát biểu tại hội nghị, Giám đốc Sở Nội vụ Đàm Quang Hiển đánh giá cao tinh "
                "thần làm việc thẳng thắn của các đơn vị, đặc biệt là việc dám nêu rõ hai chỉ tiêu "
                "chưa đạt cùng nguyên nhân. Theo ông, giá trị của một bản giao ước nằm ở chỗ người "
                "dân có nhận ra sự thay đổi trong đời sống hằng ngày hay không, chứ không nằm ở số "
                "trang báo cáo. Năm 2027, Sở sẽ hỗ trợ khối bằng ba việc cụ thể: đưa phần mềm quản "
                "lý hồ sơ khen thưởng vào sử dụng ở cả bảy đơn vị ngay trong quý I; tổ chức sáu "
                "lớp bồi dưỡng lưu động tại các cụm xã xa trung tâm để cán bộ không phải đi quá 20 "
                "ki-lô-mét; và cử chuyên viên cùng dự các buổi chấm điểm quý nhằm giải đáp vướng "
                "mắc tại chỗ. Ông cũng đề nghị các địa phương quan tâm khen thưởng kịp thời những "
                "tập thể nhỏ, cá nhân làm việc thầm lặng, tránh để việc tốt trôi qua rồi mới làm "
                "hồ sơ; mỗi đề nghị khen thưởng đột xuất cần được trả lời trong vòng bảy ngày làm "
                "việc.</p>"
                "<p>Trong phần nghi thức chính, đại diện bảy đơn vị lần lượt bước lên ký bản giao "
                "ước thi đua năm 2027 trước sự chứng kiến của toàn thể đại biểu. Bản giao ước gồm "
                "5 nhóm chỉ tiêu về phát triển kinh tế, văn hóa – xã hội, cải cách hành chính, xây "
                "dựng đội ngũ cán bộ và bảo vệ môi trường, được cụ thể hóa thành 22 tiêu chí với "
                "thang điểm 100. Điểm khác so với những năm trước là mỗi đơn vị tự chọn thêm một "
                "“việc khó” của địa phương mình để làm đến cùng: thành phố Lam Kiều chọn chỉnh "
                "trang các bến thuyền cũ, huyện Đồng Trấm chọn xóa các điểm đốt rác tự phát, huyện "
                "Bình Mạc chọn đưa nước sạch về ba thôn trên núi. Cũng tại hội nghị, các đại biểu "
                "đã biểu quyết thống nhất bầu huyện Sông Ngái làm khối trưởng, huyện Khe Lụa làm "
                "khối phó năm 2027; đồng thời suy tôn hai đơn vị dẫn đầu để trình cấp có thẩm "
                "quyền xem xét khen thưởng. Cuộc kiểm tra chéo đầu tiên giữa các đơn vị dự kiến "
                "diễn ra vào trung tuần tháng 4.</p>"
            ),
        ),
    ),
    ArticleContent(
        key="mot-cua",
        topics=("cai-cach-hanh-chinh",),
        section="tin-tuc",
        title="Về Nậm Tưa xem người dân chấm điểm bộ phận một cửa",
        introduction=(
            "Sau tám tháng thí điểm, bộ phận một cửa xã vùng cao Nậm Tưa đã rút ngắn một phần ba "
            "thời gian chờ và trở thành địa chỉ để nhiều xã khác đến học hỏi."
        ),
        published_at="2026-11-12T14:05",
        author="Minh Khuê",
        source_name="",
        source_url="",
        body=(
            Paragraph(
                "<p>Từ trung tâm huyện Khe Lụa, phải mất gần hai giờ đi xe mới đến được xã Nậm "
                "Tưa. Trụ sở xã nằm lưng chừng đồi, nhìn xuống những thửa ruộng bậc thang đang vào "
                "cuối vụ. Ngày 11/11, đoàn công tác của Sở Nội vụ do Phó Giám đốc Cù Thị Nguyệt "
                "Hằng dẫn đầu đã có buổi làm việc tại đây về kết quả thí điểm mô hình <b>“Một cửa "
                "gần dân”</b>.</p>"
            ),
            CaptionedImage(
                picture="terraced-fields.jpg",
                alt_text=(
                    "Ruộng bậc thang lúc bình minh, trụ sở xã mái ngói đỏ trên đồi và hai người "
                    "nông dân đội nón trên bờ ruộng"
                ),
                caption="Trụ sở xã Nậm Tưa nhìn từ con đường dẫn xuống cánh đồng.",
                credit="Tổ biên tập",
            ),
            Heading("Bớt một lần đi lại"),
            Paragraph(
                "<p>Nậm Tưa có 11 thôn, thôn xa nhất cách trụ sở 17 ki-lô-mét. Trước đây, một hồ "
                "sơ thiếu giấy tờ đồng nghĩa với việc người dân mất thêm một ngày đi về. Từ tháng "
                "3, xã lập tổ hướng dẫn lưu động, mỗi tuần hai buổi xuống thôn kiểm tra trước hồ "
                "sơ và nhận những thủ tục đơn giản ngay tại nhà sinh hoạt cộng đồng.</p>"
                "<p>Kết quả, số lượt phải đi lại lần hai giảm từ 31% xuống còn 9%. Thời gian chờ "
                "trung bình tại quầy còn 14 phút.</p>"
            ),
            CaptionedImage(
                picture="one-stop-counter.jpg",
                alt_text=(
                    "Quầy tiếp nhận hồ sơ với ba cán bộ ngồi sau quầy, người dân đứng làm thủ tục "
                    "và một cụ già ngồi chờ trên ghế"
                ),
                caption=(
                    "Bộ phận một cửa được bố trí lại với ba quầy, có ghế chờ và lối đi cho người "
                    "cao tuổi."
                ),
                credit="Tổ biên tập",
            ),
            Heading("Hộp phiếu ba màu"),
            Paragraph(
                "<p>Ngay cạnh cửa ra vào là một hộp gỗ với ba ngăn. Xong việc, mỗi người bỏ một "
                "hạt gỗ màu vào ngăn tương ứng: hài lòng, bình thường hoặc chưa hài lòng. Cách làm "
                "này phù hợp với cả những người không quen viết, và kết quả được đếm công khai vào "
                "chiều thứ Sáu.</p>"
            ),
            Quote(
                text=(
                    "Lần trước tôi đi ba buổi mới xong tờ giấy cho cháu. Lần này cán bộ xuống tận "
                    "thôn xem giúp, tôi ra xã một lần là được. Hạt gỗ của tôi, tôi bỏ vào ngăn hài "
                    "lòng."
                ),
                attribution="Bà Lò Thị Mẩy Sao, thôn Pá Hương, xã Nậm Tưa",
            ),
            Heading("Những việc cần làm tiếp"),
            Paragraph(
                "<p>Qua trao đổi với cán bộ xã và đại diện các thôn, đoàn công tác thống nhất bốn "
                "việc cần hoàn thành trước mùa xuân:</p>"
                "<ol><li>Bổ sung một máy quét và đường truyền dự phòng cho quầy tiếp nhận.</li>"
                "<li>In tờ hướng dẫn bằng hình vẽ cho mười thủ tục thường gặp.</li>"
                "<li>Bồi dưỡng thêm hai cán bộ biết tiếng dân tộc làm nhiệm vụ hướng dẫn.</li>"
                "<li>Mở rộng tổ lưu động sang hai xã lân cận là Trúc Hạ và Đại Khe.</li>"
                "</ol>"
            ),
            Paragraph(
                "<p>Phó Giám đốc Cù Thị Nguyệt Hằng đề nghị xã tiếp tục giữ thói quen công khai "
                "kết quả hằng tuần, kể cả những tuần điểm thấp. Sở sẽ tổng hợp kinh nghiệm của Nậm "
                "Tưa thành tài liệu ngắn gửi các địa phương theo <i>Kế hoạch số 104/KH-SNV</i>.</p>"
            ),
        ),
    ),
    ArticleContent(
        key="tap-huan-so",
        topics=("chuyen-doi-so",),
        section="tin-tuc",
        title="Hơn 300 cán bộ cấp xã hoàn thành khóa bồi dưỡng kỹ năng số",
        introduction=(
            "Khóa học gồm sáu lớp, kéo dài bốn tuần, lần đầu tiên dành hai phần ba thời lượng cho "
            "thực hành trên hồ sơ mẫu."
        ),
        published_at="2026-10-29T09:15",
        author="",
        source_name="truyenthonghailam.example",
        source_url="https://truyenthonghailam.example/chuyen-doi-so/be-giang-lop-ky-nang-so",
        body=(
            Paragraph(
                "<p>Sáng 28/10, Sở Nội vụ phối hợp với Trung tâm Bồi dưỡng cán bộ tỉnh tổ chức bế "
                "giảng khóa bồi dưỡng kỹ năng số năm 2026. Có 312 học viên đến từ 96 xã, phường "
                "được cấp chứng nhận; 27 học viên đạt loại giỏi.</p>"
                "<p>Thay vì nghe giảng theo bài, học viên được chia thành nhóm năm người, mỗi nhóm "
                "nhận một tình huống thường gặp ở cơ sở: lập lịch tiếp công dân, tổng hợp ý kiến "
                "cử tri, trình bày số liệu bằng biểu đồ, bảo vệ dữ liệu cá nhân khi chia sẻ tệp. "
                "Giảng viên chỉ hướng dẫn phần khung và góp ý sau khi các nhóm tự trình bày.</p>"
            ),
            CaptionedImage(
                picture="training-class.jpg",
                alt_text=(
                    "Lớp học nhìn từ cuối phòng, học viên ngồi trước máy tính xách tay, giảng viên "
                    "mặc áo dài chỉ vào biểu đồ trên màn hình"
                ),
                caption="Học viên thực hành trình bày số liệu trong lớp thứ ba của khóa học.",
                credit="Tổ biên tập",
            ),
            Paragraph(
                "<p>Chị Vi Thị Lan Chiều, công chức xã Cồn Ngát, cho biết điều hữu ích nhất là "
                "được mang chính công việc đang dang dở ở xã đến lớp để cùng giải quyết. Sau khóa "
                "học, nhóm của chị đã hoàn thành bảng theo dõi đơn thư dùng chung cho cả ba xã ven "
                "biển.</p>"
                "<p>Các lớp tiếp theo dự kiến mở vào tháng 3/2027. Tài liệu được đăng tải miễn phí "
                'tại <a href="https://hoctap.snv-hailam.example/ky-nang-so">kho học liệu của '
                "Sở</a>.</p>"
            ),
        ),
    ),
    ArticleContent(
        key="luu-tru-so",
        topics=("van-thu-luu-tru", "chuyen-doi-so"),
        section="tin-tuc",
        title=(
            "Hải Lam đưa 1,2 triệu trang tài liệu lưu trữ lên môi trường số, mở phòng đọc trực "
            "tuyến cho người dân và nhà nghiên cứu"
        ),
        introduction=(
            "Sau hai năm chỉnh lý và quét ảnh, Trung tâm Lưu trữ tỉnh mở cửa phòng đọc trực tuyến "
            "với bốn phông tài liệu đầu tiên."
        ),
        published_at="2026-10-08T15:32",
        author="Thảo Nguyên",
        source_name="",
        source_url="",
        body=(
            Paragraph(
                "<p>Trung tâm Lưu trữ tỉnh, đơn vị trực thuộc Sở Nội vụ, vừa hoàn thành giai đoạn "
                "một của đề án số hóa tài liệu lưu trữ. Tổng cộng 1,2 triệu trang thuộc bốn phông "
                "đã được chỉnh lý, quét và gắn thông tin mô tả; trong đó có gần 9.000 bản đồ địa "
                "chính vẽ tay và hơn 4.000 bức ảnh về vùng cửa sông.</p>"
            ),
            CaptionedImage(
                picture="digital-archive.jpg",
                alt_text=(
                    "Phòng lưu trữ với hai dãy giá đầy hộp tài liệu, một nữ cán bộ ngồi giữa phòng "
                    "quét tài liệu, những ô sáng nhỏ bay quanh"
                ),
                caption=(
                    "Mỗi trang tài liệu được quét ở độ phân giải cao rồi đối chiếu lại với bản gốc."
                ),
                credit="Tổ biên tập",
            ),
            Heading("Làm chậm để làm đúng"),
            Paragraph(
                "<p>Theo ông Thân Bá Lộc, Giám đốc Trung tâm, phần tốn công nhất không phải là "
                "quét mà là chuẩn bị. Nhiều tập giấy bị dính do ẩm phải được tách từng tờ, là "
                "phẳng và vá lại bằng giấy dó trước khi đặt lên máy. Trung bình mỗi cán bộ chỉ "
                "hoàn thành 350 trang một ngày, nhưng tỷ lệ phải quét lại dưới 0,4%.</p>"
                "<p>Toàn bộ dữ liệu được lưu thành ba bản tại hai địa điểm khác nhau, định kỳ sáu "
                "tháng kiểm tra tính toàn vẹn một lần.</p>"
            ),
            Heading("Ai có thể sử dụng?"),
            Paragraph(
                "<p>Người dân có thể tra cứu danh mục mà không cần đăng ký. Để xem ảnh chụp toàn "
                "văn, bạn đọc lập tài khoản tại <a "
                'href="https://phongdoc.snv-hailam.example/">phongdoc.snv-hailam.example</a>. Tài '
                "liệu có thông tin cá nhân chưa hết thời hạn bảo vệ chỉ được cung cấp cho người có "
                "quyền theo quy định.</p>"
                "<p>Giai đoạn hai, từ năm 2027, sẽ tiếp tục với tài liệu của các huyện và bộ sưu "
                "tập ghi âm lời kể của những người cao tuổi ở các làng chài.</p>"
            ),
        ),
    ),
    ArticleContent(
        key="tuyen-dung",
        topics=("tuyen-dung", "van-thu-luu-tru"),
        section="tin-tuc",
        title="Thông báo tiếp nhận hồ sơ dự tuyển viên chức Trung tâm Lưu trữ tỉnh",
        introduction=(
            "Trung tâm Lưu trữ tỉnh cần tuyển 9 viên chức; thời gian nhận hồ sơ từ ngày 28/9 đến "
            "hết ngày 27/10/2026."
        ),
        published_at="2026-09-21T10:20",
        author="",
        source_name="",
        source_url="",
        body=(
            Paragraph(
                "<p>Căn cứ <b>Kế hoạch số 87/KH-SNV</b>, Trung tâm Lưu trữ tỉnh thông báo tuyển "
                "dụng 9 viên chức ở các vị trí sau:</p>"
                "<ul><li>Lưu trữ viên: 5 người.</li>"
                "<li>Kỹ thuật viên phục chế tài liệu giấy: 2 người.</li>"
                "<li>Quản trị dữ liệu: 1 người.</li>"
                "<li>Văn thư: 1 người.</li>"
                "</ul>"
                "<p>Người dự tuyển nộp phiếu đăng ký trực tiếp tại Văn phòng Sở, trong giờ hành "
                "chính, hoặc gửi trực tuyến tại <a "
                'href="https://tuyendung.snv-hailam.example/">tuyendung.snv-hailam.example</a>. '
                "Không thu lệ phí đối với người dự tuyển thuộc hộ nghèo.</p>"
                "<p>Danh sách người đủ điều kiện dự phỏng vấn được công bố trên Cổng thông tin "
                "điện tử của Sở trước ngày 10/11/2026. Mọi thắc mắc xin liên hệ Phòng Tổ chức, "
                "điện thoại (0200) 5550 114.</p>"
            ),
        ),
    ),
    ArticleContent(
        key="trong-cay",
        topics=("thi-dua-yeu-nuoc",),
        section="thi-dua-khen-thuong",
        title="Đợt thi đua “Nghìn vườn ươm xanh”: 42.000 cây được trồng trong hai tuần",
        introduction=(
            "Từ sườn đồi huyện Bình Mạc đến dải đất ven sông Ngái, gần 6.000 lượt cán bộ và người "
            "dân đã tham gia đợt trồng cây đầu mùa mưa."
        ),
        published_at="2026-08-14T17:10",
        author="Hoài Phương",
        source_name="baohailam.example",
        source_url="https://baohailam.example/moi-truong/nghin-vuon-uom-xanh",
        body=(
            Paragraph(
                "<p>Chiều 14/8, Ban Tổ chức đợt thi đua “Nghìn vườn ươm xanh” họp đánh giá kết quả "
                "sau hai tuần phát động. Toàn tỉnh đã trồng 42.300 cây, vượt 5,8% so với kế hoạch; "
                "trong đó hơn một nửa là cây bản địa như lim xẹt, sấu, giổi xanh do chính các vườn "
                "ươm của thôn cung cấp.</p>"
            ),
            CaptionedImage(
                picture="tree-planting.jpg",
                alt_text=(
                    "Ba người trồng cây trên sườn đồi: một người cầm xẻng, một người đội nón quỳ "
                    "bên cây non, một người tưới nước"
                ),
                caption="Người dân và cán bộ trồng cây bản địa trên đồi Gò Mận, huyện Bình Mạc.",
                credit="Tổ biên tập",
            ),
            Paragraph(
                "<p>Điểm mới của năm nay là mỗi cây có người nhận chăm sóc. Trên cọc tre bên cạnh "
                "từng hàng cây có gắn tên nhóm hộ chịu trách nhiệm tưới và làm cỏ trong 18 tháng "
                "đầu. Tỷ lệ cây sống, chứ không phải số cây trồng, sẽ là căn cứ để xét khen thưởng "
                "vào cuối năm sau.</p>"
                "<p>Ban Tổ chức đề nghị khen thưởng đột xuất cho sáu tập thể, trong đó có Chi đoàn "
                "xã Mỹ Lụa với sáng kiến bầu ươm làm từ bẹ chuối, thay cho túi ni lông.</p>"
            ),
        ),
    ),
    ArticleContent(
        key="lang-ven-song",
        topics=("thi-dua-yeu-nuoc", "khen-thuong"),
        section="thi-dua-khen-thuong",
        title=(
            "Khen thưởng 18 làng ven sông Ngái có thành tích xuất sắc trong gìn giữ đình làng, bến "
            "nước và nếp sống cộng đồng"
        ),
        introduction=(
            "Lễ trao bằng khen được tổ chức ngay tại sân đình làng Vạn Sậy, trong đêm hội đèn lồng "
            "thường niên của cư dân ven sông."
        ),
        published_at="2026-07-24T07:50",
        author="Minh Khuê",
        source_name="vanhoasongngai.example",
        source_url="https://vanhoasongngai.example/le-trao-bang-khen-lang-ven-song",
        body=(
            Paragraph(
                "<p>Tối 23/7, tại làng Vạn Sậy, thị xã Vĩnh Sậy, Sở Nội vụ phối hợp với chính "
                "quyền địa phương tổ chức lễ trao bằng khen cho 18 làng ven sông có thành tích "
                "trong phong trào “Giữ nếp làng, sạch bến sông”. Hơn 700 người dân đã về dự.</p>"
            ),
            CaptionedImage(
                picture="communal-house.jpg",
                alt_text=(
                    "Ngôi đình mái cong lợp ngói sáng đèn trong đêm, dây đèn lồng nhiều màu giăng "
                    "ngang sân, người dân đứng trước thềm"
                ),
                caption="Đình làng Vạn Sậy trong đêm hội đèn lồng.",
                credit="Tổ biên tập",
            ),
            Paragraph(
                "<p>Ba năm trước, phần lớn các bến nước dọc sông bị bồi lấp, nhiều ngôi đình chỉ "
                "mở cửa vào dịp lễ. Phong trào bắt đầu từ một việc giản dị: mỗi làng tự chọn một "
                "ngày trong tháng để cùng quét sân đình, vớt rác ở bến và ngồi lại uống trà. Đến "
                "nay, 18 làng đã khơi thông 23 bến, sửa 11 ngôi đình bằng công sức của người dân "
                "và vật liệu truyền thống.</p>"
                "<p>Ông Khổng Văn Tự Tại, Trưởng ban khánh tiết làng Vạn Sậy, kể rằng tốp thợ trẻ "
                "đã học lại cách đắp bờ nóc từ hai cụ thợ nề ngoài 80 tuổi. Khi viên ngói cuối "
                "cùng được lợp xong, cả làng góp cơm ăn mừng ngay giữa sân.</p>"
            ),
            CaptionedImage(
                picture="river-town.jpg",
                alt_text=(
                    "Thị trấn ven sông lúc hoàng hôn, cây cầu đá nhiều vòm bắc sang dãy nhà mái "
                    "đỏ, một người chèo thuyền trên mặt nước"
                ),
                caption="Bến cũ ở thị xã Vĩnh Sậy đã thông thoáng trở lại.",
                credit="Tổ biên tập",
            ),
            Quote(
                text=(
                    "Bằng khen thì treo trong đình, còn phần thưởng lớn nhất là bọn trẻ lại ra bến "
                    "tập bơi."
                ),
                attribution="Ông Khổng Văn Tự Tại, làng Vạn Sậy",
            ),
            Paragraph(
                "<p>Từ kết quả này, Sở Nội vụ đề xuất mở rộng phong trào tới các làng ven biển "
                "trong năm 2027, với tiêu chí do chính người dân góp ý xây dựng.</p>"
            ),
        ),
    ),
)
