"""Bulletins with their recipes, and the fillings of lead-ins, kept."""

from collections.abc import Mapping

from sqlmodel import Session, col, select

from broadcaster.store.tables import BulletinRow, FillingRow, SoundOrderRow
from broadcaster.store.values import from_text, to_text
from broadcaster.studio.bulletin import Bulletin, Order, Recipe
from broadcaster.types import Sha256


def bulletin(session: Session, fingerprint: Sha256) -> Bulletin | None:
    """The bulletin made from the recipe of this fingerprint, or None."""
    row = session.get(BulletinRow, fingerprint)
    return from_text(Bulletin, row.content) if row else None


def by_sound(session: Session, sha256: Sha256) -> tuple[Bulletin, Recipe] | None:
    """The bulletin whose MP3 is `sha256`, with its recipe, or None."""
    row = session.exec(
        select(BulletinRow).where(BulletinRow.sha256 == sha256).order_by(col(BulletinRow.fingerprint))
    ).first()
    return (from_text(Bulletin, row.content), from_text(Recipe, row.recipe)) if row else None


def all_by_sound(session: Session) -> Mapping[Sha256, tuple[Bulletin, Recipe]]:
    """Every bulletin by the sha256 of its MP3."""
    return {
        Sha256(row.sha256): (from_text(Bulletin, row.content), from_text(Recipe, row.recipe))
        for row in session.exec(select(BulletinRow).order_by(col(BulletinRow.fingerprint).desc()))
    }


def keep(session: Session, made: Bulletin, recipe: Recipe) -> None:
    """Keep a bulletin; keeping it again changes nothing."""
    session.merge(
        BulletinRow(fingerprint=made.fingerprint, sha256=made.sha256, content=to_text(made), recipe=to_text(recipe))
    )


def keep_order(session: Session, order: Order) -> None:
    """Keep what a sound is to be made from until it is made."""
    recipe, voices = to_text(order.recipe), to_text(order.voices)
    session.merge(SoundOrderRow(fingerprint=order.recipe.fingerprint, recipe=recipe, text=order.text, voices=voices))


def order(session: Session, fingerprint: Sha256) -> Order | None:
    """The order whose recipe has this fingerprint, or None where it was carried out."""
    row = session.get(SoundOrderRow, fingerprint)
    return Order(from_text(Recipe, row.recipe), row.text, tuple(from_text(list, row.voices))) if row else None


def drop_order(session: Session, fingerprint: Sha256) -> None:
    """Forget an order that was carried out."""
    row = session.get(SoundOrderRow, fingerprint)
    if row:
        session.delete(row)


def filling(session: Session, script: str, revision: int, names: Mapping[str, str]) -> Sha256 | None:
    """The fingerprint of the bulletin that fills this lead-in with these names, or None."""
    row = session.exec(_filled(script, revision, names)).one_or_none()
    return Sha256(row.fingerprint) if row else None


def filling_by_fingerprint(session: Session, fingerprint: Sha256) -> tuple[str, int, str, str] | None:
    """Of a filling: lead-in, revision, names (JSON) and the text that was read; None where it is none."""
    row = session.exec(select(FillingRow).where(FillingRow.fingerprint == fingerprint)).first()
    return (row.script, row.revision, row.names, row.text) if row else None


def keep_filling(
    session: Session, script: str, revision: int, names: Mapping[str, str], text: str, made: Bulletin
) -> None:
    """Keep that `made` fills this lead-in with these names."""
    row = session.exec(_filled(script, revision, names)).one_or_none()
    if row is None:
        row = FillingRow(
            script=script, revision=revision, names=to_text(dict(names)), text=text, fingerprint=made.fingerprint
        )
    row.text, row.fingerprint = text, made.fingerprint
    session.add(row)


def _filled(script: str, revision: int, names: Mapping[str, str]):  # type: ignore[no-untyped-def]  # sqlmodel's own generic
    return select(FillingRow).where(
        FillingRow.script == script, FillingRow.revision == revision, FillingRow.names == to_text(dict(names))
    )
