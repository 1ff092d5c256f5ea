"""Shapes that the golden phrases do not hold, theme by theme; and what must be asked rather than read."""

import pytest

from broadcaster.studio.reading import Lexicon, read_aloud

YEAR = "năm hai nghìn không trăm hai mươi"
READ = {
    "days": {
        "từ ngày 28/12/2019 - 02/01/2020": f"từ ngày hai mươi tám tháng mười hai năm hai nghìn không trăm mười chín đến mùng hai tháng một {YEAR}.",
        "các ngày 5, 6, 7/10": "các ngày mùng năm, mùng sáu, mùng bảy tháng mười.",
        "từ 25/5-5/6 gieo mạ": "từ hai mươi lăm tháng năm đến mùng năm tháng sáu gieo mạ.",
        "mùng 1 - mùng 3 Tết": "mùng một đến mùng ba tết.",
        "hạn nộp trước 30-9": "hạn nộp trước ba mươi tháng chín.",
        "15/7 ÂL": "mười lăm tháng bảy âm lịch.",
        "sáng mai 6/10, thứ 5, 8/10": "sáng mai mùng sáu tháng mười, thứ năm, mùng tám tháng mười.",
        "uống 2 viên, ngày 3 lần": "uống hai viên, ngày ba lần.",
    },
    "metres, shares and names of the highlands": {
        "nước ngập sâu 1m2, ao rộng 500m2": "nước ngập sâu một mét hai, ao rộng năm trăm mét vuông.",
        "trình độ văn hóa 9/12, hơn 3/4 diện tích": "trình độ văn hóa chín trên mười hai, hơn ba phần tư diện tích.",
        "Từ 1/6 giá điện tăng": "từ mùng một tháng sáu giá điện tăng.",
        "xã Ea M'Droh, thôn Ka Lô": "xã ê a mơ đờ ro, thôn ka lô.",
        "VP-TK xã, ban QL thôn": "văn phòng thống kê xã, ban quản lý thôn.",
    },
    "ages, loads and machines": {
        "lớp 5-6 tuổi; trẻ từ 9-24 tháng tuổi": "lớp năm đến sáu tuổi; trẻ từ chín đến hai mươi tư tháng tuổi.",
        "cấm xe trên 3,5T, lớp 5T": "cấm xe trên ba phẩy năm tấn, lớp năm tê.",
        "máy biến áp T2, họp sáng T2": "máy biến áp tê hai, họp sáng thứ hai.",
        "chạy 78/60km/h tại ngã 4": "chạy bảy mươi tám trên sáu mươi ki lô mét trên giờ tại ngã tư.",
        "điểm chuẩn 38,75đ, vé 38.000đ": "điểm chuẩn ba mươi tám phẩy bảy mươi lăm điểm, vé ba mươi tám nghìn đồng.",
        "nước mắm 35°N, OCOP 4*": "nước mắm ba mươi lăm độ đạm, ô cốp bốn sao.",
        "đạt 8,5/10 điểm": "đạt tám phẩy năm trên mười điểm.",
    },
    "codes": {
        "mã hồ sơ H24-2309": "mã hồ sơ hát hai bốn hai ba không chín.",
        "tàu HP-90456-TS": "tàu hát pê chín không bốn năm sáu tê ét.",
        "căn hộ A12-08": "căn hộ a mười hai không tám.",
        "máy lẻ 102": "máy lẻ một không hai.",
    },
    "lists within a line": {
        "1/ Cày ải; 2/ Bón NPK 5.10.3": "một, cày ải; hai, bón nờ pê ca năm mười ba.",
    },
    "months": {
        "tháng 9 - 12/2020": f"tháng chín đến mười hai {YEAR}.",
        "quý III-IV/2020": f"quý ba đến bốn {YEAR}.",
        "tiêm đợt 2/2020": f"tiêm đợt hai {YEAR}.",
        "mỗi tháng 4 lần, tháng 4": "mỗi tháng bốn lần, tháng tư.",
        "làm việc từ T2-T6, sáng T7, CN nghỉ": "làm việc từ thứ hai đến thứ sáu, sáng thứ bảy, chủ nhật nghỉ.",
    },
    "hours": {
        "Từ 06h00 ngày 20/9 - 18h00 ngày 21/9": "từ sáu giờ ngày hai mươi tháng chín đến mười tám giờ ngày hai mươi mốt tháng chín.",
        "từ 7 - 9 giờ 30; 20h15p": "từ bảy đến chín giờ ba mươi; hai mươi giờ mười lăm.",
        "từ 5g đến 7g, pha 5g muối": "từ năm giờ đến bảy giờ, pha năm gam muối.",
        "trong 24 - 48 giờ tới, trực 24/24h": "trong hai mươi tư đến bốn mươi tám giờ tới, trực hai mươi tư trên hai mươi tư giờ.",
    },
    "shares": {
        "từ 1/3 đến 1/2 diện tích": "từ một phần ba đến một phần hai diện tích.",
        "3/5 thôn, 8/10 điểm": "ba trên năm thôn, tám trên mười điểm.",
        "tỷ lệ 1/2000, thắng 3-2": "tỷ lệ một trên hai nghìn, thắng ba hai.",
    },
    "units": {
        "5-7 dảnh/khóm, 40 khóm/m2": "năm đến bảy dảnh một khóm, bốn mươi khóm một mét vuông.",
        "500 triệu đồng/mô hình": "năm trăm triệu đồng một mô hình.",
        "500 nghìn - 1 triệu đồng": "năm trăm nghìn đến một triệu đồng.",
        "500m - 1km": "năm trăm mét đến một ki lô mét.",
        "50-100 mm/24h": "năm mươi đến một trăm mi li mét trên hai mươi tư giờ.",
        "từ -2 đến 1 độ": "từ âm hai đến một độ.",
        "1/2 kg, mỗi ha": "một phần hai ki lô gam, mỗi héc ta.",
        "tấm bạt 2m x 3m, cao 1m65": "tấm bạt hai mét nhân ba mét, cao một mét sáu mươi lăm.",
        "học bổng 500k/suất": "học bổng năm trăm nghìn đồng một suất.",
        "tâm bão ở 20,2°N": "tâm bão ở hai mươi phẩy hai độ vĩ bắc.",
    },
    "phones": {
        "ĐT 0225.3888123 - 0912345678": "điện thoại không hai hai năm ba tám tám tám một hai ba, không chín một hai ba bốn năm sáu bảy tám.",
        "gọi ngay 113 hoặc 114, 115": "gọi ngay một một ba hoặc một một bốn, một một năm.",
        "gọi 114 công dân nhập ngũ": "gọi một trăm mười bốn công dân nhập ngũ.",
        "soạn tin gửi 8088": "soạn tin gửi tám không tám tám.",
    },
    "documents": {
        "NQ 57-NQ/TW": "nghị quyết năm mươi bảy nghị quyết trung ương.",
        "Quy định số 37-QĐ/TW": "quy định số ba mươi bảy quy định trung ương.",
        "Thông tư liên tịch 03/2018": "thông tư liên tịch không ba năm hai nghìn không trăm mười tám.",
        "điểm a), b) khoản 1a": "điểm a, bê, khoản một a.",
        "mục III.2": "mục ba chấm hai.",
    },
    "words": {
        "Trạm Y tế xã, anh H (SN 1985), SN 15": "trạm y tế xã, anh hát, sinh năm một nghìn chín trăm tám mươi lăm, số nhà mười lăm.",
        "từ Quảng Ninh - Nghệ An": "từ quảng ninh đến nghệ an.",
        "quốc lộ 10 đoạn Km25 - Km28": "quốc lộ mười đoạn ki lô mét hai mươi lăm đến ki lô mét hai mươi tám.",
        "PHÒNG TƯ PHÁP, CA KHÚC": "phòng tư pháp, ca khúc.",
        "12 thôn/xã, ông/bà": "mười hai thôn, xã, ông, bà.",
        "KP3, lũ ở mức BĐ1": "khu phố ba, lũ ở mức báo động một.",
        "siêu bão YAGI": "siêu bão ia gi.",
    },
    "short and glued forms": {
        "Q3/2025, 6T/2025, 9T đầu năm": f"quý ba {YEAR} lăm, sáu tháng {YEAR} lăm, chín tháng đầu năm.",
        "sơ kết HKI, lũ trên BĐIII": "sơ kết học kỳ một, lũ trên báo động ba.",
        "các cụ từ 80t trở lên, xe tải trên 8t": "các cụ từ tám mươi tuổi trở lên, xe tải trên tám tấn.",
        "giá 1tr2, 7tr5-9tr, 1tỷ2": "giá một triệu hai trăm nghìn đồng, bảy triệu năm trăm nghìn đến chín triệu đồng, một tỷ hai trăm triệu đồng.",
        "suất 500k-1tr, 5k/mớ, chạy 10k": "suất năm trăm nghìn đến một triệu đồng, năm nghìn đồng một mớ, chạy mười ki lô mét.",
        "tàu NĐ 92145 TS": "tàu nờ đê chín hai một bốn năm tê ét.",
        "nhà CT2, cao tốc CT.01": "nhà xê tê hai, cao tốc không một.",
        "mẫu 01/TK-SDDPNN, mẫu CT01": "mẫu không một tờ khai sử dụng đất phi nông nghiệp, mẫu xê tê không một.",
        "lộ 371 E5.9": "lộ ba trăm bảy mươi mốt e năm chấm chín.",
    },
    "days by what stands beside them": {
        "sáng nay (12.10); hạn: 5/10": "sáng nay, mười hai tháng mười; hạn: mùng năm tháng mười.",
        "số 5 đường 3/2, đến trường 5/9": "số năm đường ba tháng hai, đến trường mùng năm tháng chín.",
        "thương binh hạng 2/4, thị lực từ 7/10": "thương binh hạng hai trên bốn, thị lực từ bảy trên mười.",
        "sinh ngày 5/6/78": "sinh ngày mùng năm tháng sáu năm một nghìn chín trăm bảy mươi tám.",
        "lúc 13h/10/9, 9g sáng": "lúc mười ba giờ ngày mùng mười tháng chín, chín giờ sáng.",
    },
    "places on the map": {
        "20°15'N - 107°40'E": "hai mươi độ mười lăm phút vĩ bắc, một trăm linh bảy độ bốn mươi phút kinh đông.",
        "18°N - 20°N; 12,5N-110,5E": "mười tám độ vĩ bắc đến hai mươi độ vĩ bắc; mười hai phẩy năm độ vĩ bắc, một trăm mười phẩy năm độ kinh đông.",
    },
    "times of a race": {
        "hết 38'45'', phút 43'": "hết ba mươi tám phút bốn mươi lăm giây, phút bốn mươi ba.",
    },
    "hyphens in names": {
        "đến từ Buôn-Ma-Thuột": "đến từ buôn ma thuột.",
        "từ Hà Nội-Hải Phòng": "từ hà nội đến hải phòng.",
        "trẻ từ 6 tháng - 5 tuổi, 0 - <24 tháng": "trẻ từ sáu tháng đến năm tuổi, không đến dưới hai mươi tư tháng.",
    },
    "numerals and sizes": {
        "áo cỡ L, XL, 2XL; loại IIB, độ IIa, IIIb": "áo cỡ lờ, ích lờ, hai ích lờ; loại hai bê, độ hai a, ba bê.",
        "học kỳ I + II; đại hội lần thứ XL": "học kỳ một và hai; đại hội lần thứ bốn mươi.",
    },
    "days asked for": {
        "hạn cuối là 5-10, chậm nhất 15-12": "hạn cuối là mùng năm tháng mười, chậm nhất mười lăm tháng mười hai.",
        "từ 1-3 đến 31-3; mùng 5-10 hằng tháng": "từ mùng một tháng ba đến ba mươi mốt tháng ba; mùng năm đến mùng mười hằng tháng.",
        "T2-T7, CN nghỉ; thứ 3-5-7; thứ 2-CN": "thứ hai đến thứ bảy, chủ nhật nghỉ; thứ ba, thứ năm, thứ bảy; thứ hai đến chủ nhật.",
        "thứ 2-5/10; rằm T7; T3 (8/10)": "thứ hai, mùng năm tháng mười; rằm tháng bảy; thứ ba, mùng tám tháng mười.",
    },
    "people, plates and offices": {
        "gặp c. Hoa hoặc a. Tú; các ô. bà, ô./b. chủ hộ": "gặp chị hoa hoặc anh tú; các ông bà, ông bà chủ hộ.",
        "e. Nga 0912345678; gồm: a. Đơn xin; b. Ảnh thẻ": "em nga không chín một hai ba bốn năm sáu bảy tám; gồm: a, đơn xin; bê, ảnh thẻ.",
        "BS 18F1-234.56, BS Hòa": "biển số một tám ép một hai ba bốn năm sáu, bác sĩ hòa.",
        "Lưu: VT, KT. NĐ 100/2019": "lưu: văn thư, kinh tế. nghị định một trăm năm hai nghìn không trăm mười chín.",
    },
    "for each of a price": {
        "60 triệu đ/căn, 2tr/giải, 500.000đ/cá nhân": "sáu mươi triệu đồng một căn, hai triệu một giải, năm trăm nghìn đồng một cá nhân.",
    },
    "markdown": {
        "## **I. MỤC ĐÍCH**\n- Thôn 1: 5 hộ\n\n> [Cổng](https://a.vn) thông tin": "một, mục đích. thôn một: năm hộ. cổng thông tin.",
        "| Số | Việc |\n|---|---|\n| 1 | Họp |": "số, việc. một, họp.",
        ">60 tuổi": "lớn hơn sáu mươi tuổi.",
    },
}
ASKED = [
    "10,000 đồng",
    "lãi 2/3",
    "báo cáo 2-3",
    "ngày 31/2/2024",
    "họp BCH",
    "giảm -5",
    "tổ chức NGO",
    "đạt 10.10",
    "5/7/9/11",
    "giai đoạn 2025-2021",
    "nghị quyết TƯ 8, NGHỊ QUYẾT TƯ ĐẢNG",
    "1234567",
    "7 vợ/chồng",
    "0225.38.88",
    "họp Q3",
    "có 70t",
    "từ Đà-Lạt",
    "ngày … tháng 12",
    "ắc quy 12V-7Ah",
    "loại XL",
    "mùng 5-10 mở hội",
    "tổ 5 có a. Hải",
]


@pytest.mark.parametrize("theme", READ)
def test_shapes_of_a_theme_are_read(theme: str, lexicon: Lexicon) -> None:
    readings = {written: read_aloud(written, lexicon) for written in READ[theme]}

    assert {written: reading.spoken for written, reading in readings.items()} == READ[theme]
    assert {written: reading.findings for written, reading in readings.items() if reading.findings} == {}


@pytest.mark.parametrize("written", ASKED)
def test_what_can_be_read_in_two_ways_is_asked(written: str, lexicon: Lexicon) -> None:
    assert {one.kind for one in read_aloud(written, lexicon).findings} & {"ambiguous", "unread"}


def test_spans_point_into_the_text_as_it_was_given(lexicon: Lexicon) -> None:
    decomposed = "Ba\u0300 con\u00a0gọi Astra\u200b, **2/9**"

    reading = read_aloud(decomposed, lexicon)

    assert [decomposed[slice(*one.span)] for one in reading.findings if one.span] == ["Astra", "2/9"]
    assert decomposed[slice(*reading.utterances[0].span)] == decomposed.removesuffix("**")


def test_a_long_sentence_is_divided_into_breaths(lexicon: Lexicon) -> None:
    utterances = read_aloud(
        "Bà con xã ta hãy cùng nhau dọn vệ sinh đường làng ngõ xóm và trồng thêm cây xanh " * 8 + ".", lexicon
    ).utterances

    assert len(utterances) > 2
    assert max(len(one.text) for one in utterances) <= 250
    assert [one.pause for one in utterances] == [150] * (len(utterances) - 1) + [450]
