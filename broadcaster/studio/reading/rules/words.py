"""Abbreviations, foreign words and names, by the lexicon's tables; an ambiguous one asks where nothing beside it settles it."""

import re

from broadcaster.studio.reading.lexicon import Entry, Lexicon
from broadcaster.studio.reading.syllable import CAPITALS, is_syllable
from broadcaster.studio.reading.token import Asked, Context, Rule, Said, Says

SHOUTED = re.compile(rf"([{CAPITALS}]{{2,}}) \x00|\x00 ([{CAPITALS}]{{2,}})")
AS_A_WORD = re.compile(
    r"(?:ĐẦU|VẬT|RIÊNG|CHÍNH|GIA|THỨ|THÁNG|MƯƠI|TÂM|VÔ|CÔNG|ĐỒNG|HỢP|TÂN|TRƯỜNG|QUỐC|BÀI|DÂN|NGỢI|XƯỚNG|MỖI) \x00|"
    r"\x00 (?:PHÁP|TƯỞNG|VẤN|NHÂN|LIỆU|DUY|CÁCH|THỤC|LỆNH|HỮU|TRANG|THẾ|DƯỠNG|SỬA|BỔ|NGHIỆP|LUYỆN|TẠO|KHÚC|NGỢI|SĨ|NHẠC|HÁT|DAO|TRÙ|MÚA|CŨNG)"
)
"""Words beside which TƯ, TU, CA in a heading of capitals are words and no abbreviations."""
EDGE = r"(?<![\w])"


def fixed(lexicon: Lexicon) -> tuple[Rule, ...]:
    """Names and whole phrases, before any rule takes a part of them."""
    rows = lexicon.table("dotted")
    inside = _made(
        "abbr", "dotted-inside", rows, [key for key in rows if re.match(r"\w+[./]\w", key)], ignore_case=False
    )
    return tuple(filter(None, (_rule("name", lexicon, "names"), _phrases(lexicon), inside)))


def rules(lexicon: Lexicon) -> tuple[Rule, ...]:
    """Dotted forms, abbreviations, foreign words."""
    found = (
        _rule("abbr", lexicon, "dotted"),
        _rule("abbr", lexicon, "abbreviations"),
        _small(lexicon),
        _rule("foreign", lexicon, "foreign", ignore_case=True),
    )
    return tuple(filter(None, found))


def _phrases(lexicon: Lexicon) -> Rule | None:
    """Foreign words that hold digits or several parts, such as Covid-19."""
    keys = [key for key in lexicon.table("foreign") if re.search(r"[\d-]", key)]
    return _made("foreign", "phrases", lexicon.table("foreign"), keys, ignore_case=True)


def _rule(kind: str, lexicon: Lexicon, table: str, *, ignore_case: bool = False) -> Rule | None:
    rows = lexicon.table(table)
    if table == "names":
        rows = {key.upper(): value for key, value in rows.items() if len(key) > 2} | rows
    return _made(kind, table, rows, list(rows), ignore_case=ignore_case)


def _small(lexicon: Lexicon) -> Rule | None:
    """Abbreviations in small letters, where they can be no word of any language: thcs, but not who."""
    rows = {key.lower(): value for key, value in lexicon.table("abbreviations").items()}
    keys = [
        key for key in rows if len(key) > 2 and key.isalpha() and not is_syllable(key) and not set(key) & set("aeio")
    ]
    return _made("abbr", "small-letters", rows, keys, ignore_case=False)


def _made(kind: str, name: str, rows: dict[str, list[Entry]], keys: list[str], *, ignore_case: bool) -> Rule | None:
    if not keys:
        return None
    if ignore_case:
        rows = {key.lower(): value for key, value in rows.items()}
    pointed = sorted((key for key in keys if not key[-1].isalnum()), key=lambda key: (-len(key), key))
    plain = tree([key for key in keys if key[-1].isalnum()])
    pattern = rf"{EDGE}(?:{'|'.join([*map(_pointed, pointed), rf'{plain}(?!{chr(92)}w)'])})"
    compiled = re.compile(pattern, re.IGNORECASE if ignore_case else 0)
    return Rule(kind, name, compiled, _by_table(rows, ignore_case), words=_first_words(keys))


def _first_words(keys: list[str]) -> frozenset[str]:
    """The words that what is written in a table begins with; none where a row begins with a sign, for then any line may hold it."""
    found = [re.match(r"\w+", key.lower()) for key in keys]
    return frozenset(one[0] for one in found if one) if all(found) else frozenset()


def _pointed(key: str) -> str:
    """A form with a sign at its end: after a point there must be a capital or digit, or the end, which a single letter is not of; unless it begins with a small letter."""
    text = re.escape(key).replace(r"\ ", " ")
    ends = r"|\)|$" if len(key) > 2 else ""
    return rf"{text}(?= ?[{CAPITALS}\d]{ends})" if key[:1].isupper() and key[-1] == "." else text


def tree(words: list[str]) -> str:
    """A pattern of all `words` that looks at each sign once, the longest first."""
    if not words:
        return r"\b\B"
    branches: dict[str, list[str]] = {}
    for word in sorted(words):
        if word:
            branches.setdefault(word[0], []).append(word[1:])
    if not branches:
        return ""
    parts = [re.escape(sign).replace(r"\ ", " ") + tree(rest) for sign, rest in branches.items()]
    whole = parts[0] if len(parts) == 1 and "" not in words else f"(?:{'|'.join(parts)})"
    return f"{whole}?" if "" in words else whole


def _around(found: re.Match[str], context: Context) -> str:
    """The words beside a match as they are written, a zero sign in its place."""
    return (
        f"{context.text[max(0, found.start() - 12) : found.start()]}\x00{context.text[found.end() : found.end() + 12]}"
    )


def _is_shouted(around: str) -> bool:
    """Whether words in capitals stand beside it; other abbreviations are none."""
    return any(is_syllable(one[1] or one[2]) for one in SHOUTED.finditer(around))


def _by_table(rows: dict[str, list[Entry]], ignore_case: bool) -> Says:
    def says(found: re.Match[str], context: Context) -> Said:
        entries = rows[found[0].lower() if ignore_case else found[0]]
        if found[0].isupper() and is_syllable(found[0]) and _is_shouted(_around(found, context)):
            is_word = AS_A_WORD.search(_around(found, context)) is not None
            return None if is_word else Asked((*(entry.spoken for entry in entries), found[0].lower()))
        for entry in entries:
            if entry.holds(context.before, context.after):
                ends = found[0].endswith(".") and found[0][0].islower() and not context.after.strip()
                return f"{entry.spoken}." if ends else entry.spoken
        return Asked(tuple(entry.spoken for entry in entries))

    return says
