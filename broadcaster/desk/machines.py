"""The machines a verb works with: the voices in order, the encoder, the reader; each started when first needed, all put away at the end."""

from collections import Counter
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from threading import Lock

from broadcaster.engines.choose import Presence, Shelf, presence_of, shelf_of, voice_named, what_is_there
from broadcaster.engines.ffmpeg import Ffmpeg
from broadcaster.errors import Unavailable
from broadcaster.settings import Settings
from broadcaster.studio.reading import Lexicon, Manner, Reading, read_aloud, read_lexicon
from broadcaster.studio.speech import Voice


def reader(root: Path, settings: Settings, lines: Sequence[tuple[str, str]] = ()) -> Callable[[str], Reading]:
    """How a text is read aloud with this workspace's lexicon, `lines` (written, spoken) laid over it, and the settings' region."""
    lexicon = read_lexicon(root / "content" / "lexicon").with_lines(lines)
    manner = Manner.of(settings.region)
    return lambda text: read_aloud(text, lexicon, manner)


class Machines:
    """One set for one desk; safe for its threads."""

    def __init__(self, root: Path, data: Path, settings: Settings):
        self._root, self._data, self._settings, self._lock = root, data, settings, Lock()
        self._voices: dict[str, Voice] = {}
        self._lexicons: dict[tuple[tuple[str, str], ...], Lexicon] = {}
        self.failed_in_a_row: Counter[str] = Counter()
        """How many bulletins a voice could not speak, by its name, since it last spoke one."""

    @cached_property
    def encoder(self) -> Ffmpeg:
        return Ffmpeg(Path(self._settings.ffmpeg) if self._settings.ffmpeg else None)

    def read(self, text: str, lines: tuple[tuple[str, str], ...] = ()) -> Reading:
        """How a text is read aloud, with `lines` (written, spoken) laid over the lexicon."""
        return read_aloud(text, self._lexicon(lines), Manner.of(self._settings.region))

    def _lexicon(self, lines: tuple[tuple[str, str], ...]) -> Lexicon:
        with self._lock:
            if lines not in self._lexicons:
                own = self._lexicons.get(()) or read_lexicon(self._root / "content" / "lexicon")
                self._lexicons = {(): own, lines: own.with_lines(lines)}
            return self._lexicons[lines]

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
