"""tables of the first day."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:

    op.create_table(
        "approval_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("script", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column(
            "move",
            sa.Enum("submit", "approve", "return", "withdraw", name="move", native_enum=False, create_constraint=True),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "submitted",
                "approved",
                "returned",
                "withdrawn",
                name="state",
                native_enum=False,
                create_constraint=True,
            ),
            nullable=False,
        ),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text_sha256", sa.String(), nullable=False),
        sa.Column("spoken_sha256", sa.String(), nullable=False),
        sa.Column("sound_sha256", sa.String(), nullable=True),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("is_trial", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("script", "revision", "ordinal"),
    )
    with op.batch_alter_table("approval_step", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_approval_step_script"), ["script"], unique=False)

    op.create_table(
        "bulletin",
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("recipe", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("fingerprint"),
    )
    with op.batch_alter_table("bulletin", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bulletin_sha256"), ["sha256"], unique=False)

    op.create_table(
        "data_folder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "birth", sa.Enum("trial", "real", name="birth", native_enum=False, create_constraint=True), nullable=False
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "filling",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("script", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("names", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("script", "revision", "names"),
    )
    op.create_table(
        "job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("run_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("kind", "key"),
    )
    op.create_table(
        "own_recording",
        sa.Column("script", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("script", "revision"),
    )
    op.create_table(
        "persons_exception",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "action",
            sa.Enum("pin", "skip", "move", "replace", name="action", native_enum=False, create_constraint=True),
            nullable=False,
        ),
        sa.Column("station", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("session", sa.String(), nullable=True),
        sa.Column("target", sa.String(), nullable=True),
        sa.Column("start", sa.DateTime(timezone=True), nullable=True),
        sa.Column("script", sa.String(), nullable=True),
        sa.Column("taken_back_by", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("persons_exception", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_persons_exception_station"), ["station"], unique=False)

    op.create_table(
        "release",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_table(
        "revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("script", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("path", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("script", "number"),
    )
    with op.batch_alter_table("revision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_revision_script"), ["script"], unique=False)

    op.create_table(
        "sound_order",
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("recipe", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("fingerprint"),
    )
    op.create_table(
        "released_day",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("release", sa.Integer(), nullable=False),
        sa.Column("station", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("omissions", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["release"],
            ["release.number"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("station", "day", "release"),
    )


def downgrade() -> None:

    op.drop_table("released_day")
    op.drop_table("sound_order")
    with op.batch_alter_table("revision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_revision_script"))

    op.drop_table("revision")
    op.drop_table("release")
    with op.batch_alter_table("persons_exception", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_persons_exception_station"))

    op.drop_table("persons_exception")
    op.drop_table("own_recording")
    op.drop_table("job")
    op.drop_table("filling")
    op.drop_table("data_folder")
    with op.batch_alter_table("bulletin", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_bulletin_sha256"))

    op.drop_table("bulletin")
    with op.batch_alter_table("approval_step", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_approval_step_script"))

    op.drop_table("approval_step")
