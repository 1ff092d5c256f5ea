"""Whether a word is a possible Vietnamese syllable: onset, rime and tone that go together. What is not is never guessed at."""

import re
import unicodedata
from functools import lru_cache

LETTERS = "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệghiìíỉĩịklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvxyỳýỷỹỵ"
SMALL = f"{LETTERS}fjwz"
CAPITALS = SMALL.upper()
"""All letters that occur, for classes of signs in patterns; a range such as à-ỹ would hold both sorts."""
TONES = {"\u0301": "sắc", "\u0300": "huyền", "\u0309": "hỏi", "\u0303": "ngã", "\u0323": "nặng"}
ONSETS = "ngh ng nh gh gi kh ph th tr ch qu b c d đ g h k l m n p r s t v x"
OPEN = (
    "a e ê i o ô ơ u ư y ai ao au ay âu ây eo êu ia iu oi ôi ơi ua ui uy ưa ưi ưu oa oe uê uơ uya uyu oai oao oay oeo uây "
    "iêu yêu uôi ươi ươu uêu uau"
)
NASAL = (
    "am an ang anh ăm ăn ăng âm ân âng em en eng êm ên ênh im in inh om on ong ôm ôn ông ơm ơn um un ung ưm ưn ưng oong ôông "
    "iêm iên iêng yêm yên yêng uôm uôn uông ươm ươn ương oam oan oang oanh oăm oăn oăng oen oem oeng uân uâng uên uênh uynh "
    "uyn uym uyên uơn"
)
STOPPED = (
    "ac ach ap at ăc ăp ăt âc âp ât ec ep et êch êp êt êc ich ip it oc op ot ôc ôp ôt ơp ơt ơc uc up ut ưc ưt ưp ooc "
    "iêc iêp iêt yêt uôc uôt uôp ươc ươp ươt oac oach oap oat oăc oăt oet oep uât uâc uêch uêt uych uyt uyp uyêt"
)
AFTER_QU = "y ynh yt ych yp yên yêt yu yn"
"""Rimes that stand only after qu, where its u is their beginning."""
FRONT = "eêiy"
RIMES = frozenset(f"{OPEN} {NASAL} {STOPPED}".split())
OLD_TONES = dict(
    zip(
        ["oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "oẽ", "oẹ", "uỳ", "uý", "uỷ", "uỹ", "uỵ"],
        ["òa", "óa", "ỏa", "õa", "ọa", "òe", "óe", "ỏe", "õe", "ọe", "ùy", "úy", "ủy", "ũy", "ụy"],
        strict=True,
    )
)
_OLD_TONE = re.compile(r"(?<!q)(?:o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ])(?!\w)")
_ONSET = re.compile(f"(?:{'|'.join(ONSETS.split())})?")
_WORD = re.compile(f"[{LETTERS}]{{1,8}}")
_STOP = re.compile("(?:p|t|c|ch)$")


def tones_placed(text: str) -> str:
    """The same text with its tones as tables and rules write them: ủy for uỷ, hóa for hoá."""
    return _OLD_TONE.sub(lambda found: OLD_TONES[found[0]], text)


@lru_cache(maxsize=20_000)
def is_syllable(word: str) -> bool:
    """Whether `word` could be Vietnamese: a rime closed by p, t, c, ch only with sắc or nặng; gh, ngh only before e, ê, i; k also as in Ka Lô."""
    low = word.lower()
    if not _WORD.fullmatch(low):
        return False
    split = unicodedata.normalize("NFD", low)
    tones = [TONES[sign] for sign in split if sign in TONES]
    plain = unicodedata.normalize("NFC", "".join(sign for sign in split if sign not in TONES))
    if len(tones) > 1 or not any(_go_together(onset, plain[len(onset) :]) for onset in _onsets(plain)):
        return False
    return not _STOP.search(plain) or tones in (["sắc"], ["nặng"])


def _onsets(plain: str) -> list[str]:
    """The onsets that `plain` may be read with: gi- is also g- before i (gì, gìn, giếng)."""
    found = _ONSET.match(plain)
    onset = found[0] if found else ""
    return [onset, "g"] if onset == "gi" else [onset]


def _go_together(onset: str, rime: str) -> bool:
    if onset == "qu":
        return rime in AFTER_QU.split() or (rime in RIMES and rime[0] not in "uưoô") or rime in ("ôc", "ôn")
    if rime not in RIMES:
        return False
    if onset == "g":
        return rime[0] not in FRONT or rime in ("i", "in", "iêng", "iêt", "iêu", "ia")
    if onset in ("gh", "ngh"):
        return rime[0] in FRONT and rime[0] != "y"
    if onset in ("c", "ng"):
        return rime[0] not in FRONT
    return True
