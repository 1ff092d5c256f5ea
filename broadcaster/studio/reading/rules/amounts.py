"""Numbers as people write them, with thousands, decimals and words of scale."""

import re

from broadcaster.studio.reading import numbers
from broadcaster.studio.reading.token import Asked, Context

N = r"(?:\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d{1,3}(?:,\d{3}){2,}|\d+(?:[.,]\d+)?)"
SPACED = r"[1-9]\d{0,2}(?: \d{3})+(?!\d)"
SCALES = "nghìn|ngàn|triệu|tỷ|tỉ|vạn|trăm|tr"
SCALE_NAMES = {"tr": "triệu", "tỉ": "tỷ"}
"""Words of scale that are said otherwise than written."""


def amount(text: str, context: Context) -> str | Asked:
    """A number as people write it: points or gaps for thousands, a comma before decimals; also 4.7, which can be nothing else."""
    text = text.replace(" ", ".")
    if re.fullmatch(r"\d{1,3}(?:,\d{3}){2,}", text):
        text = text.replace(",", ".")
    if re.match(r"0\d+[.,]", text) or re.search(r"[.]\d{5}", text):
        return Asked()
    if re.fullmatch(r"[1-9]\d{0,2},\d\d0", text):
        return Asked((numbers.written(text.replace(",", "."), context.manner), numbers.written(text, context.manner)))
    if re.fullmatch(r"\d+\.(?:\d{1,2}|\d{4,})|0\.\d+", text):
        text = text.replace(".", ",")
    if re.fullmatch(r"0\d", text) and text != "00":
        text = text[1:]
    return numbers.written(text, context.manner)


def value(text: str) -> float:
    """About how much it is, to see whether a range goes upwards."""
    text = re.sub(r"[ .](?=\d{3}(?!\d))", "", text)
    return float(text.replace(",", ".").replace(" ", "")) if text.count(",") + text.count(".") < 2 else 0.0
