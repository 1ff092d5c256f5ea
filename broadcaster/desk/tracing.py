"""From the air back to the plan: why something is on air, what stands behind a minute of it, and where it was heard."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from broadcaster.desk.desk import Desk
from broadcaster.desk.reporting import airings_of
from broadcaster.errors import NotFound
from broadcaster.newsroom.approval import ApprovalStep, state_words
from broadcaster.newsroom.script import Revision
from broadcaster.programme.release import ReleasedItem
from broadcaster.reporting.airing import Airing
from broadcaster.reporting.document import evidence_words, outcome_words, reason_words
from broadcaster.store import bulletins, programme, scripts
from broadcaster.studio.bulletin import Bulletin, Recipe
from broadcaster.words import Sentence, say


@dataclass(frozen=True)
class Why:
    """What is on air then (or all day), and what that day's release left out: (script, title, reason)."""

    items: tuple[ReleasedItem, ...]
    omissions: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class ClauseText:
    """A clause of a plan that an item serves, in the plan's own words."""

    plan: str
    id: str
    text: str


@dataclass(frozen=True)
class Trace:
    """All that stands behind one item on air. A lead-in names its template and the names it was filled with."""

    station: str
    item: ReleasedItem
    release: tuple[int, str, datetime]
    bulletin: Bulletin | None
    recipe: Recipe | None
    revision: Revision | None
    steps: tuple[ApprovalStep, ...]
    clauses: tuple[ClauseText, ...]
    filled_with: str | None
    airings: tuple[Airing, ...] = ()


def why(desk: Desk, station: str, day: date, at: datetime | None) -> Why:
    """Of the last release of that day. Raises NotFound where it was never released."""
    desk.workspace.station(station)
    with desk.database.reading() as session:
        released = programme.released(session, day, day).get((station, day))
        omitted = programme.omitted(session, station, day)
    if released is None:
        raise NotFound(
            say("{station} has no release for {day}. Make one with “broadcaster release”.", station=station, day=day)
        )
    items = [item for one in released.sessions for item in one.items if at is None or item.start <= at < item.end]
    return Why(tuple(items), omitted)


def omitted(desk: Desk, station: str, day: date) -> tuple[tuple[str, str, str], ...]:
    """What a day's release left out: (script, title, reason); nothing where it was never released."""
    with desk.database.reading() as session:
        return programme.omitted(session, station, day)


def trace(desk: Desk, station: str, at: datetime, *, known_at: datetime) -> Trace:
    """What stands behind what is on air at `at`, and where it was heard as far as `known_at` knows. Raises NotFound where nothing is."""
    found = why(desk, station, at.date(), at).items
    if not found:
        raise NotFound(say("Nothing of the released schedule is on air at {station} at {at}.", station=station, at=at))
    item = found[0]
    with desk.database.reading() as session:
        release = programme.release_of(session, station, at.date())
        made = bulletins.by_sound(session, item.sha256) if item.sha256 else None
        filling = bulletins.filling_by_fingerprint(session, made[0].fingerprint) if made else None
        number = item.revision
        revision = scripts.revision(session, item.script, number) if item.script and number else None
        steps = scripts.steps_of(session, item.script, number) if item.script and number else ()
    assert release is not None  # an item on air was released
    return Trace(
        station,
        item,
        release,
        made[0] if made else None,
        made[1] if made else None,
        revision,
        steps,
        _clauses(desk, revision),
        filling[2] if filling else None,
        tuple(one for one in airings_of(desk, station, at.date(), known_at) if one.start == item.start),
    )


def told(found: Trace) -> Iterator[Sentence]:
    """A trace as a person reads it, one sentence a line, from the air back to the plan."""
    item = found.item
    yield say("{start}: {title}", start=item.start, title=item.title)
    yield say("  because {because}", because=item.because)
    number, by, at = found.release
    yield say("  release {number} by {by}, {at}", number=number, by=by, at=at)
    if found.bulletin and found.recipe:
        yield say(
            "  sound {sha256}, {seconds} seconds, {loudness} LUFS, voice {voice}, recipe {recipe}",
            sha256=found.bulletin.sha256[:12],
            seconds=round(found.bulletin.length / 1000),
            loudness=found.bulletin.loudness,
            voice=found.bulletin.voice or "–",
            recipe=found.bulletin.fingerprint[:12],
        )
        if found.bulletin.stood_in:
            yield say("  a stand-in voice spoke: {why}", why=found.bulletin.stood_in)
    if found.filled_with:
        yield say("  filled with {names}", names=found.filled_with)
    if found.revision:
        yield say(
            "  revision {number} of “{script}” by {by}",
            number=found.revision.number,
            script=found.revision.script.id,
            by=found.revision.script.author,
        )
        yield say("  sources: {sources}", sources=found.revision.script.sources or say("none named"))
    for step in found.steps:
        yield say("  {state} by {by}, {at}", state=state_words(step.state), by=step.by, at=step.at)
    for airing in found.airings:
        yield say(
            "  at {cluster}: {outcome} ({evidence}) {reason}",
            cluster=airing.cluster or "–",
            outcome=outcome_words(airing.outcome),
            evidence=evidence_words(airing.evidence),
            reason=reason_words(airing.reason),
        )
    for clause in found.clauses:
        yield say("  clause {id} of plan {plan}: {text}", id=clause.id, plan=clause.plan, text=clause.text[:120])


def _clauses(desk: Desk, revision: Revision | None) -> tuple[ClauseText, ...]:
    wanted = revision.script.clauses if revision else ()
    return tuple(
        ClauseText(plan.number, clause.id, clause.text)
        for plan in desk.workspace.plans.values()
        for clause in plan.clauses
        if clause.id in wanted
    )
