"""Commands of the programme: rundown, pin, skip, move, replace, live, undo, release, why, trace, rehearse."""

import sys
from datetime import date, datetime, time

import click

from broadcaster.cli.door import DAY, HOUR, Door, at_least_one, command
from broadcaster.desk import programme, tracing
from broadcaster.errors import WrongUsage
from broadcaster.programme.exceptions import Action, exception_words
from broadcaster.programme.order import Manner
from broadcaster.programme.rundown import Rundown
from broadcaster.timekeeping import broadcast_day, moment, now
from broadcaster.types import Weight
from broadcaster.words import say


@command(
    "rundown",
    help="A station's day: every item with its time and its because, and why the rest was left out.",
    example="broadcaster rundown cat-ba 2026-10-02",
    lists=True,
)
@click.argument("station")
@click.argument("day", type=DAY)
@click.option("--omitted", is_flag=True, help="Show also what was left out, each with its reason.")
def rundown(door: Door, station: str, day: date, omitted: bool) -> None:
    with door.desk() as desk:
        built = programme.arrange(desk, day, 1, at=now(), stations=[station])
    if door.as_json:
        door.json([_as_json(one) for one in built])
        return
    for one in built:
        _show(door, one, omitted)


def _show(door: Door, one: Rundown, omitted: bool) -> None:
    click.echo(f"{one.order.name}, {one.order.day:%d/%m/%Y}")
    for _, name in ((due.campaign, due.name) for due in one.order.due.get(one.order.day, ())):
        click.echo(f"  · {name}")
    for session in one.sessions:
        click.echo(
            f"\n{session.rule.name}, {session.start:%H:%M}–{session.end:%H:%M}"
            + ("" if session.rule.is_confirmed else " (" + say("example, not confirmed").into(door.language) + ")")
        )
        door.table(
            (say("begins"), say("length"), say("kind"), say("title"), say("because")),
            [
                (f"{item.start:%H:%M:%S}", f"{item.length / 1000:.1f} s", item.kind, item.title, item.because)
                for item in session.items
            ],
        )
    if not one.sessions:
        door.answer(say("No session today."))
    if omitted:
        click.echo()
        door.table((say("left out"), say("reason")), [(each.title, each.reason) for each in one.omissions])
    else:
        door.answer(say("{count} scripts are left out; --omitted shows why.", count=len(one.omissions)))
    door.findings(one.findings)


def _as_json(one: Rundown) -> dict[str, object]:
    return {
        "station": one.order.station.slug,
        "day": one.order.day,
        "sessions": [
            {"slug": session.rule.slug, "start": session.start, "end": session.end, "items": session.items}
            for session in one.sessions
        ],
        "omissions": one.omissions,
        "findings": one.findings,
    }


def _excepting(
    name: str, action: Action, help: str, example: str, *, script: bool = False, to: bool = False, minutes: bool = False
) -> click.Command:
    def excepting(door: Door, station: str, day: date, hour: time, why: str, **more: object) -> None:
        with door.desk() as desk:
            made = programme.except_from(
                desk,
                action,
                station,
                day,
                hour,
                person=door.person(desk),
                at=now(),
                why=why,
                script=more.get("script"),  # type: ignore[arg-type]  # click gives what the argument says
                to=more.get("to"),  # type: ignore[arg-type]  # as above
                minutes=more.get("minutes"),  # type: ignore[arg-type]  # as above
                is_dry=door.is_dry,
            )
        door.answer(
            say(
                "Kept: {what}. It outranks every rebuild; “broadcaster release” puts it into the schedule.",
                what=exception_words(made),
            )
        )

    does = excepting
    for decorate in reversed(
        [
            click.argument("station"),
            click.argument("day", type=DAY),
            click.argument("hour", type=HOUR, metavar="HH:MM"),
            *([click.argument("to", type=HOUR, metavar="HH:MM")] if to else []),
            *([click.argument("script")] if script else []),
            *([click.argument("minutes", type=click.IntRange(1, 120))] if minutes else []),
            click.option("--why", required=True, help="The reason, for the record."),
        ]
    ):
        does = decorate(does)
    return command(name, help=help, example=example, changes=True)(does)


@command(
    "undo",
    help="Take back the newest exception (pin, skip, move, replace) of a station's day.",
    example="broadcaster undo cat-ba 2026-10-02 --by Lan",
    changes=True,
)
@click.argument("station")
@click.argument("day", type=DAY)
def undo(door: Door, station: str, day: date) -> None:
    with door.desk() as desk:
        undone = programme.take_back(desk, station, day, person=door.person(desk), is_dry=door.is_dry)
    door.answer(say("Taken back: {what}.", what=exception_words(undone)))


@command(
    "release",
    help="Freeze the days ahead as promised, and show what a listener will notice.",
    example="broadcaster release --from 2026-10-01 --days 7 --by Minh",
    changes=True,
)
@click.option("--from", "first", type=DAY, help="The first day; else today.")
@click.option("--days", type=int, help="How many days; else as the settings say.")
def release(door: Door, first: date | None, days: int | None) -> None:
    with door.desk() as desk:
        at = now()
        report = programme.release(
            desk,
            first or broadcast_day(at),
            at_least_one(days or desk.settings.days_ahead),
            person=door.person(desk),
            at=at,
            is_dry=door.is_dry,
        )
    signs = {"added": "+", "dropped": "−", "moved": "→"}
    for change in report.changes:
        before = f"{change.before:%H:%M:%S}" if change.before else ""
        after = f"{change.after:%H:%M:%S}" if change.after else ""
        click.echo(
            f"{signs[change.what]} {change.station} {change.day:%d/%m/%Y} {' → '.join(filter(None, [before, after]))}  {change.title}"
        )
    if report.number is not None:
        door.answer(say("{done} “broadcaster publish” puts it out.", done=report.words))
    elif report.new_days:
        door.answer(say("{days} station days would be promised for the first time.", days=report.new_days))
    elif not report.changes:
        door.answer(report.words)
    if door.findings(report.findings):
        sys.exit(1)


@command(
    "why",
    help="Why something is, or is not, on air at a station then; WHEN is a day, or a day and an hour.",
    example="broadcaster why cat-ba 2026-10-02T05:32",
    lists=True,
)
@click.argument("station")
@click.argument("when")
def why(door: Door, station: str, when: str) -> None:
    day, at = _when(when)
    with door.desk() as desk:
        answer = tracing.why(desk, station, day, at)
    if door.as_json:
        door.json(answer)
        return
    for item in answer.items:
        click.echo(f"{item.start:%H:%M:%S}  {item.title}: {item.because}")
    if not answer.items:
        door.answer(say("Nothing of the released schedule is on air then."))
    if at is None:
        door.table((say("left out"), say("reason")), [(title, reason) for _, title, reason in answer.omissions])


@command(
    "trace",
    help="From a minute on air back to its recording, recipe, revision, approver and clause.",
    example="broadcaster trace cat-ba 2026-10-02T05:32",
    lists=True,
)
@click.argument("station")
@click.argument("when")
def trace(door: Door, station: str, when: str) -> None:
    day, at = _when(when)
    if at is None:
        raise WrongUsage(say("Name the minute as well, for example {day}T05:32.", day=day.isoformat()))
    with door.desk() as desk:
        found = tracing.trace(desk, station, at, known_at=now())
    if door.as_json:
        door.json(found)
        return
    for sentence in tracing.told(found):
        door.answer(sentence)


def _when(text: str) -> tuple[date, datetime | None]:
    day, _, hour = text.replace(" ", "T").partition("T")
    parsed: date = DAY.convert(day, None, None)
    if not hour:
        return parsed, None
    try:
        return parsed, moment(parsed, time.fromisoformat(hour))
    except ValueError as error:
        raise WrongUsage(
            say("“{text}” is not an hour. Write it as hours:minutes, for example 05:30.", text=hour)
        ) from error


@command(
    "rehearse",
    help="Run the calendar in simulated time: every item and every finding, with estimated lengths and no sound.",
    example="broadcaster rehearse --from 2026-01-01 --to 2026-12-31",
    lists=True,
)
@click.option("--from", "first", type=DAY, required=True, help="The first day.")
@click.option("--to", "last", type=DAY, required=True, help="The last day.")
def rehearse(door: Door, first: date, last: date) -> None:
    count = at_least_one((last - first).days + 1)
    with door.desk() as desk:
        rundowns = programme.rehearse(desk, first, count)
    findings = [finding for one in rundowns for finding in one.findings]
    if door.as_json:
        door.json({"days": [_as_json(one) for one in rundowns], "findings": findings})
        return
    items = sum(len(session.items) for one in rundowns for session in one.sessions)
    sessions = sum(len(one.sessions) for one in rundowns)
    door.answer(
        say(
            "{days} station days, {sessions} sessions, {items} items.",
            days=len(rundowns),
            sessions=sessions,
            items=items,
        )
    )
    door.findings(findings)
    if any(finding.weight is Weight.BLOCKING for finding in findings):
        sys.exit(1)


@command(
    "choose",
    help="A station's choice: to carry a bulletin that it is asked for, or which of colliding priority bulletins goes first.",
    example='broadcaster choose cat-ba cat-nuoc --why "bà con cần biết trước" --by Lan\nbroadcaster choose cat-ba cat-nuoc --end --why "đã xong" --by Lan',
    changes=True,
)
@click.argument("station")
@click.argument("script")
@click.option("--why", default="", help="The reason, kept with it.")
@click.option("--override", is_flag=True, help="The colliding bulletin gives way; else it follows.")
@click.option("--end", is_flag=True, help="Take the choice back.")
def choose(door: Door, station: str, script: str, why: str, override: bool, end: bool) -> None:
    with door.desk() as desk:
        programme.choose(
            desk,
            station,
            script,
            person=door.person(desk),
            at=now(),
            why=why,
            manner=Manner.OVERRIDE if override else Manner.FOLLOW,
            is_held=not end,
            is_dry=door.is_dry,
        )
    door.answer(
        say("The choice is taken back.")
        if end
        else say("“{script}” is chosen at {station}.", script=script, station=station)
    )


commands = {
    "rundown": rundown,
    "pin": _excepting(
        "pin",
        Action.PIN,
        "Let a script begin exactly at an hour.",
        'broadcaster pin cat-ba 2026-10-02 05:35 khuyen-hoc-la-gi --why "Lãnh đạo xã yêu cầu" --by Minh',
        script=True,
    ),
    "skip": _excepting(
        "skip",
        Action.SKIP,
        "Leave out what is on air at an hour.",
        'broadcaster skip cat-ba 2026-10-02 05:35 --why "Trùng nội dung" --by Minh',
    ),
    "move": _excepting(
        "move",
        Action.MOVE,
        "Let what is on air at one hour begin at another.",
        'broadcaster move cat-ba 2026-10-02 05:35 17:05 --why "Để buổi chiều" --by Minh',
        to=True,
    ),
    "replace": _excepting(
        "replace",
        Action.REPLACE,
        "Put another script in the place of what is on air at an hour.",
        'broadcaster replace cat-ba 2026-10-02 05:35 khuyen-hoc-la-gi --why "Bài mới hơn" --by Minh',
        script=True,
    ),
    "live": _excepting(
        "live",
        Action.LIVE,
        "Keep minutes of a session for a live microphone: the receivers stay silent then, and the operator confirms it.",
        'broadcaster live cat-ba 2026-10-02 05:35 5 --why "Chủ tịch xã nói chuyện" --by Minh',
        minutes=True,
    ),
    "choose": choose,
    "undo": undo,
    "release": release,
    "why": why,
    "trace": trace,
    "rehearse": rehearse,
}
