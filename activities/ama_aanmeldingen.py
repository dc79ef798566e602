"""Registers the AMA that a begeleider notifies: always, when it is well-formed, with what a person should look at."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from activities.ama_persons import person_facts
from activities.ama_record import BEGELEIDER
from activities.database import Clock, Database
from activities.follow_up import keep, open_beside
from activities.law_tables import LawTables
from activities.mandates import recognitions
from activities.persons import differences, elsewhere, look_alikes, statuut_rows, warning
from activities.registry import (
    DOMAIN,
    again,
    already_running,
    digest_of,
    known_dossier,
    next_ordinal,
    open_dossier,
    open_traject,
    take_turn,
    workflow_id,
)
from activities.upserts import insert_missing
from models.aanvraag import AanvraagOngeldig, AlreadyRunning, Registered
from models.actors import Actor
from models.ama_aanmelding import AmaAanmelding
from models.findings import Finding
from models.law import Law, LawOrder
from models.tables import AanvraagRow, DossierRow, OrganisationRow, PersonRow, StatuutPeriodRow, WorkerRow
from rules import leeftijd

Warnings = Iterator[Finding[None]]


class AmaAanmeldingen:
    """The register of the AMA in health and welfare policy that begeleiders notify."""

    def __init__(self, database: Database, clock: Clock, law: LawTables) -> None:
        self._database = database
        self._clock = clock
        self._law = law

    def register(self, aanmelding: AmaAanmelding) -> Registered | AlreadyRunning:
        """The dossier of an aanmelding, the same at every repeat; raises AanvraagOngeldig."""
        on = aanmelding.ingediend_op
        law = self._law.snapshot(LawOrder(as_of=on, horizon=on))
        with self._database.begin() as session:
            take_turn(session, on.year)
            if (earlier := session.get(AanvraagRow, aanmelding.sleutel)) is not None:
                return again(earlier, aanmelding)
            check_begeleider(session, aanmelding.begeleider)
            _check_wish(session, aanmelding)
            dossier = known_dossier(session, aanmelding)
            warnings = tuple(_warnings(session, aanmelding, dossier, law))
            if dossier is not None:
                if running := open_traject(session, dossier.reference, aanmelding.soort):
                    return already_running(running)
            else:
                dossier = open_dossier(session, aanmelding, self._clock())
            return self._store(session, aanmelding, dossier, warnings, law)

    def _store(
        self,
        session: Session,
        aanmelding: AmaAanmelding,
        dossier: DossierRow,
        warnings: tuple[Finding[None], ...],
        law: Law,
    ) -> Registered:
        insert_missing(session, StatuutPeriodRow, statuut_rows(aanmelding, dossier.person_id))
        ordinal = next_ordinal(session, dossier.reference, aanmelding.soort)
        answer = Registered(
            reference=dossier.reference,
            workflow_id=workflow_id(aanmelding.soort, dossier.reference, ordinal),
            soort=aanmelding.soort,
            begin=aanmelding.ingediend_op,
            nis_code=aanmelding.nis_code,
            waarschuwingen=warnings,
            meegegeven=_begins_with(session, aanmelding, dossier, law),
        )
        keep(session, answer, ordinal, aanmelding.sleutel, digest_of(aanmelding), self._clock())
        return answer


def check_begeleider(session: Session, begeleider: Actor) -> None:
    """Whether the tables know who accompanies; raises AanvraagOngeldig."""
    if session.get(OrganisationRow, begeleider.organisatie) is None:
        raise AanvraagOngeldig("begeleider.organisatie", "geen organisatie met deze code")
    if begeleider.medewerker is None:
        return
    worker = session.get(WorkerRow, begeleider.medewerker)
    if worker is None:
        raise AanvraagOngeldig("begeleider.medewerker", "geen medewerker met deze referentie")
    if worker.org != begeleider.organisatie:
        raise AanvraagOngeldig("begeleider.medewerker", "werkt niet bij deze organisatie")


def _check_wish(session: Session, aanmelding: AmaAanmelding) -> None:
    place = aanmelding.wens.werkpost if aanmelding.wens else None
    if place is not None and session.get(OrganisationRow, place) is None:
        raise AanvraagOngeldig("wens.werkpost", "geen organisatie met deze code")


def _begins_with(
    session: Session, aanmelding: AmaAanmelding, dossier: DossierRow, law: Law
) -> dict[str, Any]:
    """Who accompanies, the statuut by periods, the days that decide, and the wish: no name, no address."""
    told = aanmelding.model_dump(mode="json", include={"begeleider", "vaph"})
    if aanmelding.wens is not None:
        told["wens"] = aanmelding.wens.model_dump(mode="json", exclude_none=True)
    return {"variant": "wvg", **told, **person_facts(session, dossier, aanmelding.ingediend_op, law)}


def _warnings(session: Session, aanmelding: AmaAanmelding, dossier: DossierRow | None, law: Law) -> Warnings:
    """What stops nothing but a person should see; raises AanvraagOngeldig for an unknown NIS code."""
    yield from elsewhere(session, aanmelding.nis_code)
    yield from _age(aanmelding, law)
    yield from _recognition(session, aanmelding)
    if any(each.tot is None or each.tot >= aanmelding.ingediend_op for each in aanmelding.vaph):
        reden = "Dagondersteuning of begeleid werken van het VAPH eindigt ten laatste de dag voor de start."
        yield warning("aanmelding.vaph", reden)
    if dossier is None:
        yield from look_alikes(session, aanmelding, DOMAIN)
        return
    yield from differences(session.get_one(PersonRow, dossier.person_id), aanmelding)
    for other in open_beside(session, dossier.reference):
        if other.soort == "ama_se":
            ends = f"tot {other.tot:%d-%m-%Y}" if other.tot else "zonder einddatum"
            reden = (
                f"Er loopt AMA in de sociale economie {ends}; die eindigt ten laatste de dag voor de start."
            )
            yield warning("aanmelding.ama_se", reden, tot=str(other.tot or "onbekend"))


def _age(aanmelding: AmaAanmelding, law: Law) -> Warnings:
    born, on = aanmelding.persoon.geboortedatum, aanmelding.ingediend_op
    eighteen, pension = leeftijd.achttien_op(born, on, law), leeftijd.pensioen_op(born, law)
    if on < eighteen.value:
        reden = f"De persoon is nog geen {eighteen.parameters[0].term().amount} jaar."
        yield warning("aanmelding.leeftijd", reden, *eighteen.parameters)
    if on >= pension.value:
        reden = "De persoon heeft de pensioenleeftijd bereikt."
        yield warning("aanmelding.pensioen", reden, *pension.parameters)


def _recognition(session: Session, aanmelding: AmaAanmelding) -> Warnings:
    """Whether the organisation is recognised on that day; the last look before the first day is the hard one."""
    on = aanmelding.ingediend_op
    periods = recognitions(session, aanmelding.begeleider.organisatie, BEGELEIDER)
    if any(each.van <= on and (each.tot is None or on <= each.tot) for each in periods):
        return
    reden = f"De begeleider is op {on:%d-%m-%Y} niet erkend; zonder erkenning kan niets beginnen."
    yield warning("aanmelding.erkenning", reden, erkend=_told(periods, on))


def _told(periods: tuple[Any, ...], on: date) -> str:
    before = [each.tot for each in periods if each.tot is not None and each.tot < on]
    later = [each.van for each in periods if each.van > on]
    if later:
        return f"vanaf {min(later)}"
    return f"tot {max(before)}" if before else "nooit"
