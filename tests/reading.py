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


def main() -> None:
    words = [word for word in sys.argv[1:] if word != "--show"]
    lexicon = read_lexicon(Path(__file__).parents[1] / "content" / "lexicon")
    for path in [Path(word).resolve() for word in words] or sorted(GOLD.glob("*.tsv")):
        told = [(phrase, verdict(phrase, lexicon)) for phrase in phrases(str(path))]
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        for phrase, which in told:
            counts[phrase.kind][which] += 1
            counts["all"][which] += 1
            if "--show" in sys.argv and which != "right":
                said = read_aloud(phrase.written, lexicon).spoken
                sys.stdout.write(f"{which}: {phrase.written}\n    said {said}\n    best {phrase.best}\n")
        sys.stdout.write(f"{path.name:<20} {'phrases':>8}" + "".join(f"{name:>9}" for name in VERDICTS) + "\n")
        for kind, of_kind in sorted(counts.items(), key=lambda one: (one[0] == "all", one[0])):
            shares = "".join(f"{of_kind[name] / of_kind.total():9.1%}" for name in VERDICTS)
            sys.stdout.write(f"{kind:<20} {of_kind.total():>8}{shares}\n")


if __name__ == "__main__":
    main()
