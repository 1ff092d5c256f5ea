"""Commands of the emergency: alert send, confirm, update, cancel, review, list; and the signing key."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from broadcaster.cli.door import MOMENT, Door, command
from broadcaster.desk import emergency, keys, manifests
from broadcaster.desk.emergency import Draft
from broadcaster.errors import WrongUsage
from broadcaster.programme.cap import read_cap
from broadcaster.programme.emergency import AlertMove, StandingAlert, state_words
from broadcaster.timekeeping import now
from broadcaster.words import Sentence, say


def _wishes(does: Callable[..., None]) -> Callable[..., None]:
    for option in reversed(
        (
            click.option("--title", help="What it is about, in a line."),
            click.option("--text", help="What is read aloud."),
            click.option(
                "--cap",
                type=click.Path(path_type=Path, exists=True, dir_okay=False),
                help="Read it from a CAP 1.2 file.",
            ),
            click.option(
                "--area", "areas", multiple=True, metavar="AREA", help="Where; several times for several areas."
            ),
            click.option("--everywhere", is_flag=True, help="At every station."),
            click.option("--until", type=MOMENT, help="When it ends: 17:30, or 2026-10-02T17:30."),
            click.option(
                "--every", "every_minutes", default=10, show_default=True, help="Minutes between two playings."
            ),
            click.option("--times", default=3, show_default=True, help="How often it is played."),
        )
    ):
        does = option(does)
    return does


def _draft(
    title: str | None,
    text: str | None,
    cap: Path | None,
    areas: Sequence[str],
    everywhere: bool,
    until: datetime | None,
    every_minutes: int,
    times: int,
) -> Draft:
    if bool(areas) == everywhere:
        raise WrongUsage(say("Say where: --area AREA (several times for several), or --everywhere."))
    source = ""
    if cap:
        message = read_cap(cap.read_bytes(), str(cap))
        title, text, until, source = (
            title or message.title,
            text or message.text,
            until or message.expires,
            message.source,
        )
    if not title or not text or not until:
        raise WrongUsage(say("An alert needs --title, --text and --until."))
    return Draft(title, text, tuple(areas), until, every_minutes, times, source)


@command(
    "send",
    help="Make an alert: read it, make its sound, and wait for a second person's confirmation.",
    example='broadcaster alert send --area cat-ba --title "Bão khẩn cấp" --text "Kính thưa bà con …" --until 21:00 --by Lan',
    changes=True,
)
@_wishes
def alert_send(door: Door, **wishes: Any) -> None:
    draft = _draft(**wishes)
    with door.desk() as desk:
        _tell(door, emergency.send(desk, draft, person=door.person(desk), at=now(), is_dry=door.is_dry))


@command(
    "update",
    help="Send the next version of an alert; the one in force goes on until it is confirmed.",
    example='broadcaster alert update khan-cap-20261002-053000 --area cat-ba --title "Bão khẩn cấp" --text "Kính thưa bà con …" --until 23:00 --by Lan',
    changes=True,
)
@click.argument("alert")
@_wishes
def alert_update(door: Door, alert: str, **wishes: Any) -> None:
    draft = _draft(**wishes)
    with door.desk() as desk:
        _tell(door, emergency.update(desk, alert, draft, person=door.person(desk), at=now(), is_dry=door.is_dry))


def _tell(door: Door, one: StandingAlert) -> None:
    alert = one.alert
    door.answer(
        say(
            "Alert “{id}”, version {version}: {seconds} seconds, until {until}, {times} times every {minutes} minutes. Listen to {sound}.mp3; a second person then confirms it with “broadcaster alert confirm {id} --sound {heard} --by NAME”.",
            id=alert.id,
            version=alert.version,
            seconds=round(alert.length / 1000),
            until=alert.until,
            times=alert.times,
            minutes=alert.every_minutes,
            sound=alert.sound,
            heard=alert.sound[:12],
        )
    )


@command(
    "confirm",
    help="Let an alert be heard at once: the word of the second person, who has listened to it.",
    example="broadcaster alert confirm khan-cap-20261002-053000 --sound 3f2a90c41b7e --by Bình",
    changes=True,
)
@click.argument("alert")
@click.option("--sound", default="", help="How the sha256 of the sound begins that you listened to.")
def alert_confirm(door: Door, alert: str, sound: str) -> None:
    _move(
        door,
        alert,
        AlertMove.CONFIRM,
        say("Alert “{id}” is in force; every receiver hears of it now.", id=alert),
        sound,
    )


@command(
    "cancel",
    help="End an alert now; receivers stop it at once.",
    example='broadcaster alert cancel khan-cap-20261002-053000 --why "Bão đã tan" --by Bình',
    changes=True,
)
@click.argument("alert")
@click.option("--why", default="", help="The reason, kept with it.")
def alert_cancel(door: Door, alert: str, why: str) -> None:
    _move(
        door,
        alert,
        AlertMove.CANCEL,
        say("Alert “{id}” is cancelled; every receiver hears of it now.", id=alert),
        why=why,
    )


@command(
    "review",
    help="Keep what is to be said of an alert afterwards.",
    example='broadcaster alert review khan-cap-20261002-053000 --why "Phát đúng, hết hạn đúng giờ" --by Bình',
    changes=True,
)
@click.argument("alert")
@click.option("--why", default="", help="What is to be said of it.")
def alert_review(door: Door, alert: str, why: str) -> None:
    _move(door, alert, AlertMove.REVIEW, say("The review of alert “{id}” is kept.", id=alert), why=why)


def _move(door: Door, alert: str, wanted: AlertMove, answer: Sentence, sound: str = "", why: str = "") -> None:
    with door.desk() as desk:
        emergency.move(
            desk, alert, wanted, person=door.person(desk), at=now(), heard=sound, why=why, is_dry=door.is_dry
        )
    door.answer(answer)


@command("list", help="All alerts with their states, newest first.", example="broadcaster alert list", lists=True)
def alert_list(door: Door) -> None:
    with door.desk() as desk:
        found = sorted(emergency.alerts(desk), key=lambda one: one.steps[0].at, reverse=True)
    if door.as_json:
        door.json([{**vars(one.alert), "state": one.state, "steps": one.steps} for one in found])
        return
    at = now()
    door.table(
        (say("alert"), say("version"), say("state"), say("until"), say("where"), say("title")),
        [
            (
                one.alert.id,
                one.alert.version,
                say("over") if at >= one.alert.until and not one.ended_at else state_words(one.state),
                one.alert.until,
                one.alert.areas or say("everywhere"),
                one.alert.title,
            )
            for one in found
        ],
    )


@command("show", help="The name of the key that signs the manifests.", example="broadcaster key show", lists=True)
def key_show(door: Door) -> None:
    with door.desk() as desk:
        found = keys.signing(desk)
    if door.as_json:
        door.json({"key": found.name, "handed_over": len(found.handovers)})
    door.answer(say("The manifests are signed by the key {key}.", key=found.name))


@command(
    "rotate",
    help="Sign with a new key from now on; the old one names it, so receivers follow by themselves.",
    example="broadcaster key rotate --by Bình",
    changes=True,
)
def key_rotate(door: Door) -> None:
    _change_key(door, keys.rotate)


@command(
    "revoke",
    help="The key was stolen: sign with a new one that nothing leads to. Every receiver must enrol again.",
    example="broadcaster key revoke --by Bình",
    changes=True,
)
def key_revoke(door: Door) -> None:
    _change_key(door, keys.revoke)
    door.answer(say("Enrol every receiver again: “broadcaster station enrol STATION” prints the line for each."))


def _change_key(door: Door, change: Callable[..., keys.Signing]) -> None:
    with door.desk() as desk:
        door.person(desk)
        if door.is_dry:
            return
        name = change(desk, now()).name
        manifests.renew(desk, desk.public_folder, now())
    door.answer(say("The manifests are signed by the key {key}.", key=name))


alert = click.Group(
    "alert",
    help="Emergency bulletins: send, confirm, update, cancel, review, list.",
    commands=[alert_send, alert_confirm, alert_update, alert_cancel, alert_review, alert_list],
)
key = click.Group("key", help="The key that signs the manifests.", commands=[key_show, key_rotate, key_revoke])
commands = {"alert": alert, "key": key}
