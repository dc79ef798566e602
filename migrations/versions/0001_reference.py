"""Reference data: organisations, werkingsgebieden, mandates, workers."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _organisation_types()
    _organisations()
    _organisation_roles()
    _werkingsgebieden()
    _gemeenten()
    _werkingsgebied_gemeenten()
    _mandaten()
    _erkenningen()
    _network_memberships()
    _closures()
    _workers()
    _absences()


def _organisation_types() -> None:
    op.create_table(
        "organisation_types",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_organisation_types"),
    )


def _organisations() -> None:
    op.create_table(
        "organisations",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column(
            "type_code",
            sa.Text(),
            sa.ForeignKey("organisation_types.code", name="fk_organisations_type_code_organisation_types"),
            nullable=False,
        ),
        sa.Column("team_mailbox", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column(
            "successor_code",
            sa.Text(),
            sa.ForeignKey("organisations.code", name="fk_organisations_successor_code_organisations"),
            nullable=True,
        ),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("code", name="pk_organisations"),
    )


def _organisation_roles() -> None:
    op.create_table(
        "organisation_roles",
        sa.Column(
            "org",
            sa.Text(),
            sa.ForeignKey("organisations.code", name="fk_organisation_roles_org_organisations"),
            nullable=False,
        ),
        sa.Column("rol", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("org", "rol", "valid_from", name="pk_organisation_roles"),
    )


def _werkingsgebieden() -> None:
    op.create_table(
        "werkingsgebieden",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_werkingsgebieden"),
    )


def _gemeenten() -> None:
    op.create_table(
        "gemeenten",
        sa.Column("nis_code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("arrondissement", sa.Text(), nullable=False),
        sa.Column("provincie", sa.Text(), nullable=False),
        sa.Column(
            "successor_nis",
            sa.Text(),
            sa.ForeignKey("gemeenten.nis_code", name="fk_gemeenten_successor_nis_gemeenten"),
            nullable=True,
        ),
        sa.Column("postcode", sa.Text(), nullable=True),
        sa.Column("inhabitants", sa.Integer(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("nis_code", name="pk_gemeenten"),
    )


def _werkingsgebied_gemeenten() -> None:
    op.create_table(
        "werkingsgebied_gemeenten",
        sa.Column(
            "nis_code",
            sa.Text(),
            sa.ForeignKey("gemeenten.nis_code", name="fk_werkingsgebied_gemeenten_nis_code_gemeenten"),
            nullable=False,
        ),
        sa.Column(
            "werkingsgebied",
            sa.Text(),
            sa.ForeignKey(
                "werkingsgebieden.code", name="fk_werkingsgebied_gemeenten_werkingsgebied_werkingsgebieden"
            ),
            nullable=False,
        ),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("nis_code", "valid_from", name="pk_werkingsgebied_gemeenten"),
    )
    op.create_index(
        "ix_werkingsgebied_gemeenten_werkingsgebied", "werkingsgebied_gemeenten", ["werkingsgebied"]
    )


def _mandaten() -> None:
    op.create_table(
        "mandaten",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column(
            "org",
            sa.Text(),
            sa.ForeignKey("organisations.code", name="fk_mandaten_org_organisations"),
            nullable=False,
        ),
        sa.Column("rol", sa.Text(), nullable=False),
        sa.Column(
            "werkingsgebied",
            sa.Text(),
            sa.ForeignKey("werkingsgebieden.code", name="fk_mandaten_werkingsgebied_werkingsgebieden"),
            nullable=False,
        ),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_mandaten"),
    )
    op.create_index("ix_mandaten_werkingsgebied_rol", "mandaten", ["werkingsgebied", "rol"])


def _erkenningen() -> None:
    op.create_table(
        "erkenningen",
        sa.Column(
            "org",
            sa.Text(),
            sa.ForeignKey("organisations.code", name="fk_erkenningen_org_organisations"),
            nullable=False,
        ),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("org", "kind", "number", name="pk_erkenningen"),
    )


def _network_memberships() -> None:
    op.create_table(
        "network_memberships",
        sa.Column(
            "werkingsgebied",
            sa.Text(),
            sa.ForeignKey(
                "werkingsgebieden.code", name="fk_network_memberships_werkingsgebied_werkingsgebieden"
            ),
            nullable=False,
        ),
        sa.Column(
            "org",
            sa.Text(),
            sa.ForeignKey("organisations.code", name="fk_network_memberships_org_organisations"),
            nullable=False,
        ),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("werkingsgebied", "org", "kind", "valid_from", name="pk_network_memberships"),
    )


def _closures() -> None:
    op.create_table(
        "closures",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column(
            "org",
            sa.Text(),
            sa.ForeignKey("organisations.code", name="fk_closures_org_organisations"),
            nullable=True,
        ),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("reden", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_closures"),
        sa.CheckConstraint("first_day <= last_day", name=op.f("ck_closures_order")),
    )


def _workers() -> None:
    op.create_table(
        "workers",
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column(
            "org",
            sa.Text(),
            sa.ForeignKey("organisations.code", name="fk_workers_org_organisations"),
            nullable=False,
        ),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("rol", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("is_leiding", sa.Boolean(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("ref", name="pk_workers"),
    )
    op.create_index("ix_workers_org", "workers", ["org"])


def _absences() -> None:
    op.create_table(
        "absences",
        sa.Column(
            "worker",
            sa.Text(),
            sa.ForeignKey("workers.ref", name="fk_absences_worker_workers"),
            nullable=False,
        ),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column(
            "replacement",
            sa.Text(),
            sa.ForeignKey("workers.ref", name="fk_absences_replacement_workers"),
            nullable=True,
        ),
        sa.PrimaryKeyConstraint("worker", "first_day", name="pk_absences"),
    )
