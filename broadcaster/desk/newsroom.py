"""The newsroom's verbs: load, add, edit, submit, approve, return, withdraw, record; and what a person sees of a script."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

from broadcaster.desk import sounds
from broadcaster.desk.desk import Desk, Person
from broadcaster.desk.workspace import script_files
from broadcaster.errors import BadFile, NotFound, Refused
from broadcaster.files import sha256_of, write_whole
from broadcaster.forms import did_you_mean
from broadcaster.newsroom import approval, check
from broadcaster.newsroom.approval import ApprovalStep, Bound, Move, State
from broadcaster.newsroom.script import Revision, Script
from broadcaster.newsroom.script_file import PLACEHOLDER, parse
from broadcaster.settings import account
from broadcaster.store import bulletins, scripts
from broadcaster.store.scripts import Standing as Standing
from broadcaster.studio.bulletin import Bulletin
from broadcaster.studio.reading import Reading
from broadcaster.types import Finding, Kind, Sha256, Weight
from broadcaster.words import say

SERVICE = "broadcaster"
"""In whose name the service itself acts."""
YEAR = timedelta(days=365)
SAMPLE = {
    "station": "Đài Truyền thanh xã",
    "area": "xã",
    "day": "ngày 21 tháng 4 năm 2026",
    "weekday": "thứ Ba",
    "session": "buổi sáng",
    "campaign": "Tuần lễ hưởng ứng học tập suốt đời",
}
"""Names that stand in a lead-in's placeholders while its template is read for approval."""


@dataclass(frozen=True)
class LoadReport:
    """What `load` took in: ids of new scripts, of changed ones, how many stayed as they were, and files that could not be taken."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: int
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class View:
    """All that a person sees of a script: how it stands, its reading, its findings, its sound, and who had a hand in it."""

    standing: Standing
    revision: Revision
    steps: tuple[ApprovalStep, ...]
    reading: Reading
    findings: tuple[Finding, ...]
    bulletin: Bulletin | None
    hands: tuple[str, ...]


def load(desk: Desk, *, person: Person, at: datetime, is_dry: bool = False) -> LoadReport:
    """Take in the workspace's script files: a file whose content changed becomes the next revision of its script.

    A file that cannot be taken is a blocking finding, and the others are taken all the same.
    """
    read, findings = read_files(desk.root, person.name)
    with desk.database.reading() as session:
        known = {one.newest.script.id: one for one in scripts.standings(session)}
    new = [one for one in read if one.id not in known]
    changed = [one for one in read if one.id in known and known[one.id].newest.script != one]
    if not is_dry and (new or changed):
        with desk.database.writing() as session:
            for one in (*new, *changed):
                number = scripts.next_number(session, one.id)
                scripts.add_revision(session, Revision(one, number, person.name, at, read[one]))
    return LoadReport(
        tuple(one.id for one in new),
        tuple(one.id for one in changed),
        len(read) - len(new) - len(changed),
        tuple(findings),
    )


def read_files(root: Path, by: str) -> tuple[dict[Script, str], list[Finding]]:
    """Every script file of the workspace that can be taken, with its path; and a finding for each that cannot."""
    read: dict[Script, str] = {}
    seen: dict[str, str] = {}
    findings = []
    for path in script_files(root):
        place = path.relative_to(root).as_posix()
        try:
            script = parse(
                path.read_bytes(), place, default_id=path.stem.lstrip("0123456789").lstrip("-"), default_author=by
            )
        except BadFile as error:
            findings.append(Finding(Weight.BLOCKING, "file", place, error.sentence))
            continue
        if script.id in seen:
            sentence = say(
                "The id “{id}” belongs to {other} already. Give this script one of its own.",
                id=script.id,
                other=seen[script.id],
            )
            findings.append(Finding(Weight.BLOCKING, "id", place, sentence))
            continue
        seen[script.id] = place
        read[script] = place
    return read, findings


def add(desk: Desk, content: bytes, place: str, *, person: Person, at: datetime, is_dry: bool = False) -> Revision:
    """A new script from a file's content. Raises BadFile, or Refused where its id is taken."""
    script = parse(content, place, default_id=_slug_of(place), default_author=person.name)
    _known_voice(desk, script)
    with desk.database.writing() as session:
        if scripts.standing(session, script.id) or _file_of(desk, script.id):
            raise Refused(
                say(
                    "There is a script “{id}” already. Change it with “broadcaster script edit {id}”, or give the new one an id of its own.",
                    id=script.id,
                )
            )
        revision = Revision(script, 1, person.name, at)
        if not is_dry:
            scripts.add_revision(session, revision)
    return revision


def edit(
    desk: Desk, script_id: str, content: bytes, *, person: Person, at: datetime, is_dry: bool = False
) -> Revision | None:
    """The next revision of a script that lives in the database; None where nothing changed. Raises Refused for a file's script, with its path."""
    before = editable(desk, script_id)
    script = parse(content, script_id, default_id=script_id, default_author=person.name)
    if script.id != script_id:
        raise Refused(
            say(
                "An id never changes: this is “{id}”, not “{other}”. Add a new script instead.",
                id=script_id,
                other=script.id,
            )
        )
    _known_voice(desk, script)
    if script == before.script:
        return None
    with desk.database.writing() as session:
        revision = Revision(script, scripts.next_number(session, script_id), person.name, at)
        if not is_dry:
            scripts.add_revision(session, revision)
    return revision


def editable(desk: Desk, script_id: str) -> Revision:
    """The newest revision of a script that may be edited by command. Raises Refused for a file's script, with its path."""
    newest = standing_of(desk, script_id).newest
    path = _file_of(desk, script_id)
    if path:
        raise Refused(
            say("“{id}” is kept in {path}. Change that file, then run “broadcaster load”.", id=script_id, path=path)
        )
    return newest


def looked_at(
    desk: Desk, script: Script, *, person: Person, at: datetime, days: Sequence[date] = ()
) -> tuple[Reading, tuple[Finding, ...]]:
    """How a script that is still being written would be read, and what stands in its way; nothing is kept."""
    reading = sounds.reading_of(desk, sample(script), script.areas)
    found = findings_of(desk, Revision(script, 1, person.name, at), reading, days or _from(at.date()))
    return reading, found


def submit(desk: Desk, script_id: str, *, person: Person, at: datetime, days: Sequence[date] = ()) -> ApprovalStep:
    """Hand the newest revision to an approver: no blocking finding, and its sound is made."""
    return submit_all(desk, [script_id], person=person, at=at, days=days)[0]


def submit_all(
    desk: Desk, script_ids: Sequence[str], *, person: Person, at: datetime, days: Sequence[date] = ()
) -> tuple[ApprovalStep, ...]:
    """`submit` for several, their sound made together. One that is refused stops all before anything is kept."""
    views = [view(desk, script_id, days or _from(at.date())) for script_id in script_ids]
    for one in views:
        bare = Bound(one.revision.script.fingerprint, one.reading.fingerprint, None)
        approval.decide(
            one.revision,
            one.steps,
            Move.SUBMIT,
            by=person.name,
            account=person.account,
            at=at,
            bound=bare,
            findings=one.findings,
        )
    spoken = [one for one in views if one.revision.script.kind is not Kind.LEAD_IN]
    made = dict(
        zip(
            (one.revision.script.id for one in spoken),
            sounds.make_for(desk, [(one.revision, one.reading) for one in spoken]),
            strict=True,
        )
    )
    steps = []
    with desk.database.writing() as session:
        for one in views:
            bulletin = made.get(one.revision.script.id)
            bound = Bound(
                one.revision.script.fingerprint, one.reading.fingerprint, bulletin.sha256 if bulletin else None
            )
            so_far = scripts.steps_of(session, one.revision.script.id, one.revision.number)
            step = approval.decide(
                one.revision,
                so_far,
                Move.SUBMIT,
                by=person.name,
                account=person.account,
                at=at,
                bound=bound,
                is_trial=desk.is_trial,
            )
            scripts.add_step(session, step)
            steps.append(step)
    return tuple(steps)


def renew(desk: Desk, revision: Revision, made: Bulletin, *, instead_of: Bulletin, at: datetime) -> ApprovalStep:
    """Bind a submitted revision to `made`, which the preferred voice spoke instead of a stand-in. Raises Refused where it is no longer submitted."""
    why = say("{voice} spoke it instead of {before}", voice=made.voice, before=instead_of.voice)
    with desk.database.writing() as session:
        so_far = scripts.steps_of(session, revision.script.id, revision.number)
        step = approval.decide(
            revision,
            so_far,
            Move.RENEW,
            by=SERVICE,
            account=account(),
            at=at,
            bound=replace(so_far[-1].bound, sound=made.sha256),
            why=why.into(desk.settings.language),
            is_trial=desk.is_trial,
        )
        scripts.add_step(session, step)
    return step


def move(
    desk: Desk,
    script_id: str,
    which: Move,
    *,
    person: Person,
    at: datetime,
    why: str = "",
    number: int | None = None,
    heard: str = "",
    is_dry: bool = False,
) -> ApprovalStep:
    """Approve, return or withdraw. `number` names the revision that was looked at; absent: the one that the move is meant for.

    `heard` is how the sha256 of the sound begins that was listened to (`approval.decide`).
    """
    standing = standing_of(desk, script_id)
    revision = standing.on_air if which is Move.WITHDRAW and standing.on_air else standing.newest
    if number is not None and revision.number != number:
        raise Refused(
            say(
                "“{id}” has a newer revision ({newest}) than the one you looked at ({number}). Look at it first.",
                id=script_id,
                newest=revision.number,
                number=number,
            )
        )
    with desk.database.writing() as session:
        so_far = scripts.steps_of(session, script_id, revision.number)
        bound = _found(desk, so_far, revision) if so_far else Bound(revision.script.fingerprint, Sha256(""), None)
        step = approval.decide(
            revision,
            so_far,
            which,
            by=person.name,
            account=person.account,
            at=at,
            bound=bound,
            heard=heard,
            hands=scripts.hands(session, script_id, revision.number),
            why=why,
            is_trial=desk.is_trial,
        )
        if not is_dry:
            scripts.add_step(session, step)
    return step


def record(desk: Desk, script_id: str, path: Path, *, person: Person, at: datetime, is_dry: bool = False) -> Revision:
    """Let a person's own recording stand for the newest revision, which must still be a draft. Its loudness is set like any other's."""
    standing = standing_of(desk, script_id)
    if standing.state is not State.DRAFT:
        raise Refused(
            say(
                "“{id}” is {state}; a recording is given to a draft. Edit the script to begin a new revision.",
                id=script_id,
                state=approval.state_words(standing.state),
            )
        )
    sounds.try_recording(desk, path)
    digest = sha256_of(path)
    if not is_dry:
        write_whole(desk.data / "recordings" / digest, path.read_bytes())
        with desk.database.writing() as session:
            scripts.keep_own_recording(session, replace(standing.newest, by=person.name, at=at), digest)
    return standing.newest


def standing_of(desk: Desk, script_id: str) -> Standing:
    """How a script stands. Raises NotFound with what may have been meant."""
    with desk.database.reading() as session:
        found = scripts.standing(session, script_id)
        if found is None:
            known = [one.newest.script.id for one in scripts.standings(session)]
            raise NotFound(
                say("There is no script “{script}”.{hint}", script=script_id, hint=did_you_mean(script_id, known))
            )
    return found


def standings(desk: Desk) -> tuple[Standing, ...]:
    """Every script, by id."""
    with desk.database.reading() as session:
        return scripts.standings(session)


def view(desk: Desk, script_id: str, days: Sequence[date]) -> View:
    """All that a person sees of a script's newest revision, judged on `days`."""
    standing = standing_of(desk, script_id)
    revision = standing.newest
    with desk.database.reading() as session:
        sound = standing.steps[-1].bound.sound if standing.steps else None
        made = bulletins.by_sound(session, sound) if sound else None
        hands = scripts.hands(session, script_id, revision.number)
    reading = sounds.reading_of(desk, sample(revision.script), revision.script.areas)
    return View(
        standing,
        revision,
        standing.steps,
        reading,
        findings_of(desk, revision, reading, days),
        made[0] if made else None,
        hands,
    )


def sample(script: Script) -> str:
    """The text as it is read for approval: a lead-in's placeholders hold sample names."""
    return PLACEHOLDER.sub(lambda found: SAMPLE[found[1]], script.text) if script.kind is Kind.LEAD_IN else script.text


def findings_of(desk: Desk, revision: Revision, reading: Reading, days: Sequence[date]) -> tuple[Finding, ...]:
    """What stands in the way of a revision, or should be weighed: of its names and laws on `days`, and of its reading."""
    workspace = desk.workspace
    place = revision.path or revision.script.id
    found = check.check(
        revision.script,
        place=place,
        days=days,
        campaigns=workspace.campaigns,
        documents=workspace.documents,
        areas=workspace.areas,
        plans=tuple(workspace.plans.values()),
    )
    return (*found, *(replace(finding, place=f"{place}:{finding.place}") for finding in reading.findings))


def _from(day: date) -> tuple[date, ...]:
    return tuple(day + timedelta(days=offset) for offset in range(YEAR.days + 1))


def _found(desk: Desk, steps: Sequence[ApprovalStep], revision: Revision) -> Bound:
    """What is there now of what was submitted: the text, the reading behind the sound, and the sound's file."""
    submitted = steps[-1].bound
    if submitted.sound is None:
        return Bound(revision.script.fingerprint, submitted.spoken, None)
    file = desk.sound_folder / f"{submitted.sound}.mp3"
    return Bound(revision.script.fingerprint, submitted.spoken, sha256_of(file) if file.exists() else None)


def _file_of(desk: Desk, script_id: str) -> str | None:
    """The workspace file that holds this script, or None."""
    return next((place for script, place in read_files(desk.root, "")[0].items() if script.id == script_id), None)


def _known_voice(desk: Desk, script: Script) -> None:
    if script.voice:
        desk.machines.check_voice(script.voice)


def _slug_of(place: str) -> str:
    return "" if place == "-" else Path(place).stem.lstrip("0123456789").lstrip("-")
