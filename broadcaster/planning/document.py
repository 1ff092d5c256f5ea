"""Legal documents with the days on which they are in force, so that no superseded one is cited as the law of the day."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from broadcaster.errors import BadFile
from broadcaster.forms import Form, read_form
from broadcaster.words import say


@dataclass(frozen=True)
class Document:
    """A document; `also` holds the other ways in which texts cite it. `until` is the last day in force."""

    number: str
    kind: str
    title: str
    issuer: str
    issued: date | None
    since: date | None
    until: date | None
    replaced_by: str | None
    also: tuple[str, ...]

    def is_in_force_on(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


def read_documents(path: Path, root: Path) -> tuple[Document, ...]:
    """The documents in the file at `path`, in its order. Raises BadFile: one stands twice, two are cited alike, days that contradict."""
    form = read_form(path, root)
    tables = form.forms("document", once="number")
    documents = tuple(_document(one) for one in tables)
    form.done()
    cited: dict[str, str] = {}
    for table, document in zip(tables, documents, strict=True):
        for way in dict.fromkeys(one.casefold() for one in (document.number, *document.also)):
            if way in cited:
                raise BadFile(
                    say(
                        "{place}: “{way}” may mean {one} or {other}. Leave it out of “also” of one of them.",
                        place=table.at("also"),
                        way=way,
                        one=cited[way],
                        other=document.number,
                    )
                )
            cited[way] = document.number
    return documents


def _document(form: Form) -> Document:
    document = Document(
        number=form.text("number"),
        kind=form.text("kind"),
        title=form.text("title"),
        issuer=form.text("issuer"),
        issued=form.day_or_none("issued"),
        since=form.day_or_none("since"),
        until=form.day_or_none("until"),
        replaced_by=form.text("replaced_by", default="") or None,
        also=form.texts("also"),
    )
    form.done()
    if document.since and document.until and document.since > document.until:
        raise BadFile(say("{place}: “since” comes before “until”.", place=form.at("since")))
    if document.replaced_by and not document.until:
        raise BadFile(
            say(
                "{place}: {number} has a successor, so it needs “until”, its last day in force.",
                place=form.at("replaced_by"),
                number=document.number,
            )
        )
    return document
