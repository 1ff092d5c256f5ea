"""The manner of reading: which region's words, whether mùng is said, how document numbers are read."""

from dataclasses import dataclass
from enum import StrEnum


class DocumentManner(StrEnum):
    """How a document's code is read: left out where its issuer is named beside it, always in words, or letter by letter."""

    BRIEF = "brief"
    FULL = "full"
    LETTERS = "letters"


@dataclass(frozen=True)
class Manner:
    """How things are said that can be said in more than one way; the default is the north's."""

    thousand: str = "nghìn"
    odd: str = "linh"
    has_mung: bool = True
    documents: DocumentManner = DocumentManner.BRIEF

    @classmethod
    def of(cls, region: str) -> "Manner":
        """The manner of a region: `north` or `south`."""
        return cls("ngàn", "lẻ", has_mung=False) if region == "south" else cls()
