"""Time kept for a live microphone, and how a chosen priority bulletin stands to the one that it collides with."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

BEFORE = ("pin", "skip", "move", "replace")
AFTER = (*BEFORE, "live")
MANNERS = ("follow", "override")


def upgrade() -> None:
    with op.batch_alter_table("persons_exception") as table:
        table.add_column(sa.Column("minutes", sa.Integer(), nullable=True))
    _actions(BEFORE, AFTER)
    with op.batch_alter_table("choice") as table:
        table.add_column(sa.Column("manner", _words("manner", MANNERS), nullable=False, server_default="follow"))


def downgrade() -> None:
    with op.batch_alter_table("choice") as table:
        table.drop_column("manner")
    op.execute(sa.text("DELETE FROM persons_exception WHERE action = 'live'"))
    _actions(AFTER, BEFORE)
    with op.batch_alter_table("persons_exception") as table:
        table.drop_column("minutes")


def _actions(before: tuple[str, ...], after: tuple[str, ...]) -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint("action", "persons_exception", type_="check")
        op.create_check_constraint("action", "persons_exception", sa.column("action").in_(after))
        return
    with op.batch_alter_table("persons_exception") as table:  # SQLite makes the table anew
        table.alter_column("action", existing_type=_words("action", before), type_=_words("action", after))


def _words(name: str, words: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True)
