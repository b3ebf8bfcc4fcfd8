"""Accounts: whether a name is shown, codes at sign-in, browsers, roles of invitations; a journal nobody edits."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.store.columns import UtcDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

REFUSAL = "a line of the journal is neither changed nor taken away"


def upgrade() -> None:
    """To the newer shape. Nobody has agreed yet that prospects read their name."""
    shown = sa.Column("shows_name", sa.Boolean, nullable=False, server_default=sa.false())
    op.add_column("staff", shown)
    op.add_column("staff", sa.Column("last_seen_at", UtcDateTime, nullable=True))
    op.add_column("staff", sa.Column("totp", sa.LargeBinary, nullable=True))
    op.add_column("staff", sa.Column("totp_since", UtcDateTime, nullable=True))
    op.add_column("staff", sa.Column("totp_step", sa.Integer, nullable=True))
    op.add_column("staff_sessions", sa.Column("browser", sa.String, nullable=True))
    op.add_column("setup_links", sa.Column("role", sa.String, nullable=True))
    op.create_table(
        "recovery_codes",
        sa.Column("code_hash", sa.String, nullable=False),
        sa.Column("staff_id", sa.String, nullable=False),
        sa.Column("used_at", UtcDateTime, nullable=True),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_recovery_codes")),
        sa.ForeignKeyConstraint(
            ["staff_id"],
            ["staff.id"],
            name=op.f("fk_recovery_codes_staff_id_staff"),
            ondelete="CASCADE",
        ),
    )
    op.create_index(op.f("ix_recovery_codes_staff_id"), "recovery_codes", ["staff_id"])
    for statement in _guards(op.get_bind().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    """Back to the older one."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER events_stay ON events")
        op.execute("DROP TRIGGER events_stay_all ON events")
        op.execute("DROP FUNCTION events_stay()")
    else:
        op.execute("DROP TRIGGER events_stay_update")
        op.execute("DROP TRIGGER events_stay_delete")
    op.drop_table("recovery_codes")
    op.drop_column("setup_links", "role")
    op.drop_column("staff_sessions", "browser")
    for name in ("totp_step", "totp_since", "totp", "last_seen_at", "shows_name"):
        op.drop_column("staff", name)


def _guards(dialect: str) -> tuple[str, ...]:
    """The database itself refuses; whoever owns it can take that away, but not by a slip of our own."""
    if dialect == "postgresql":
        refuse = f"BEGIN RAISE EXCEPTION '{REFUSAL}'; END"
        run = "EXECUTE FUNCTION events_stay()"
        return (
            f"CREATE FUNCTION events_stay() RETURNS trigger LANGUAGE plpgsql AS $$ {refuse} $$",
            f"CREATE TRIGGER events_stay BEFORE UPDATE OR DELETE ON events FOR EACH ROW {run}",
            f"CREATE TRIGGER events_stay_all BEFORE TRUNCATE ON events FOR EACH STATEMENT {run}",
        )
    return tuple(
        f"CREATE TRIGGER events_stay_{act.lower()} BEFORE {act} ON events "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        for act in ("UPDATE", "DELETE")
    )
