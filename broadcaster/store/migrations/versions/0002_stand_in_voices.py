"""The voices that may speak an ordered sound, and the move that makes a stand-in's sound anew."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

BEFORE = ("submit", "approve", "return", "withdraw")
AFTER = ("submit", "renew", "approve", "return", "withdraw")
STATES = ("draft", "submitted", "approved", "returned", "withdrawn")


def upgrade() -> None:
    with op.batch_alter_table("sound_order") as table:
        table.add_column(sa.Column("voices", sa.String(), nullable=False, server_default="[]"))
    _moves(BEFORE, AFTER)


def downgrade() -> None:
    _moves(AFTER, BEFORE)
    with op.batch_alter_table("sound_order") as table:
        table.drop_column("voices")


def _moves(before: tuple[str, ...], after: tuple[str, ...]) -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint("move", "approval_step", type_="check")
        op.alter_column("approval_step", "move", type_=sa.String(max(map(len, after))))
        op.create_check_constraint("move", "approval_step", sa.column("move").in_(after))
        return
    # SQLite makes the table anew and forgets its checks, so both are said again
    with op.batch_alter_table("approval_step") as table:
        table.alter_column("move", existing_type=_words("move", before), type_=_words("move", after))
        table.alter_column("state", existing_type=_words("state", STATES), type_=_words("state", STATES))


def _words(name: str, words: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True)
