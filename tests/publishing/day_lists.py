"""Days' lists with given items, as they are published, for what reads them."""

from collections.abc import Sequence
from itertools import groupby

from broadcaster.files import sha256
from broadcaster.programme.release import ReleasedDay, ReleasedItem, ReleasedSession
from broadcaster.publishing.manifest import ManifestDay, ManifestItem
from broadcaster.publishing.schedule import day_json


def listed(station: str, items: Sequence[ManifestItem], url: str = "http://127.0.0.1:9") -> dict[ManifestDay, bytes]:
    """The list of each day on which one of `items` is, named as a manifest does, with its content. Their sound lies under `url`."""
    lists = {}
    for day, together in groupby(sorted(items, key=lambda item: item.start), key=lambda item: item.start.date()):
        promised = tuple(map(_released, together))
        session = ReleasedSession("sang", "Buổi sáng", promised[0].start, promised[-1].end, promised)
        content = day_json(ReleasedDay(station, "Đài", "Xã", day, (), (session,)), url)
        named = ManifestDay(day, sha256(content), len(content), f"{url}/stations/{station}/{day}.json")
        lists[named] = content
    return lists


def _released(item: ManifestItem) -> ReleasedItem:
    file = item.file
    return ReleasedItem(
        item.start,
        item.length,
        item.kind,
        item.title,
        "vì là thử",
        sha256=file.sha256 if file else None,
        size=file.size if file else 0,
        url=item.url or None,
    )
