"""A plan (kế hoạch tuyên truyền): what was promised for a year, clause by clause, and who owes what."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from broadcaster.forms import YEARS, Form, read_form
from broadcaster.types import Finding, Weight
from broadcaster.words import say


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


class Role(StrEnum):
    """Whether people are promised as those who communicate, or as those who are reached."""

    COMMUNICATOR = "tuyen-truyen"
    AUDIENCE = "thu-huong"


@dataclass(frozen=True)
class Target:
    """Whom the plan promises to reach, and how many of them in a hundred."""

    clause: str
    audience: str
    percent: int
    role: Role


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


def read_plan(path: Path, root: Path) -> Plan:
    """The plan in the file at `path`. Raises BadFile: a clause stands twice; a target, obligation, channel or slip names what is not there."""
    form = read_form(path, root)
    clauses = tuple(_clause(one) for one in form.forms("clause", once="id"))
    organisations = tuple(_organisation(one) for one in form.forms("organisation", once="slug"))
    ids = [clause.id for clause in clauses]
    channels = tuple(_channel(one, ids) for one in form.forms("channel", once="slug"))
    report = form.form("report")
    plan = Plan(
        slug=form.slug_from_file(),
        number=form.text("number"),
        title=form.text("title"),
        issuer=form.text("issuer"),
        place=form.text("place"),
        issued_on=form.day("issued"),
        signed_by=form.text("signed_by"),
        signed_as=form.text("signed_as"),
        year=form.whole("year", least=YEARS[0], most=YEARS[-1]),
        parent=form.text("parent"),
        area=form.slug("area"),
        clauses=clauses,
        slips=tuple(_slip(one, ids) for one in form.forms("slip")),
        targets=tuple(_target(one, ids) for one in form.forms("target")),
        organisations=organisations,
        channels=channels,
        obligations=tuple(
            _obligation(one, ids, [each.slug for each in organisations], [each.slug for each in channels])
            for one in form.forms("obligation")
        ),
        report_before=report.day("before"),
        report_to=report.text("to"),
        report_through=report.text("through"),
    )
    report.done()
    form.done()
    return plan


def plan_findings(plan: Plan) -> tuple[Finding, ...]:
    """The slips in the plan's own text, as notes: shown to a person, never silently repaired."""
    place = f"schedules/plans/{plan.slug}.toml {{}}"
    return tuple(
        Finding(
            Weight.NOTE,
            "slip",
            place.format(slip.clause),
            say("The plan says “{written}”. {remark}", written=slip.written, remark=slip.remark),
        )
        for slip in plan.slips
    )


def _clause(form: Form) -> Clause:
    clause = Clause(form.text("id"), form.text("text").strip(), form.text("heading", default=""))
    form.done()
    return clause


def _slip(form: Form, clauses: Collection[str]) -> Slip:
    slip = Slip(form.known("clause", clauses, say("clause")), form.text("written"), form.text("remark"))
    form.done()
    return slip


def _target(form: Form, clauses: Collection[str]) -> Target:
    target = Target(
        form.known("clause", clauses, say("clause")),
        form.text("audience"),
        form.whole("percent", most=100),
        form.choice("role", Role),
    )
    form.done()
    return target


def _organisation(form: Form) -> Organisation:
    organisation = Organisation(form.slug("slug"), form.text("name"))
    form.done()
    return organisation


def _channel(form: Form, clauses: Collection[str]) -> Channel:
    channel = Channel(form.slug("slug"), form.text("name"), form.known("clause", clauses, say("clause")))
    form.done()
    return channel


def _obligation(
    form: Form, clauses: Collection[str], organisations: Collection[str], channels: Collection[str]
) -> Obligation:
    obligation = Obligation(
        clause=form.known("clause", clauses, say("clause")),
        organisation=form.known("organisation", organisations, say("organisation")),
        text=form.text("text"),
        is_radio=form.flag("radio"),
        channel=form.known("channel", channels, say("channel")) if form.text("channel", default="") else "",
    )
    form.done()
    return obligation
