"""A text with its reading beside it: stretch by stretch, what is written, how it is said where that differs, and what a person must settle."""

from dataclasses import dataclass

from broadcaster.studio.reading.aloud import Reading
from broadcaster.studio.reading.likeliest import likeliest
from broadcaster.studio.reading.manner import Manner
from broadcaster.types import Finding


@dataclass(frozen=True)
class Stretch:
    """`written` begins at `start` of the text; `spoken` is None where it is said as it is written."""

    start: int
    written: str
    spoken: str | None = None
    finding: Finding | None = None

    @property
    def end(self) -> int:
        return self.start + len(self.written)


def stretches(reading: Reading, text: str) -> tuple[Stretch, ...]:
    """All of `text` in order, without gap or overlap: joined, the stretches are the text."""
    asked = {finding.span: finding for finding in reading.findings if finding.span}
    spoken = {(one.start, one.end): one.spoken for one in reading.tokens}
    found: list[Stretch] = []
    at = 0
    for start, end in sorted({*asked, *spoken}):
        raw = text[start:end]
        said, finding = spoken.get((start, end)), asked.get((start, end))
        if finding and said is None:
            said = likeliest(raw, Manner()) or None
        if start < at or not raw or (finding is None and (said is None or said.casefold() == raw.casefold())):
            continue
        if start > at:
            found.append(Stretch(at, text[at:start]))
        found.append(Stretch(start, raw, said, finding))
        at = end
    return (*found, Stretch(at, text[at:])) if at < len(text) else tuple(found)
