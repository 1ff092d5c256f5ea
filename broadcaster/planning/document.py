"""Legal documents with the days on which they are in force, so that no superseded one is cited as the law of the day."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from broadcaster.forms import Form, read_form


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
    """The documents in the file at `path`, in its order. Raises BadFile."""
    form = read_form(path, root)
    documents = tuple(_document(one) for one in form.forms("document"))
    form.done()
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
    return document
