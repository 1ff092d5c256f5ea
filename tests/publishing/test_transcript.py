"""Transcripts: WebVTT and plain text."""

from broadcaster.publishing.phrases import VIETNAMESE
from broadcaster.publishing.transcript import cue_paragraphs, txt, vtt
from broadcaster.studio.bulletin import Cue
from broadcaster.types import Milliseconds
from tests.builders import an_article


def cue(start: int, end: int, text: str) -> Cue:
    return Cue(Milliseconds(start), Milliseconds(end), text)


def test_vtt_of_an_article() -> None:
    article = an_article(
        cues=(cue(0, 1_800, "Kính thưa quý vị!"), cue(3_599_999, 3_600_001, "Ba < bốn & năm --> sáu\n\nbảy"))
    )

    assert vtt(article, True, VIETNAMESE).decode() == (
        "WEBVTT\n\n"
        "NOTE Bản duyệt thử: nội dung chưa được duyệt chính thức, không dùng để phát sóng.\n\n"
        "00:00:00.000 --> 00:00:01.800\nKính thưa quý vị!\n\n"
        "00:59:59.999 --> 01:00:00.001\nBa &lt; bốn &amp; năm --&gt; sáu bảy\n"
    )


def test_vtt_without_cues_is_its_header() -> None:
    assert vtt(an_article(cues=()), False, VIETNAMESE) == b"WEBVTT\n"


def test_txt_of_an_article() -> None:
    assert txt(an_article(), True, VIETNAMESE).decode() == (
        "Ngày Khuyến học Việt Nam\n\n"
        "Bản duyệt thử: nội dung chưa được duyệt chính thức, không dùng để phát sóng.\n\n"
        "Kính thưa quý vị và các bạn!\n\n"
        "Ngày 2 tháng 10 là Ngày Khuyến học Việt Nam. Mời quý vị cùng nghe.\n"
    )


def test_cues_stand_in_the_paragraphs_of_the_text() -> None:
    article = an_article()
    first, second, third = article.cues

    assert cue_paragraphs(article) == ((first,), (second, third))


def test_cue_that_is_not_in_the_text_stays_in_its_paragraph() -> None:
    article = an_article(cues=(cue(0, 1, "Kính thưa quý vị và các bạn!"), cue(1, 2, "Xin chào")))

    assert cue_paragraphs(article) == (article.cues,)
