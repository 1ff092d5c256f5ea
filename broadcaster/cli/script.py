"""The commands `script …`: the newsroom's moves."""

import sys
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import click

from broadcaster.cli.door import Door, command
from broadcaster.desk import newsroom
from broadcaster.errors import BadFile, Refused, WrongUsage
from broadcaster.newsroom.approval import Move, State, state_words
from broadcaster.newsroom.script_file import write
from broadcaster.studio.reading import Reading, stretches
from broadcaster.timekeeping import ZONE, broadcast_day, now
from broadcaster.words import say


@command("list", help="All scripts: how each stands.", example="broadcaster script list --state submitted", lists=True)
@click.option("--state", type=click.Choice([state.value for state in State]), help="Only those that stand so.")
@click.option("--campaign", help="Only those of this campaign.")
def script_list(door: Door, state: str | None, campaign: str | None) -> None:
    with door.desk() as desk:
        found = newsroom.standings(desk)
    chosen = [
        one
        for one in found
        if (not state or one.state == state) and (not campaign or one.newest.script.campaign == campaign)
    ]
    if door.as_json:
        door.json([_listed(one) for one in chosen])
        return
    door.table(
        (say("script"), say("revision"), say("state"), say("on air"), say("kind"), say("title")),
        [
            (
                one.newest.script.id,
                one.newest.number,
                state_words(one.state),
                one.on_air.number if one.on_air else "–",
                one.newest.script.kind,
                one.newest.script.title,
            )
            for one in chosen
        ],
    )


def _listed(one: newsroom.Standing) -> dict[str, object]:
    script = one.newest.script
    return {
        "id": script.id,
        "title": script.title,
        "revision": one.newest.number,
        "state": one.state,
        "on_air": one.on_air.number if one.on_air else None,
        "kind": script.kind,
        "campaign": script.campaign,
        "by": one.newest.by,
        "at": one.newest.at,
        "trial": bool(one.approval and one.approval.is_trial),
    }


@command(
    "add",
    help="Add a script from a file, or from standard input with -.",
    example="broadcaster script add 03-doc-sach.md --by Lan",
    changes=True,
)
@click.argument("file")
def script_add(door: Door, file: str) -> None:
    with door.desk() as desk:
        added = newsroom.add(desk, _content(file), file, person=door.person(desk), at=now(), is_dry=door.is_dry)
        _tell_added(
            door,
            newsroom.view(desk, added.script.id, _year_from(added.at.date())) if not door.is_dry else None,
            added.script.id,
        )


@command(
    "new",
    help="Write a new script in your editor ($EDITOR); it is added when you save and close.",
    example="broadcaster script new --by Lan",
    changes=True,
)
def script_new(door: Door) -> None:
    with door.desk() as desk:
        person = door.person(desk)
        template = f"---\nid: \ntitle: \ncampaign: \nkind: tin\nauthor: {person.name}\nclauses: []\nsources: []\nsummary: \n---\n\n"
        written = _edited(template, desk.data)
        if written == template:
            door.answer(say("Nothing was written, so nothing was added."))
            return
        with _kept_when_refused(door, written, desk.data):
            added = newsroom.add(desk, written.encode(), "-", person=person, at=now(), is_dry=door.is_dry)
        _tell_added(door, None, added.script.id)


@command(
    "edit",
    help="Change a script in your editor ($EDITOR), or from a file; it becomes the next revision.",
    example="broadcaster script edit cat-nuoc-chieu-nay --by Lan",
    changes=True,
)
@click.argument("script")
@click.option("--from", "file", metavar="FILE", help="Take the text from this file, or from standard input with -.")
def script_edit(door: Door, script: str, file: str | None) -> None:
    with door.desk() as desk:
        person = door.person(desk)
        before = newsroom.editable(desk, script)
        content = _content(file) if file else _edited(write(before.script), desk.data).encode()
        with _kept_when_refused(door, content.decode("utf-8", "replace"), desk.data):
            revision = newsroom.edit(desk, script, content, person=person, at=now(), is_dry=door.is_dry)
    if revision is None:
        door.answer(say("Nothing changed: “{script}” stays at revision {number}.", script=script, number=before.number))
    else:
        door.answer(
            say(
                "“{script}” now has revision {number}. It is a draft: submit it when it is ready.",
                script=script,
                number=revision.number,
            )
        )


@command(
    "show",
    help="A script as an approver needs it: text and reading, findings, sound, the approval record.",
    example="broadcaster script show loi-chao",
    lists=True,
)
@click.argument("script")
def script_show(door: Door, script: str) -> None:
    with door.desk() as desk:
        view = newsroom.view(desk, script, _year_from(broadcast_day(now())))
        sound = desk.sound_folder / f"{view.bulletin.sha256}.mp3" if view.bulletin else None
    if door.as_json:
        door.json(
            {
                **_listed(view.standing),
                "script": view.revision.script,
                "fingerprint": view.revision.script.fingerprint,
                "spoken": view.reading.spoken,
                "findings": view.findings,
                "steps": view.steps,
                "sound": view.bulletin,
            }
        )
        return
    revision = view.revision
    click.echo(f"{revision.script.title}\n")
    click.echo(_marked(view.reading, newsroom.sample(revision.script)))
    click.echo()
    door.answer(
        say(
            "Revision {number} by {by}, {at}: {state}. Fingerprint {fingerprint}.",
            number=revision.number,
            by=revision.by,
            at=revision.at,
            state=state_words(view.standing.state),
            fingerprint=revision.script.fingerprint[:12],
        )
    )
    if view.bulletin:
        door.answer(
            say(
                "Sound: {seconds} seconds, voice {voice}, {loudness} LUFS, {file}",
                seconds=round(view.bulletin.length / 1000),
                voice=view.bulletin.voice,
                loudness=view.bulletin.loudness,
                file=sound,
            )
        )
        if view.bulletin.stood_in:
            door.answer(say("A stand-in voice spoke: {why}", why=view.bulletin.stood_in))
    for step in view.steps:
        trial = say(" (trial)") if step.is_trial else say("")
        door.answer(
            say(
                "{at}  {by}: {state}{trial} {why}",
                at=step.at.astimezone(ZONE),
                by=step.by,
                state=state_words(step.state),
                trial=trial,
                why=step.why,
            )
        )
    door.findings(view.findings)


def _marked(reading: Reading, text: str) -> str:
    """The written text, with what is said differently in ⟦written → spoken⟧."""
    return "".join(
        one.written if one.spoken is None else f"⟦{one.written} → {one.spoken}⟧" for one in stretches(reading, text)
    )


@command(
    "submit",
    help="Hand a script to an approver: its sound is made, and nothing may be left that cannot be read.",
    example="broadcaster script submit cat-nuoc-chieu-nay --by Lan",
    changes=True,
)
@click.argument("scripts", nargs=-1, required=True)
def script_submit(door: Door, scripts: Sequence[str]) -> None:
    with door.desk() as desk:
        person = door.person(desk)
        if door.is_dry:
            for script in scripts:
                door.findings(newsroom.view(desk, script, _year_from(broadcast_day(now()))).findings)
            return
        for step in newsroom.submit_all(desk, scripts, person=person, at=now()):
            door.answer(
                say(
                    "“{script}” revision {number} is submitted. Somebody other than its author can approve it.",
                    script=step.script,
                    number=step.revision,
                )
            )


def _moving(name: str, which: Move, help: str, example: str) -> click.Command:
    @command(name, help=help, example=example, changes=True)
    @click.argument("script")
    @click.option("--why", default="", help="The reason, for the record.")
    @click.option("--revision", type=int, help="The revision that was looked at; refused where there is a newer one.")
    def moving(door: Door, script: str, why: str, revision: int | None, sound: str = "") -> None:
        with door.desk() as desk:
            step = newsroom.move(
                desk,
                script,
                which,
                person=door.person(desk),
                at=now(),
                why=why,
                number=revision,
                heard=sound,
                is_dry=door.is_dry,
            )
        door.answer(
            say(
                "“{script}” revision {number} is {state} by {by}.",
                script=step.script,
                number=step.revision,
                state=state_words(step.state),
                by=step.by,
            )
        )

    if which is Move.APPROVE:
        moving.params.append(
            click.Option(["--sound"], default="", help="How the sha256 of the sound begins that was listened to.")
        )
    return moving


@command(
    "record",
    help="Give a person's own recording (WAV, MP3 …) for a draft, in place of a voice.",
    example="broadcaster script record loi-chao thu-am.wav --by Lan",
    changes=True,
)
@click.argument("script")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def script_record(door: Door, script: str, file: Path) -> None:
    with door.desk() as desk:
        revision = newsroom.record(desk, script, file, person=door.person(desk), at=now(), is_dry=door.is_dry)
    door.answer(
        say(
            "The recording stands for “{script}” revision {number}. Submit it when it is ready.",
            script=script,
            number=revision.number,
        )
    )


def _content(file: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        raise WrongUsage(say("{file} cannot be read: {reason}.", file=file, reason=error.strerror)) from error


def _edited(text: str, data: Path) -> str:
    from broadcaster.settings import editor_command  # noqa: PLC0415 -- beside its one use

    written = click.edit(text, editor=editor_command(), extension=".md")
    return text if written is None else written


class _kept_when_refused:
    """What was typed in an editor is kept in a file when it is refused: nobody writes it twice."""

    def __init__(self, door: Door, text: str, data: Path):
        self.door, self.text, self.path = door, text, data / "unfinished.md"

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None and issubclass(kind, BadFile | Refused):
            from broadcaster.files import write_whole  # noqa: PLC0415 -- only when something was refused

            write_whole(self.path, self.text.encode())
            click.echo(say("What you wrote is kept in {path}.", path=self.path).into(self.door.language), err=True)


def _tell_added(door: Door, view: newsroom.View | None, script: str) -> None:
    door.answer(say("“{script}” is added as a draft. Submit it when it is ready.", script=script))
    if view:
        door.findings(view.findings)


def _year_from(day: date) -> tuple[date, ...]:
    return tuple(day + timedelta(days=offset) for offset in range(366))


script_group = click.Group(
    "script",
    help="The newsroom: every edit is a new revision; the author never approves; what is approved is exactly what was heard.",
    commands=[
        script_add,
        script_new,
        script_list,
        script_show,
        script_edit,
        script_submit,
        _moving(
            "approve",
            Move.APPROVE,
            "Approve a submitted script: exactly this text, this reading and this sound.",
            "broadcaster script approve cat-nuoc-chieu-nay --by Minh",
        ),
        _moving(
            "return",
            Move.RETURN,
            "Give a submitted script back to its author, with the reason.",
            'broadcaster script return cat-nuoc-chieu-nay --why "Thiếu giờ" --by Minh',
        ),
        _moving(
            "withdraw",
            Move.WITHDRAW,
            "Take an approved script off the air, with the reason.",
            'broadcaster script withdraw cat-nuoc-chieu-nay --why "Đã có nước" --by Minh',
        ),
        script_record,
    ],
)

commands = {"script": script_group}
