"""All rules in their order: what is more telling comes first, what is left over last."""

from broadcaster.studio.reading.lexicon import Lexicon
from broadcaster.studio.reading.rules import (
    addresses,
    codes,
    dates,
    documents,
    electronic,
    fractions,
    highland,
    leftovers,
    lists,
    months,
    phones,
    ranges,
    roman,
    times,
    titles,
    units,
    words,
)
from broadcaster.studio.reading.token import Rule


def all_rules(lexicon: Lexicon) -> tuple[Rule, ...]:
    """The rules for this lexicon, in the order in which they are tried."""
    return (
        *electronic.RULES,
        *words.fixed(lexicon),
        *titles.RULES,
        *lists.RULES,
        *codes.BOATS,
        *documents.RULES,
        *phones.RULES,
        *codes.PLATES,
        *addresses.RULES,
        *times.RULES,
        *fractions.SCORES,
        *dates.RULES,
        *months.RULES,
        *fractions.RULES,
        *roman.RULES,
        *units.rules(lexicon),
        *ranges.RULES,
        *codes.rules(lexicon),
        *leftovers.INITIALS,
        *words.rules(lexicon),
        *highland.RULES,
        *leftovers.RULES,
    )
