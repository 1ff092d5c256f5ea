"""The reading (chuẩn hóa văn bản): written Vietnamese to words as an announcer says them, or findings; never a guess."""

from broadcaster.studio.reading.aloud import Reading, is_speakable, read_aloud
from broadcaster.studio.reading.lexicon import Lexicon, read_lexicon, read_own_names
from broadcaster.studio.reading.manner import DocumentManner, Manner
from broadcaster.studio.reading.stretches import Stretch, stretches
from broadcaster.studio.reading.token import Token

__all__ = [
    "DocumentManner",
    "Lexicon",
    "Manner",
    "Reading",
    "Stretch",
    "Token",
    "is_speakable",
    "read_aloud",
    "read_lexicon",
    "read_own_names",
    "stretches",
]
