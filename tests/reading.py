"""`python3 run reading [FILE…] [--show]`: the share of each class of phrases that is read right, asked about, or silently wrong.

The files `reading_gold*.tsv` and `learnt*.tsv` are what the rules were made with, and tests hold them; the `unseen*.tsv` were written by
others who saw neither rules nor tables, and say how the reading does on text that it does not know: whoever changes a rule because of one
of their phrases makes the file a learnt one, and has a new one written. Columns: as in `studio/reading/lenient.py`.
"""

import sys
from collections import Counter, defaultdict
from pathlib import Path

from broadcaster.studio.reading import Lexicon, read_aloud, read_lexicon
from tests.studio.reading.lenient import GOLD, Phrase, phrases

VERDICTS = ("right", "asked", "silent")


def verdict(phrase: Phrase, lexicon: Lexicon) -> str:
    """Asked: not right, and a person is told so. Silent: wrong without a finding, the one thing that must not happen."""
    reading = read_aloud(phrase.written, lexicon)
    if phrase.is_said_by(reading.spoken):
        return "right"
    return "asked" if reading.findings else "silent"


def shares(path: Path, lexicon: Lexicon) -> list[tuple[str, Counter[str]]]:
    """How many phrases of each class got which verdict, and of all together, last."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for phrase in phrases(str(path)):
        which = verdict(phrase, lexicon)
        counts[phrase.kind][which] += 1
        counts["all"][which] += 1
    return sorted(counts.items(), key=lambda one: (one[0] == "all", one[0]))


def show(path: Path, lexicon: Lexicon) -> None:
    """Each phrase that is not right, with what is said and what should be."""
    for phrase in phrases(str(path)):
        if (which := verdict(phrase, lexicon)) != "right":
            said = read_aloud(phrase.written, lexicon).spoken
            sys.stdout.write(f"{which}: {phrase.written}\n    said {said}\n    best {phrase.best}\n")


def main() -> None:
    words = [word for word in sys.argv[1:] if word != "--show"]
    lexicon = read_lexicon(Path(__file__).parents[1] / "content" / "lexicon")
    for path in [Path(word).resolve() for word in words] or sorted(GOLD.glob("*.tsv")):
        if "--show" in sys.argv:
            show(path, lexicon)
        sys.stdout.write(f"{path.name:<20} {'phrases':>8}" + "".join(f"{name:>9}" for name in VERDICTS) + "\n")
        for kind, counts in shares(path, lexicon):
            figures = "".join(f"{counts[name] / counts.total():9.1%}" for name in VERDICTS)
            sys.stdout.write(f"{kind:<20} {counts.total():>8}{figures}\n")


if __name__ == "__main__":
    main()
