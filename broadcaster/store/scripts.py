"""Scripts, their revisions, the approval record and people's own recordings, kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from broadcaster.newsroom.approval import ApprovalStep, Bound, State, state
from broadcaster.newsroom.script import Revision, Script
from broadcaster.store import record
from broadcaster.store.record import Recorded
from broadcaster.store.tables import ApprovalStepRow, RecordingRow, RevisionRow
from broadcaster.store.values import from_text, to_text
from broadcaster.timekeeping import ZONE
from broadcaster.types import Sha256


@dataclass(frozen=True)
class Standing:
    """How a script stands: its newest revision with its steps, and the revision on air with its approval, where there is one."""

    newest: Revision
    steps: tuple[ApprovalStep, ...]
    on_air: Revision | None
    approval: ApprovalStep | None

    @property
    def state(self) -> State:
        return state(self.steps)


def standings(session: Session) -> tuple[Standing, ...]:
    """Every script, by id."""
    revisions: dict[str, list[Revision]] = {}
    for row in session.exec(select(RevisionRow).order_by(col(RevisionRow.script), col(RevisionRow.number))):
        revisions.setdefault(row.script, []).append(_revision(row))
    steps: dict[tuple[str, int], list[ApprovalStep]] = {}
    for step_row in session.exec(select(ApprovalStepRow).order_by(col(ApprovalStepRow.ordinal))):
        steps.setdefault((step_row.script, step_row.revision), []).append(_step(step_row))
    return tuple(_standing(revisions[script], steps) for script in sorted(revisions))


def standing(session: Session, script: str) -> Standing | None:
    """How `script` stands, or None where there is no such script."""
    rows = session.exec(select(RevisionRow).where(RevisionRow.script == script).order_by(col(RevisionRow.number))).all()
    if not rows:
        return None
    steps: dict[tuple[str, int], list[ApprovalStep]] = {}
    for row in session.exec(
        select(ApprovalStepRow).where(ApprovalStepRow.script == script).order_by(col(ApprovalStepRow.ordinal))
    ):
        steps.setdefault((script, row.revision), []).append(_step(row))
    return _standing([_revision(row) for row in rows], steps)


def revision(session: Session, script: str, number: int) -> Revision | None:
    """One revision, or None."""
    row = session.exec(
        select(RevisionRow).where(RevisionRow.script == script, RevisionRow.number == number)
    ).one_or_none()
    return _revision(row) if row else None


def clauses(session: Session) -> Mapping[tuple[str, int], tuple[str, ...]]:
    """The clauses that every revision names, by script and number."""
    rows = session.exec(select(RevisionRow))
    return {(row.script, row.number): from_text(Script, row.content).clauses for row in rows}


def steps_of(session: Session, script: str, number: int) -> tuple[ApprovalStep, ...]:
    """The approval record of one revision, in order."""
    rows = session.exec(
        select(ApprovalStepRow)
        .where(ApprovalStepRow.script == script, ApprovalStepRow.revision == number)
        .order_by(col(ApprovalStepRow.ordinal))
    )
    return tuple(_step(row) for row in rows)


def newest_step(session: Session) -> int:
    """The number of the newest line of the approval record; 0 before the first."""
    return session.exec(select(func.max(ApprovalStepRow.id))).one() or 0


def add_revision(session: Session, new: Revision) -> None:
    """Keep `new`. A second one of the same number is refused by the table itself."""
    session.add(
        RevisionRow(
            script=new.script.id,
            number=new.number,
            content=to_text(new.script),
            fingerprint=new.script.fingerprint,
            by=new.by,
            at=new.at,
            path=new.path,
        )
    )
    session.flush()


def newest_at(session: Session) -> datetime | None:
    """When the newest revision, step of an approval or recording was kept; None before the first."""
    columns = (RevisionRow.at, ApprovalStepRow.at, RecordingRow.at)
    newest = (session.exec(select(func.max(column))).one() for column in columns)
    return max((at.astimezone(ZONE) for at in newest if at), default=None)


def next_number(session: Session, script: str) -> int:
    """The number that a new revision of `script` gets."""
    latest = session.exec(select(func.max(RevisionRow.number)).where(RevisionRow.script == script)).one()
    return (latest or 0) + 1


def add_step(session: Session, step: ApprovalStep) -> None:
    """Append to the approval record, and to the chained one."""
    session.add(
        ApprovalStepRow(
            script=step.script,
            revision=step.revision,
            ordinal=step.ordinal,
            move=step.move,
            state=step.state,
            by=step.by,
            account=step.account,
            at=step.at,
            text_sha256=step.bound.text,
            spoken_sha256=step.bound.spoken,
            sound_sha256=step.bound.sound,
            why=step.why,
            is_trial=step.is_trial,
        )
    )
    session.flush()
    record.append(session, Recorded.APPROVAL, f"{step.script}/{step.revision}/{step.ordinal}", step, step.at)


def step(session: Session, key: str) -> ApprovalStep | None:
    """The step that the record names so, or None."""
    script, number, ordinal = key.rsplit("/", 2)
    return next((one for one in steps_of(session, script, int(number)) if one.ordinal == int(ordinal)), None)


def own_recording(session: Session, script: str, number: int) -> Sha256 | None:
    """The sha256 of the recording that a person gave for this revision, or None."""
    row = session.get(RecordingRow, (script, number))
    return Sha256(row.sha256) if row else None


def hands(session: Session, script: str, number: int) -> tuple[str, ...]:
    """Who had a hand in a revision: whoever made it or one before it, back to the last that was approved, and who gave its recording."""
    approved = session.exec(
        select(func.max(ApprovalStepRow.revision)).where(
            ApprovalStepRow.script == script,
            ApprovalStepRow.state == State.APPROVED,
            col(ApprovalStepRow.revision) < number,
        )
    ).one()
    made = session.exec(
        select(RevisionRow.by).where(
            RevisionRow.script == script,
            col(RevisionRow.number) > (approved or 0),
            col(RevisionRow.number) <= number,
        )
    ).all()
    recording = session.get(RecordingRow, (script, number))
    return tuple(dict.fromkeys([*made, *([recording.by] if recording else [])]))


def own_recordings(session: Session) -> tuple[tuple[str, int, Sha256], ...]:
    """Every recording that a person gave: script, revision, sha256."""
    rows = session.exec(select(RecordingRow).order_by(col(RecordingRow.script), col(RecordingRow.revision)))
    return tuple((row.script, row.revision, Sha256(row.sha256)) for row in rows)


def keep_own_recording(session: Session, of: Revision, sha256: Sha256) -> None:
    """Keep that a person's recording stands for `of`; a later one takes its place."""
    session.merge(RecordingRow(script=of.script.id, revision=of.number, sha256=sha256, by=of.by, at=of.at))


def _standing(revisions: Sequence[Revision], steps: dict[tuple[str, int], list[ApprovalStep]]) -> Standing:
    newest = revisions[-1]
    on_air = None
    approval = None
    for one in revisions:
        for step in steps.get((one.script.id, one.number), []):
            if step.state is State.APPROVED:
                on_air, approval = one, step
            elif step.state is State.WITHDRAWN:
                on_air, approval = None, None
    return Standing(newest, tuple(steps.get((newest.script.id, newest.number), [])), on_air, approval)


def _revision(row: RevisionRow) -> Revision:
    return Revision(from_text(Script, row.content), row.number, row.by, row.at.astimezone(ZONE), row.path)


def _step(row: ApprovalStepRow) -> ApprovalStep:
    return ApprovalStep(
        row.script,
        row.revision,
        row.ordinal,
        row.move,
        row.state,
        row.by,
        row.account,
        row.at.astimezone(ZONE),
        Bound(
            Sha256(row.text_sha256), Sha256(row.spoken_sha256), Sha256(row.sound_sha256) if row.sound_sha256 else None
        ),
        row.why,
        row.is_trial,
    )
