"""Retention: sound that nothing needs any more is let go of after the months that the settings name; what was approved, released and aired stays on record."""

from datetime import datetime, timedelta

from broadcaster.desk.desk import Desk
from broadcaster.settings import Settings
from broadcaster.store.needs import needed_sounds
from broadcaster.types import Sha256


def oldest_kept(settings: Settings, at: datetime) -> datetime:
    """From when on sound is kept."""
    return at - timedelta(days=31 * settings.audio_months)


def let_go(desk: Desk, at: datetime, *, is_dry: bool = False) -> int:
    """Delete MP3s that were made before the months that are kept and that nothing needs any more; how many."""
    oldest = oldest_kept(desk.settings, at)
    with desk.database.reading() as session:
        needed = needed_sounds(session, oldest)
    old = [
        path
        for path in desk.sound_folder.glob("*.mp3")
        if Sha256(path.stem) not in needed and path.stat().st_mtime < oldest.timestamp()
    ]
    if not is_dry:
        for path in old:
            path.unlink(missing_ok=True)
    return len(old)
