"""All rules in their order: what is more telling comes first, what is left over last."""

from broadcaster.studio.reading.lexicon import Lexicon
from broadcaster.studio.reading.rules import dates, documents, lists, numbers, times, words
from broadcaster.studio.reading.token import Rule


def all_rules(lexicon: Lexicon) -> tuple[Rule, ...]:
    """The rules for this lexicon, in the order in which they are tried."""
    return (
        *words.electronic(lexicon),
        *lists.RULES,
        *documents.RULES,
        *times.RULES,
        *numbers.phones(),
        *dates.RULES,
        *numbers.with_units(lexicon),
        *words.from_lexicon(lexicon),
        *numbers.LEFT_OVER,
    )
