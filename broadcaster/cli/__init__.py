"""The command `broadcaster`: its table of commands, each loaded only when it is asked for."""

import sys
from pathlib import Path

import click

from broadcaster.cli.door import place_options
from broadcaster.errors import BroadcasterError
from broadcaster.settings import from_environment, read_settings
from broadcaster.words import Sentence, say, speak_through_click

COMMANDS: dict[str, tuple[str, Sentence]] = {
    "demo": (
        "demo",
        say("The whole way on the workspace's own plan and scripts, as a trial: read, arrange, publish, serve."),
    ),
    "init": ("demo", say("Make a new workspace with a small example.")),
    "load": ("newsroom", say("Take in changed script files.")),
    "check": ("newsroom", say("Show all findings of content and schedules.")),
    "read": ("newsroom", say("Show how a text will be read aloud.")),
    "calendar": ("planning", say("The campaign calendar, a year at a glance.")),
    "script": ("script", say("The newsroom: add, edit, submit, approve, return, withdraw, record.")),
    "voice": ("studio", say("The voices: what is there, what is missing and how to get it.")),
    "produce": ("studio", say("Make the sound of what needs it; nothing changed, nothing made.")),
    "rundown": ("programme", say("A station's day: every item with its because, every omission with its reason.")),
    "pin": ("programme", say("Let a script begin exactly at an hour.")),
    "skip": ("programme", say("Leave out what is on air at an hour.")),
    "move": ("programme", say("Let what is on air at one hour begin at another.")),
    "replace": ("programme", say("Put another script in the place of what is on air at an hour.")),
    "live": ("programme", say("Keep time in a session for a live microphone.")),
    "choose": (
        "programme",
        say("A station's choice: a bulletin it is asked for, or which priority bulletin goes first."),
    ),
    "undo": ("programme", say("Take back the newest exception of a station's day.")),
    "release": ("programme", say("Freeze the days ahead and show what changed.")),
    "publish": ("publishing", say("Write the published tree; unchanged files are not touched.")),
    "serve": ("publishing", say("Serve the published tree to stations and the portal.")),
    "why": ("programme", say("Why something is, or is not, on air at a station then.")),
    "trace": ("programme", say("From a minute on air back to its recording, recipe, revision, approver and clause.")),
    "alert": ("emergency", say("Emergency bulletins: send, confirm, update, cancel, review, list.")),
    "station": ("station", say("The stations: list, show, check, enrol, silence.")),
    "person": ("person", say("People and what each may do.")),
    "confirm": ("reporting", say("An operator's word that a cluster that cannot report aired what was planned.")),
    "airings": ("reporting", say("What became of every planned item of a station's day at every cluster.")),
    "report": ("reporting", say("Promised and done, by clause, campaign, station and month.")),
    "receiver": ("receiver", say("The small program at the loudspeakers: enrol, sync, run, stop, status.")),
    "key": ("emergency", say("The key that signs the manifests.")),
    "backup": ("keeping", say("Everything that cannot be made again, in one file.")),
    "restore": ("keeping", say("Put a backup back on an empty machine.")),
    "pack": ("keeping", say("What a station's receivers need, in a folder for a stick.")),
    "doctor": (
        "doctor",
        say("Whether all is there and whole: voices, disk, database, record, sounds, days ahead, receivers."),
    ),
    "rehearse": ("programme", say("Run the calendar in simulated time: every item, every finding, no sound.")),
}


class Table(click.Group):
    """A group whose commands are loaded when they are called, and described from the table."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = __import__(f"broadcaster.cli.{COMMANDS[cmd_name][0]}", fromlist=["commands"])
        loaded: click.Command = module.commands[cmd_name]
        return translated(loaded, ctx.obj["language"])

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        language = ctx.obj["language"]
        with formatter.section(say("Commands").into(language)):
            formatter.write_dl([(name, described.into(language)) for name, (_, described) in COMMANDS.items()])


def translated(found: click.Command, language: str) -> click.Command:
    """`found` with its help in `language`, its example under it, and the same for all below it."""
    if found.help:
        found.help = Sentence(found.help).into(language)
    if found.epilog and not found.epilog.startswith("\b"):
        found.epilog = "\b\n" + say("For example:").into(language) + "\n  " + found.epilog.replace("\n", "\n  ")
    for param in found.params:
        if isinstance(param, click.Option) and param.help:
            param.help = Sentence(param.help).into(language)
    for below in found.commands.values() if isinstance(found, click.Group) else ():
        translated(below, language)
    return found


def main() -> None:
    """The entry point: exit code 0 done, 1 refused or blocking findings, 2 wrong usage; errors as a sentence on standard error."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # both are text streams here
    language = "vi"
    try:
        language = _language()
        speak_through_click(language)
        table = Table(
            "broadcaster",
            params=place_options(),
            help=say(
                "From a plan to its loudspeakers, and back: scripts read aloud, approved, arranged, published and accounted for."
            ).into(language),
            context_settings={
                "help_option_names": ["-h", "--help"],
                "obj": {"language": language},
                "max_content_width": 110,
            },
        )
        table.params = [_option_in(param, language) for param in table.params]
        sys.exit(table.main(prog_name="broadcaster", standalone_mode=False) or 0)
    except BroadcasterError as error:
        click.echo(error.sentence.into(language), err=True)
        sys.exit(error.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        click.echo(say("Stopped. Nothing is half done; the same command goes on from here.").into(language), err=True)
        sys.exit(1)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)


def _language() -> str:
    named = from_environment("WORKSPACE")
    folders = [Path(named)] if named else [Path.cwd(), *Path.cwd().parents]
    found = next((folder for folder in folders if (folder / "broadcaster.toml").exists()), None)
    return read_settings(found).language


def _option_in(param: click.Parameter, language: str) -> click.Parameter:
    if isinstance(param, click.Option) and param.help:
        param.help = Sentence(param.help).into(language)
    return param
