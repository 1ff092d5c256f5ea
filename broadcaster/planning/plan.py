"""A plan (kế hoạch tuyên truyền): what was promised for a year, clause by clause, and who owes what."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Clause:
    """One clause. `id` is its place in the plan (`III.1.4`); `text` stands as written, slips and all."""

    id: str
    text: str
    heading: str = ""


@dataclass(frozen=True)
class Slip:
    """A slip in the plan's own text, kept as written and shown to a person: where, what stands there, what may be meant."""

    clause: str
    written: str
    remark: str


@dataclass(frozen=True)
class Target:
    """Whom the plan promises to reach, and how many of them in a hundred."""

    clause: str
    audience: str
    percent: int
    role: str


@dataclass(frozen=True)
class Obligation:
    """What one organisation owes by one clause, radio or not; `channel` is a slug of the plan's channels, or empty."""

    clause: str
    organisation: str
    text: str
    is_radio: bool
    channel: str = ""


@dataclass(frozen=True)
class Organisation:
    """A body named by the plan."""

    slug: str
    name: str


@dataclass(frozen=True)
class Channel:
    """A way of reaching people that the plan names (III.2)."""

    slug: str
    name: str
    clause: str


@dataclass(frozen=True)
class Plan:
    """A plan as signed. `report_before` is the day before which the report is due: the last good day is the one before it."""

    slug: str
    number: str
    title: str
    issuer: str
    place: str
    issued_on: date
    signed_by: str
    signed_as: str
    year: int
    parent: str
    area: str
    clauses: tuple[Clause, ...]
    slips: tuple[Slip, ...]
    targets: tuple[Target, ...]
    organisations: tuple[Organisation, ...]
    channels: tuple[Channel, ...]
    obligations: tuple[Obligation, ...]
    report_before: date
    report_to: str
    report_through: str
