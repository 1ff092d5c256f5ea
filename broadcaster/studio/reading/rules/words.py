"""Abbreviations, codes, foreign words, names of places and addresses on the net, by the lexicon's tables."""

import re

from broadcaster.studio.reading.lexicon import Entry, Lexicon
from broadcaster.studio.reading.token import Context, Rule, rule

NEAR = 24
"""Characters on each side in which a word may stand that settles an ambiguous abbreviation."""
LETTERS = dict(
    zip(
        "aăâbcdđeêghiklmnoôơpqrstuưvxyfjwz",
        "a á ớ bê xê dê đê e ê giê hát i ca e-lờ e-mờ e-nờ o ô ơ pê quy e-rờ ét tê u ư vê ích i-dài ép di vê-kép dét".replace(
            "-", " "
        ).split(" "),
        strict=False,
    )
)


def electronic(lexicon: Lexicon) -> tuple[Rule, ...]:
    """Addresses of mail and web are never guessed at: a person writes them out."""
    return (
        rule(
            "electronic",
            "address",
            r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\bhttps?://\S+|\b[\w-]+(?:\.[\w-]+)*\.(?:vn|com|net|org|info)\b(?:/\S*)?",
            lambda f, c: None,
        ),
    )


def from_lexicon(lexicon: Lexicon) -> tuple[Rule, ...]:
    """One rule a table: longest first; foreign words and names in any case of letters, abbreviations as written."""
    found = []
    for kind, table, ignore_case in (
        ("name", "names", False),
        ("abbreviation", "dotted", False),
        ("abbreviation", "abbreviations", False),
        ("foreign", "foreign", True),
    ):
        pattern = lexicon.pattern(table, ignore_case=ignore_case)
        if pattern:
            rows = {key.lower() if ignore_case else key: value for key, value in lexicon.table(table).items()}
            found.append(Rule(kind, table, pattern, _by_table(rows, ignore_case)))
    return tuple(found)


def _by_table(rows: dict[str, list[Entry]], ignore_case: bool):  # type: ignore[no-untyped-def]  # a Says
    def says(found: re.Match[str], context: Context) -> str | None:
        near = f"{context.before[-NEAR:]} {context.after[:NEAR]}".lower()
        for row in rows[found[0].lower() if ignore_case else found[0]]:
            if not row.beside or any(
                re.search(rf"(?<!\w){re.escape(word.lower())}(?!\w)", near) for word in row.beside
            ):
                return row.spoken
        return None

    return says
