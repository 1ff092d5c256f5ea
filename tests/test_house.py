"""The doorkeeper: who may import whom, which library lives where, who looks at the clock, and how quickly help answers."""

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
HOUSE = ROOT / "broadcaster"
CELLAR = ("types", "errors", "timekeeping", "files", "settings", "words", "forms")
ROOMS = ("stations", "planning", "newsroom", "studio", "programme", "publishing", "delivery", "reporting")
MAY_IMPORT = {
    **{room: {*CELLAR, *ROOMS[: place + 1]} for place, room in enumerate(ROOMS)},
    **{one: {*CELLAR} for one in CELLAR},
    "engines": {*CELLAR, *ROOMS, "engines"},
    "store": {*CELLAR, *ROOMS, "store"},
    "desk": {*CELLAR, *ROOMS, "engines", "store", "desk"},
    "cli": {*CELLAR, *ROOMS, "desk", "cli"},
    "web": {*CELLAR, *ROOMS, "desk", "web"},
    "timetable": {*CELLAR, "desk"},
    "receiver": {*(one for one in CELLAR if one != "settings"), "receiver"},
    "__main__": {"cli"},
    "__init__": set(),
}
ALLOWED_BESIDE = {
    "cli/publishing.py": {"web", "timetable"},  # `serve` starts the web and the timetable
    "cli/demo.py": {"web"},  # and `demo` the web
    "cli/receiver.py": {"receiver"},  # the receiver's own command, where all is installed
}
RECEIVER_MAY_ALSO = ("broadcaster.stations.airtime", "broadcaster.publishing.manifest")
"""What the small program at the loudspeakers knows of the rooms."""
HOMES = {
    "sqlmodel": {"store"},
    "sqlalchemy": {"store"},
    "alembic": {"store"},
    "click": {"cli"},
    "fastapi": {"web"},
    "starlette": {"web"},
    "uvicorn": {"web"},
    "jinja2": {"publishing/pages.py", "web"},
    "argon2": {"desk/people.py"},
    "itsdangerous": {"web"},
    "limits": {"web"},
    "authlib": {"web"},
    "httpx2": {"web"},
    "nh3": {"publishing"},
    "feedgen": {"publishing/feed.py"},
    "joserfc": {"publishing/manifest.py", "web/console/oidc.py"},
    "cryptography": {"publishing/manifest.py"},
    "lunar_vn": {"planning"},
    "pydub": {"studio"},
    "imageio_ffmpeg": {"engines"},
    "gtts": {"engines/gtts.py"},
    "espeakng_loader": {"engines"},
    "requests": {"engines/gtts.py", "engines/remote.py", "engines/service.py"},
    "edge_tts": {"engines/edge.py"},
    "aiohttp": {"engines/edge.py"},
    "piper": {"engines/piper.py"},
    "onnxruntime": {"engines/piper.py"},
    "pydantic": {"settings.py"},
    "pydantic_settings": {"settings.py"},
    "apscheduler": {"timetable.py"},
    "lxml": {"programme/cap.py"},
    "prometheus_client": {"web"},
}
OWN_LIBRARIES = {"broadcaster", *HOMES}
CLOCK = re.compile(r"\b(datetime\.(now|utcnow|today)|date\.today|time\.time)\b")


def modules() -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted(HOUSE.rglob("*.py")):
        if "migrations" not in path.parts:
            yield path, ast.parse(path.read_text("utf-8"))


def imported(tree: ast.Module) -> Iterator[tuple[str, int]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)


def test_rooms_import_only_what_lies_left_and_below() -> None:
    wrong = []
    for path, tree in modules():
        place = path.relative_to(HOUSE)
        room = place.parts[0].removesuffix(".py")
        for name, line in imported(tree):
            parts = name.split(".")
            if parts[0] != "broadcaster" or len(parts) < 2 or parts[1] in MAY_IMPORT.get(room, set()):
                continue
            if room == "receiver" and name.startswith(RECEIVER_MAY_ALSO):
                continue
            if parts[1] in ALLOWED_BESIDE.get(place.as_posix(), ()):
                continue
            wrong.append(f"{place}:{line} imports {name}")

    assert wrong == []


def test_every_library_is_known_by_its_home_alone() -> None:
    wrong = []
    for path, tree in modules():
        place = path.relative_to(HOUSE).as_posix()
        for name, line in imported(tree):
            library = name.split(".")[0]
            if library in HOMES and not any(place == home or place.startswith(f"{home}/") for home in HOMES[library]):
                wrong.append(f"{place}:{line} imports {library}")
            if library not in sys.stdlib_module_names and library not in OWN_LIBRARIES:
                wrong.append(f"{place}:{line} imports {library}, which has no home")

    assert wrong == []


def test_only_timekeeping_looks_at_the_clock() -> None:
    wrong = [
        f"{path.relative_to(HOUSE)}: {ast.unparse(node)}"
        for path, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and CLOCK.search(ast.unparse(node.func)) and path.name != "timekeeping.py"
    ]

    assert wrong == []


def test_only_files_opens_files_to_write() -> None:
    writes = re.compile(r"\.(write_text|write_bytes)$|^open$|\.open$")
    wrong = []
    for path, tree in modules():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or not writes.search(ast.unparse(node.func)):
                continue
            mode = [ast.unparse(one) for one in (*node.args, *(key.value for key in node.keywords))]
            if ast.unparse(node.func).endswith(("write_text", "write_bytes")) or any(
                re.fullmatch(r"'[wax]b?\+?'", one) for one in mode
            ):
                wrong.append(f"{path.relative_to(HOUSE)}:{node.lineno} {ast.unparse(node.func)}")

    assert [one for one in wrong if not one.startswith("files.py")] == []


def test_every_module_says_what_lives_in_it() -> None:
    silent = [
        str(path.relative_to(HOUSE))
        for path, tree in modules()
        if path.stat().st_size and not (ast.get_docstring(tree) or "").split("\n")[0].strip()
    ]

    assert silent == []


def test_exceptions_to_rules_carry_a_reason() -> None:
    bare = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in [*HOUSE.rglob("*.py"), *(ROOT / "tests").rglob("*.py")]
        for number, line in enumerate(path.read_text("utf-8").split("\n"), 1)
        if (re.search(r"# noqa(?!: [A-Z]+\d+ -- \S)", line) or re.search(r"# type: ignore(?!\[[\w, -]+\] +# \S)", line))
        and path.name != "test_house.py"
    ]

    assert bare == []


@pytest.mark.parametrize("heavy", ["fastapi", "sqlmodel", "pydub", "gtts", "feedgen", "jinja2"])
def test_help_loads_no_heavy_library(heavy: str) -> None:
    code = f"import sys; sys.argv = ['broadcaster', '--help']\ntry:\n    import broadcaster.cli; broadcaster.cli.main()\nexcept SystemExit: pass\nsys.exit('{heavy}' in sys.modules)"

    run = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )

    assert (run.returncode, run.stderr) == (0, "")
    assert "rundown" in run.stdout


def test_nothing_points_outside_the_project() -> None:
    files = subprocess.run(["git", "ls-files"], capture_output=True, text=True, cwd=ROOT, check=True).stdout.split("\n")
    foreign = re.compile("|".join(re.escape(f"{one}/") for one in ("../" + "shared", "/" + "work", "/" + "farm")))
    texts = [name for name in files if name.endswith((".py", ".md", ".toml", ".tsv", ".lock", ".html", "run"))]

    assert [name for name in texts if (ROOT / name).exists() and foreign.search((ROOT / name).read_text("utf-8"))] == []
