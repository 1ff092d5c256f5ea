"""The newsroom's pages: the list, writing with the reading beside it, one script with its moves, a recording of one's own."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from difflib import SequenceMatcher
from shutil import copyfileobj

from fastapi import APIRouter, Depends, Response
from fastapi.responses import FileResponse

from broadcaster.desk import lexicon, newsroom, programme, studio
from broadcaster.desk.newsroom import Standing
from broadcaster.desk.sounds import reading_of, sound_path
from broadcaster.errors import BroadcasterError, NotFound, Refused
from broadcaster.files import secret_scratch
from broadcaster.newsroom.approval import HEARD, Move, State, same_person
from broadcaster.newsroom.script import Script
from broadcaster.newsroom.script_file import LARGEST, SLUG, write
from broadcaster.publishing.plain import one_line
from broadcaster.stations.officer import Ability
from broadcaster.studio.reading import Reading, stretches
from broadcaster.studio.speech import estimated_length
from broadcaster.timekeeping import broadcast_day, day_from_text
from broadcaster.types import BulletinClass, Finding, Kind, Sha256, Weight
from broadcaster.web.console.visit import Console, Visit
from broadcaster.words import say

SIGNED_IN, WRITES, APPROVES = {"x-who": "officer"}, {"x-who": Ability.WRITES.value}, {"x-who": Ability.APPROVES.value}
YEAR = 366
KINDS = (Kind.NOTICE, Kind.NEWS, Kind.FEATURE, Kind.SLOGAN, Kind.STUDY_REMINDER)
"""What is written on the page; a lead-in with its placeholders is written in a file."""
SHOWN = 60
"""Scripts of one state that the list shows."""
BY_WORDS = 4_000
"""Signs of a changed stretch up to which its words are compared."""
ASKED = 40
"""Findings of the reading that a page offers remedies for at a time."""
_SHA = re.compile(r"[0-9a-f]{64}")
_SENTENCES = re.compile(r"[^.!?\n]*[.!?\n]+\s*|[^.!?\n]+")
_WORDS = re.compile(r"\S+\s*|\s+")


@dataclass(frozen=True)
class Draft:
    """What stands in the writing form, as it was typed."""

    title: str = ""
    text: str = ""
    kind: str = Kind.NOTICE.value
    importance: str = BulletinClass.ORDINARY.value
    areas: tuple[str, ...] = ()
    campaign: str = ""
    not_before: str = ""
    expires: str = ""
    summary: str = ""
    sources: str = ""
    clauses: str = ""


def add_scripts(api: APIRouter, console: Console) -> None:
    known, writes = Depends(console.visit()), Depends(console.visit(Ability.WRITES))
    approves = Depends(console.visit(Ability.APPROVES))

    @api.get("/scripts", openapi_extra=SIGNED_IN, summary="All scripts by how they stand")
    def listed(state: str = State.SUBMITTED.value, visit: Visit = known) -> Response:
        found = newsroom.standings(visit.desk)
        chosen = sorted((one for one in found if one.state == state), key=lambda one: one.newest.at, reverse=True)
        counts = {one: sum(each.state is one for each in found) for one in State}
        return visit.page(
            "scripts.html", found=chosen[:SHOWN], more=len(chosen) - SHOWN, state=state, counts=counts, states=State
        )

    @api.get("/scripts/new", openapi_extra=WRITES, summary="An empty script")
    def new(visit: Visit = writes) -> Response:
        return _writing(visit, Draft(areas=visit.who.areas(Ability.WRITES)), None)

    @api.post("/scripts/look", openapi_extra=WRITES, summary="How what is typed will be read; a remedy is applied")
    def look(visit: Visit = writes) -> Response:
        draft, wrong = _typed(visit), None
        if len(draft.text.encode()) > LARGEST:
            raise Refused(say("The text is too long. Make two scripts of it."))
        try:
            draft = _remedied(visit, draft)
        except BroadcasterError as error:
            wrong = error
        if not visit.said("part"):
            return _writing(visit, draft, visit.said("script") or None, wrong)
        taken = draft.text if visit.said("part") == "remedy" else None
        said = wrong.sentence if wrong else None
        return visit.page("reading.html", 200, draft=draft, taken=taken, wrong=said, **_read(visit, draft))

    @api.post("/scripts", openapi_extra=WRITES, summary="Keep a new script, or the next revision of one")
    def keep(visit: Visit = writes) -> Response:
        draft, script_id = _typed(visit), visit.said("script")
        try:
            known = newsroom.editable(visit.desk, script_id) if script_id else None
            if known and visit.said("revision") != str(known.number):
                raise Refused(say("Somebody kept a newer revision meanwhile. Copy your text, and begin from that one."))
            before = known.script if known else None
            script = _script(visit, draft, before)
            visit.needs(Ability.WRITES, script.areas)
            if before:
                visit.needs(Ability.WRITES, before.areas)
                newsroom.edit(visit.desk, script_id, write(script).encode(), person=visit.person, at=visit.at)
            else:
                newsroom.add(visit.desk, write(script).encode(), script.id, person=visit.person, at=visit.at)
        except BroadcasterError as error:
            return _writing(visit, draft, script_id or None, error)
        if visit.said("do") == "submit":
            try:
                newsroom.submit(visit.desk, script.id, person=visit.person, at=visit.at)
            except Refused as refused:
                return visit.on(f"/scripts/{script.id}?kept=1", refused.sentence)
            return visit.on(
                f"/scripts/{script.id}?kept=1", say("Kept and submitted. A second person can approve it now.")
            )
        return visit.on(f"/scripts/{script.id}?kept=1", say("Kept as a draft. Listen to it, then submit it."))

    @api.get("/scripts/{script}", openapi_extra=SIGNED_IN, summary="A script with its reading, its sound and its moves")
    def one(script: str, visit: Visit = known) -> Response:
        return _page_of(visit, script)

    @api.get("/scripts/{script}/edit", openapi_extra=WRITES, summary="A script in the writing form")
    def edit(script: str, visit: Visit = writes) -> Response:
        before = newsroom.editable(visit.desk, script)
        return _writing(visit, _draft(before.script), script, number=str(before.number))

    @api.post("/scripts/{script}/listen", openapi_extra=WRITES, summary="Make a draft's sound")
    def listen(script: str, visit: Visit = writes) -> Response:
        visit.needs(Ability.WRITES, _of(visit, script).newest.script.areas)
        report = studio.produce(visit.desk, [script])
        wrong = next((one.sentence for one in report.findings), None)
        return visit.on(f"/scripts/{script}", wrong or say("Its sound is made. Listen to it."))

    @api.post("/scripts/{script}/submit", openapi_extra=WRITES, summary="Hand a draft to an approver")
    def submit(script: str, visit: Visit = writes) -> Response:
        visit.needs(Ability.WRITES, _of(visit, script).newest.script.areas)
        newsroom.submit(visit.desk, script, person=visit.person, at=visit.at)
        return visit.on(f"/scripts/{script}", say("Submitted. A second person can approve it now."))

    @api.post("/scripts/{script}/record", openapi_extra=WRITES, summary="Give a person's own recording for a draft")
    def record(script: str, visit: Visit = writes) -> Response:
        visit.needs(Ability.WRITES, _of(visit, script).newest.script.areas)
        sent = visit.file("recording")
        if sent is None:
            raise Refused(say("No recording came. Record it, or choose a file, then send it."))
        with secret_scratch(visit.desk.data) as (path, into):
            copyfileobj(sent.file, into)
            into.flush()
            newsroom.record(visit.desk, script, path, person=visit.person, at=visit.at)
        studio.produce(visit.desk, [script])
        return visit.on(
            f"/scripts/{script}", say("The recording stands for this script. Listen to it, then submit it.")
        )

    @api.post("/scripts/{script}/{move}", openapi_extra=APPROVES, summary="Approve, return or withdraw")
    def decide(script: str, move: str, visit: Visit = approves) -> Response:
        wanted = {"approve": Move.APPROVE, "return": Move.RETURN, "withdraw": Move.WITHDRAW}.get(move)
        if wanted is None:
            raise NotFound(say("There is nothing at this address."))
        for areas in _reach(_of(visit, script)):
            visit.needs(Ability.APPROVES, areas)
        number = visit.said("revision")
        if not (number.isdecimal() and len(number) < 7):
            raise Refused(say("This form is out of date. Load the page again, then send it."))
        if (
            wanted is Move.APPROVE
            and not visit.said("sound")
            and _of(visit, script).newest.script.kind is not Kind.LEAD_IN
        ):
            raise Refused(say("Listen to its sound first, then approve what was heard."))
        newsroom.move(
            visit.desk,
            script,
            wanted,
            person=visit.person,
            at=visit.at,
            why=visit.said("why"),
            number=int(number),
            heard=visit.said("sound"),
        )
        answer = {
            Move.APPROVE: say("Approved. It takes its place in the schedule by itself."),
            Move.RETURN: say("Returned to its author, with your reason."),
            Move.WITHDRAW: say("Withdrawn. It is not heard any more."),
        }[wanted]
        return visit.on(f"/scripts/{script}", answer)

    @api.get("/sound/{sha256}.mp3", openapi_extra=SIGNED_IN, summary="The sound of a script, whether published or not")
    def sound(sha256: str, visit: Visit = known) -> Response:
        path = sound_path(visit.desk, Sha256(sha256))
        if not _SHA.fullmatch(sha256) or not path.exists():
            raise NotFound(say("This sound is not there."))
        return FileResponse(path, media_type="audio/mpeg", headers={"Cache-Control": "private, max-age=86400"})


def _of(visit: Visit, script: str) -> Standing:
    return newsroom.standing_of(visit.desk, script)


def _page_of(visit: Visit, script: str) -> Response:
    today = broadcast_day(visit.at)
    view = newsroom.view(visit.desk, script, [today + timedelta(days=offset) for offset in range(YEAR)])
    bulletin = view.bulletin or studio.made_already(visit.desk, view.revision)
    on_air = view.standing.on_air
    areas, script_author = view.revision.script.areas, view.revision.script.author
    return visit.page(
        "script.html",
        view=view,
        script=view.revision.script,
        bulletin=bulletin,
        heard=bulletin.sha256[:HEARD] if bulletin else "",
        stretches=stretches(view.reading, view.reading.text),
        changes=_changes(on_air.script.text, view.revision.script.text)
        if on_air and on_air.number != view.revision.number
        else (),
        promised=programme.promised(visit.desk, script, visit.at, visit.desk.settings.days_ahead + 1),
        sessions=programme.next_sessions(visit.desk, view.revision.script, visit.at),
        is_blocked=any(one.weight is Weight.BLOCKING for one in view.findings),
        is_file=view.revision.path is not None,
        may_write=visit.may(Ability.WRITES, areas),
        may_approve=all(visit.may(Ability.APPROVES, one) for one in _reach(view.standing)),
        is_own=any(same_person(one, visit.who.name) for one in (script_author, *view.hands) if one),
    )


def _reach(standing: Standing) -> list[tuple[str, ...]]:
    """The areas of the newest revision, and those of the one on air: who decides about one decides about what the other reaches."""
    on_air = [standing.on_air.script.areas] if standing.on_air else []
    return [standing.newest.script.areas, *on_air]


def _changes(before: str, after: str) -> tuple[tuple[str, str], ...]:
    """What differs between two texts: (`same`, `gone` or `new`, the words). Sentence by sentence, and word by word within a short stretch."""
    return tuple(_differences(_SENTENCES.findall(before), _SENTENCES.findall(after), is_whole=True))


def _differences(old: Sequence[str], new: Sequence[str], *, is_whole: bool) -> Iterator[tuple[str, str]]:
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, come = "".join(old[a:b]), "".join(new[c:d])
        if what == "equal":
            yield "same", gone
        elif is_whole and gone and come and len(gone) + len(come) < BY_WORDS:
            yield from _differences(_WORDS.findall(gone), _WORDS.findall(come), is_whole=False)
        else:
            yield from ((which, words) for which, words in (("gone", gone), ("new", come)) if words)


def _typed(visit: Visit) -> Draft:
    return Draft(
        title=one_line(visit.said("title"))[:200],
        text=visit.said("text"),
        kind=visit.said("kind") or Kind.NOTICE.value,
        importance=visit.said("importance") or BulletinClass.ORDINARY.value,
        areas=visit.all_said("areas"),
        campaign=visit.said("campaign"),
        not_before=visit.said("not_before"),
        expires=visit.said("expires"),
        summary=one_line(visit.said("summary"))[:400],
        sources=visit.said("sources"),
        clauses=one_line(visit.said("clauses")),
    )


def _draft(script: Script) -> Draft:
    return Draft(
        script.title,
        script.text,
        script.kind,
        script.bulletin_class,
        script.areas,
        script.campaign or "",
        script.not_before.isoformat() if script.not_before else "",
        script.expires.isoformat() if script.expires else "",
        script.summary,
        "\n".join(script.sources),
        ", ".join(script.clauses),
    )


def _script(visit: Visit, draft: Draft, before: Script | None) -> Script:
    """The script that a form describes. Raises Refused, WrongUsage where a field cannot be what it says."""
    if not draft.title:
        raise Refused(say("Give it a title: it names the bulletin everywhere."))
    if not draft.text:
        raise Refused(say("Write the text that is to be read aloud."))
    if draft.kind not in (*KINDS, *([before.kind] if before else [])) or draft.importance not in (
        BulletinClass.ORDINARY,
        BulletinClass.PRIORITY,
    ):
        raise Refused(say("Choose a kind and a class of the lists."))
    if set(draft.areas) - visit.desk.workspace.areas.keys():
        raise Refused(say("Choose the areas of the list."))
    if draft.campaign and draft.campaign not in visit.desk.workspace.campaigns:
        raise Refused(say("There is no campaign “{campaign}”.", campaign=draft.campaign))
    basis = before or Script(_new_id(visit, draft.title), draft.title, Kind.NOTICE, draft.text, author=visit.who.name)
    return replace(
        basis,
        title=draft.title,
        kind=Kind(draft.kind),
        text=draft.text,
        campaign=draft.campaign or None,
        bulletin_class=BulletinClass(draft.importance),
        areas=draft.areas,
        not_before=_day(draft.not_before),
        expires=_day(draft.expires),
        summary=draft.summary,
        sources=tuple(line for one in draft.sources.split("\n") if (line := one_line(one).replace('"', "”"))),
        clauses=tuple(one for part in draft.clauses.replace('"', "”").split(",") if (one := part.strip())),
    )


def _day(text: str) -> date | None:
    return day_from_text(text) if text else None


def _new_id(visit: Visit, title: str) -> str:
    """An id from the title, its letters without tones; with a number where the bare one is taken."""
    bare = unicodedata.normalize("NFD", title.casefold().replace("đ", "d")).encode("ascii", "ignore").decode()
    slug = "-".join(re.findall(r"[a-z0-9]+", bare))[:60].strip("-") or "ban-tin"
    taken = {one.newest.script.id for one in newsroom.standings(visit.desk)}
    number = 1
    while (found := slug if number == 1 else f"{slug}-{number}") in taken or not SLUG.fullmatch(found):
        number += 1
    return found


def _days(draft: Draft, today: date) -> Sequence[date]:
    """The days on which it may air, as far as the form says it well."""
    try:
        first, last = _day(draft.not_before) or today, _day(draft.expires)
    except BroadcasterError:
        return (today,)
    count = min(YEAR, (last - first).days + 1) if last else YEAR
    return [first + timedelta(days=offset) for offset in range(max(1, count))]


def _read(visit: Visit, draft: Draft) -> dict[str, object]:
    """The reading beside what is typed: its stretches, its length, its findings."""
    try:
        days = _days(draft, broadcast_day(visit.at))
        bare = Script("moi", draft.title or "–", Kind(draft.kind), draft.text, author=visit.who.name)
        script = replace(
            bare, areas=draft.areas, campaign=draft.campaign or None, not_before=days[0], expires=_day(draft.expires)
        )
        reading, findings = newsroom.looked_at(visit.desk, script, person=visit.person, at=visit.at, days=days)
    except (BroadcasterError, ValueError):
        reading, findings = newsroom.looked_at(
            visit.desk, Script("moi", "–", Kind.NOTICE, draft.text), person=visit.person, at=visit.at
        )
    if not draft.text:
        findings = ()
    return {
        "stretches": stretches(reading, reading.text),
        "length": estimated_length(reading.utterances),
        "findings": findings[
            : len(findings) - len(reading.findings)
        ],  # the reading's own come last, and have their remedies
        "asked": _asked(reading),
        "is_blocked": any(one.weight is Weight.BLOCKING for one in findings),
    }


def _asked(reading: Reading) -> list[tuple[Finding, int, int, str, str]]:
    """Each finding of the reading that a remedy can settle: with its place in the text, what is written, and the likeliest reading."""
    said = {one.start: one.spoken or "" for one in stretches(reading, reading.text)}
    return [
        (one, *one.span, reading.text[one.span[0] : one.span[1]], said.get(one.span[0], ""))
        for one in reading.findings
        if one.span
    ][:ASKED]


def _remedied(visit: Visit, draft: Draft) -> Draft:
    """The draft after a remedy was chosen: a reading written into the text (`take`), or taught to the lexicon (`teach`)."""
    what, _, place = visit.said("do").partition(":")
    start, _, end = place.partition("-")
    if what not in ("take", "teach") or not (start.isdecimal() and end.isdecimal()) or len(place) > 15:
        return draft
    spoken, written = one_line(visit.said(f"spoken-{start}")), visit.typed(f"written-{start}")
    reading = reading_of(visit.desk, draft.text, draft.areas)
    text, span = reading.text, (int(start), int(end))
    if not spoken or text[slice(*span)] != written or span not in [one.span for one in reading.findings]:
        return draft
    if what == "teach":
        visit.needs(Ability.WRITES, ())  # it changes how everybody's texts are read
        lexicon.say_as(visit.desk, written, spoken, person=visit.person, at=visit.at)
        return draft
    return replace(draft, text=text[: int(start)] + spoken + text[int(end) :])


def _writing(
    visit: Visit, draft: Draft, script: str | None, wrong: BroadcasterError | None = None, number: str = ""
) -> Response:
    return visit.page(
        "write.html",
        409 if wrong else 200,
        draft=draft,
        script=script,
        number=number or visit.said("revision"),
        wrong=wrong.sentence if wrong else None,
        kinds=KINDS,
        classes=(BulletinClass.ORDINARY, BulletinClass.PRIORITY),
        areas=visit.areas(Ability.WRITES) | {one: visit.area_name(one) for one in draft.areas},
        everywhere=not visit.who.areas(Ability.WRITES),
        campaigns={slug: visit.campaign_name(slug) for slug in visit.desk.workspace.campaigns},
        **_read(visit, draft),
    )
