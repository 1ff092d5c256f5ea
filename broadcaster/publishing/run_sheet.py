"""The run-sheet (phiếu phát sóng): a station's days on paper, with room for a person's tick, for when nothing else works."""

from collections.abc import Sequence
from html import escape

from broadcaster.programme.release import ReleasedDay, ReleasedItem
from broadcaster.publishing.phrases import Phrases
from broadcaster.publishing.plain import one_line
from broadcaster.timekeeping import ZONE

_STYLE = (
    "body{font:11pt serif;margin:1.5cm}h2{break-before:page}h2:first-of-type{break-before:auto}"
    "table{border-collapse:collapse;width:100%}td,th{border:1px solid #888;padding:2pt 6pt;text-align:left}"
    "td:last-child{width:2.5cm}"
)


def run_sheet(name: str, days: Sequence[ReleasedDay], words: Phrases) -> bytes:
    """One page a day: when, how long, what, and an empty place to note what was aired."""
    parts = [
        f'<!doctype html><html lang="vi"><meta charset="utf-8"><title>{escape(one_line(name))}</title>',
        f"<style>{_STYLE}</style><h1>{escape(one_line(name))}</h1>",
    ]
    if any(day.is_trial for day in days):
        parts.append(f"<p><strong>{escape(words.trial_long)}</strong></p>")
    for day in days:
        parts.append(f"<h2>{escape(words.day(day.day))}</h2>")
        for session in day.sessions:
            rows = "".join(_row(item, words) for item in session.items)
            parts.append(f"<h3>{escape(one_line(session.name))}</h3><table>{rows}</table>")
        if not day.sessions:
            parts.append(f"<p>{escape(words.no_session)}</p>")
    return ("\n".join([*parts, "</html>"]) + "\n").encode()


def _row(item: ReleasedItem, words: Phrases) -> str:
    seconds = -(-item.length // 1000)
    title = one_line(item.title) or words.kinds[item.kind]
    cells = (
        f"{item.start.astimezone(ZONE):%H:%M:%S}",
        f"{seconds // 60}:{seconds % 60:02}",
        words.kinds[item.kind],
        title,
        "",
    )
    return "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>"
