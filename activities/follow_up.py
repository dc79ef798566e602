"""Begins the trajectory that follows from another: registered in one transaction, started exactly once."""

import hashlib
from collections.abc import Callable
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session
from temporalio import activity

from activities.ama_persons import person_facts
from activities.database import Clock, Database, bugs_are_permanent
from activities.law_tables import LawTables
from activities.mandates import contact, organisation_then, workers_at
from activities.registry import (
    AMA_KINDS,
    ONTHAAL,
    next_ordinal,
    next_reference,
    open_traject,
    take_turn,
    under,
    workflow_id,
)
from activities.trajectories import Trajectories
from models.aanvraag import Registered
from models.actors import Rol
from models.errors import Permanent
from models.follow_up import AmaVervolg, Begonnen, Samenloop, Vervolg
from models.law import LawOrder
from models.tables import AanvraagRow, DossierKeyRow, DossierRow, OrganisationRow, PersonRow, TrajectRow
from models.toeleiding import AnderTraject

SENT_TO_GBO = (
    "first_name",
    "last_name",
    "birth_date",
    "address_line_1",
    "address_line_2",
    "postcode",
    "nis_code",
)
"""With e-mail, phone and the helper: the closed list of art. 5."""
ADDRESS = ("address_line_1", "address_line_2", "postcode")
"""What goes to nobody when the address is protected."""
REACHED_BY = ("email", "phone", "helper_name", "helper_phone", "helper_email", "helper_org")
HOW_TO_WRITE = ("brief_aan", "brief_aan_adres", "protected_address", "channel", "language", "interpreter")
"""How we may address the person ourselves; a kernpartner never sees it."""
Ahead = Callable[[datetime], timedelta]
"""How long to wait, on the wall clock, until a moment on the clock of whoever asks."""
OTHER_KINDS = ("activeringstraject", *AMA_KINDS)


def at_once(_nu: datetime) -> timedelta:
    """Where clocks are real, what follows starts when it is asked for."""
    return timedelta(0)


class StillRunning(Permanent):
    """There is still an open trajectory of this kind; a person decides what is to be done."""


class FollowUp:
    """What follows from a decision, registered and started."""

    def __init__(self, database: Database, clock: Clock, law: LawTables) -> None:
        self._database = database
        self._clock = clock
        self._law = law

    @activity.defn(name="samenloop_zoeken")
    def beside(self, reference: str) -> Samenloop:
        """What else is open for the person of a dossier, with its last day where the record knows one."""
        with bugs_are_permanent(), self._database.read() as session:
            return Samenloop(lopend=open_beside(session, reference))

    def register(self, order: Vervolg) -> Registered:
        """The registered follow-up, the same at every repeat; raises StillRunning."""
        with bugs_are_permanent(), self._database.begin() as session:
            onthaal = order.soort == "onthaaltraject"
            take_turn(session, order.begin.year, *([ONTHAAL] if onthaal else []))
            if (earlier := session.get(AanvraagRow, key_of(order.workflow_id, order.soort))) is not None:
                return Registered.model_validate(earlier.answer)
            dossier = session.get_one(DossierRow, order.reference, with_for_update=True)
            if onthaal:
                dossier = self._own_dossier(session, order, dossier)
            elif open_traject(session, dossier.reference, order.soort):
                raise StillRunning(f"er loopt nog een {order.soort}; het nieuwe kan nog niet beginnen")
            return self._store(session, order, dossier)

    def _own_dossier(self, session: Session, order: Vervolg, sender: DossierRow) -> DossierRow:
        """A dossier in the domain of the GBO, with what art. 5 allows and a number of its own."""
        known = session.get_one(PersonRow, sender.person_id)
        fields = (*SENT_TO_GBO, *REACHED_BY, *HOW_TO_WRITE)
        sent = {field: getattr(known, field) for field in fields}
        if known.protected_address:
            sent |= dict.fromkeys(ADDRESS)
        person = PersonRow(**sent)
        session.add(person)
        session.flush()
        return open_onthaal(session, person, order.begin, order.nis_code, self._clock())

    def _store(self, session: Session, order: Vervolg, dossier: DossierRow) -> Registered:
        ordinal = next_ordinal(session, dossier.reference, order.soort)
        answer = Registered(
            reference=dossier.reference,
            workflow_id=workflow_id(order.soort, dossier.reference, ordinal),
            soort=order.soort,
            begin=order.begin,
            nis_code=order.nis_code,
            meegegeven=self._begins_with(session, order, dossier),
        )
        asked = order.workflow_id, order.soort
        keep(session, answer, ordinal, key_of(*asked), _digest(*asked), self._clock())
        if order.soort == "activeringstraject":
            decided = session.get_one(TrajectRow, order.workflow_id)
            mine = session.get_one(TrajectRow, answer.workflow_id)
            mine.begeleidt_al, mine.hoofdnood = decided.begeleidt_al, decided.hoofdnood
        return answer

    def _begins_with(self, session: Session, order: Vervolg, dossier: DossierRow) -> dict[str, object]:
        """What an AMA starts with, and what routing an onthaaltraject needs: codes, no data of the person."""
        if order.soort in AMA_KINDS:
            law = self._law.snapshot(LawOrder(as_of=order.begin, horizon=order.begin))
            return {
                **under(order.regime),
                **_ama(session, order),
                **person_facts(session, dossier, order.begin, law),
            }
        if order.soort != "onthaaltraject":
            return under(order.regime)
        person = session.get_one(PersonRow, dossier.person_id)
        told = {"herkomst": "vdab", "keuze": order.keuze, "helper": person.helper_org}
        return {**told, "heeft_helper": person.helper_name is not None, "dakloos": order.dakloos}


class Followers:
    """Starts what follows, on the clock of whoever asked."""

    def __init__(
        self,
        follow_up: FollowUp,
        trajectories: Trajectories,
        ahead: Ahead = at_once,
    ) -> None:
        self._follow_up = follow_up
        self._trajectories = trajectories
        self._ahead = ahead

    @activity.defn(name="traject_starten")
    async def start(self, order: Vervolg) -> Begonnen:
        """Registers and starts the follow-up once; raises StillRunning, which a person must solve."""
        registered = self._follow_up.register(order)
        await self._trajectories.start(registered, delay=self._ahead(order.nu))
        return Begonnen(soort=registered.soort, workflow_id=registered.workflow_id, begin=registered.begin)


def open_beside(session: Session, reference: str, besides: str = "") -> tuple[AnderTraject, ...]:
    """What is open in a dossier next to one of its trajectories, by workflow id."""
    mine = select(TrajectRow).where(TrajectRow.reference == reference, TrajectRow.is_open)
    others = mine.where(TrajectRow.soort.in_(OTHER_KINDS), TrajectRow.workflow_id != besides)
    return tuple(as_other(row) for row in session.scalars(others.order_by(TrajectRow.workflow_id)))


def as_other(row: TrajectRow) -> AnderTraject:
    """A trajectory as another one sees it: its kind and its days."""
    told = {"soort": row.soort, "van": row.begonnen_op or row.started_on, "tot": row.einde}
    return AnderTraject.model_validate(told)


def open_onthaal(
    session: Session, person: PersonRow, on: date, nis_code: str, recorded_at: datetime
) -> DossierRow:
    """A dossier of an onthaaltraject, with a key of its own."""
    dossier = DossierRow(
        reference=next_reference(session, on.year, ONTHAAL),
        person_id=person.id,
        domain=ONTHAAL,
        year=on.year,
        nis_code=nis_code,
        created_on=on,
        recorded_at=recorded_at,
    )
    session.add(dossier)
    session.flush()
    key_id = f"{dossier.reference}/{ONTHAAL}"
    session.add(DossierKeyRow(id=key_id, reference=dossier.reference, domain=ONTHAAL, created_at=recorded_at))
    return dossier


def keep(
    session: Session, answer: Registered, ordinal: int, sleutel: str, digest: str, recorded_at: datetime
) -> None:
    """Writes down a registered trajectory and the key under which it was asked."""
    session.add(
        TrajectRow(
            workflow_id=answer.workflow_id,
            reference=answer.reference,
            soort=answer.soort,
            ordinal=ordinal,
            nis_code=answer.nis_code,
            started_on=answer.begin,
            begint_met=answer.meegegeven or None,
            recorded_at=recorded_at,
        )
    )
    session.flush()
    session.add(
        AanvraagRow(
            sleutel=sleutel,
            digest=digest,
            reference=answer.reference,
            workflow_id=answer.workflow_id,
            answer=answer.model_dump(mode="json"),
            recorded_at=recorded_at,
        )
    )


def _ama(session: Session, order: Vervolg) -> dict[str, object]:
    """Which AMA it is: with the begeleider of the person's choice, or in the order of VDAB's decisions."""
    told = order.ama or AmaVervolg()
    if order.soort == "ama_se":
        return {"variant": "se", **told.model_dump(mode="json", include={"houder", "beslist_op"})}
    return {"variant": "wvg", "begeleider": _begeleider(session, told.begeleider, order.begin)}


def _begeleider(session: Session, chosen: str | None, on: date) -> dict[str, object] | None:
    """Somebody there who accompanies; nobody where the tables do not know the organisation: operations then ask."""
    if chosen is None or session.get(OrganisationRow, chosen) is None:
        return None
    org = organisation_then(session, chosen, on)
    return contact(workers_at(session, [org], on), org, Rol.BEGELEIDER).model_dump(mode="json")


def key_of(asker: str, soort: str) -> str:
    """The key of a follow-up: it names no dossier, so that a number never travels to another domain."""
    return f"vervolg-{_digest(asker, soort)[:40]}"


def _digest(asker: str, soort: str) -> str:
    return hashlib.sha256(f"{asker}\0{soort}".encode()).hexdigest()
