"""Reference data as tables: who there is, where, and who may do what in which period."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from models.schema import Base, Period


class OrganisationTypeRow(Base):
    """A kind of organisation, such as CAW or OCMW."""

    __tablename__ = "organisation_types"

    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]


class OrganisationRow(Period, Base):
    """An organisation, with its mailbox for what has no owner and its successor after a merger."""

    __tablename__ = "organisations"

    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    type_code: Mapped[str] = mapped_column(ForeignKey("organisation_types.code"))
    team_mailbox: Mapped[str]
    phone: Mapped[str | None]
    address: Mapped[str | None]
    successor_code: Mapped[str | None] = mapped_column(ForeignKey("organisations.code"))


class OrganisationRolRow(Period, Base):
    """A role that an organisation takes up in trajectories."""

    __tablename__ = "organisation_roles"

    org: Mapped[str] = mapped_column(ForeignKey("organisations.code"), primary_key=True)
    rol: Mapped[str] = mapped_column(primary_key=True)
    valid_from: Mapped[date] = mapped_column(primary_key=True)


class WerkingsgebiedRow(Base):
    """A region in which mandates are given."""

    __tablename__ = "werkingsgebieden"

    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]


class GemeenteRow(Period, Base):
    """A municipality by its NIS code, with its successor after a merger."""

    __tablename__ = "gemeenten"

    nis_code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    arrondissement: Mapped[str]
    provincie: Mapped[str]
    successor_nis: Mapped[str | None] = mapped_column(ForeignKey("gemeenten.nis_code"))
    postcode: Mapped[str | None]
    inhabitants: Mapped[int | None]


class WerkingsgebiedGemeenteRow(Period, Base):
    """A municipality in a werkingsgebied; `status` says whether that was seen in law or is assumed."""

    __tablename__ = "werkingsgebied_gemeenten"

    nis_code: Mapped[str] = mapped_column(ForeignKey("gemeenten.nis_code"), primary_key=True)
    werkingsgebied: Mapped[str] = mapped_column(ForeignKey("werkingsgebieden.code"), index=True)
    valid_from: Mapped[date] = mapped_column(primary_key=True)
    status: Mapped[str] = mapped_column(CheckConstraint("status IN ('law', 'assumed')", name="status"))


class GboRow(Base):
    """A geintegreerd breed onthaal (LSB art. 9): the partners of a region who welcome people together."""

    __tablename__ = "gbos"

    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    coordinator_org: Mapped[str | None] = mapped_column(ForeignKey("organisations.code"))


class GboGemeenteRow(Period, Base):
    """A municipality that a GBO serves; `status` says whether that was seen in law or is assumed."""

    __tablename__ = "gbo_gemeenten"
    __table_args__ = (CheckConstraint("status IN ('law', 'assumed')", name="status"),)

    nis_code: Mapped[str] = mapped_column(ForeignKey("gemeenten.nis_code"), primary_key=True)
    gbo: Mapped[str] = mapped_column(ForeignKey("gbos.code"), index=True)
    valid_from: Mapped[date] = mapped_column(primary_key=True)
    status: Mapped[str]


class GboPartnerRow(Period, Base):
    """A kernpartner of a GBO, with its place in the order in which the partners agreed to be asked."""

    __tablename__ = "gbo_partners"
    __table_args__ = (CheckConstraint("volgorde >= 1", name="volgorde"),)

    gbo: Mapped[str] = mapped_column(ForeignKey("gbos.code"), primary_key=True)
    org: Mapped[str] = mapped_column(ForeignKey("organisations.code"), primary_key=True)
    valid_from: Mapped[date] = mapped_column(primary_key=True)
    volgorde: Mapped[int]


class ContingentHolderRow(Base):
    """A maatwerkbedrijf that has, or had, a contingent (D2022 art. 33); its row is locked to give out places."""

    __tablename__ = "contingent_holders"

    org: Mapped[str] = mapped_column(ForeignKey("organisations.code"), primary_key=True)


class ContingentPartnerRow(Period, Base):
    """An organisation of the partnership that a holder steers."""

    __tablename__ = "contingent_partners"

    holder: Mapped[str] = mapped_column(ForeignKey("contingent_holders.org"), primary_key=True)
    org: Mapped[str] = mapped_column(ForeignKey("organisations.code"), primary_key=True)
    valid_from: Mapped[date] = mapped_column(primary_key=True)


class ContingentRow(Period, Base):
    """The places of a holder from a day on: a later row replaces it, a last day closes the contingent."""

    __tablename__ = "contingents"
    __table_args__ = (
        CheckConstraint("places >= 0", name="places"),
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="order"),
        CheckConstraint("status IN ('law', 'assumed')", name="status"),
    )

    holder: Mapped[str] = mapped_column(ForeignKey("contingent_holders.org"), primary_key=True)
    valid_from: Mapped[date] = mapped_column(primary_key=True)
    places: Mapped[int]
    source: Mapped[str]
    status: Mapped[str]


class MandaatRow(Period, Base):
    """A mandate of an organisation for a role in a werkingsgebied (D2022 art. 12-13, 17)."""

    __tablename__ = "mandaten"
    __table_args__ = (Index(None, "werkingsgebied", "rol"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    org: Mapped[str] = mapped_column(ForeignKey("organisations.code"))
    rol: Mapped[str]
    werkingsgebied: Mapped[str] = mapped_column(ForeignKey("werkingsgebieden.code"))
    source: Mapped[str]


class VdabServiceRow(Period, Base):
    """The VDAB service that decides for a werkingsgebied (D2022 art. 9 and 11): by decree, not by mandate."""

    __tablename__ = "vdab_services"

    werkingsgebied: Mapped[str] = mapped_column(ForeignKey("werkingsgebieden.code"), primary_key=True)
    org: Mapped[str] = mapped_column(ForeignKey("organisations.code"), primary_key=True)
    valid_from: Mapped[date] = mapped_column(primary_key=True)


class ErkenningRow(Period, Base):
    """A recognition of an organisation, for example as AMA begeleider (D2022 art. 30)."""

    __tablename__ = "erkenningen"

    org: Mapped[str] = mapped_column(ForeignKey("organisations.code"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(primary_key=True)


class NetworkMembershipRow(Period, Base):
    """An organisation that offers one of the six kinds of the network of a werkingsgebied (D2022 art. 17)."""

    __tablename__ = "network_memberships"

    werkingsgebied: Mapped[str] = mapped_column(ForeignKey("werkingsgebieden.code"), primary_key=True)
    org: Mapped[str] = mapped_column(ForeignKey("organisations.code"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    valid_from: Mapped[date] = mapped_column(primary_key=True)


class ClosureRow(Base):
    """Days on which an organisation is closed; without organisation everybody is."""

    __tablename__ = "closures"
    __table_args__ = (CheckConstraint("first_day <= last_day", name="order"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    org: Mapped[str | None] = mapped_column(ForeignKey("organisations.code"))
    first_day: Mapped[date]
    last_day: Mapped[date]
    reden: Mapped[str]


class WorkerRow(Period, Base):
    """Somebody who works in trajectories, known elsewhere by reference only."""

    __tablename__ = "workers"

    ref: Mapped[str] = mapped_column(primary_key=True)
    org: Mapped[str] = mapped_column(ForeignKey("organisations.code"), index=True)
    name: Mapped[str]
    email: Mapped[str]
    phone: Mapped[str | None]
    rol: Mapped[str]
    language: Mapped[str] = mapped_column(default="nl")
    is_leiding: Mapped[bool] = mapped_column(default=False)


class AbsenceRow(Base):
    """Days on which a worker is away, with who replaces them."""

    __tablename__ = "absences"

    worker: Mapped[str] = mapped_column(ForeignKey("workers.ref"), primary_key=True)
    first_day: Mapped[date] = mapped_column(primary_key=True)
    last_day: Mapped[date]
    replacement: Mapped[str | None] = mapped_column(ForeignKey("workers.ref"))
