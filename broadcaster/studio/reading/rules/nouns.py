"""Words that tell what a number beside them is: nouns that are counted, words before a day, words after a share of a whole."""

from broadcaster.studio.reading.token import ahead, behind

COUNTED_WORDS = (
    "thôn|xã|phường|huyện|quận|tỉnh|thành phố|đặc khu|thị trấn|xóm|ấp|bản|tổ|khu dân cư|khu phố|khu|tiêu chí|chỉ tiêu|khoản thu|khoản|hộ|"
    "trường|lớp|chi bộ|đảng bộ|đảng viên|chi hội|hội viên|cơ sở|đơn vị|địa phương|phiếu|bài|câu|điểm trường|điểm|trạm|công trình|hồ sơ|"
    "vụ|xe|tàu|thuyền|ca|mẫu|nhiệm vụ|nội dung|dự án|sản phẩm|doanh nghiệp|hợp tác xã|cụm|loa|đại biểu|ủy viên|thành viên|cử tri|người|em|cháu|"
    "học sinh|giáo viên|trẻ|phụ nữ|thanh niên|công dân|cán bộ|gia đình|dòng họ|nhà|ngôi|căn|trận|huy chương|giải|buổi|lượt|lần|ngành|môn|con|cây|suất|phần quà"
)
COUNTED = ahead(COUNTED_WORDS)
"""Nouns that are counted one by one: “10/12 xã” is so many of so many."""
OF_A_WHOLE = ahead(
    "số|tổng|diện tích|dân số|chiều|quãng|thời gian|đại biểu|hộ|khối lượng|giá trị|nhân dân|người|quả|cốc|thìa|muỗng|lượng|công suất|cơ thể|"
    "thành viên|ủy viên|cử tri|lao động|lương|mức|tiền|chi phí|kinh phí|sản lượng|nước|nhân viên|là|học sinh|dân|trong|của|nhu cầu|ngân sách|giá|"
    "thu nhập|đạm|lân|kali|phân|thuốc|công việc|hành trình|bát|ly|chén|viên|sào|mẫu|ha|lít|kg|giờ|tiếng|năm|tháng|ngày|cuộc đời|đời người|trái đất|thế giới|bề mặt|mặt|đoạn đường|vốn|liều"
)
"""Words after a share of a whole: “2/3 số hộ”."""
SHARE_BEFORE = behind(
    "đạt|chiếm|hơn|quá|gần|khoảng|trên|dưới|ít nhất|tối thiểu|tối đa|bằng|giảm|tăng|còn|có|được|với|mất|chừng|độ|thêm|cả|đóng|chia|"
    "vòng|tỷ lệ|tỉ lệ|hoàn thành|nộp|bỏ|đủ|thiếu|sử dụng|miễn|dành|thu|chi|cao|thấp|lấy|trồng|cắt|thị lực"
)
"""Words before a share of a whole, or so many of so many."""
TO_SCALE = behind("tỷ lệ|tỉ lệ|bản đồ|bản vẽ|quy hoạch chi tiết|bản đồ tỷ lệ|pha loãng|pha")
DAY_BEFORE = behind(
    "ngày|các ngày|những ngày|hai ngày|sáng|trưa|chiều|tối|đêm|hôm|từ|đến|tới|trước|sau|lễ|dịp|kỷ niệm|kỉ niệm|mùng|mồng|mừng|hạn|kể từ|hết|vào|"
    "nghỉ|tết|quốc khánh|thứ hai|thứ ba|thứ tư|thứ năm|thứ sáu|thứ bảy|chủ nhật|ra ngày|trong ngày|giải phóng|khai giảng|lúc|đợt|các đợt|giỗ|"
    "rạng sáng|khai mạc|bế mạc|phiên|cn|t2|t3|t4|t5|t6|t7|trung thu|vu lan|giỗ tổ|quốc tế phụ nữ|quốc tế lao động|thiếu nhi|tính đến|cập nhật|thành lập|sinh|mất|họp|cưới"
)
"""Words before a day of a month."""
PLACES = behind(
    "đường|phố|quảng trường|cầu|công viên|trường|chợ|sân vận động|nhà máy|hồ|khu tập thể|làng trẻ em|nhà văn hóa|tượng đài|rạp|bệnh viện|kênh"
)
"""Places that bear the name of a day: of “đường 3/2” no mùng is said."""
WAYS = behind("đến trường|tới trường|tựu trường|ra đường|xuống đường|lên đường|đi chợ|họp chợ|phiên chợ")
"""Ends of a phrase that only look like a place."""
CALLED = behind("mỗi|một|hằng|hàng|trong|/")
TIMES_A_DAY = ahead(
    "lần|bữa|buổi|viên|ca|tiếng|giờ|ly|cốc|công|vụ|chuyến|kg|lít|thìa|gói|triệu|nghìn|ngàn|đồng|km|quả|suất|bài|trang|lượt|đêm|con"
)
"""What comes so often a day or a month: here the number is no day and no month."""
