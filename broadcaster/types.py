"""The vocabulary that all rooms share: units, names of kinds, findings. Members' values are the words in people's files."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NewType

from broadcaster.words import Sentence

Milliseconds = NewType("Milliseconds", int)
"""A length in thousandths of a second."""
Lufs = NewType("Lufs", float)
"""Loudness as ITU-R BS.1770 measures it."""
Sha256 = NewType("Sha256", str)
"""64 hexadecimal digits, small letters."""


class Kind(StrEnum):
    """What an item on air is. The first six are kinds of scripts; the rest are the station's own sounds, relays, and time kept for a live microphone."""

    NEWS = "tin"
    FEATURE = "bai"
    NOTICE = "thong-bao"
    SLOGAN = "khau-hieu"
    LEAD_IN = "loi-dan"
    STUDY_REMINDER = "nhac-hoc-bai"
    SIGNATURE_TUNE = "nhac-hieu"
    IDENT = "dai-hieu"
    STING = "nhac-cat"
    RELAY = "tiep-am"
    LIVE = "truc-tiep"


SCRIPT_KINDS = (Kind.NEWS, Kind.FEATURE, Kind.NOTICE, Kind.SLOGAN, Kind.LEAD_IN, Kind.STUDY_REMINDER)
SOUND_KINDS = (Kind.SIGNATURE_TUNE, Kind.IDENT, Kind.STING)


class BulletinClass(StrEnum):
    """The three classes of Thông tư 39/2020/TT-BTTTT: thông thường, ưu tiên, khẩn cấp."""

    ORDINARY = "thong-thuong"
    PRIORITY = "uu-tien"
    EMERGENCY = "khan-cap"


class Weekday(StrEnum):
    """Days of the week as files write them; `Weekday.of(day)` gives a day's own."""

    MONDAY = "thu-2"
    TUESDAY = "thu-3"
    WEDNESDAY = "thu-4"
    THURSDAY = "thu-5"
    FRIDAY = "thu-6"
    SATURDAY = "thu-7"
    SUNDAY = "chu-nhat"

    @classmethod
    def of(cls, day: date) -> "Weekday":
        return _WEEK[day.weekday()]


_WEEK = tuple(Weekday)


class Weight(StrEnum):
    """How much a finding weighs: only blocking ones stop the work."""

    BLOCKING = "blocking"
    TO_WEIGH = "to-weigh"
    NOTE = "note"


@dataclass(frozen=True)
class Finding:
    """Something a person must see (điều cần xem lại): how much it weighs, what kind, where, and what to do about it.

    `place` is a file with its line, a key, or a script's id; `span` is the stretch of characters in the text, where one is meant.
    """

    weight: Weight
    kind: str
    place: str
    sentence: Sentence
    span: tuple[int, int] | None = None


@dataclass(frozen=True)
class DatedName:
    """A name and the days on which it is right, both ends included; `None` is open. `spoken` is said instead of `text` on air."""

    text: str
    since: date | None = None
    until: date | None = None
    spoken: str | None = None
    is_confirmed: bool = True

    def holds_on(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


def name_on(names: tuple[DatedName, ...], day: date) -> DatedName | None:
    """The name that is right on `day`, or None where none is."""
    return next((name for name in names if name.holds_on(day)), None)
