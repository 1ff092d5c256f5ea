"""Whether a word is a possible Vietnamese syllable: onset, rime and tone that go together. What is not is never guessed at."""

import re
import unicodedata
from functools import lru_cache

ONSETS = "ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|b|c|d|đ|g|h|k|l|m|n|p|r|s|t|v|x|"
RIMES = (  # noqa: SIM905 -- one rime a line would be two hundred lines
    "a ă â e ê i o ô ơ u ư y ai ao au ay âu ây eo êu ia iu oi ôi ơi ua ui uy ưa ưi ưu oa oe uê uơ uya uyu oai "
    "oao oay oeo uây iêu yêu uôi ươi ươu uêu ac ach al am an ang anh ap at ăc ăm ăn ăng ăp ăt âc âm ân âng âp "
    "ât ec em en eng ep et êch êm ên ênh êp êt ich im in inh ip it oc om on ong op ot ôc ôm ôn ông ôp ôt ơm "
    "ơn ơp ơt ơc uc um un ung up ut ưc ưm ưn ưng ưt ưp ooc oong ôông iêc iêm iên iêng iêp iêt yêm yên yêng "
    "yêt uôc uôm uôn uông uôt ươc ươm ươn ương ươp ươt oac oach oam oan oang oanh oap oat oăc oăm oăn oăng "
    "oăt oen oet oem uân uâng uât uâc uên uênh uêch uêt uych uynh uyn uyt uyp uyên uyêt uym oeng "
).split()
TONES = {"\u0301": "sắc", "\u0300": "huyền", "\u0309": "hỏi", "\u0303": "ngã", "\u0323": "nặng"}
_SHAPE = re.compile(f"({ONSETS})({'|'.join(sorted(set(RIMES), key=len, reverse=True))})")


@lru_cache(maxsize=20_000)
def is_syllable(word: str) -> bool:
    """Whether `word` could be Vietnamese: a rime closed by p, t, c, ch only with sắc or nặng."""
    split = unicodedata.normalize("NFD", word.lower())
    tones = [sign for sign in split if sign in TONES]
    if len(tones) > 1:
        return False
    plain = unicodedata.normalize("NFC", "".join(sign for sign in split if sign not in TONES))
    if re.fullmatch("gi(n|ng|m|p|t|c|ch|nh|a|êng|ên|êt|êc)?", plain):
        return True
    found = _SHAPE.fullmatch(plain)
    if not found or not _spelt_right(found[1], found[2]):
        return False
    stopped = re.search("(p|t|c|ch)$", found[2])
    return not stopped or (bool(tones) and TONES[tones[0]] in ("sắc", "nặng"))


def _spelt_right(onset: str, rime: str) -> bool:
    front = rime[0] in "eêiy"
    if onset in ("k", "gh", "ngh"):
        return front
    if onset in ("c", "g", "ng") and onset != "g":
        return not front
    return onset != "q"
