"""Serve queues in series, seal what was read, forget who had it, and let staff sign in.

A loan that has come back and a hold that was lent no longer say whose they were.

Revision ID: 20261122_circulation
Revises: 20261122_shelf_links
"""

import sqlalchemy as sa
from alembic import op

revision = "20261122_circulation"
down_revision = "20261122_shelf_links"
branch_labels = None
depends_on = None

NEW_CHECKS = {
    "hold": {
        "lent_to_nobody_we_know": "(state = 'lent') = (patron_id IS NULL)",
        "ended_for_a_reason": ("(state IN ('lapsed', 'cancelled')) = (end_reason IS NOT NULL)"),
        "in_a_series_at_a_place": "(series_id IS NULL) = (series_place IS NULL)",
        "in_a_series_while_open": "series_id IS NULL OR ended_at IS NULL",
    },
    "loan": {
        "nobodys_once_returned": "(returned_at IS NULL) = (patron_id IS NOT NULL)",
        "in_no_series_once_returned": "series_id IS NULL OR returned_at IS NULL",
    },
}


def add_new_checks(table: str) -> None:
    """Add what holds from now on, once every row keeps to it."""
    with op.batch_alter_table(table) as batch_op:
        for name, rule in NEW_CHECKS[table].items():
            batch_op.create_check_constraint(op.f(f"ck_{table}_{name}"), rule)


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "staff_member",
        sa.Column("id", sa.Integer(), nullable=False, comment="Our number for them"),
        sa.Column("login", sa.String(length=40), nullable=False, comment="What they sign in with"),
        sa.Column(
            "name", sa.String(length=120), nullable=False, comment="Name, as colleagues know it"
        ),
        sa.Column(
            "password_hash",
            sa.String(),
            nullable=False,
            comment="argon2id; empty until a password is issued",
        ),
        sa.Column(
            "branch_code",
            sa.String(length=16),
            nullable=True,
            comment="At which desk they mostly are",
        ),
        sa.Column(
            "left_on", sa.Date(), nullable=True, comment="When they stopped; they cannot sign in"
        ),
        sa.ForeignKeyConstraint(
            ["branch_code"], ["branch.code"], name=op.f("fk_staff_member_branch_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_member")),
        sa.UniqueConstraint("login", name=op.f("uq_staff_member_login")),
    )
    op.create_table(
        "calendar_link",
        sa.Column("patron_id", sa.Integer(), nullable=False, comment="Whose days"),
        sa.Column(
            "nonce", sa.String(length=64), nullable=False, comment="Makes every address another one"
        ),
        sa.Column(
            "secret_hash",
            sa.String(length=64),
            nullable=False,
            comment="SHA-256 of the secret in the address",
        ),
        sa.Column("created_at", sa.DateTime(), nullable=False, comment="When it was made"),
        sa.ForeignKeyConstraint(
            ["patron_id"], ["patron.id"], name=op.f("fk_calendar_link_patron_id")
        ),
        sa.PrimaryKeyConstraint("patron_id", name=op.f("pk_calendar_link")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_calendar_link_secret_hash")),
    )
    op.create_table(
        "history_entry",
        sa.Column("id", sa.String(length=32), nullable=False, comment="A random number"),
        sa.Column("patron_id", sa.Integer(), nullable=False, comment="Whose history"),
        sa.Column(
            "sealed",
            sa.LargeBinary(),
            nullable=False,
            comment="The loan in a sealed box, padded to a length that tells nothing",
        ),
        sa.ForeignKeyConstraint(
            ["patron_id"], ["patron.id"], name=op.f("fk_history_entry_patron_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_history_entry")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("history_entry") as batch_op:
        batch_op.create_index(batch_op.f("ix_history_entry_patron_id"), ["patron_id"], unique=False)

    op.create_table(
        "history_key",
        sa.Column("patron_id", sa.Integer(), nullable=False, comment="Whose history"),
        sa.Column(
            "public_key",
            sa.LargeBinary(),
            nullable=False,
            comment="Closes: anybody may put a loan in",
        ),
        sa.Column(
            "by_password",
            sa.LargeBinary(),
            nullable=False,
            comment="The private key, wrapped by the password",
        ),
        sa.Column(
            "by_recovery_code",
            sa.LargeBinary(),
            nullable=False,
            comment="The same, wrapped by the printed recovery code",
        ),
        sa.ForeignKeyConstraint(
            ["patron_id"], ["patron.id"], name=op.f("fk_history_key_patron_id")
        ),
        sa.PrimaryKeyConstraint("patron_id", name=op.f("pk_history_key")),
    )
    op.create_table(
        "hold_series",
        sa.Column("id", sa.Integer(), nullable=False, comment="Our number for it"),
        sa.Column("patron_id", sa.Integer(), nullable=False, comment="Whose holds"),
        sa.Column(
            "number",
            sa.Integer(),
            nullable=False,
            comment="What the patron knows it by (G-31), the lowest free one",
        ),
        sa.Column(
            "kind",
            sa.Enum(
                "in_order", "any_one", name="SeriesKind", native_enum=False, create_constraint=True
            ),
            nullable=False,
            comment="In order, or any one",
        ),
        sa.Column("made_at", sa.DateTime(), nullable=False, comment="When it was made"),
        sa.CheckConstraint("number >= 1", name=op.f("ck_hold_series_numbers_count_from_one")),
        sa.ForeignKeyConstraint(
            ["patron_id"], ["patron.id"], name=op.f("fk_hold_series_patron_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hold_series")),
    )
    with op.batch_alter_table("hold_series") as batch_op:
        batch_op.create_index("uq_hold_series_patron_number", ["patron_id", "number"], unique=True)

    op.create_table(
        "message",
        sa.Column("id", sa.Integer(), nullable=False, comment="Our number for it"),
        sa.Column("patron_id", sa.Integer(), nullable=False, comment="To whom"),
        sa.Column("subject", sa.String(length=200), nullable=False, comment="What it is about"),
        sa.Column("body", sa.String(), nullable=False, comment="What it says"),
        sa.Column("sent_at", sa.DateTime(), nullable=False, comment="When it was written"),
        sa.Column("read_at", sa.DateTime(), nullable=True, comment="When the patron read it"),
        sa.ForeignKeyConstraint(["patron_id"], ["patron.id"], name=op.f("fk_message_patron_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
    )
    with op.batch_alter_table("message") as batch_op:
        batch_op.create_index(batch_op.f("ix_message_patron_id"), ["patron_id"], unique=False)

    op.create_table(
        "staff_session",
        sa.Column(
            "id_hash",
            sa.String(length=64),
            nullable=False,
            comment="SHA-256 of the cookie's secret",
        ),
        sa.Column("staff_id", sa.Integer(), nullable=False, comment="Who signed in"),
        sa.Column("branch_code", sa.String(length=16), nullable=False, comment="At which desk"),
        sa.Column("created_at", sa.DateTime(), nullable=False, comment="When they signed in"),
        sa.Column("seen_at", sa.DateTime(), nullable=False, comment="When they last did something"),
        sa.Column(
            "ended_at", sa.DateTime(), nullable=True, comment="When it ended; empty while it lasts"
        ),
        sa.ForeignKeyConstraint(
            ["branch_code"], ["branch.code"], name=op.f("fk_staff_session_branch_code")
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff_member.id"], name=op.f("fk_staff_session_staff_id")
        ),
        sa.PrimaryKeyConstraint("id_hash", name=op.f("pk_staff_session")),
    )
    with op.batch_alter_table("staff_session") as batch_op:
        batch_op.create_index(batch_op.f("ix_staff_session_seen_at"), ["seen_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_staff_session_staff_id"), ["staff_id"], unique=False)

    op.create_table(
        "staff_tab",
        sa.Column("id_hash", sa.String(length=64), nullable=False, comment="Which session"),
        sa.Column(
            "token",
            sa.String(),
            nullable=False,
            comment="The tab's key on the server, bound to the session",
        ),
        sa.ForeignKeyConstraint(
            ["id_hash"],
            ["staff_session.id_hash"],
            name=op.f("fk_staff_tab_id_hash"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id_hash", "token", name=op.f("pk_staff_tab")),
    )
    op.create_table(
        "session_history_key",
        sa.Column("id_hash", sa.String(length=64), nullable=False, comment="Which session"),
        sa.Column(
            "wrapped",
            sa.LargeBinary(),
            nullable=False,
            comment="The private key, wrapped by a key from the cookie",
        ),
        sa.ForeignKeyConstraint(
            ["id_hash"],
            ["patron_session.id_hash"],
            name=op.f("fk_session_history_key_id_hash"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id_hash", name=op.f("pk_session_history_key")),
    )
    with op.batch_alter_table("hold") as batch_op:
        batch_op.add_column(
            sa.Column(
                "series_id",
                sa.Integer(),
                nullable=True,
                comment="The series it is asked for in, while open (K-28, G-33)",
            )
        )
        batch_op.add_column(
            sa.Column(
                "series_place",
                sa.Integer(),
                nullable=True,
                comment="Orders the series; numbers may be left out",
            )
        )
        batch_op.add_column(
            sa.Column(
                "suspended_until",
                sa.Date(),
                nullable=True,
                comment="Last day on which it is passed over; empty is not suspended",
            )
        )
        batch_op.add_column(
            sa.Column(
                "sent_at",
                sa.DateTime(),
                nullable=True,
                comment="When its item was sent to the branch",
            )
        )
        batch_op.add_column(
            sa.Column(
                "ready_at", sa.DateTime(), nullable=True, comment="When it was ready to be fetched"
            )
        )
        batch_op.add_column(
            sa.Column(
                "cancel_asked_at",
                sa.DateTime(),
                nullable=True,
                comment="When the patron asked the library to cancel what is set aside",
            )
        )
        batch_op.add_column(
            sa.Column(
                "end_reason",
                sa.Enum(
                    "by_patron",
                    "not_picked_up",
                    "waited_long_enough",
                    "another_of_series",
                    "asked_by_patron",
                    "item_lost",
                    "item_damaged",
                    "not_for_loan",
                    "by_library",
                    name="EndReason",
                    native_enum=False,
                    create_constraint=True,
                ),
                nullable=True,
                comment="Why it ended without a loan (G-36)",
            )
        )
        batch_op.alter_column(
            "patron_id",
            existing_type=sa.INTEGER(),
            nullable=True,
            comment="Who waits; empty once it was lent",
            existing_comment="Who waits",
        )
        batch_op.create_index(batch_op.f("ix_hold_series_id"), ["series_id"], unique=False)
        batch_op.create_index(
            "uq_hold_in_series",
            ["series_id", "series_place"],
            unique=True,
            sqlite_where=sa.text("series_id IS NOT NULL"),
            postgresql_where=sa.text("series_id IS NOT NULL"),
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_hold_series_id"), "hold_series", ["series_id"], ["id"]
        )

    with op.batch_alter_table("item") as batch_op:
        batch_op.add_column(
            sa.Column(
                "at_branch",
                sa.String(length=16),
                nullable=True,
                comment="Where it is now, when that is not where it belongs",
            )
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_item_at_branch"), "branch", ["at_branch"], ["code"]
        )
        batch_op.create_index(
            "ix_item_away",
            ["state"],
            unique=False,
            sqlite_where=sa.text("state <> 'on_shelf'"),
            postgresql_where=sa.text("state <> 'on_shelf'"),
        )

    with op.batch_alter_table("loan") as batch_op:
        batch_op.add_column(
            sa.Column(
                "series_id",
                sa.Integer(),
                nullable=True,
                comment="The series of holds it was lent from, while out",
            )
        )
        batch_op.alter_column(
            "patron_id",
            existing_type=sa.INTEGER(),
            nullable=True,
            comment="Who has it; empty once it is back",
            existing_comment="Who has it",
        )
        batch_op.create_index(batch_op.f("ix_loan_series_id"), ["series_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_loan_series_id"),
            "hold_series",
            ["series_id"],
            ["id"],
            ondelete="SET NULL",
        )

    op.execute("UPDATE hold SET patron_id = NULL WHERE state = 'lent'")
    op.execute("UPDATE hold SET end_reason = 'by_patron' WHERE state = 'cancelled'")
    op.execute("UPDATE hold SET end_reason = 'not_picked_up' WHERE state = 'lapsed'")
    op.execute("UPDATE loan SET patron_id = NULL WHERE returned_at IS NOT NULL")
    add_new_checks("hold")
    add_new_checks("loan")


def downgrade() -> None:
    """Go back."""
    # Whose these were, nobody knows any more.
    op.execute("DELETE FROM hold WHERE patron_id IS NULL")
    op.execute("DELETE FROM loan WHERE patron_id IS NULL")
    for table, checks in NEW_CHECKS.items():
        with op.batch_alter_table(table) as batch_op:
            for name in checks:
                batch_op.drop_constraint(op.f(f"ck_{table}_{name}"), type_="check")
    with op.batch_alter_table("loan") as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_loan_series_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_loan_series_id"))
        batch_op.alter_column(
            "patron_id",
            existing_type=sa.INTEGER(),
            nullable=False,
            comment="Who has it",
            existing_comment="Who has it; empty once it is back",
        )
        batch_op.drop_column("series_id")

    with op.batch_alter_table("item") as batch_op:
        batch_op.drop_index(
            "ix_item_away",
            sqlite_where=sa.text("state <> 'on_shelf'"),
            postgresql_where=sa.text("state <> 'on_shelf'"),
        )
        batch_op.drop_constraint(batch_op.f("fk_item_at_branch"), type_="foreignkey")
        batch_op.drop_column("at_branch")

    with op.batch_alter_table("hold") as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_hold_series_id"), type_="foreignkey")
        batch_op.drop_index(
            "uq_hold_in_series",
            sqlite_where=sa.text("series_id IS NOT NULL"),
            postgresql_where=sa.text("series_id IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_hold_series_id"))
        batch_op.alter_column(
            "patron_id",
            existing_type=sa.INTEGER(),
            nullable=False,
            comment="Who waits",
            existing_comment="Who waits; empty once it was lent",
        )
        batch_op.drop_constraint(batch_op.f("ck_hold_EndReason"), type_="check")
        batch_op.drop_column("end_reason")
        batch_op.drop_column("cancel_asked_at")
        batch_op.drop_column("ready_at")
        batch_op.drop_column("sent_at")
        batch_op.drop_column("suspended_until")
        batch_op.drop_column("series_place")
        batch_op.drop_column("series_id")

    op.drop_table("session_history_key")
    op.drop_table("staff_tab")
    with op.batch_alter_table("staff_session") as batch_op:
        batch_op.drop_index(batch_op.f("ix_staff_session_staff_id"))
        batch_op.drop_index(batch_op.f("ix_staff_session_seen_at"))

    op.drop_table("staff_session")
    with op.batch_alter_table("message") as batch_op:
        batch_op.drop_index(batch_op.f("ix_message_patron_id"))

    op.drop_table("message")
    with op.batch_alter_table("hold_series") as batch_op:
        batch_op.drop_index("uq_hold_series_patron_number")

    op.drop_table("hold_series")
    op.drop_table("history_key")
    with op.batch_alter_table("history_entry") as batch_op:
        batch_op.drop_index(batch_op.f("ix_history_entry_patron_id"))

    op.drop_table("history_entry")
    op.drop_table("calendar_link")
    op.drop_table("staff_member")
