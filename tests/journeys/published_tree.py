"""Checks a published tree as a station and a portal would: `python -m tests.journeys.published_tree DIR FIRST DAYS`."""

import json
import re
import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from xml.etree import ElementTree

import feedparser

from broadcaster.errors import Refused
from broadcaster.files import sha256_of
from broadcaster.publishing import schedule
from broadcaster.publishing.manifest import Trust, public, read, rehearsal_key, with_lists
from broadcaster.timekeeping import moment

ADDRESS = re.compile(r"https?://[\x21-\x7e]+")


def wrongs(folder: Path, first: date, count: int) -> Iterator[str]:
    """Whatever is not as promised, one sentence each; nothing where all is well."""
    stations = json.loads((folder / "stations.json").read_text("utf-8"))
    if len(stations) != 12:
        yield f"{len(stations)} stations instead of 12"
    items = 0
    for station in stations:
        own = folder / "stations" / station["slug"]
        for day in (first + timedelta(days=n) for n in range(count)):
            truth = json.loads((own / f"{day}.json").read_text("utf-8"))
            items += sum(len(session["items"]) for session in truth["sessions"])
            yield from _day(folder, truth, day)
            yield from _playlist(own / f"{day}.m3u", truth)
        yield from _manifest(own, first, count)
        for name in ("today.json", "today.m3u", "calendar.ics", "index.html"):
            if not (own / name).is_file():
                yield f"{own / name} is missing"
    if items < 12 * count:
        yield f"only {items} items in {12 * count} station days"
    yield from _feeds(folder)


def _day(folder: Path, truth: dict[str, object], day: date) -> Iterator[str]:
    place = f"{truth['station']} {day}"
    if truth["day"] != str(day) or truth["rehearsal"] is not True:
        yield f"{place}: wrong day or not marked as a trial"
    for session in truth["sessions"]:  # type: ignore[attr-defined]  # JSON
        before = datetime.fromisoformat(session["start"])
        for item in session["items"]:
            start = datetime.fromisoformat(item["start"])
            if start < before:
                yield f"{place}: {item['title']} begins before what is before it ends"
            before = start + timedelta(milliseconds=item["length_ms"])
            if not item["because"]:
                yield f"{place}: {item['title']} has no because"
            file = folder / "audio" / f"{item['sha256']}.mp3"
            if not file.is_file() or file.stat().st_size != item["size"] or sha256_of(file) != item["sha256"]:
                yield f"{place}: {file.name} is not the promised file"
        if before > datetime.fromisoformat(session["end"]):
            yield f"{place}: {session['start']} lasts too long"


def _manifest(own: Path, first: date, count: int) -> Iterator[str]:
    try:
        trust = Trust(own.name, public(rehearsal_key()))
        signed, _ = read((own / "manifest.jws").read_bytes(), trust, moment(first, time()))
        manifest = with_lists(
            signed, {one.sha256: (own / one.url.rpartition("/")[2]).read_bytes() for one in signed.days}
        )
    except Refused as refused:
        yield f"{own}: {refused}"
        return
    days = [first + timedelta(days=n) for n in range(count)]
    promised = [
        (item["start"], item.get("sha256"))
        for day in days
        for session in json.loads((own / f"{day}.json").read_text("utf-8"))["sessions"]
        for item in session["items"]
    ]
    if [(schedule.local(one.start), one.file and one.file.sha256) for one in manifest.items] != promised:
        yield f"{own}: the manifest promises other items than the days"
    if [one.day for one in manifest.days] != days:
        yield f"{own}: the manifest names other days"
    if not manifest.is_trial:
        yield f"{own}: the manifest is not marked as a rehearsal"


def _playlist(path: Path, truth: dict[str, object]) -> Iterator[str]:
    lines = path.read_text("utf-8").splitlines()
    addresses = [line for line in lines if not line.startswith("#")]
    promised = [item["url"] for session in truth["sessions"] for item in session["items"]]  # type: ignore[attr-defined]  # JSON
    if lines[0] != "#EXTM3U" or addresses != promised or not all(ADDRESS.fullmatch(line) for line in addresses):
        yield f"{path} does not hold the day's addresses"


def _feeds(folder: Path) -> Iterator[str]:
    for name in ("all.xml", "all.atom"):
        found = feedparser.parse((folder / "feeds" / name).read_bytes())
        if found.bozo or not found.entries:
            yield f"feeds/{name}: {found.get('bozo_exception', 'no entries')}"
    json.loads((folder / "feeds" / "all.json").read_text("utf-8"))
    for path in (*folder.rglob("*.xspf"), *folder.rglob("feeds/**/*.xml")):
        ElementTree.parse(path)


def main() -> int:
    folder, first, count = Path(sys.argv[1]), date.fromisoformat(sys.argv[2]), int(sys.argv[3])
    found = list(wrongs(folder, first, count))
    sys.stdout.write("\n".join([*found, f"{len(found)} wrongs in {folder}\n"]))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
