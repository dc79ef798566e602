"""Registers requests: a dossier number, a person and a place for one trajectory, in one transaction."""

import hashlib
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from dateutil.relativedelta import relativedelta
from pydantic import BaseModel
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from activities.database import Clock, Database
from activities.law_tables import LawTables
from activities.persons import (
    differences,
    elsewhere,
    look_alikes,
    person_columns,
    statuut_rows,
    warning,
)
from activities.upserts import insert_missing
from models.aanvraag import Aanvraag, AanvraagOngeldig, AlreadyRunning, Registered, Verzoek
from models.case import CaseState
from models.findings import Finding, Verdict
from models.instap import Instap
from models.law import Law, LawOrder, Parameter, Regime, UnknownParameter
from models.tables import (
    AanvraagRow,
    CounterRow,
    DossierKeyRow,
    DossierRow,
    OrganisationRow,
    PersonRow,
    StatuutPeriodRow,
    TrajectRow,
)
from rules.regime import regime_of

DOMAIN, ONTHAAL = "activering_ama", "onthaal"
"""The retention domain of the trajectories that a request can ask for."""
AMA_KINDS = ("arbeidsmatige_activiteiten", "ama_se")
"""AMA in welfare policy and in the social economy: one type of workflow, numbered together."""
PREFIX = {DOMAIN: "WZ", ONTHAAL: "OT"}


class Registry:
    """The register of dossiers and of the one open trajectory of a kind that each may have."""

    def __init__(self, database: Database, clock: Clock, law: LawTables) -> None:
        self._database = database
        self._clock = clock
        self._law = law

    def register(self, aanvraag: Aanvraag) -> Registered | AlreadyRunning:
        """The dossier of a request, the same at every repeat; raises AanvraagOngeldig."""
        with self._database.begin() as session:
            take_turn(session, aanvraag.ingediend_op.year)
            if (earlier := session.get(AanvraagRow, aanvraag.sleutel)) is not None:
                return again(earlier, aanvraag)
            _check_organisation(session, aanvraag)
            dossier = known_dossier(session, aanvraag)
            warnings = tuple(self._warnings(session, aanvraag, dossier))
            if dossier is not None and (running := open_traject(session, dossier.reference, aanvraag.soort)):
                return already_running(running)
            return self._store(
                session, aanvraag, dossier or open_dossier(session, aanvraag, self._clock()), warnings
            )

    def enter(self, instap: Instap, state: CaseState) -> Registered:
        """The dossier of a trajectory that runs already, with the state it starts in; the same at every repeat."""
        with self._database.begin() as session:
            aanvraag = instap.aanvraag
            take_turn(session, aanvraag.ingediend_op.year)
            if (earlier := session.get(AanvraagRow, instap.sleutel)) is not None:
                return again(earlier, instap)
            warnings = tuple(self._warnings(session, aanvraag, None))
            answer = self._store(session, aanvraag, open_dossier(session, aanvraag, self._clock()), warnings)
            return _entered(session, answer, instap, state)

    def remarks(self, instap: Instap) -> tuple[Finding[None], ...]:
        """What a person should look at when this is entered; nothing is stored; raises AanvraagOngeldig."""
        with self._database.read() as session:
            if (earlier := session.get(AanvraagRow, instap.sleutel)) is not None:
                return again(earlier, instap).waarschuwingen
            return tuple(self._warnings(session, instap.aanvraag, None))

    def _warnings(
        self, session: Session, aanvraag: Aanvraag, dossier: DossierRow | None
    ) -> Iterator[Finding[None]]:
        """What stops nothing but a person should see; raises AanvraagOngeldig for an unknown NIS code."""
        yield from elsewhere(session, aanvraag.nis_code)
        minimum = self._minimum_age(max(aanvraag.ingediend_op, aanvraag.eerste_dag))
        old_enough = aanvraag.persoon.geboortedatum + relativedelta(years=minimum.number())
        if old_enough > aanvraag.ingediend_op:
            reden = f"De persoon is op de dag van de aanvraag jonger dan {minimum.value} jaar."
            yield warning("aanvraag.leeftijd", reden, minimum)
        if dossier is None:
            yield from look_alikes(session, aanvraag, DOMAIN)
        else:
            yield from differences(session.get_one(PersonRow, dossier.person_id), aanvraag)

    def _minimum_age(self, on: date) -> Parameter:
        """The parameter of that day; raises AanvraagOngeldig for a first day from before the law is known."""
        try:
            return self._law_on(on).at("aanvraag.leeftijd_min", on)
        except UnknownParameter:
            regel = "ligt voor de eerste dag waarvoor de parameters gekend zijn"
            raise AanvraagOngeldig("begin", regel) from None

    def _law_on(self, on: date) -> Law:
        return self._law.snapshot(LawOrder(as_of=on, horizon=on))

    def _regime(self, aanvraag: Aanvraag) -> Regime:
        """The decree of that day; raises AanvraagOngeldig for a request from before the first one."""
        on = aanvraag.ingediend_op
        try:
            return regime_of(on, self._law_on(on)).value
        except UnknownParameter:
            regel = "ligt voor het eerste decreet dat de parameters kennen"
            raise AanvraagOngeldig("ingediend_op", regel) from None

    def _store(
        self, session: Session, aanvraag: Aanvraag, dossier: DossierRow, warnings: tuple[Finding[None], ...]
    ) -> Registered:
        insert_missing(session, StatuutPeriodRow, statuut_rows(aanvraag, dossier.person_id))
        ordinal = next_ordinal(session, dossier.reference, aanvraag.soort)
        answer = Registered(
            reference=dossier.reference,
            workflow_id=workflow_id(aanvraag.soort, dossier.reference, ordinal),
            soort=aanvraag.soort,
            begin=aanvraag.eerste_dag,
            nis_code=aanvraag.nis_code,
            waarschuwingen=warnings,
            meegegeven=_begins_with(aanvraag, warnings, self._regime(aanvraag)),
        )
        session.add(self._traject(aanvraag, answer, ordinal))
        session.flush()
        session.add(self._request(aanvraag, answer))
        return answer

    def _traject(self, aanvraag: Aanvraag, answer: Registered, ordinal: int) -> TrajectRow:
        return TrajectRow(
            workflow_id=answer.workflow_id,
            reference=answer.reference,
            soort=answer.soort,
            ordinal=ordinal,
            nis_code=answer.nis_code,
            started_on=answer.begin,
            begeleidt_al=aanvraag.begeleidt_al,
            hoofdnood=aanvraag.hoofdnood,
            begint_met=answer.meegegeven or None,
            recorded_at=self._clock(),
        )

    def _request(self, aanvraag: Aanvraag, answer: Registered) -> AanvraagRow:
        return AanvraagRow(
            sleutel=aanvraag.sleutel,
            digest=digest_of(aanvraag),
            reference=answer.reference,
            workflow_id=answer.workflow_id,
            answer=answer.model_dump(mode="json"),
            recorded_at=self._clock(),
        )


def workflow_id(soort: str, reference: str, ordinal: int) -> str:
    """The id of a dossier's n-th trajectory of a kind: the first has no number, then -2, -3; both AMA count as one."""
    prefix = "ama" if soort in AMA_KINDS else soort
    return f"{prefix}/{reference}" + (f"-{ordinal}" if ordinal > 1 else "")


def take_turn(session: Session, year: int, domain: str = DOMAIN) -> None:
    """Register one request of a year at a time: its counter's row is locked until this one is done."""
    insert_missing(session, CounterRow, [{"domain": domain, "year": year, "last": 0}])
    session.get_one(CounterRow, (domain, year), with_for_update=True)


def next_reference(session: Session, year: int, domain: str = DOMAIN) -> str:
    """The next dossier number of a domain: WZ- for activering and AMA, OT- for an onthaaltraject."""
    counter = session.get_one(CounterRow, (domain, year))
    counter.last += 1
    return f"{PREFIX[domain]}-{year}-{counter.last:06d}"


def _begins_with(aanvraag: Aanvraag, warnings: tuple[Finding[None], ...], regime: Regime) -> dict[str, Any]:
    """What it starts with: an earlier regime, what the request says, who files it, and what to look at."""
    earlier = under(regime)
    if aanvraag.soort != "toeleiding":
        return earlier
    contents = aanvraag.model_dump(mode="json", include={"inhoud", "aanvrager"}, exclude_none=True)
    return {**earlier, **contents, "waarschuwingen": [found.model_dump(mode="json") for found in warnings]}


def under(regime: Regime) -> dict[str, Any]:
    """What says under which decree a trajectory runs, where that is not the one in force."""
    return {"regime": regime} if regime != "d2022" else {}


def open_dossier(session: Session, told: Verzoek, recorded_at: datetime) -> DossierRow:
    """A dossier for somebody whom the register does not know yet, with a key of its own."""
    person = PersonRow(**person_columns(told))
    session.add(person)
    session.flush()
    dossier = DossierRow(
        reference=next_reference(session, told.ingediend_op.year),
        person_id=person.id,
        domain=DOMAIN,
        year=told.ingediend_op.year,
        nis_code=told.nis_code,
        own_reference=told.eigen_kenmerk,
        created_on=told.ingediend_op,
        recorded_at=recorded_at,
    )
    key_id = f"{dossier.reference}/{DOMAIN}"
    session.add(dossier)
    session.flush()
    session.add(DossierKeyRow(id=key_id, reference=dossier.reference, domain=DOMAIN, created_at=recorded_at))
    return dossier


def next_ordinal(session: Session, reference: str, soort: str) -> int:
    """Which trajectory of a kind comes next for a dossier, from 1."""
    kinds = AMA_KINDS if soort in AMA_KINDS else (soort,)
    earlier = select(func.max(TrajectRow.ordinal)).where(
        TrajectRow.reference == reference, TrajectRow.soort.in_(kinds)
    )
    return (session.scalar(earlier) or 0) + 1


def _entered(session: Session, answer: Registered, instap: Instap, state: CaseState) -> Registered:
    """The same answer with the state, whoever starts it: the desk, or the relay when that start was lost."""
    facts = state.facts.model_copy(update={"reference": answer.reference})
    begins_with = {"state": state.model_copy(update={"facts": facts}).model_dump(mode="json")}
    answer = answer.model_copy(update={"meegegeven": begins_with})
    session.get_one(TrajectRow, answer.workflow_id).begint_met = begins_with
    row = session.get_one(AanvraagRow, instap.sleutel)
    row.digest, row.answer = digest_of(instap), answer.model_dump(mode="json")
    return answer


def digest_of(contents: BaseModel) -> str:
    """What tells one request from another under the same key."""
    told = contents.model_dump_json(exclude_defaults=True)
    return hashlib.sha256(told.encode()).hexdigest()


def again(earlier: AanvraagRow, contents: BaseModel) -> Registered:
    """The answer given before; raises AanvraagOngeldig when the key was used for something else."""
    if earlier.digest != digest_of(contents):
        raise AanvraagOngeldig("sleutel", "deze sleutel hoort bij iets met een andere inhoud")
    return Registered.model_validate(earlier.answer)


def _check_organisation(session: Session, aanvraag: Aanvraag) -> None:
    if aanvraag.begeleidt_al and session.get(OrganisationRow, aanvraag.begeleidt_al) is None:
        raise AanvraagOngeldig("begeleidt_al", "geen organisatie met deze code")


def known_dossier(session: Session, told: Verzoek) -> DossierRow | None:
    """The dossier the sender names, locked so that two requests cannot both take its one place."""
    if told.dossier is None:
        return None
    dossier = session.get(DossierRow, told.dossier, with_for_update=True)
    if dossier is None or dossier.domain != DOMAIN:
        raise AanvraagOngeldig("dossier", "geen dossier met dit nummer")
    return dossier


def open_traject(session: Session, reference: str, soort: str) -> TrajectRow | None:
    """The open trajectory of a kind that a dossier has, if any."""
    mine = select(TrajectRow).where(TrajectRow.reference == reference, TrajectRow.soort == soort)
    return session.scalar(mine.where(TrajectRow.is_open))


def already_running(running: TrajectRow) -> AlreadyRunning:
    """The answer to whoever asks a second of a kind."""
    soort = running.soort.replace("_", " ")
    reden = f"Er loopt al een {soort}; een tweede kan pas beginnen als het eerste is afgesloten."
    return AlreadyRunning(
        reference=running.reference,
        workflow_id=running.workflow_id,
        bevinding=Finding(
            value=None,
            rule="aanvraag.een_per_soort",
            article="D2022 art. 11",
            reden=reden,
            facts={"lopend": running.workflow_id, "einde": str(running.einde or "onbekend")},
            verdict=Verdict.HARD,
        ),
    )
