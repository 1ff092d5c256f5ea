"""Officers who sign in, their invitations, and the lines that pages add to the lexicon."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

TABLES = ("invitation", "lexicon_line", "officer")


def upgrade() -> None:
    op.create_table(
        "invitation",
        sa.Column("login", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("login"),
    )
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_invitation_code"), ["code"], unique=False)

    op.create_table(
        "lexicon_line",
        sa.Column("written", sa.String(), nullable=False),
        sa.Column("spoken", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("written"),
    )
    op.create_table(
        "officer",
        sa.Column("login", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("grants", sa.String(), nullable=False),
        sa.Column("password", sa.String(), nullable=False),
        sa.Column("sessions", sa.Integer(), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("login"),
        sa.UniqueConstraint("name"),
    )


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
