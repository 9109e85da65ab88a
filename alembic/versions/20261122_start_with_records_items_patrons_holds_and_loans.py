"""Start with records, items, patrons, holds and loans.

Revision ID: 20261122_start
Revises:
"""

import sqlalchemy as sa
from alembic import op

revision = "20261122_start"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "bibliographic_record",
        sa.Column(
            "id", sa.Integer(), nullable=False, comment="Our number for it, used in addresses"
        ),
        sa.Column(
            "key",
            sa.String(length=120),
            nullable=False,
            comment="Its name in the file it came from",
        ),
        sa.Column(
            "digest",
            sa.String(length=64),
            nullable=False,
            comment="SHA-256 of the imported form: equal means unchanged",
        ),
        sa.Column(
            "title",
            sa.String(),
            nullable=False,
            comment="Title proper with its subtitle, as printed",
        ),
        sa.Column(
            "title_reading", sa.String(), nullable=False, comment="Reading of the title in katakana"
        ),
        sa.Column(
            "title_sort",
            sa.String(length=200),
            nullable=False,
            comment="Key that orders titles by reading",
        ),
        sa.Column(
            "author_sort",
            sa.String(length=200),
            nullable=False,
            comment="Key that orders by first creator",
        ),
        sa.Column(
            "volume", sa.String(length=200), nullable=False, comment="Volume or issue, as printed"
        ),
        sa.Column("series", sa.String(), nullable=False, comment="Series the record belongs to"),
        sa.Column(
            "series_reading",
            sa.String(),
            nullable=False,
            comment="Reading of the series in katakana",
        ),
        sa.Column(
            "series_volume",
            sa.String(length=200),
            nullable=False,
            comment="Number within the series",
        ),
        sa.Column("publisher", sa.String(), nullable=False, comment="Publisher, as printed"),
        sa.Column(
            "published_on",
            sa.String(length=80),
            nullable=False,
            comment="Date of publication, as printed",
        ),
        sa.Column(
            "published_year", sa.Integer(), nullable=True, comment="The year that date means"
        ),
        sa.Column(
            "material",
            sa.Enum(
                "book",
                "magazine",
                "cd",
                "dvd",
                "other",
                name="MaterialClass",
                native_enum=False,
                create_constraint=True,
            ),
            nullable=False,
            comment="Kind of thing; limits differ by it",
        ),
        sa.Column(
            "audience",
            sa.Enum(
                "general",
                "young_adult",
                "children",
                name="Audience",
                native_enum=False,
                create_constraint=True,
            ),
            nullable=False,
            comment="Whom the library keeps it for",
        ),
        sa.Column(
            "language", sa.String(length=3), nullable=False, comment="ISO 639-2 code, or empty"
        ),
        sa.Column(
            "extent", sa.String(), nullable=False, comment="Pages, size, playing time, as printed"
        ),
        sa.Column("notes", sa.String(), nullable=False, comment="Notes, one a line"),
        sa.Column(
            "added_on",
            sa.Date(),
            nullable=False,
            comment="When the record came into this catalogue",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bibliographic_record")),
        sa.UniqueConstraint("key", name=op.f("uq_bibliographic_record_key")),
    )
    with op.batch_alter_table("bibliographic_record", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_bibliographic_record_added_on"), ["added_on"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_bibliographic_record_author_sort"), ["author_sort"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_bibliographic_record_published_year"), ["published_year"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_bibliographic_record_title_sort"), ["title_sort"], unique=False
        )

    op.create_table(
        "branch",
        sa.Column(
            "code",
            sa.String(length=16),
            nullable=False,
            comment="Short name used in files and settings",
        ),
        sa.Column(
            "name", sa.String(length=80), nullable=False, comment="Name on the door, in Japanese"
        ),
        sa.Column("name_en", sa.String(length=80), nullable=False, comment="The same in English"),
        sa.Column(
            "position", sa.Integer(), nullable=False, comment="Where it stands in lists, from one"
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_branch")),
    )
    op.create_table(
        "sign_in_attempt",
        sa.Column("id", sa.Integer(), nullable=False, comment="Our number for it"),
        sa.Column(
            "bucket",
            sa.String(length=64),
            nullable=False,
            comment="Keyed hash of the card number or of the address",
        ),
        sa.Column("tried_at", sa.DateTime(), nullable=False, comment="When"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_attempt")),
    )
    with op.batch_alter_table("sign_in_attempt", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_sign_in_attempt_bucket_tried_at"), ["bucket", "tried_at"], unique=False
        )

    op.create_table(
        "branch_hours",
        sa.Column("branch_code", sa.String(length=16), nullable=False, comment="Which branch"),
        sa.Column("weekday", sa.Integer(), nullable=False, comment="Monday is 0, as in Python"),
        sa.Column(
            "opens_at", sa.Time(), nullable=False, comment="When the doors open, library time"
        ),
        sa.Column(
            "closes_at", sa.Time(), nullable=False, comment="When the doors close, library time"
        ),
        sa.CheckConstraint(
            "opens_at < closes_at", name=op.f("ck_branch_hours_opens_before_it_closes")
        ),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name=op.f("ck_branch_hours_weekday")),
        sa.ForeignKeyConstraint(
            ["branch_code"], ["branch.code"], name=op.f("fk_branch_hours_branch_code")
        ),
        sa.PrimaryKeyConstraint("branch_code", "weekday", name=op.f("pk_branch_hours")),
    )
    op.create_table(
        "item",
        sa.Column("id", sa.Integer(), nullable=False, comment="Our number for it"),
        sa.Column("record_id", sa.Integer(), nullable=False, comment="What it is a copy of"),
        sa.Column(
            "barcode", sa.String(length=40), nullable=False, comment="As printed on the label"
        ),
        sa.Column("branch_code", sa.String(length=16), nullable=False, comment="Where it belongs"),
        sa.Column(
            "place",
            sa.String(length=120),
            nullable=False,
            comment="Shelf or room within the branch",
        ),
        sa.Column(
            "call_number", sa.String(length=120), nullable=False, comment="As printed on the spine"
        ),
        sa.Column(
            "for_loan", sa.Boolean(), nullable=False, comment="False for use in the library only"
        ),
        sa.Column(
            "state",
            sa.Enum(
                "on_shelf",
                "in_transit",
                "on_hold_shelf",
                "in_repair",
                "missing",
                name="ItemState",
                native_enum=False,
                create_constraint=True,
            ),
            nullable=False,
            comment="Where it is while nobody has it",
        ),
        sa.ForeignKeyConstraint(["branch_code"], ["branch.code"], name=op.f("fk_item_branch_code")),
        sa.ForeignKeyConstraint(
            ["record_id"], ["bibliographic_record.id"], name=op.f("fk_item_record_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item")),
        sa.UniqueConstraint("barcode", name=op.f("uq_item_barcode")),
    )
    with op.batch_alter_table("item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_item_branch_code"), ["branch_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_item_record_id"), ["record_id"], unique=False)

    op.create_table(
        "patron",
        sa.Column("id", sa.Integer(), nullable=False, comment="Our number for them, never shown"),
        sa.Column(
            "card_number",
            sa.String(length=20),
            nullable=False,
            comment="As printed on the card, digits only",
        ),
        sa.Column(
            "card_expires_on",
            sa.Date(),
            nullable=False,
            comment="Last day the card works, inclusive",
        ),
        sa.Column("name", sa.String(length=120), nullable=False, comment="Name, as on the card"),
        sa.Column(
            "born_on",
            sa.Date(),
            nullable=False,
            comment="Birth date: the first password at some libraries (K-04)",
        ),
        sa.Column(
            "password_hash",
            sa.String(),
            nullable=False,
            comment="argon2id; empty until a password is issued",
        ),
        sa.Column(
            "password_is_initial",
            sa.Boolean(),
            nullable=False,
            comment="True until the patron has chosen one",
        ),
        sa.Column(
            "initial_failures",
            sa.Integer(),
            nullable=False,
            comment="Wrong guesses at the first password, for life",
        ),
        sa.Column(
            "pickup_branch",
            sa.String(length=16),
            nullable=True,
            comment="Where they like to pick up (K-46)",
        ),
        sa.Column(
            "contact_method",
            sa.String(length=16),
            nullable=False,
            comment="How they like to hear of a hold (K-46)",
        ),
        sa.CheckConstraint("initial_failures >= 0", name=op.f("ck_patron_initial_failures")),
        sa.ForeignKeyConstraint(
            ["pickup_branch"], ["branch.code"], name=op.f("fk_patron_pickup_branch")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patron")),
        sa.UniqueConstraint("card_number", name=op.f("uq_patron_card_number")),
    )
    op.create_table(
        "record_classification",
        sa.Column("record_id", sa.Integer(), nullable=False, comment="Which record"),
        sa.Column(
            "position", sa.Integer(), nullable=False, comment="Order in the record, from one"
        ),
        sa.Column(
            "scheme", sa.String(length=16), nullable=False, comment="ndc8, ndc9, ndc10, ndlc …"
        ),
        sa.Column(
            "number",
            sa.String(length=40),
            nullable=False,
            comment="The class number, for example 913.6",
        ),
        sa.ForeignKeyConstraint(
            ["record_id"],
            ["bibliographic_record.id"],
            name=op.f("fk_record_classification_record_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("record_id", "position", name=op.f("pk_record_classification")),
    )
    with op.batch_alter_table("record_classification", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_record_classification_scheme_number"), ["scheme", "number"], unique=False
        )

    op.create_table(
        "record_creator",
        sa.Column("record_id", sa.Integer(), nullable=False, comment="Whose work"),
        sa.Column(
            "position", sa.Integer(), nullable=False, comment="Order on the title page, from one"
        ),
        sa.Column("name", sa.String(), nullable=False, comment="Name, as printed"),
        sa.Column("reading", sa.String(), nullable=False, comment="Reading in katakana"),
        sa.Column(
            "role", sa.String(length=120), nullable=False, comment="What they did: 著, 訳, 絵 …"
        ),
        sa.ForeignKeyConstraint(
            ["record_id"],
            ["bibliographic_record.id"],
            name=op.f("fk_record_creator_record_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("record_id", "position", name=op.f("pk_record_creator")),
    )
    op.create_table(
        "record_identifier",
        sa.Column("record_id", sa.Integer(), nullable=False, comment="Which record"),
        sa.Column(
            "position", sa.Integer(), nullable=False, comment="Order in the record, from one"
        ),
        sa.Column(
            "kind",
            sa.Enum(
                "isbn",
                "issn",
                "jpno",
                "other",
                name="IdentifierKind",
                native_enum=False,
                create_constraint=True,
            ),
            nullable=False,
            comment="Who gave the number",
        ),
        sa.Column(
            "value",
            sa.String(length=80),
            nullable=False,
            comment="The number without hyphens; ISBN with 13 digits",
        ),
        sa.ForeignKeyConstraint(
            ["record_id"],
            ["bibliographic_record.id"],
            name=op.f("fk_record_identifier_record_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("record_id", "position", name=op.f("pk_record_identifier")),
    )
    with op.batch_alter_table("record_identifier", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_record_identifier_kind_value"), ["kind", "value"], unique=False
        )

    op.create_table(
        "record_subject",
        sa.Column("record_id", sa.Integer(), nullable=False, comment="Which record"),
        sa.Column(
            "position", sa.Integer(), nullable=False, comment="Order in the record, from one"
        ),
        sa.Column("term", sa.String(), nullable=False, comment="Heading, as printed"),
        sa.ForeignKeyConstraint(
            ["record_id"],
            ["bibliographic_record.id"],
            name=op.f("fk_record_subject_record_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("record_id", "position", name=op.f("pk_record_subject")),
    )
    op.create_table(
        "cart_line",
        sa.Column("patron_id", sa.Integer(), nullable=False, comment="Whose cart"),
        sa.Column("record_id", sa.Integer(), nullable=False, comment="Which record"),
        sa.Column(
            "added_at",
            sa.DateTime(),
            nullable=False,
            comment="When it was put in; the cart is shown in this order",
        ),
        sa.ForeignKeyConstraint(["patron_id"], ["patron.id"], name=op.f("fk_cart_line_patron_id")),
        sa.ForeignKeyConstraint(
            ["record_id"], ["bibliographic_record.id"], name=op.f("fk_cart_line_record_id")
        ),
        sa.PrimaryKeyConstraint("patron_id", "record_id", name=op.f("pk_cart_line")),
    )
    op.create_table(
        "hold",
        sa.Column("id", sa.Integer(), nullable=False, comment="Our number for it"),
        sa.Column("patron_id", sa.Integer(), nullable=False, comment="Who waits"),
        sa.Column("record_id", sa.Integer(), nullable=False, comment="For what"),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "in_transit",
                "ready",
                "lent",
                "lapsed",
                "cancelled",
                name="HoldState",
                native_enum=False,
                create_constraint=True,
            ),
            nullable=False,
            comment="How far it has come (G-32)",
        ),
        sa.Column(
            "slot",
            sa.Integer(),
            nullable=True,
            comment="Lowest free number up to the patron's limit, while open",
        ),
        sa.Column(
            "limit_class",
            sa.String(length=16),
            nullable=False,
            comment="Material class with a limit of its own, or empty",
        ),
        sa.Column("class_slot", sa.Integer(), nullable=True, comment="The same within that class"),
        sa.Column(
            "queue_number",
            sa.Integer(),
            nullable=True,
            comment="Orders the queue of the record, while open",
        ),
        sa.Column(
            "pickup_branch", sa.String(length=16), nullable=False, comment="Where to fetch it"
        ),
        sa.Column(
            "contact_method",
            sa.String(length=16),
            nullable=False,
            comment="How the patron hears of it",
        ),
        sa.Column("placed_at", sa.DateTime(), nullable=False, comment="When it was placed"),
        sa.Column(
            "expires_on",
            sa.Date(),
            nullable=True,
            comment="Last day the patron wants it; empty is for ever",
        ),
        sa.Column("item_id", sa.Integer(), nullable=True, comment="The copy kept for it"),
        sa.Column(
            "pickup_by", sa.Date(), nullable=True, comment="Last day it is kept on the hold shelf"
        ),
        sa.Column(
            "ended_at", sa.DateTime(), nullable=True, comment="When it ended; empty while open"
        ),
        sa.CheckConstraint(
            "(state = 'ready') <= (pickup_by IS NOT NULL)", name=op.f("ck_hold_ready_has_a_date")
        ),
        sa.CheckConstraint(
            "(state IN ('in_transit', 'ready')) = (item_id IS NOT NULL)",
            name=op.f("ck_hold_an_item_is_kept_from_transit_to_pickup"),
        ),
        sa.CheckConstraint(
            "(state IN ('waiting', 'in_transit', 'ready')) "
            "= (slot IS NOT NULL AND queue_number IS NOT NULL AND ended_at IS NULL)",
            name=op.f("ck_hold_open_holds_have_a_slot_and_a_queue_number"),
        ),
        sa.CheckConstraint(
            "slot >= 1 AND class_slot >= 1", name=op.f("ck_hold_slots_count_from_one")
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_hold_item_id")),
        sa.ForeignKeyConstraint(["patron_id"], ["patron.id"], name=op.f("fk_hold_patron_id")),
        sa.ForeignKeyConstraint(
            ["pickup_branch"], ["branch.code"], name=op.f("fk_hold_pickup_branch")
        ),
        sa.ForeignKeyConstraint(
            ["record_id"], ["bibliographic_record.id"], name=op.f("fk_hold_record_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hold")),
    )
    with op.batch_alter_table("hold", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hold_patron_id"), ["patron_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_hold_record_id"), ["record_id"], unique=False)
        batch_op.create_index(
            "uq_hold_kept_item",
            ["item_id"],
            unique=True,
            sqlite_where=sa.text("item_id IS NOT NULL"),
            postgresql_where=sa.text("item_id IS NOT NULL"),
        )
        batch_op.create_index(
            "uq_hold_open_class_slot",
            ["patron_id", "limit_class", "class_slot"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL AND class_slot IS NOT NULL"),
            postgresql_where=sa.text("ended_at IS NULL AND class_slot IS NOT NULL"),
        )
        batch_op.create_index(
            "uq_hold_open_patron_record",
            ["patron_id", "record_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.create_index(
            "uq_hold_open_queue",
            ["record_id", "queue_number"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.create_index(
            "uq_hold_open_slot",
            ["patron_id", "slot"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "loan",
        sa.Column("id", sa.Integer(), nullable=False, comment="Our number for it"),
        sa.Column("patron_id", sa.Integer(), nullable=False, comment="Who has it"),
        sa.Column("item_id", sa.Integer(), nullable=False, comment="What they have"),
        sa.Column("branch_code", sa.String(length=16), nullable=False, comment="Where it was lent"),
        sa.Column("lent_on", sa.Date(), nullable=False, comment="When it was lent"),
        sa.Column("due_on", sa.Date(), nullable=False, comment="Last day to bring it back"),
        sa.Column(
            "renewals",
            sa.Integer(),
            nullable=False,
            comment="How often the due date has been moved",
        ),
        sa.Column(
            "is_interlibrary",
            sa.Boolean(),
            nullable=False,
            comment="Borrowed from another library (G-25)",
        ),
        sa.Column(
            "returned_at",
            sa.DateTime(),
            nullable=True,
            comment="When it came back; empty while out",
        ),
        sa.CheckConstraint("renewals >= 0", name=op.f("ck_loan_renewals")),
        sa.ForeignKeyConstraint(["branch_code"], ["branch.code"], name=op.f("fk_loan_branch_code")),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_loan_item_id")),
        sa.ForeignKeyConstraint(["patron_id"], ["patron.id"], name=op.f("fk_loan_patron_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_loan")),
    )
    with op.batch_alter_table("loan", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_loan_item_id"), ["item_id"], unique=False)
        batch_op.create_index(
            "ix_loan_open_patron",
            ["patron_id"],
            unique=False,
            sqlite_where=sa.text("returned_at IS NULL"),
            postgresql_where=sa.text("returned_at IS NULL"),
        )
        batch_op.create_index(
            "uq_loan_open_item",
            ["item_id"],
            unique=True,
            sqlite_where=sa.text("returned_at IS NULL"),
            postgresql_where=sa.text("returned_at IS NULL"),
        )

    op.create_table(
        "patron_session",
        sa.Column(
            "id_hash",
            sa.String(length=64),
            nullable=False,
            comment="SHA-256 of the cookie's secret",
        ),
        sa.Column("patron_id", sa.Integer(), nullable=False, comment="Who signed in"),
        sa.Column("created_at", sa.DateTime(), nullable=False, comment="When they signed in"),
        sa.Column("seen_at", sa.DateTime(), nullable=False, comment="When they last did something"),
        sa.Column(
            "ended_at", sa.DateTime(), nullable=True, comment="When it ended; empty while it lasts"
        ),
        sa.ForeignKeyConstraint(
            ["patron_id"], ["patron.id"], name=op.f("fk_patron_session_patron_id")
        ),
        sa.PrimaryKeyConstraint("id_hash", name=op.f("pk_patron_session")),
    )
    with op.batch_alter_table("patron_session", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_patron_session_patron_id"), ["patron_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_patron_session_seen_at"), ["seen_at"], unique=False)

    op.create_table(
        "session_tab",
        sa.Column("id_hash", sa.String(), nullable=False, comment="Which session"),
        sa.Column(
            "token",
            sa.String(),
            nullable=False,
            comment="The tab's key on the server, bound to the session",
        ),
        sa.ForeignKeyConstraint(
            ["id_hash"],
            ["patron_session.id_hash"],
            name=op.f("fk_session_tab_id_hash"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id_hash", "token", name=op.f("pk_session_tab")),
    )


def downgrade() -> None:
    """Go back."""
    op.drop_table("session_tab")
    with op.batch_alter_table("patron_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_patron_session_seen_at"))
        batch_op.drop_index(batch_op.f("ix_patron_session_patron_id"))

    op.drop_table("patron_session")
    with op.batch_alter_table("loan", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_loan_open_item",
            sqlite_where=sa.text("returned_at IS NULL"),
            postgresql_where=sa.text("returned_at IS NULL"),
        )
        batch_op.drop_index(
            "ix_loan_open_patron",
            sqlite_where=sa.text("returned_at IS NULL"),
            postgresql_where=sa.text("returned_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_loan_item_id"))

    op.drop_table("loan")
    with op.batch_alter_table("hold", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_hold_open_slot",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.drop_index(
            "uq_hold_open_queue",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.drop_index(
            "uq_hold_open_patron_record",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.drop_index(
            "uq_hold_open_class_slot",
            sqlite_where=sa.text("ended_at IS NULL AND class_slot IS NOT NULL"),
            postgresql_where=sa.text("ended_at IS NULL AND class_slot IS NOT NULL"),
        )
        batch_op.drop_index(
            "uq_hold_kept_item",
            sqlite_where=sa.text("item_id IS NOT NULL"),
            postgresql_where=sa.text("item_id IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_hold_record_id"))
        batch_op.drop_index(batch_op.f("ix_hold_patron_id"))

    op.drop_table("hold")
    op.drop_table("cart_line")
    op.drop_table("record_subject")
    with op.batch_alter_table("record_identifier", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_record_identifier_kind_value"))

    op.drop_table("record_identifier")
    op.drop_table("record_creator")
    with op.batch_alter_table("record_classification", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_record_classification_scheme_number"))

    op.drop_table("record_classification")
    op.drop_table("patron")
    with op.batch_alter_table("item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_item_record_id"))
        batch_op.drop_index(batch_op.f("ix_item_branch_code"))

    op.drop_table("item")
    op.drop_table("branch_hours")
    with op.batch_alter_table("sign_in_attempt", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_in_attempt_bucket_tried_at"))

    op.drop_table("sign_in_attempt")
    op.drop_table("branch")
    with op.batch_alter_table("bibliographic_record", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_bibliographic_record_title_sort"))
        batch_op.drop_index(batch_op.f("ix_bibliographic_record_published_year"))
        batch_op.drop_index(batch_op.f("ix_bibliographic_record_author_sort"))
        batch_op.drop_index(batch_op.f("ix_bibliographic_record_added_on"))

    op.drop_table("bibliographic_record")
