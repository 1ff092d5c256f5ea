"""Readings compared as listeners would: where announcers differ, both are right."""

import re
import unicodedata

TONE_PLACE = [
    pair.split()
    for pair in [
        "oà òa",
        "oá óa",
        "oả ỏa",
        "oã õa",
        "oạ ọa",
        "oè òe",
        "oé óe",
        "oẻ ỏe",
        "oẽ õe",
        "oẹ ọe",
        "uỳ ùy",
        "uý úy",
        "uỷ ủy",
        "uỹ ũy",
        "uỵ ụy",
    ]
]
SAME_WORD = [pair.split() for pair in ["kỉ kỷ", "kĩ kỹ", "tỉ tỷ", "mĩ mỹ", "kì kỳ", "ngàn nghìn", "lẻ linh"]]


def plain(text: str) -> str:
    """Case, punctuation, place of the tone mark, nghìn/ngàn, linh/lẻ, mươi bốn/mươi tư and the spelling of units folded."""
    text = unicodedata.normalize("NFC", text).lower()
    text = " ".join(re.sub(r"[^\w\s%@/]|_", " ", text).split())
    for old, new in TONE_PLACE:
        text = re.sub(rf"(?<!q){old}(?![a-zà-ỹ])", new, text)
    for old, new in SAME_WORD:
        text = re.sub(rf"(?<!\w){old}(?!\w)", new, text)
    text = re.sub(r"(mươi|linh) bốn(?!\w)", r"\1 tư", text)
    text = re.sub(
        r"k[ií] ?l[ôo] ?(gam|mét|oát|bai|gram)", lambda found: "ki lô " + {"gram": "gam"}.get(found[1], found[1]), text
    )
    text = re.sub(r"(xen|xăng|sen) ?ti ?(mét|met)", "xăng ti mét", text)
    text = re.sub(r"mi ?li ?(mét|lít|gam|vôn|am pe)", r"mi li \1", text)
    for old in ("hecta", "hec ta", "héc tô a"):
        text = text.replace(old, "héc ta")
    return " ".join(text.replace("phảy", "phẩy").split())


def is_right(spoken: str, best: str, also: str) -> bool:
    """Whether `spoken` is the best reading, or one of the equally good ones that the pattern `also` describes."""
    said, gold = plain(spoken), plain(best)
    return (
        said == gold
        or _short(said) == _short(gold)
        or bool(also and (re.fullmatch(also, said) or re.fullmatch(also, _short(said))))
    )


def _short(text: str) -> str:
    return re.sub(r"(?<=nghìn )không trăm ", "", text)
