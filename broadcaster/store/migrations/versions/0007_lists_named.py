"""A manifest names its days' lists: what it says of them is kept, with a name of what that was made from."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    with op.batch_alter_table("manifest") as table:
        table.add_column(sa.Column("made_from", sa.String(), nullable=False, server_default=""))


def downgrade() -> None:
    with op.batch_alter_table("manifest") as table:
        table.drop_column("made_from")
