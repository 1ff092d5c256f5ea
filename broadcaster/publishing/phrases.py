"""The room's own phrases, in Vietnamese and English, in one place: what publications say besides their content."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from broadcaster.timekeeping import ZONE
from broadcaster.types import Kind, Milliseconds, Weekday


@dataclass(frozen=True)
class Phrases:
    """Every phrase in one language; `{…}` stand for values."""

    site: str
    site_lead: str
    locale: str
    share_alt: str
    trial: str
    trial_long: str
    example: str
    skip_to_content: str
    on_this_page: str
    home: str
    stations: str
    campaigns: str
    column: str
    year: str
    year_of: str
    year_lead: str
    other_year: str
    due_now: str
    nothing_due: str
    coming: str
    begins_in: str
    begins_tomorrow: str
    by_month: str
    this_month: str
    aired_from: str
    times: str
    theme: str
    columns: str
    columns_lead: str
    every_day: str
    key_days: str
    key_around: str
    key_column: str
    key_today: str
    bulletins: str
    newest: str
    feeds: str
    feeds_lead: str
    feed_of_all: str
    feed_of: str
    today: str
    ahead: str
    passed: str
    no_session_today: str
    no_session: str
    nothing_yet: str
    on_air: str
    on_now: str
    aired_on: str
    then: str
    silent_now: str
    next_session: str
    no_next: str
    because: str
    listen: str
    how_to: str
    how_to_short: str
    how_to_lead: str
    for_phone: str
    for_phone_hint: str
    for_calendar: str
    for_calendar_hint: str
    open_calendar: str
    for_player: str
    for_player_hint: str
    for_liquidsoap: str
    for_liquidsoap_hint: str
    for_receiver: str
    for_receiver_hint: str
    for_machines: str
    for_machines_hint: str
    copy: str
    copied: str
    session_list: str
    day_list: str
    run_by: str
    transcript: str
    follow_hint: str
    sources: str
    clauses: str
    aired_at: str
    first_aired: str
    written_by: str
    approved_by: str
    approved_line: str
    voice: str
    own_voice: str
    stood_in: str
    withdrawn: str
    withdrawn_long: str
    no_sound: str
    hear_at: str
    read_more: str
    read_whole: str
    new_window: str
    embed: str
    embed_line: str
    embed_hint: str
    embed_address: str
    download: str
    text_file: str
    subtitles: str
    hours_note: str
    made_by: str
    not_found: str
    not_found_long: str
    calendar_of: str
    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    month_names: tuple[str, ...]
    kinds: Mapping[Kind, str]
    minutes: str
    seconds: str
    day_form: str
    short_form: str

    def day(self, day: date) -> str:
        """Thứ Sáu, ngày 02/10/2020."""
        return self.day_form.format(weekday=self.weekdays[day.weekday()], day=day)

    def short(self, day: date) -> str:
        """02/10."""
        return self.short_form.format(day=day, month=self.months[day.month - 1])

    def span(self, first: date, last: date) -> str:
        """28/09–03/10, or one day alone."""
        return self.short(first) if first == last else f"{self.short(first)}–{self.short(last)}"

    def on(self, weekdays: Sequence[Weekday]) -> str:
        """Days of the week by name, or that it is every day."""
        named = [name for name, weekday in zip(self.weekdays, Weekday, strict=True) if weekday in weekdays]
        return self.every_day if len(named) == len(self.weekdays) else ", ".join(named)

    def away(self, days: int) -> str:
        """How far off a day is."""
        return self.begins_tomorrow if days == 1 else self.begins_in.format(days=days)

    def length(self, length: Milliseconds) -> str:
        """A length in words: 1 phút 02 giây."""
        minutes, seconds = divmod(round(length / 1000), 60)
        short = self.seconds.format(seconds=seconds)
        return f"{self.minutes.format(minutes=minutes)} {short}" if minutes else short

    def moment(self, instant: datetime) -> str:
        """05:30, Thứ Sáu, ngày 02/10/2020."""
        local = instant.astimezone(ZONE)
        return f"{local:%H:%M}, {self.day(local.date())}"


VIETNAMESE = Phrases(
    site="Truyền thanh cơ sở",
    site_lead="Chương trình hằng ngày, bản tin và nguồn tin của các đài truyền thanh trên địa bàn. Mời bà con nghe lại, đọc lại bất cứ lúc nào.",
    locale="vi_VN",
    share_alt="Chiếc loa và những dòng chữ, một dòng được tô sáng theo tiếng đọc.",
    trial="Bản duyệt thử",
    trial_long="Bản duyệt thử: nội dung chưa được duyệt chính thức, không dùng để phát sóng.",
    example="ví dụ, chưa xác nhận",
    skip_to_content="Chuyển đến nội dung",
    on_this_page="Các mục của trang này",
    home="Trang đầu",
    stations="Các đài truyền thanh",
    campaigns="Các đợt tuyên truyền",
    column="Chuyên mục",
    year="Lịch tuyên truyền",
    year_of="Lịch tuyên truyền năm {year}",
    year_lead="Mỗi dòng là một đợt tuyên truyền; mười hai tháng xếp từ trái sang phải.",
    other_year="Lịch năm {year}",
    due_now="Đang diễn ra",
    nothing_due="Hôm nay không có đợt tuyên truyền nào; các chuyên mục vẫn phát như thường lệ.",
    coming="Sắp tới",
    begins_in="còn {days} ngày",
    begins_tomorrow="ngày mai",
    by_month="Theo từng tháng",
    this_month="tháng này",
    aired_from="phát từ {first} đến {last}",
    times="lần thứ {number}",
    theme="Chủ đề",
    columns="Chuyên mục thường xuyên",
    columns_lead="Phát quanh năm, vào những ngày ghi ở mỗi chuyên mục.",
    every_day="hằng ngày",
    key_days="Những ngày chính. Nét càng dày, thời lượng dành cho đợt càng nhiều.",
    key_around="Những ngày đã phát từ trước, hoặc còn phát sau đó.",
    key_column="Chuyên mục, phát quanh năm.",
    key_today="Hôm nay.",
    bulletins="Bản tin",
    newest="Bản tin mới nhất",
    feeds="Nguồn tin",
    feeds_lead="Dành cho cổng thông tin điện tử và ứng dụng nghe podcast: chép địa chỉ dưới đây, bản tin mới sẽ tự về.",
    feed_of_all="Tất cả bản tin",
    feed_of="Nguồn tin: {name}",
    today="Hôm nay",
    ahead="Những ngày tới",
    passed="Những ngày đã qua",
    no_session_today="Hôm nay đài không có buổi phát thanh nào.",
    no_session="Không có buổi phát thanh.",
    nothing_yet="Chưa có bản tin nào được phát.",
    on_air="Đang phát",
    on_now="Trên loa lúc này",
    aired_on="{day}, đài phát lúc",
    then="Tiếp theo",
    silent_now="Lúc này đài không phát.",
    next_session="Buổi tới",
    no_next="Chưa có lịch của những buổi tới.",
    because="Vì sao phát",
    listen="Nghe",
    how_to="Cách nghe và lấy chương trình",
    how_to_short="Cách lấy",
    how_to_lead="Các địa chỉ dưới đây không đổi theo ngày. Trình phát thông thường phát lần lượt từng mục, không tự chờ đến giờ.",
    for_phone="Ứng dụng podcast trên điện thoại",
    for_phone_hint="Chọn “Thêm podcast bằng địa chỉ”, rồi dán địa chỉ này.",
    for_calendar="Lịch trên điện thoại, máy tính",
    for_calendar_hint="Đăng ký lịch bằng địa chỉ này để luôn thấy giờ phát; lịch không báo chuông.",
    open_calendar="Mở lịch này",
    for_player="VLC và các trình phát khác",
    for_player_hint="Trong VLC: Phương tiện → Mở luồng mạng, rồi dán địa chỉ này.",
    for_liquidsoap="Liquidsoap",
    for_liquidsoap_hint="Danh sách được đọc lại sau mỗi vòng, nên sang ngày mới chương trình tự đổi.",
    for_receiver="Bộ thu cạnh loa",
    for_receiver_hint="Bản kê có chữ ký: bộ thu tự lấy từ địa chỉ này, giữ sẵn cả tuần và phát đúng giờ, kể cả khi mất mạng. Người quản trị cấp cho mỗi bộ thu một dòng lệnh đăng ký.",
    for_machines="Dữ liệu cho máy (JSON)",
    for_machines_hint="Giờ phát, địa chỉ, độ dài và mã sha256 của từng mục trong ngày.",
    copy="Chép",
    copied="Đã chép",
    session_list="Danh sách phát của buổi này",
    day_list="Danh sách phát cả ngày",
    run_by="Đơn vị quản lý",
    transcript="Toàn văn",
    follow_hint="Khi nghe, câu đang đọc được tô sáng. Bấm vào một câu để nghe từ câu đó.",
    sources="Nguồn",
    clauses="Mục trong kế hoạch",
    aired_at="Phát tại",
    first_aired="Phát lần đầu",
    written_by="Người viết",
    approved_by="Người duyệt",
    approved_line="{name}, {at}",
    voice="Giọng đọc",
    own_voice="bản thu của người đọc",
    stood_in="đọc thay giọng chính",
    withdrawn="ĐÃ GỠ",
    withdrawn_long="Bản tin này đã được gỡ. Âm thanh và toàn văn không còn được cung cấp.",
    no_sound="Âm thanh của bản tin này đã hết hạn lưu giữ; toàn văn vẫn được giữ lại.",
    hear_at="Nghe bản tin",
    read_more="Xem bản tin",
    read_whole="Đọc toàn văn và xem nguồn",
    new_window="mở cửa sổ mới",
    embed="Đưa bản tin lên trang khác",
    embed_line="Mã nhúng trình phát",
    embed_hint="Dán vào bài đăng trên cổng thông tin, ở chế độ HTML. Trang nào hỗ trợ oEmbed thì chỉ cần dán địa chỉ của bản tin.",
    embed_address="Địa chỉ của bản tin",
    download="Tải âm thanh (MP3)",
    text_file="Toàn văn (TXT)",
    subtitles="Phụ đề (VTT)",
    hours_note="Mọi giờ ghi ở đây là giờ Việt Nam.",
    made_by="Trang này không dùng cookie, không đếm người xem.",
    not_found="Không tìm thấy trang",
    not_found_long="Địa chỉ này không có, hoặc chương trình của ngày ấy không còn được lưu ở đây.",
    calendar_of="Lịch phát sóng: {name}",
    weekdays=("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật"),
    months=("T1", "T2", "T3", "T4", "T5", "T6", "T7", "T8", "T9", "T10", "T11", "T12"),
    month_names=tuple(f"Tháng {month}" for month in range(1, 13)),
    kinds={
        Kind.NEWS: "Tin",
        Kind.FEATURE: "Bài",
        Kind.NOTICE: "Thông báo",
        Kind.SLOGAN: "Khẩu hiệu",
        Kind.LEAD_IN: "Lời dẫn",
        Kind.STUDY_REMINDER: "Nhắc học bài",
        Kind.SIGNATURE_TUNE: "Nhạc hiệu",
        Kind.IDENT: "Đài hiệu",
        Kind.STING: "Nhạc cắt",
        Kind.RELAY: "Tiếp âm",
        Kind.LIVE: "Nói trực tiếp",
    },
    minutes="{minutes} phút",
    seconds="{seconds:02d} giây",
    day_form="{weekday}, ngày {day:%d/%m/%Y}",
    short_form="{day:%d/%m}",
)

ENGLISH = Phrases(
    site="Grassroots radio",
    site_lead="The daily programmes, bulletins and feeds of the commune radio stations, to hear and to read again at any time.",
    locale="en_GB",
    share_alt="A loudspeaker beside lines of text, one of them marked as it is read.",
    trial="Trial approval",
    trial_long="Trial approval: nobody has approved this content for air. Do not broadcast it.",
    example="example, not confirmed",
    skip_to_content="Skip to content",
    on_this_page="On this page",
    home="Front page",
    stations="Stations",
    campaigns="Campaigns",
    column="Column",
    year="Campaign calendar",
    year_of="Campaign calendar of {year}",
    year_lead="Each line is a campaign; the twelve months run from left to right.",
    other_year="The calendar of {year}",
    due_now="Now",
    nothing_due="No campaign is due today; the columns go on as usual.",
    coming="Coming",
    begins_in="in {days} days",
    begins_tomorrow="tomorrow",
    by_month="Month by month",
    this_month="this month",
    aired_from="aired from {first} to {last}",
    times="no. {number}",
    theme="Theme",
    columns="Columns",
    columns_lead="Aired all year, on the days named with each.",
    every_day="every day",
    key_days="The days themselves. The thicker the line, the more airtime the campaign is given.",
    key_around="Days on which it is already, or still, aired.",
    key_column="A column, aired all year.",
    key_today="Today.",
    bulletins="Bulletins",
    newest="Newest bulletins",
    feeds="Feeds",
    feeds_lead="For portals and podcast apps: copy an address, and new bulletins arrive by themselves.",
    feed_of_all="All bulletins",
    feed_of="Feed: {name}",
    today="Today",
    ahead="Days ahead",
    passed="Days past",
    no_session_today="This station has no session today.",
    no_session="No session.",
    nothing_yet="No bulletin has been aired yet.",
    on_air="On air",
    on_now="On the loudspeakers now",
    aired_on="On {day} this station is on air at",
    then="Next",
    silent_now="The station is silent now.",
    next_session="Next session",
    no_next="The sessions to come are not known yet.",
    because="Why this is aired",
    listen="Listen",
    how_to="How to listen and to fetch the programme",
    how_to_short="How to fetch",
    how_to_lead="These addresses stay the same from day to day. A simple player plays one item after the other and does not wait for the hour.",
    for_phone="A podcast app on the phone",
    for_phone_hint="Choose “Add a podcast by its address” and paste this one.",
    for_calendar="A calendar on phone or computer",
    for_calendar_hint="Subscribe to this address to see the hours; it sets no alarms.",
    open_calendar="Open this calendar",
    for_player="VLC and other players",
    for_player_hint="In VLC: Media → Open network stream, then paste this address.",
    for_liquidsoap="Liquidsoap",
    for_liquidsoap_hint="The list is read again after each round, so that the programme changes with the day.",
    for_receiver="The receiver at the loudspeakers",
    for_receiver_hint="The signed manifest: a receiver fetches it from this address, keeps the week, and plays on time even without network. The operator gives each receiver one line to enrol with.",
    for_machines="Data for machines (JSON)",
    for_machines_hint="Time, address, length and sha256 of every item of the day.",
    copy="Copy",
    copied="Copied",
    session_list="Playlist of this session",
    day_list="Playlist of the day",
    run_by="Run by",
    transcript="Transcript",
    follow_hint="While it plays, the sentence being read is marked. Press a sentence to hear it from there.",
    sources="Sources",
    clauses="Clauses of the plan",
    aired_at="Aired by",
    first_aired="First aired",
    written_by="Written by",
    approved_by="Approved by",
    approved_line="{name}, {at}",
    voice="Voice",
    own_voice="a person's own recording",
    stood_in="in place of the preferred voice",
    withdrawn="WITHDRAWN",
    withdrawn_long="This bulletin has been withdrawn. Its sound and text are no longer offered.",
    no_sound="The sound of this bulletin is past its time of keeping; the text stays.",
    hear_at="Listen to the bulletin",
    read_more="Open the bulletin",
    read_whole="Read the text and its sources",
    new_window="opens a new window",
    embed="Put this bulletin on another page",
    embed_line="Code of the player",
    embed_hint="Paste it into a page of the portal, in HTML mode. Where oEmbed is known, the bulletin’s address is enough.",
    embed_address="Address of the bulletin",
    download="Download the sound (MP3)",
    text_file="Transcript (TXT)",
    subtitles="Subtitles (VTT)",
    hours_note="All hours are Vietnamese time (UTC+7).",
    made_by="This page uses no cookies and counts nobody.",
    not_found="Page not found",
    not_found_long="There is nothing at this address, or the programme of that day is no longer kept here.",
    calendar_of="Schedule: {name}",
    weekdays=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    months=("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    month_names=(
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    kinds={
        Kind.NEWS: "News",
        Kind.FEATURE: "Feature",
        Kind.NOTICE: "Notice",
        Kind.SLOGAN: "Slogan",
        Kind.LEAD_IN: "Lead-in",
        Kind.STUDY_REMINDER: "Study reminder",
        Kind.SIGNATURE_TUNE: "Signature tune",
        Kind.IDENT: "Station ident",
        Kind.STING: "Sting",
        Kind.RELAY: "Relay",
        Kind.LIVE: "Live microphone",
    },
    minutes="{minutes} min",
    seconds="{seconds} s",
    day_form="{weekday}, {day:%Y-%m-%d}",
    short_form="{day.day} {month}",
)


def phrases(language: str) -> Phrases:
    """The phrases in `language`: `en`, else Vietnamese."""
    return ENGLISH if language == "en" else VIETNAMESE
