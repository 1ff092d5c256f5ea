"""Reading an alert in the Common Alerting Protocol (CAP 1.2, OASIS Standard 2010; ITU-T X.1303): the words of a draft, nothing more.

Whoever sent the message has no right here: a person names the areas, listens, and a second one confirms. The XML is parsed without
document types, entities and network.
"""

from dataclasses import dataclass
from datetime import datetime

from lxml import etree

from broadcaster.errors import BadFile
from broadcaster.timekeeping import ZONE
from broadcaster.words import say

NAMESPACE = "{urn:oasis:names:tc:emergency:cap:1.2}"
LARGEST = 1_000_000
"""Bytes; a longer message is no warning."""


@dataclass(frozen=True)
class CapMessage:
    """What a CAP message says: `source` is its sender, identifier and time as `references` would name it."""

    source: str
    title: str
    text: str
    expires: datetime | None


def read_cap(content: bytes, place: str) -> CapMessage:
    """The message in `content`, in Vietnamese where it has several languages. Raises BadFile: no CAP 1.2, a test, no warning (a cancellation), entities in it."""
    root = _root(content, place)
    status, kind = _one(root, "status"), _one(root, "msgType")
    if status != "Actual":
        raise BadFile(
            say("{place}: the message is marked “{status}”, so it is no real alert.", place=place, status=status)
        )
    if kind not in ("Alert", "Update"):
        raise BadFile(
            say(
                "{place}: the message is of the type “{kind}”, which holds no warning to read. End an alert with “broadcaster alert cancel”.",
                place=place,
                kind=kind,
            )
        )
    infos = root.findall(f"{NAMESPACE}info")
    info = next((one for one in infos if _one(one, "language").lower().startswith("vi")), infos[0] if infos else None)
    if info is None:
        raise BadFile(say("{place}: the message holds no <info>, so it says nothing.", place=place))
    title = _one(info, "headline") or _one(info, "event")
    said = [_one(info, name) for name in ("description", "instruction")]
    return CapMessage(
        source=",".join(_one(root, name) for name in ("sender", "identifier", "sent")),
        title=title,
        text="\n\n".join([f"{title.rstrip('.')}.", *(one for one in said if one)]),
        expires=_instant(_one(info, "expires"), place),
    )


def _root(content: bytes, place: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content[: LARGEST + 1], parser) if len(content) <= LARGEST else None
    except (etree.XMLSyntaxError, ValueError) as error:
        raise BadFile(
            say("{place}: this is no XML that can be read ({reason}).", place=place, reason=str(error))
        ) from error
    if root is None or root.tag != f"{NAMESPACE}alert" or root.getroottree().docinfo.doctype:
        raise BadFile(say("{place}: this is no CAP 1.2 message, or it holds a document type.", place=place))
    return root


def _one(element: etree._Element, name: str) -> str:
    return " ".join((element.findtext(f"{NAMESPACE}{name}") or "").split())


def _instant(text: str, place: str) -> datetime | None:
    if not text:
        return None
    try:
        instant = datetime.fromisoformat(text)
    except ValueError as error:
        raise BadFile(say("{place}: “{text}” is no moment.", place=place, text=text)) from error
    return instant.astimezone(ZONE) if instant.tzinfo else instant.replace(tzinfo=ZONE)
