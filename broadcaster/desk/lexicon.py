"""The verb that lays a line over the lexicon: how something is read from now on, in every text that is not approved yet."""

from contextlib import closing
from datetime import datetime
from pathlib import Path

from broadcaster.desk.desk import Desk, Person
from broadcaster.errors import Refused
from broadcaster.settings import Settings
from broadcaster.store import officers as kept
from broadcaster.store.database import look, url_of
from broadcaster.studio.reading.lexicon import Lexicon
from broadcaster.words import say


def say_as(desk: Desk, written: str, spoken: str, *, person: Person, at: datetime) -> None:
    """Let `written` be said as `spoken`; an empty `spoken` lets the tables in content/lexicon speak again.

    Raises Refused where it is no line of one writing, BadFile where no voice can say it.
    """
    written, spoken = " ".join(written.split()), " ".join(spoken.split())
    if not written or len(written) > 80 or len(spoken) > 400:
        raise Refused(say("Say what is written, in at most 80 signs, and how it is said."))
    if spoken:
        Lexicon(()).with_lines(((written, spoken),))
    with desk.database.writing() as session:
        kept.keep_lexicon_line(session, written, spoken.lower(), person.name, at)


def lines(desk: Desk) -> tuple[tuple[str, str], ...]:
    """What was laid over the lexicon: written and spoken."""
    with desk.database.reading() as session:
        return kept.lexicon_lines(session)


def taught(data: Path, settings: Settings) -> tuple[tuple[str, str], ...]:
    """The same of a data folder that is only looked at; none where nothing was made there yet."""
    found = look(url_of(data, settings.database_url))
    if found is None:
        return ()
    with closing(found), found.reading() as session:
        return kept.lexicon_lines(session)
