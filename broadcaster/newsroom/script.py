"""Scripts (kịch bản): the text to be spoken with its front matter, and its numbered revisions (bản sửa)."""

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime

from broadcaster.files import sha256
from broadcaster.types import BulletinClass, Kind, Sha256


@dataclass(frozen=True)
class Script:
    """What a script says and whom it serves, at one moment. `text` is NFC, LF between lines, a blank line between paragraphs."""

    id: str
    title: str
    kind: Kind
    text: str
    campaign: str | None = None
    bulletin_class: BulletinClass = BulletinClass.ORDINARY
    areas: tuple[str, ...] = ()
    author: str = ""
    lang: str = "vi"
    clauses: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    not_before: date | None = None
    expires: date | None = None
    voice: str | None = None
    summary: str = ""

    @property
    def fingerprint(self) -> Sha256:
        """The sha256 of the text and all its front matter: any change gives another."""
        return sha256(json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, default=str).encode())

    def may_air_on(self, day: date) -> bool:
        """Whether `day` lies within `not_before`–`expires`, both included."""
        return (self.not_before is None or self.not_before <= day) and (self.expires is None or day <= self.expires)


@dataclass(frozen=True)
class Revision:
    """One numbered state of a script; it never changes, it is only followed by another. `path` is the workspace file it came from, if any."""

    script: Script
    number: int
    by: str
    at: datetime
    path: str | None = None
