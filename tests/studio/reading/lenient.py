"""When two readings are the same: announcers differ in region's words, in “không trăm”, in the place of tone marks."""

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

GOLD = Path(__file__).parents[2] / "golden" / "reading"
TONE_PLACES = (
    "oà òa|oá óa|oả ỏa|oã õa|oạ ọa|oè òe|oé óe|oẻ ỏe|oẽ õe|oẹ ọe|uỳ ùy|uý úy|uỷ ủy|uỹ ũy|uỵ ụy",
    "kỉ kỷ|kĩ kỹ|tỉ tỷ|mĩ mỹ|kì kỳ|ngàn nghìn|lẻ linh",
)
TONES, WORDS = (tuple(pair.split() for pair in row.split("|")) for row in TONE_PLACES)
UNITS = (
    (r"k[ií] ?l[ôo] ?(?:gam|gram)", "ki lô gam"),
    (r"k[ií] ?l[ôo] ?(mét|oát|bai)", r"ki lô \1"),
    (r"(?:xen|xăng|sen) ?ti ?(?:mét|met)", "xăng ti mét"),
    (r"mi ?li ?(mét|lít|gam|vôn|am pe)", r"mi li \1"),
    (r"hec ?ta|héc tô a", "héc ta"),
    (r"phảy", "phẩy"),
)


@dataclass(frozen=True)
class Phrase:
    """A written phrase, the best reading, its class, and what else is as good (a regular expression, or nothing)."""

    written: str
    best: str
    kind: str
    also: str

    def is_said_by(self, spoken: str) -> bool:
        """Whether `spoken` is a right reading."""
        said = plain(spoken)
        same = short(said) == short(plain(self.best))
        return same or bool(self.also and any(re.fullmatch(self.also, one) for one in (said, short(said))))


def phrases(name: str) -> list[Phrase]:
    """The phrases of one golden file."""
    lines = (GOLD / name).read_text("utf-8").splitlines()
    return [Phrase(*(f"{line}\t\t\t".split("\t")[:4])) for line in lines if line.strip()]


def plain(text: str) -> str:
    """Small letters without signs, each thing spelled in one way."""
    text = re.sub(r"[^\w\s%@/]|_", " ", unicodedata.normalize("NFC", text).lower())
    for old, new in TONES:
        text = re.sub(rf"(?<!q){old}(?!\w)", new, text)
    for old, new in WORDS:
        text = re.sub(rf"(?<!\w){old}(?!\w)", new, text)
    text = re.sub(r"(mươi|linh) bốn(?!\w)", r"\1 tư", text)
    for old, new in UNITS:
        text = re.sub(old, new, text)
    return " ".join(text.split())


def short(text: str) -> str:
    """Without the “không trăm” of years, which may be said or left out."""
    return re.sub(r"(?<=nghìn )không trăm ", "", text)
