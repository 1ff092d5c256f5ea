"""The Vietnamese catalogue: which English ids the code holds, and `python3 run words`, which brings locale/vi.po and vi.mo up to date."""

import ast
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from jinja2 import Environment, nodes

ROOT = Path(__file__).resolve().parents[1]
HOUSE = ROOT / "broadcaster"
FOLDER = HOUSE / "locale" / "vi" / "LC_MESSAGES"
CLICK = (
    "Usage:",
    "Options",
    "Commands",
    "Show this message and exit.",
    "Error: {message}",
    "Try '{command} {option}' for help.",
    "No such option: {name}",
    "No such command {name!r}.",
    "Missing argument",
    "Missing option",
    "Missing command.",
    "Missing parameter",
    "Invalid value: {message}",
    "Invalid value for {param_hint}: {message}",
    "Got unexpected extra argument ({args})",
    "default: {default}",
    "required",
    "{name} {filename!r} does not exist.",
    "{name} {filename!r} is a directory.",
    "{name} {filename!r} is a file.",
    "file",
    "directory",
    "path",
    "Option {name!r} does not take a value.",
    "{value!r} is not a valid {number_type}.",
    "{value} is not in the range {range}.",
)
"""The sentences that click itself says and that our commands can bring about."""


def ids() -> Iterator[tuple[str, str]]:
    """Every English id in the house with the file it stands in: what `say` is given in code and in templates, and every `help` of a command or option."""
    for path in sorted(HOUSE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                for text in _said(node, path.parent.name == "cli"):
                    if text:
                        yield text, path.relative_to(ROOT).as_posix()
    for path in sorted(HOUSE.rglob("templates/*.html")):
        for call in calls_of_say(path):
            yield str(call.args[0].as_const()), path.relative_to(ROOT).as_posix()
    for text in CLICK:
        yield text, "click"


def calls_of_say(template: Path) -> list[nodes.Call]:
    """What a template gives `say`."""
    tree = Environment(autoescape=True).parse(template.read_text("utf-8"))
    return [one for one in tree.find_all(nodes.Call) if isinstance(one.node, nodes.Name) and one.node.name == "say"]


def _said(call: ast.Call, is_cli: bool) -> Iterator[str]:
    name = (
        call.func.id
        if isinstance(call.func, ast.Name)
        else call.func.attr
        if isinstance(call.func, ast.Attribute)
        else ""
    )
    if name == "say" and call.args and isinstance(call.args[0], ast.Constant):
        yield str(call.args[0].value)
    for keyword in call.keywords:
        if is_cli and keyword.arg == "help" and isinstance(keyword.value, ast.Constant):
            yield str(keyword.value.value)
    if is_cli and name in ("_moving", "_excepting"):
        yield str(ast.literal_eval(call.args[2]))


def placeholders(text: str) -> set[str]:
    """The names that stand in braces."""
    return set(re.findall(r"\{(\w+)", text))


def catalogue() -> Catalog:
    """The catalogue as it stands."""
    path = FOLDER / "broadcaster.po"
    if not path.exists():
        return Catalog(locale="vi", charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale="vi")


def compiled(found: Catalog) -> bytes:
    """The catalogue as gettext reads it."""
    whole = io.BytesIO()
    write_mo(whole, found)
    return whole.getvalue()


def renewed() -> Catalog:
    """The catalogue with exactly the ids that the code holds; those without a translation are empty."""
    old = catalogue()
    new = Catalog(
        locale="vi",
        project="broadcaster",
        version="0.1.0",
        copyright_holder="broadcaster",
        charset="utf-8",
        creation_date=old.creation_date,
        revision_date=old.revision_date,
    )
    for text, place in sorted(set(ids())):
        known = old.get(text)
        flags = ["python-brace-format"] if placeholders(text) else []
        new.add(text, known.string if known else "", locations=[(place, 1)], flags=flags)
    return new


def main() -> int:
    found = renewed()
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "broadcaster.po").open("wb") as file:
        write_po(file, found, width=0, sort_output=True, include_lineno=False, omit_header=False)
    (FOLDER / "broadcaster.mo").write_bytes(compiled(found))
    missing = [message.id for message in found if message.id and not message.string]
    sys.stdout.write(f"{len(found)} sentences, {len(missing)} without a translation.\n")
    for text in missing:
        sys.stdout.write(f"  {text}\n")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
