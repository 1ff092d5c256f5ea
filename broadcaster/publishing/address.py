"""Addresses: where every file of the published tree stands, and the same place as an absolute address."""

import re
from datetime import date, datetime
from functools import lru_cache
from urllib.parse import quote

from broadcaster.errors import WrongUsage
from broadcaster.publishing.plain import REMEMBERED
from broadcaster.timekeeping import ZONE
from broadcaster.types import Sha256
from broadcaster.words import say

CALENDAR, CALENDAR_NEXT = "calendar.html", "calendar-next.html"
"""The campaign calendar of the year, and of the next."""
_SAFE = re.compile(r"https?://[\x21-\x7e]+")


@lru_cache(maxsize=REMEMBERED)
def absolute(public_url: str, path: str) -> str:
    """The address of `path` under `public_url`, in ASCII without spaces, so that no player can misread it. Raises WrongUsage."""
    address = f"{public_url}/{quote(path)}"
    if not _SAFE.fullmatch(address):
        raise WrongUsage(
            say(
                "The public address “{public_url}” must begin with http:// or https:// and hold only ASCII without spaces. Correct public_url in the settings.",
                public_url=public_url,
            )
        )
    return address


def station(slug: str, name: str = "") -> str:
    """A file of a station's folder; without `name`, the folder itself (its page)."""
    return f"stations/{slug}/{name}"


def day(slug: str, on: date, ending: str) -> str:
    """A day's file: `stations/cat-ba/2020-10-02.m3u`."""
    return station(slug, f"{on.isoformat()}.{ending}")


def session(slug: str, on: date, start: datetime) -> str:
    """The playlist of the session that starts at `start`: `stations/cat-ba/2020-10-02/0530.m3u`."""
    return station(slug, f"{on.isoformat()}/{start.astimezone(ZONE):%H%M}.m3u")


def audio(sha256: Sha256) -> str:
    """A bulletin's sound, named by its content."""
    return f"audio/{sha256}.mp3"


def bulletin(script: str, name: str = "") -> str:
    """A file of a bulletin's folder; without `name`, the folder itself (its page)."""
    return f"bulletins/{script}/{name}"


def campaign_feed(slug: str) -> str:
    """The feed of one campaign."""
    return f"feeds/campaigns/{slug}.xml"


def station_feed(slug: str) -> str:
    """The feed of one station."""
    return f"feeds/stations/{slug}.xml"
