"""The command line's door: one way in for every verb, one way to answer (sentences, tables, JSON), one way to refuse."""

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, is_dataclass
from datetime import date, datetime, time
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from broadcaster.errors import WrongUsage
from broadcaster.settings import Settings, from_environment, read_settings
from broadcaster.timekeeping import day_from_text, hour_from_text, moment_from_text, now
from broadcaster.types import Finding, Weight
from broadcaster.words import Sentence, say, shown

if TYPE_CHECKING:
    from broadcaster.desk.desk import Desk, Person


@dataclass(frozen=True)
class Door:
    """What a command was told beside its own wishes: where things are, who acts, and how to answer."""

    workspace: Path | None
    data: Path | None
    by: str | None
    as_json: bool
    is_dry: bool
    language: str

    @contextmanager
    def desk(self, *, settings: Mapping[str, Any] | None = None) -> Iterator["Desk"]:
        """The desk over the chosen workspace and data folder."""
        from broadcaster.desk.desk import opened  # noqa: PLC0415 -- the store is slow to load, and help does not need it

        root = self.root()
        with opened(root, self.data or root / "var", self.settings(root, settings), self.tell) as desk:
            yield desk

    def root(self) -> Path:
        """The workspace that is meant. Raises WrongUsage where there is none."""
        from broadcaster.desk.workspace import chosen  # noqa: PLC0415 -- as above

        return chosen(Path.cwd(), self.workspace)

    def settings(self, root: Path | None, more: Mapping[str, Any] | None = None) -> Settings:
        settings = read_settings(root)
        return settings.model_copy(update=dict(more)) if more else settings

    def person(self, desk: "Desk") -> "Person":
        """The one who acts. Raises Refused where nobody is named."""
        return desk.person(self.by)

    def tell(self, what: Sentence, done: int, of: int) -> None:
        """A progress bar on a terminal, plain lines elsewhere, nothing beside JSON; on standard error."""
        if self.as_json:
            return
        text = what.into(self.language)
        if sys.stderr.isatty():
            filled = round(24 * done / of) if of else 24
            click.echo(f"\r{text:<44.44} {'━' * filled}{'·' * (24 - filled)} {done}/{of} ", err=True, nl=done >= of)
        elif done >= of or (done and done % max(1, of // 4) == 0):
            click.echo(f"{text}: {done}/{of}", err=True)

    def answer(self, sentence: Sentence) -> None:
        """A sentence for the person, unless JSON was asked for."""
        if not self.as_json:
            answer = say("Dry run, nothing is changed: {sentence}", sentence=sentence) if self.is_dry else sentence
            click.echo(answer.into(self.language))

    def json(self, value: object) -> None:
        """The machine's answer."""
        click.echo(json.dumps(plain(value, self.language), ensure_ascii=False, indent=2))

    def table(self, heads: Sequence[Sentence], rows: Sequence[Sequence[object]]) -> None:
        """Columns as wide as they need, the last one free; nothing but the heads where there are no rows."""
        cells = [
            [head.into(self.language) for head in heads],
            *([shown(cell, self.language) for cell in row] for row in rows),
        ]
        widths = [max(len(row[column]) for row in cells) for column in range(len(heads) - 1)]
        for row in cells:
            line = "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[-1]])
            click.echo(line.rstrip())

    def findings(self, findings: Sequence[Finding]) -> bool:
        """Show findings, the weightiest first; whether one of them blocks."""
        order = list(Weight)
        for finding in sorted(findings, key=lambda one: (order.index(one.weight), one.place)):
            click.echo(
                f"{weight_words(finding.weight).into(self.language)}  {finding.place}: {finding.sentence.into(self.language)}"
            )
        return any(finding.weight is Weight.BLOCKING for finding in findings)


def weight_words(weight: Weight) -> Sentence:
    """A finding's weight in words."""
    return {Weight.BLOCKING: say("BLOCKING"), Weight.TO_WEIGH: say("to weigh"), Weight.NOTE: say("note")}[weight]


def plain(value: object, language: str) -> Any:
    """A value as JSON holds it: sentences in words, days and moments as ISO 8601 writes them."""
    if isinstance(value, Sentence):
        return value.into(language)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Path):
        return str(value)
    if is_dataclass(value) and not isinstance(value, type):
        return {key: plain(getattr(value, key), language) for key in value.__dataclass_fields__}
    if isinstance(value, Mapping):
        return {str(key): plain(one, language) for key, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(one, language) for one in value]
    return value


Does = Callable[..., None]


def command(
    name: str, *, help: str, example: str, changes: bool = False, lists: bool = False
) -> Callable[[Does], click.Command]:
    """A command whose function gets a `Door` first. `changes` gives it --by and --dry-run, `lists` --json; all know --workspace and --data."""

    def make(does: Does) -> click.Command:
        def enter(
            workspace: Path | None,
            data: Path | None,
            by: str | None = None,
            as_json: bool = False,
            is_dry: bool = False,
            **wishes: Any,
        ) -> None:
            outer = click.get_current_context().find_root().params
            where = workspace or outer.get("workspace") or _path(from_environment("WORKSPACE"))
            door = Door(
                workspace=where,
                data=data or outer.get("data") or _path(from_environment("DATA")),
                by=by or from_environment("USER"),
                as_json=as_json,
                is_dry=is_dry,
                language=click.get_current_context().find_root().obj["language"],
            )
            does(door, **wishes)

        params = [*reversed(getattr(does, "__click_params__", [])), *_standing_options(changes, lists)]
        return click.Command(name, callback=enter, params=params, help=help, epilog=example)

    return make


def _standing_options(changes: bool, lists: bool) -> list[click.Parameter]:
    options: list[click.Parameter] = []
    if lists:
        options.append(click.Option(["--json", "as_json"], is_flag=True, help="Answer in JSON, for programs."))
    if changes:
        options.append(click.Option(["--by"], metavar="NAME", help="Who acts; else BROADCASTER_USER."))
        options.append(
            click.Option(["--dry-run", "is_dry"], is_flag=True, help="Say what would be done, and do nothing.")
        )
    return [*options, *place_options()]


def place_options() -> list[click.Parameter]:
    """--workspace and --data, which the whole program and every command take."""
    folder = click.Path(path_type=Path, file_okay=False)
    return [
        click.Option(
            ["--workspace"],
            type=folder,
            metavar="DIR",
            help="The folder with content and schedules; else the one you are in.",
        ),
        click.Option(
            ["--data"], type=folder, metavar="DIR", help="Where everything made is kept; else var in the workspace."
        ),
    ]


def _path(text: str | None) -> Path | None:
    return Path(text) if text else None


class DayType(click.ParamType):
    """A day written as 2026-10-02."""

    name = "DAY"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        return value if isinstance(value, date) else day_from_text(value)


class HourType(click.ParamType):
    """An hour written as 05:30."""

    name = "HH:MM"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> time:
        return value if isinstance(value, time) else hour_from_text(value)


class MomentType(click.ParamType):
    """A moment written as 2026-10-02T05:30, or the next 05:30 that comes."""

    name = "MOMENT"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        return value if isinstance(value, datetime) else moment_from_text(value, now())


DAY = DayType()
HOUR = HourType()
MOMENT = MomentType()


def at_least_one(count: int) -> int:
    """A number of days. Raises WrongUsage below one or above ten years."""
    if not 1 <= count <= 3653:
        raise WrongUsage(say("{count} is no number of days to work with. Choose one from 1 to 3653.", count=count))
    return count
