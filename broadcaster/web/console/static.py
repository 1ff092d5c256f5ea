"""The console's own style and script."""

from functools import cache
from importlib import resources

from broadcaster.files import sha256
from broadcaster.publishing.pages import static_files


@cache
def own_files() -> dict[str, bytes]:
    """The files of the console by name."""
    folder = resources.files("broadcaster.web.console") / "static"
    return {
        file.name: file.read_bytes() for file in sorted(folder.iterdir(), key=lambda file: file.name) if file.is_file()
    }


@cache
def stamp() -> str:
    """Changes when any of them does, so that a page never meets an old style in a cache."""
    return sha256(b"".join((*static_files().values(), *own_files().values())))[:8]
