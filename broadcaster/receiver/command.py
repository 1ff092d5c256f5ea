"""The command `broadcaster receiver …`: enrol, sync, run, stop, status. It needs the standard library and the JWS library alone."""

import argparse
import json
import signal
import sys
import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from broadcaster.errors import BroadcasterError, Refused
from broadcaster.files import free_room, only_one
from broadcaster.receiver import VERSION
from broadcaster.receiver.carrier import Carrier, ticks
from broadcaster.receiver.due import next_item
from broadcaster.receiver.enrolment import enrol
from broadcaster.receiver.home import Home, default_folder, spoken
from broadcaster.receiver.log import Log
from broadcaster.receiver.run import LOOKS, Runner, real_player
from broadcaster.receiver.sync import sync, sync_from, wanted_sounds
from broadcaster.timekeeping import ZONE, moment_from_text, now
from broadcaster.words import Sentence, say


def main(words: Sequence[str] | None = None) -> int:
    """Exit code 0 done, 1 refused or not to be had, 2 wrong usage; errors as a sentence on standard error."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    language = spoken()
    chosen = _parser(language).parse_args(words)
    home = Home(chosen.folder or default_folder())
    try:
        language = home.settings().language
        return int(chosen.does(home, chosen, language) or 0)
    except BroadcasterError as error:
        print(error.sentence.into(language), file=sys.stderr)  # noqa: T201 -- this is a command's own door
        return error.exit_code
    except KeyboardInterrupt:
        return 1


def alone(words: Sequence[str] | None = None) -> int:
    """The entry point where the receiver is installed without the rest: `broadcaster receiver …`."""
    given = list(sys.argv[1:] if words is None else words)
    return main(given[1:] if given[:1] == ["receiver"] else given)


def _parser(language: str) -> argparse.ArgumentParser:
    def words(sentence: Sentence) -> str:
        return sentence.into(language).replace("%", "%%")

    parser = argparse.ArgumentParser(
        "broadcaster receiver",
        description=words(
            say(
                "The small program at the loudspeakers: it plays what the service promised, on time, and says what was heard."
            )
        ),
    )
    parser.add_argument("--version", action="version", version=VERSION)
    parser.add_argument(
        "--folder",
        type=Path,
        help=words(say("Where this receiver keeps everything; else BROADCASTER_RECEIVER or ~/.broadcaster-receiver.")),
    )
    commands = parser.add_subparsers(required=True, metavar="enrol|sync|run|stop|status")

    def command(name: str, does: Any, help: Sentence, example: str) -> argparse.ArgumentParser:
        made = commands.add_parser(
            name, help=words(help), description=words(help), epilog=f"broadcaster receiver {example}"
        )
        made.set_defaults(does=does)
        return made

    one = command(
        "enrol",
        _enrol,
        say("Become a receiver of a station: paste the line that “station enrol” printed."),
        "enrol https://truyenthanh.example.vn 7K3…",
    )
    one.add_argument("url")
    one.add_argument("code")
    one = command("sync", _sync, say("Take the newest manifest and its sound."), "sync --from /media/usb/cat-ba")
    one.add_argument(
        "--from",
        dest="source",
        type=Path,
        metavar="FOLDER",
        help=words(say("From a folder that “broadcaster pack” wrote.")),
    )
    command("run", _run, say("Play on time, sync and report, until it is ended."), "run")
    one = command("stop", _stop, say("The stop button on the spot: nothing sounds until then."), "stop --hours 2")
    one.add_argument("--until", metavar="HH:MM")
    one.add_argument("--hours", type=float)
    one.add_argument("--end", action="store_true", help=words(say("Let it sound again.")))
    one = command("status", _status, say("How this receiver is."), "status --json")
    one.add_argument("--json", dest="as_json", action="store_true")
    return parser


def _enrol(home: Home, chosen: argparse.Namespace, language: str) -> None:
    identity = enrol(home, chosen.url, chosen.code)
    _say(
        say(
            "This is the receiver {name} of {station} now. Start it with “broadcaster receiver run”.",
            name=identity.name,
            station=identity.trust.station,
        ),
        language,
    )


def _sync(home: Home, chosen: argparse.Namespace, language: str) -> int:
    def tell(what: Sentence, done: int, of: int) -> None:
        if of and (done == of or done % 10 == 0):
            print(f"{what.into(language)}: {done}/{of}", file=sys.stderr)  # noqa: T201 -- progress on a terminal

    if chosen.source:
        done = sync_from(home, chosen.source, now(), tell)
    else:
        done, _ = sync(home, now(), "", tell)
    for fault in done.faults:
        print(fault.into(language), file=sys.stderr)  # noqa: T201 -- a command's own door
    if done.manifest:
        _say(
            say(
                "Manifest {number}, {days} days; {fetched} sounds came, {missing} are missing.",
                number=done.manifest.sequence,
                days=len(done.manifest.days),
                fetched=done.fetched,
                missing=done.missing,
            ),
            language,
        )
    return 1 if done.faults else 0


def _run(home: Home, _: argparse.Namespace, language: str) -> None:
    settings = home.settings()
    home.identity()
    player = real_player(settings)
    with only_one(home.folder / "run.lock"):
        log = Log(home.log_path)
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        runner = Runner(home, settings, log, now(), ticks(), player)
        carrier = Carrier(home, now, lambda: _facts(home))
        shown: tuple[str, ...] = ()
        told: tuple[str, ...] = ()
        try:
            while True:
                while not carrier.news.empty():
                    what, brought = carrier.news.get()
                    if what == "manifest":
                        runner.take(now(), is_fresh=True)
                    elif what == "offset":
                        runner.confirm(now(), ticks(), brought)
                        log.remember("offset", str(brought))
                    elif what == "faults":
                        told = _say_once(log, "sync_faults", brought, told, language)
                runner.step(now(), ticks())
                doubts = (*runner.faults, *([runner.doubt] if runner.doubt else []))
                shown = _say_once(log, "faults", doubts, shown, language)
                time.sleep(LOOKS)
        finally:
            carrier.close()
            runner.close(now())
            log.close()


def _say_once(
    log: Log, name: str, faults: Sequence[Sentence], before: tuple[str, ...], language: str
) -> tuple[str, ...]:
    """Keep what is wrong for `status`, and say it in the machine's journal when it changed."""
    said = tuple(one.into(language) for one in faults)
    if said != before:
        log.remember(name, json.dumps(said, ensure_ascii=False))
        for line in said:
            print(line, file=sys.stderr, flush=True)  # noqa: T201 -- the journal of the machine
    return said


def _stop(home: Home, chosen: argparse.Namespace, language: str) -> None:
    at, log = now(), Log(home.log_path)
    if chosen.end:
        log.keep_stop(at, at)
        _say(say("It may sound again."), language)
        return
    if chosen.hours is not None and not 0 < chosen.hours <= 24 * 31:
        raise Refused(say("Name a number of hours above 0."))
    if chosen.until:
        until = moment_from_text(chosen.until, at)
    elif chosen.hours:
        until = at + timedelta(hours=chosen.hours)
    else:
        until = at.replace(hour=23, minute=59, second=59)
    log.keep_stop(at, until)
    _say(
        say("Nothing sounds here until {until}. “broadcaster receiver stop --end” takes it back.", until=until),
        language,
    )


def _facts(home: Home) -> dict[str, Any]:
    """How the receiver is, as the service is told."""
    log, at = Log(home.log_path), now()
    try:
        identity = home.identity()
        last, stop = log.last(), log.stop()
        faults = [*json.loads(log.recall("faults") or "[]"), *json.loads(log.recall("sync_faults") or "[]")]
        facts: dict[str, Any] = {
            "sequence": identity.trust.sequence,
            "last_played": {"start": last.started_at, "title": last.title} if last else None,
            "clock_offset_ms": int(log.recall("offset") or 0),
            "disk_free": free_room(home.folder),
            "held_days": 0,
            "stopped": bool(stop and stop.holds_at(at)),
            "faults": faults,
        }
        try:
            manifest = home.manifest(identity, at)
            facts["held_days"] = sum(one.day >= at.date() for one in manifest.days)
            wanted = wanted_sounds(manifest, at).values()
            missing = [file for file in wanted if not home.holds(file.sha256, file.size)]
            facts["missing_sounds"] = len(missing)
        except Refused as error:
            facts["faults"] = [*faults, error.sentence.into(home.settings().language)]
        return facts
    finally:
        log.close()


def _status(home: Home, chosen: argparse.Namespace, language: str) -> None:
    identity, log, at = home.identity(), Log(home.log_path), now()
    facts = _facts(home)
    coming, valid_until = None, None
    try:
        manifest = home.manifest(identity, at)
        coming, valid_until = next_item(manifest, at), manifest.valid_until
    except Refused:
        pass  # it stands among the faults
    stop = log.stop()
    facts |= {
        "receiver": identity.name,
        "station": identity.trust.station,
        "cluster": identity.cluster,
        "version": VERSION,
        "valid_until": valid_until.isoformat() if valid_until else None,
        "next": {"start": coming.start.isoformat(), "title": coming.title} if coming else None,
        "synced": log.recall("synced") or None,
        "seen": log.recall("seen"),
        "unsent_reports": log.waiting(),
        "stopped_until": stop.until.isoformat() if stop and stop.holds_at(at) else None,
    }
    if chosen.as_json:
        print(json.dumps(facts, ensure_ascii=False, indent=2))  # noqa: T201 -- the machine's answer
        return
    last = log.last()
    lines = [
        say(
            "Receiver {name}, station {station}, version {version}",
            name=identity.name,
            station=identity.trust.station,
            version=VERSION,
        ),
        say(
            "manifest {number}, good until {until}; {days} days ahead, {missing} sounds missing",
            number=facts["sequence"],
            until=valid_until or "–",
            days=facts["held_days"],
            missing=facts.get("missing_sounds", "–"),
        ),
        say(
            "last synced {synced}; clock {offset} ms off; {free} MB free; {unsent} play reports wait",
            synced=_shown(facts["synced"]),
            offset=facts["clock_offset_ms"],
            free=facts["disk_free"] // 1_000_000,
            unsent=facts["unsent_reports"],
        ),
        say(
            "played last: {title} ({start})",
            title=last.title if last else "–",
            start=_shown(last.started_at if last else None),
        ),
        say("next: {title} ({start})", title=coming.title if coming else "–", start=coming.start if coming else "–"),
    ]
    if facts["stopped_until"]:
        lines.append(say("STOPPED on the spot until {until}", until=_shown(facts["stopped_until"])))
    for line in lines:
        _say(line, language)
    for fault in facts["faults"]:
        print(f"! {fault}")  # noqa: T201 -- a command's own door


def _shown(text: str | None) -> object:
    return datetime.fromisoformat(text).astimezone(ZONE) if text else "–"


def _say(sentence: Sentence, language: str) -> None:
    print(sentence.into(language))  # noqa: T201 -- a command's own door


if __name__ == "__main__":
    sys.exit(alone())
