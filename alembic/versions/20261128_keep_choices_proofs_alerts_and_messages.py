"""Keep choices, proofs, alerts and messages.

Revision ID: 20261128_mail
Revises: 20261122_letters
"""

import sqlalchemy as sa
from alembic import op

revision = "20261128_mail"
down_revision = "20261122_letters"
branch_labels = None
depends_on = None


def write_letters_anew() -> None:
    """Keep how far each letter has come, and tell of more."""
    # Nothing was ever sent of these, and nobody would send them any more.
    op.drop_table("letter")
    op.create_table(
        "letter",
        sa.Column("id", sa.Integer(), nullable=False, comment="Our number for it"),
        sa.Column("patron_id", sa.Integer(), nullable=False, comment="To whom"),
        sa.Column(
            "address",
            sa.String(length=254),
            nullable=False,
            comment="Where to, as it was when it was written",
        ),
        sa.Column(
            "kind",
            sa.Enum(
                "hold_placed",
                "hold_cancelled",
                "hold_ready",
                "lent",
                "due_soon",
                "overdue",
                "new_arrivals",
                "address_proof",
                "address_changed",
                "settings_changed",
                "test",
                "password_link",
                "password_changed",
                name="LetterKind",
                native_enum=False,
                create_constraint=True,
            ),
            nullable=False,
            comment="What it tells",
        ),
        sa.Column(
            "language",
            sa.Enum(
                "ja", "en", "ja-simple", name="Lang", native_enum=False, create_constraint=True
            ),
            nullable=False,
            comment="What the patron read when they asked for it",
        ),
        sa.Column(
            "subject",
            sa.String(length=200),
            nullable=False,
            comment="What it is about, without a title",
        ),
        sa.Column(
            "body",
            sa.String(),
            nullable=False,
            comment="What it says, as plain text; emptied once it was sent by SMTP",
        ),
        sa.Column(
            "message_id",
            sa.String(length=32),
            nullable=False,
            comment="Random: the same however often it is sent",
        ),
        sa.Column("written_at", sa.DateTime(), nullable=False, comment="When it was written"),
        sa.Column(
            "sent_at",
            sa.DateTime(),
            nullable=True,
            comment="When it was handed on; empty until then",
        ),
        sa.Column(
            "next_try_at",
            sa.DateTime(),
            nullable=True,
            comment="Not to be sent before; empty is at once",
        ),
        sa.Column("tries", sa.Integer(), nullable=False, comment="How often it was tried"),
        sa.Column(
            "leased_by",
            sa.String(length=32),
            nullable=False,
            comment="Which worker is sending it, or empty",
        ),
        sa.Column(
            "leased_until", sa.DateTime(), nullable=True, comment="Until when nobody else does"
        ),
        sa.Column(
            "problem",
            sa.String(length=80),
            nullable=False,
            comment="Why the last try failed: a code, without anything personal",
        ),
        sa.Column(
            "given_up_at", sa.DateTime(), nullable=True, comment="When nobody tried any more"
        ),
        sa.CheckConstraint("tries >= 0", name=op.f("ck_letter_tries")),
        sa.CheckConstraint(
            "sent_at IS NULL OR given_up_at IS NULL", name=op.f("ck_letter_sent_or_given_up")
        ),
        sa.ForeignKeyConstraint(["patron_id"], ["patron.id"], name=op.f("fk_letter_patron_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
        sa.UniqueConstraint("message_id", name=op.f("uq_letter_message_id")),
    )
    with op.batch_alter_table("letter") as batch_op:
        batch_op.create_index(batch_op.f("ix_letter_patron_id"), ["patron_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_letter_written_at"), ["written_at"], unique=False)
        batch_op.create_index(
            "ix_letter_waiting",
            ["next_try_at"],
            unique=False,
            sqlite_where=sa.text("sent_at IS NULL AND given_up_at IS NULL"),
            postgresql_where=sa.text("sent_at IS NULL AND given_up_at IS NULL"),
        )


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "job",
        sa.Column("name", sa.String(length=40), nullable=False, comment="Which work"),
        sa.Column(
            "leased_by",
            sa.String(length=32),
            nullable=False,
            comment="Which worker does it, or empty",
        ),
        sa.Column(
            "leased_until", sa.DateTime(), nullable=True, comment="Until when nobody else does"
        ),
        sa.Column(
            "ran_at", sa.DateTime(), nullable=True, comment="When it was last done to its end"
        ),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_job")),
    )
    op.create_table(
        "news",
        sa.Column("id", sa.Integer(), nullable=False, comment="Our number for it"),
        sa.Column("subject", sa.String(length=200), nullable=False, comment="What it is about"),
        sa.Column("body", sa.String(), nullable=False, comment="What it says"),
        sa.Column(
            "is_important",
            sa.Boolean(),
            nullable=False,
            comment="図書館からの重要なお知らせ: stands first, and stands out",
        ),
        sa.Column("published_at", sa.DateTime(), nullable=False, comment="When it was written"),
        sa.Column("shown_from", sa.Date(), nullable=False, comment="First day it is shown"),
        sa.Column(
            "shown_until",
            sa.Date(),
            nullable=True,
            comment="Last day it is shown; empty is for ever",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_news")),
    )
    with op.batch_alter_table("news") as batch_op:
        batch_op.create_index(batch_op.f("ix_news_published_at"), ["published_at"], unique=False)

    op.create_table(
        "arrival",
        sa.Column("record_id", sa.Integer(), nullable=False, comment="Which record"),
        sa.ForeignKeyConstraint(
            ["record_id"],
            ["bibliographic_record.id"],
            name=op.f("fk_arrival_record_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("record_id", name=op.f("pk_arrival")),
    )
    op.create_table(
        "group_message",
        sa.Column("id", sa.Integer(), nullable=False, comment="Our number for it"),
        sa.Column("subject", sa.String(length=200), nullable=False, comment="What it is about"),
        sa.Column("body", sa.String(), nullable=False, comment="What it says"),
        sa.Column("sent_at", sa.DateTime(), nullable=False, comment="When it was written"),
        sa.Column(
            "branch_code",
            sa.String(length=16),
            nullable=True,
            comment="To those who pick up there; empty is everywhere",
        ),
        sa.Column(
            "born_from", sa.Date(), nullable=True, comment="To those born on this day or later"
        ),
        sa.Column(
            "born_until", sa.Date(), nullable=True, comment="To those born on this day or earlier"
        ),
        sa.Column("shown_until", sa.Date(), nullable=False, comment="Last day it is shown"),
        sa.ForeignKeyConstraint(
            ["branch_code"], ["branch.code"], name=op.f("fk_group_message_branch_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_message")),
    )
    with op.batch_alter_table("group_message") as batch_op:
        batch_op.create_index(batch_op.f("ix_group_message_sent_at"), ["sent_at"], unique=False)

    op.create_table(
        "address_proof",
        sa.Column("patron_id", sa.Integer(), nullable=False, comment="Who wants it"),
        sa.Column("place", sa.Integer(), nullable=False, comment="E-mail1 or E-mail2"),
        sa.Column(
            "address",
            sa.String(length=254),
            nullable=False,
            comment="The address that is to be proved",
        ),
        sa.Column(
            "kind",
            sa.Enum("pc", "mobile", name="AddressKind", native_enum=False, create_constraint=True),
            nullable=False,
            comment="自PC or 携帯電話",
        ),
        sa.Column(
            "secret_hash",
            sa.String(length=64),
            nullable=False,
            comment="SHA-256 of the secret in the link",
        ),
        sa.Column(
            "code_hash",
            sa.String(length=64),
            nullable=False,
            comment="Keyed hash of the code to type in",
        ),
        sa.Column("wrong_codes", sa.Integer(), nullable=False, comment="Wrong codes typed in"),
        sa.Column("asked_at", sa.DateTime(), nullable=False, comment="When the mail was written"),
        sa.CheckConstraint("place BETWEEN 1 AND 2", name=op.f("ck_address_proof_place")),
        sa.CheckConstraint("wrong_codes >= 0", name=op.f("ck_address_proof_wrong_codes")),
        sa.ForeignKeyConstraint(
            ["patron_id"], ["patron.id"], name=op.f("fk_address_proof_patron_id")
        ),
        sa.PrimaryKeyConstraint("patron_id", "place", name=op.f("pk_address_proof")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_address_proof_secret_hash")),
    )
    with op.batch_alter_table("address_proof") as batch_op:
        batch_op.create_index(batch_op.f("ix_address_proof_asked_at"), ["asked_at"], unique=False)

    op.create_table(
        "alert",
        sa.Column("id", sa.Integer(), nullable=False, comment="Our number for it"),
        sa.Column("patron_id", sa.Integer(), nullable=False, comment="Who wants to hear of it"),
        sa.Column("name", sa.String(length=400), nullable=False, comment="お知らせメールタイトル"),
        sa.Column("memo", sa.String(), nullable=False, comment="What the patron noted about it"),
        sa.Column("is_active", sa.Boolean(), nullable=False, comment="配信 or 停止"),
        sa.Column(
            "titles_max",
            sa.Integer(),
            nullable=False,
            comment="最大抽出件数: how many titles one mail tells of",
        ),
        sa.Column(
            "anchors",
            sa.String(),
            nullable=False,
            comment="Its clauses as they are looked for, one a line; worked out",
        ),
        sa.Column("made_at", sa.DateTime(), nullable=False, comment="When it was made"),
        sa.CheckConstraint("titles_max >= 1", name=op.f("ck_alert_titles_max")),
        sa.ForeignKeyConstraint(["patron_id"], ["patron.id"], name=op.f("fk_alert_patron_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert")),
    )
    with op.batch_alter_table("alert") as batch_op:
        batch_op.create_index(batch_op.f("ix_alert_patron_id"), ["patron_id"], unique=False)

    op.create_table(
        "group_message_reading",
        sa.Column("message_id", sa.Integer(), nullable=False, comment="What was read"),
        sa.Column("patron_id", sa.Integer(), nullable=False, comment="Who read it"),
        sa.Column("read_at", sa.DateTime(), nullable=False, comment="When"),
        sa.ForeignKeyConstraint(
            ["message_id"],
            ["group_message.id"],
            name=op.f("fk_group_message_reading_message_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["patron_id"], ["patron.id"], name=op.f("fk_group_message_reading_patron_id")
        ),
        sa.PrimaryKeyConstraint("message_id", "patron_id", name=op.f("pk_group_message_reading")),
    )
    with op.batch_alter_table("group_message_reading") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_group_message_reading_patron_id"), ["patron_id"], unique=False
        )

    op.create_table(
        "notice_choice",
        sa.Column("patron_id", sa.Integer(), nullable=False, comment="Who chose"),
        sa.Column(
            "kind",
            sa.Enum(
                "registration",
                "hold",
                "new_arrivals",
                "loan",
                "due_date",
                name="NoticeKind",
                native_enum=False,
                create_constraint=True,
            ),
            nullable=False,
            comment="Of which notice",
        ),
        sa.Column("to_first", sa.Boolean(), nullable=False, comment="Whether it goes to E-mail1"),
        sa.Column("to_second", sa.Boolean(), nullable=False, comment="Whether it goes to E-mail2"),
        sa.Column(
            "is_sent",
            sa.Boolean(),
            nullable=False,
            comment="配信 or 停止; where it is chosen each time, always true",
        ),
        sa.Column(
            "days_before",
            sa.Integer(),
            nullable=True,
            comment="How many days before the due date (K-45)",
        ),
        sa.CheckConstraint("days_before >= 1", name=op.f("ck_notice_choice_days_before")),
        sa.ForeignKeyConstraint(
            ["patron_id"], ["patron.id"], name=op.f("fk_notice_choice_patron_id")
        ),
        sa.PrimaryKeyConstraint("patron_id", "kind", name=op.f("pk_notice_choice")),
    )
    op.create_table(
        "password_link",
        sa.Column(
            "secret_hash",
            sa.String(length=64),
            nullable=False,
            comment="SHA-256 of the secret in it",
        ),
        sa.Column("patron_id", sa.Integer(), nullable=False, comment="Whose password"),
        sa.Column("asked_at", sa.DateTime(), nullable=False, comment="When it was asked for"),
        sa.Column(
            "used_at", sa.DateTime(), nullable=True, comment="When it was used; empty until then"
        ),
        sa.ForeignKeyConstraint(
            ["patron_id"], ["patron.id"], name=op.f("fk_password_link_patron_id")
        ),
        sa.PrimaryKeyConstraint("secret_hash", name=op.f("pk_password_link")),
    )
    with op.batch_alter_table("password_link") as batch_op:
        batch_op.create_index(batch_op.f("ix_password_link_asked_at"), ["asked_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_password_link_patron_id"), ["patron_id"], unique=False)

    op.create_table(
        "push_subscription",
        sa.Column("id", sa.Integer(), nullable=False, comment="Our number for it"),
        sa.Column("patron_id", sa.Integer(), nullable=False, comment="Whose device"),
        sa.Column(
            "endpoint",
            sa.String(length=1000),
            nullable=False,
            comment="Where the browser's maker takes notices",
        ),
        sa.Column(
            "public_key",
            sa.String(length=120),
            nullable=False,
            comment="p256dh: what they are encrypted for",
        ),
        sa.Column(
            "secret",
            sa.String(length=60),
            nullable=False,
            comment="auth: what else it takes to read them",
        ),
        sa.Column(
            "language",
            sa.Enum(
                "ja", "en", "ja-simple", name="Lang", native_enum=False, create_constraint=True
            ),
            nullable=False,
            comment="In which language",
        ),
        sa.Column(
            "made_at", sa.DateTime(), nullable=False, comment="When the patron asked for them"
        ),
        sa.ForeignKeyConstraint(
            ["patron_id"], ["patron.id"], name=op.f("fk_push_subscription_patron_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_push_subscription")),
        sa.UniqueConstraint("endpoint", name=op.f("uq_push_subscription_endpoint")),
    )
    with op.batch_alter_table("push_subscription") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_push_subscription_patron_id"), ["patron_id"], unique=False
        )

    op.create_table(
        "stop_link",
        sa.Column("patron_id", sa.Integer(), nullable=False, comment="Whose mail"),
        sa.Column(
            "kind",
            sa.Enum(
                "registration",
                "hold",
                "new_arrivals",
                "loan",
                "due_date",
                name="NoticeKind",
                native_enum=False,
                create_constraint=True,
            ),
            nullable=False,
            comment="Which notice it stops",
        ),
        sa.Column(
            "nonce", sa.String(length=64), nullable=False, comment="Makes every address another one"
        ),
        sa.Column(
            "secret_hash",
            sa.String(length=64),
            nullable=False,
            comment="SHA-256 of the secret in the address",
        ),
        sa.ForeignKeyConstraint(["patron_id"], ["patron.id"], name=op.f("fk_stop_link_patron_id")),
        sa.PrimaryKeyConstraint("patron_id", "kind", name=op.f("pk_stop_link")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_stop_link_secret_hash")),
    )
    op.create_table(
        "alert_condition",
        sa.Column("alert_id", sa.Integer(), nullable=False, comment="Of which alert"),
        sa.Column("position", sa.Integer(), nullable=False, comment="Order in the form, from one"),
        sa.Column(
            "field",
            sa.Enum(
                "title",
                "author",
                "subject",
                "publisher",
                name="Field",
                native_enum=False,
                create_constraint=True,
            ),
            nullable=False,
            comment="Where to look",
        ),
        sa.Column(
            "match",
            sa.Enum(
                "contains",
                "starts",
                "equals",
                "lacks",
                name="Match",
                native_enum=False,
                create_constraint=True,
            ),
            nullable=False,
            comment="How to compare",
        ),
        sa.Column("text", sa.String(length=400), nullable=False, comment="What the patron wrote"),
        sa.Column(
            "connector",
            sa.Enum("and", "or", name="Connector", native_enum=False, create_constraint=True),
            nullable=False,
            comment="How it joins the line before it",
        ),
        sa.ForeignKeyConstraint(
            ["alert_id"], ["alert.id"], name=op.f("fk_alert_condition_alert_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("alert_id", "position", name=op.f("pk_alert_condition")),
    )
    op.create_table(
        "alert_find",
        sa.Column("patron_id", sa.Integer(), nullable=False, comment="Who hears of it"),
        sa.Column("record_id", sa.Integer(), nullable=False, comment="Which record"),
        sa.Column("alert_id", sa.Integer(), nullable=False, comment="Which alert found it"),
        sa.ForeignKeyConstraint(
            ["alert_id"], ["alert.id"], name=op.f("fk_alert_find_alert_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["patron_id"], ["patron.id"], name=op.f("fk_alert_find_patron_id")),
        sa.ForeignKeyConstraint(
            ["record_id"],
            ["bibliographic_record.id"],
            name=op.f("fk_alert_find_record_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("patron_id", "record_id", "alert_id", name=op.f("pk_alert_find")),
    )
    with op.batch_alter_table("alert_find") as batch_op:
        batch_op.create_index(batch_op.f("ix_alert_find_alert_id"), ["alert_id"], unique=False)

    write_letters_anew()

    with op.batch_alter_table("loan") as batch_op:
        batch_op.add_column(
            sa.Column(
                "reminded_of",
                sa.Date(),
                nullable=True,
                comment="The due date of which its patron was reminded, while out (K-45)",
            )
        )
        batch_op.add_column(
            sa.Column(
                "overdue_letters",
                sa.Integer(),
                nullable=False,
                server_default="0",
                comment="How often its patron was told it is late, while out",
            )
        )

    with op.batch_alter_table("mail_address") as batch_op:
        batch_op.add_column(
            sa.Column(
                "refused_at",
                sa.DateTime(),
                nullable=True,
                comment="When a mail server last said that nobody reads there; empty is well",
            )
        )

    with op.batch_alter_table("patron") as batch_op:
        batch_op.add_column(
            sa.Column(
                "telephone",
                sa.String(length=20),
                nullable=False,
                server_default="",
                comment="Where they are called (K-46), digits only",
            )
        )
        batch_op.add_column(
            sa.Column(
                "language",
                sa.Enum(
                    "ja", "en", "ja-simple", name="Lang", native_enum=False, create_constraint=True
                ),
                nullable=False,
                server_default="ja",
                comment="In which language mail is written to them",
            )
        )

    # New rows name their own; a default was for those that were there.
    with op.batch_alter_table("loan") as batch_op:
        batch_op.alter_column("overdue_letters", server_default=None)
        batch_op.create_check_constraint(
            op.f("ck_loan_no_reminders_once_returned"),
            "returned_at IS NULL OR (reminded_of IS NULL AND overdue_letters = 0)",
        )
    with op.batch_alter_table("patron") as batch_op:
        batch_op.alter_column("telephone", server_default=None)
        batch_op.alter_column("language", server_default=None)
    # What came in on one day stands in one order, and need not be sorted for it.
    with op.batch_alter_table("bibliographic_record") as batch_op:
        batch_op.drop_index(batch_op.f("ix_bibliographic_record_added_on"))
        batch_op.create_index(
            batch_op.f("ix_bibliographic_record_added_on_id"), ["added_on", "id"], unique=False
        )


def downgrade() -> None:
    """Go back."""
    with op.batch_alter_table("bibliographic_record") as batch_op:
        batch_op.drop_index(batch_op.f("ix_bibliographic_record_added_on_id"))
        batch_op.create_index(
            batch_op.f("ix_bibliographic_record_added_on"), ["added_on"], unique=False
        )
    with op.batch_alter_table("loan") as batch_op:
        batch_op.drop_constraint(op.f("ck_loan_no_reminders_once_returned"), type_="check")
    with op.batch_alter_table("patron") as batch_op:
        batch_op.drop_constraint(op.f("ck_patron_Lang"), type_="check")
        batch_op.drop_column("language")
        batch_op.drop_column("telephone")

    with op.batch_alter_table("mail_address") as batch_op:
        batch_op.drop_column("refused_at")

    with op.batch_alter_table("loan") as batch_op:
        batch_op.drop_column("overdue_letters")
        batch_op.drop_column("reminded_of")

    op.drop_table("letter")
    op.create_table(
        "letter",
        sa.Column("id", sa.Integer(), nullable=False, comment="Our number for it"),
        sa.Column("patron_id", sa.Integer(), nullable=False, comment="To whom"),
        sa.Column(
            "address",
            sa.String(length=254),
            nullable=False,
            comment="Where to, as it was when it was written",
        ),
        sa.Column(
            "kind",
            sa.Enum(
                "hold_placed",
                "hold_cancelled",
                name="LetterKind",
                native_enum=False,
                create_constraint=True,
            ),
            nullable=False,
            comment="What it tells",
        ),
        sa.Column(
            "language",
            sa.Enum(
                "ja", "en", "ja-simple", name="Lang", native_enum=False, create_constraint=True
            ),
            nullable=False,
            comment="What the patron read when they asked for it",
        ),
        sa.Column(
            "subject",
            sa.String(length=200),
            nullable=False,
            comment="What it is about, without a title",
        ),
        sa.Column("body", sa.String(), nullable=False, comment="What it says, as plain text"),
        sa.Column(
            "message_id",
            sa.String(length=32),
            nullable=False,
            comment="Random: the same however often it is sent",
        ),
        sa.Column("written_at", sa.DateTime(), nullable=False, comment="When it was written"),
        sa.Column(
            "sent_at",
            sa.DateTime(),
            nullable=True,
            comment="When it was handed on; empty until then",
        ),
        sa.ForeignKeyConstraint(["patron_id"], ["patron.id"], name=op.f("fk_letter_patron_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
        sa.UniqueConstraint("message_id", name=op.f("uq_letter_message_id")),
    )
    with op.batch_alter_table("letter") as batch_op:
        batch_op.create_index(batch_op.f("ix_letter_patron_id"), ["patron_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_letter_written_at"), ["written_at"], unique=False)

    with op.batch_alter_table("alert_find") as batch_op:
        batch_op.drop_index(batch_op.f("ix_alert_find_alert_id"))

    op.drop_table("alert_find")
    op.drop_table("alert_condition")
    op.drop_table("stop_link")
    with op.batch_alter_table("push_subscription") as batch_op:
        batch_op.drop_index(batch_op.f("ix_push_subscription_patron_id"))

    op.drop_table("push_subscription")
    with op.batch_alter_table("password_link") as batch_op:
        batch_op.drop_index(batch_op.f("ix_password_link_patron_id"))
        batch_op.drop_index(batch_op.f("ix_password_link_asked_at"))

    op.drop_table("password_link")
    op.drop_table("notice_choice")
    with op.batch_alter_table("group_message_reading") as batch_op:
        batch_op.drop_index(batch_op.f("ix_group_message_reading_patron_id"))

    op.drop_table("group_message_reading")
    with op.batch_alter_table("alert") as batch_op:
        batch_op.drop_index(batch_op.f("ix_alert_patron_id"))

    op.drop_table("alert")
    with op.batch_alter_table("address_proof") as batch_op:
        batch_op.drop_index(batch_op.f("ix_address_proof_asked_at"))

    op.drop_table("address_proof")
    with op.batch_alter_table("group_message") as batch_op:
        batch_op.drop_index(batch_op.f("ix_group_message_sent_at"))

    op.drop_table("group_message")
    op.drop_table("arrival")
    with op.batch_alter_table("news") as batch_op:
        batch_op.drop_index(batch_op.f("ix_news_published_at"))

    op.drop_table("news")
    op.drop_table("job")
