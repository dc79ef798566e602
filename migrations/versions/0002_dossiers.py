"""Dossiers: people, their periods, numbers, keys, trajectories and requests."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")


def upgrade() -> None:
    _persons()
    _statuut_periods()
    _counters()
    _dossiers()
    _dossier_keys()
    _trajecten()
    _aanvragen()


def _persons() -> None:
    op.create_table(
        "persons",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("first_name", sa.Text(), nullable=False),
        sa.Column("last_name", sa.Text(), nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=False),
        sa.Column("address_line_1", sa.Text(), nullable=True),
        sa.Column("address_line_2", sa.Text(), nullable=True),
        sa.Column("postcode", sa.Text(), nullable=True),
        sa.Column("nis_code", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("brief_aan", sa.Text(), nullable=False),
        sa.Column("brief_aan_adres", sa.Text(), nullable=True),
        sa.Column("protected_address", sa.Boolean(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("interpreter", sa.Boolean(), nullable=False),
        sa.Column("overleden_op", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_persons"),
        sa.CheckConstraint(
            "brief_aan IN ('zelf', 'bewindvoerder_en_zelf', 'ouder_of_voogd', 'per_adres', 'geen_brief')",
            name=op.f("ck_persons_brief_aan"),
        ),
    )
    op.create_index("ix_persons_birth_date", "persons", ["birth_date"])


def _statuut_periods() -> None:
    op.create_table(
        "statuut_periods",
        sa.Column(
            "person_id",
            sa.Integer(),
            sa.ForeignKey("persons.id", name="fk_statuut_periods_person_id_persons"),
            nullable=False,
        ),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("expected_end", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("person_id", "code", "valid_from", name="pk_statuut_periods"),
    )


def _counters() -> None:
    op.create_table(
        "counters",
        sa.Column("domain", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("domain", "year", name="pk_counters"),
    )


def _dossiers() -> None:
    op.create_table(
        "dossiers",
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column(
            "person_id",
            sa.Integer(),
            sa.ForeignKey("persons.id", name="fk_dossiers_person_id_persons"),
            nullable=False,
        ),
        sa.Column("domain", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("nis_code", sa.Text(), nullable=False),
        sa.Column("own_reference", sa.Text(), nullable=True),
        sa.Column("created_on", sa.Date(), nullable=False),
        sa.Column("letters_held_by", sa.Text(), nullable=True),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("reference", name="pk_dossiers"),
    )
    op.create_index("ix_dossiers_person_id", "dossiers", ["person_id"])


def _dossier_keys() -> None:
    op.create_table(
        "dossier_keys",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column(
            "reference",
            sa.Text(),
            sa.ForeignKey("dossiers.reference", name="fk_dossier_keys_reference_dossiers"),
            nullable=False,
        ),
        sa.Column("domain", sa.Text(), nullable=False),
        sa.Column("material", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("destroyed_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_dossier_keys"),
        sa.CheckConstraint("domain IN ('onthaal', 'activering_ama')", name=op.f("ck_dossier_keys_domain")),
        sa.UniqueConstraint("reference", "domain", name="uq_dossier_keys_reference_domain"),
    )


def _trajecten() -> None:
    op.create_table(
        "trajecten",
        sa.Column("workflow_id", sa.Text(), nullable=False),
        sa.Column(
            "reference",
            sa.Text(),
            sa.ForeignKey("dossiers.reference", name="fk_trajecten_reference_dossiers"),
            nullable=False,
        ),
        sa.Column("soort", sa.Text(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("nis_code", sa.Text(), nullable=False),
        sa.Column("werkingsgebied", sa.Text(), nullable=True),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("begeleidt_al", sa.Text(), nullable=True),
        sa.Column("fase", sa.Text(), nullable=True),
        sa.Column("stand", JSON, nullable=True),
        sa.Column("last_seq", sa.Integer(), nullable=False),
        sa.Column("last_step", sa.Integer(), nullable=False),
        sa.Column("opgeschort", sa.Boolean(), nullable=False),
        sa.Column("te_laat", sa.Boolean(), nullable=False),
        sa.Column("einde", sa.Date(), nullable=True),
        sa.Column("volgende_opdracht", sa.Text(), nullable=True),
        sa.Column("volgende_termijn", MOMENT, nullable=True),
        sa.Column("as_of", sa.Date(), nullable=True),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("workflow_id", name="pk_trajecten"),
    )
    op.create_index(
        "ix_trajecten_is_open_werkingsgebied_fase", "trajecten", ["is_open", "werkingsgebied", "fase"]
    )
    op.create_index("ix_trajecten_reference", "trajecten", ["reference"])
    op.create_index(
        "uq_trajecten_one_open_of_a_kind",
        "trajecten",
        ["reference", "soort"],
        unique=True,
        sqlite_where=sa.text("is_open"),
        postgresql_where=sa.text("is_open"),
    )


def _aanvragen() -> None:
    op.create_table(
        "aanvragen",
        sa.Column("sleutel", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column(
            "reference",
            sa.Text(),
            sa.ForeignKey("dossiers.reference", name="fk_aanvragen_reference_dossiers"),
            nullable=False,
        ),
        sa.Column(
            "workflow_id",
            sa.Text(),
            sa.ForeignKey("trajecten.workflow_id", name="fk_aanvragen_workflow_id_trajecten"),
            nullable=False,
        ),
        sa.Column("answer", JSON, nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("sleutel", name="pk_aanvragen"),
    )
    op.create_index("ix_aanvragen_reference", "aanvragen", ["reference"])
