"""The machines a verb works with: the voices in order, the encoder, the reader; each started when first needed, all put away at the end."""

from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from threading import Lock

from broadcaster.engines.choose import Presence, Shelf, presence_of, shelf_of, voice_named, what_is_there
from broadcaster.engines.ffmpeg import Ffmpeg
from broadcaster.errors import Unavailable
from broadcaster.settings import Settings
from broadcaster.studio.reading import Lexicon, Manner, Reading, read_aloud, read_lexicon, read_own_names
from broadcaster.studio.speech import Voice


class Reader:
    """How texts are read aloud with this workspace's lexicon, `lines` (written, spoken) laid over it, and the settings' region."""

    def __init__(self, root: Path, settings: Settings, lines: Sequence[tuple[str, str]] = ()):
        """Raises BadFile for a table that cannot be taken."""
        folder = root / "content" / "lexicon"
        self._lines, self._manner = lines, Manner.of(settings.region)
        self._tables, self._own = read_lexicon(folder), read_own_names(folder)
        self._lexicons: dict[str, Lexicon] = {}

    def __call__(self, text: str, areas: Sequence[str] = ()) -> Reading:
        """How `text` is read that is for `areas`: one alone has its own names."""
        area = areas[0] if len(areas) == 1 and areas[0] in self._own else ""
        if area not in self._lexicons:
            self._lexicons[area] = self._tables.with_names(self._own.get(area, ())).with_lines(self._lines)
        return read_aloud(text, self._lexicons[area], self._manner)


class Machines:
    """One set for one desk; safe for its threads."""

    def __init__(self, root: Path, data: Path, settings: Settings):
        self._root, self._data, self._settings, self._lock = root, data, settings, Lock()
        self._voices: dict[str, Voice] = {}
        self._reader: tuple[tuple[tuple[str, str], ...], Reader] | None = None
        self.failed_in_a_row: Counter[str] = Counter()
        """How many bulletins a voice could not speak, by its name, since it last spoke one."""

    @cached_property
    def encoder(self) -> Ffmpeg:
        return Ffmpeg(Path(self._settings.ffmpeg) if self._settings.ffmpeg else None)

    def read(self, text: str, areas: Sequence[str] = (), lines: tuple[tuple[str, str], ...] = ()) -> Reading:
        """How a text for `areas` is read aloud, with `lines` (written, spoken) laid over the lexicon."""
        with self._lock:
            if self._reader is None or self._reader[0] != lines:
                self._reader = lines, Reader(self._root, self._settings, lines)
            read = self._reader[1]
        return read(text, areas)

    @cached_property
    def shelf(self) -> Shelf:
        """What voices are made from here. Raises WrongUsage where a service is described wrongly."""
        return shelf_of(self._settings, self._data)

    def voices_there(self) -> tuple[Presence, ...]:
        """Every voice that is known here, and whether it is ready, without starting it."""
        return what_is_there(self.shelf)

    def check_voice(self, name: str) -> None:
        """Raises WrongUsage for a voice that nobody has, Unavailable for one that is not ready here."""
        presence = presence_of(name, self.shelf)
        if presence.missing:
            raise Unavailable(presence.missing)

    def voice(self, name: str) -> Voice:
        """The voice of this name, started once. Raises WrongUsage for a name nobody has, Unavailable when it cannot start."""
        with self._lock:
            if name not in self._voices:
                self._voices[name] = voice_named(name, self.encoder, self.shelf)
            return self._voices[name]

    def close(self) -> None:
        for voice in self._voices.values():
            voice.close()
