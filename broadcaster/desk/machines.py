"""The machines a verb works with: the voices in order, the encoder, the reader; each started when first needed, all put away at the end."""

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from threading import Lock

from broadcaster.engines.choose import voice_named
from broadcaster.engines.ffmpeg import Ffmpeg
from broadcaster.settings import Settings
from broadcaster.studio.reading import Manner, Reading, read_aloud, read_lexicon
from broadcaster.studio.speech import Voice


def reader(root: Path, settings: Settings) -> Callable[[str], Reading]:
    """How a text is read aloud with this workspace's lexicon and the settings' region."""
    lexicon = read_lexicon(root / "content" / "lexicon")
    manner = Manner.of(settings.region)
    return lambda text: read_aloud(text, lexicon, manner)


class Machines:
    """One set for one desk; safe for its threads."""

    def __init__(self, root: Path, settings: Settings):
        self._root, self._settings, self._lock = root, settings, Lock()
        self._voices: dict[str, Voice] = {}

    @cached_property
    def encoder(self) -> Ffmpeg:
        return Ffmpeg(Path(self._settings.ffmpeg) if self._settings.ffmpeg else None)

    @cached_property
    def read(self) -> Callable[[str], Reading]:
        return reader(self._root, self._settings)

    def voice(self, name: str) -> Voice:
        """The voice of this name, started once. Raises WrongUsage for a name nobody has."""
        with self._lock:
            if name not in self._voices:
                self._voices[name] = voice_named(name, self.encoder)
            return self._voices[name]

    def close(self) -> None:
        for voice in self._voices.values():
            voice.close()
