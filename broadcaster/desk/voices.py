"""The verbs about voices: what is there, and how one sounds."""

from pathlib import Path

from broadcaster.desk.desk import Desk
from broadcaster.desk.sounds import ALBUM, reading_of
from broadcaster.engines.choose import Presence, shelf_of, what_is_there
from broadcaster.errors import Refused
from broadcaster.files import take_in
from broadcaster.settings import Settings
from broadcaster.studio.bulletin import Bulletin, Recipe
from broadcaster.studio.production import produce
from broadcaster.types import Weight
from broadcaster.words import say


def voices(settings: Settings, data: Path | None) -> tuple[Presence, ...]:
    """Every voice that is known with these settings and this data folder, and whether it is ready here."""
    return what_is_there(shelf_of(settings, data))


def try_voice(desk: Desk, name: str, text: str, to: Path) -> Bulletin:
    """Let a voice speak `text` into the MP3 `to`. Raises WrongUsage for an unknown voice, Refused for a text that cannot be read."""
    voice, encoder = desk.machines.voice(name), desk.machines.encoder
    reading = reading_of(desk, text)
    wrong = next((finding for finding in reading.findings if finding.weight is Weight.BLOCKING), None)
    if wrong or not reading.utterances:
        raise Refused(wrong.sentence if wrong else say("There is nothing to be read aloud."))
    recipe = Recipe(
        reading.utterances,
        voice.identity,
        desk.settings.preset,
        encoder.identity,
        say("voice test").into(desk.settings.language),
        album=ALBUM,
    )
    produced = produce(recipe, text, [voice], encoder, to.resolve().parent)
    take_in(produced.path, to.resolve())
    return produced.bulletin
