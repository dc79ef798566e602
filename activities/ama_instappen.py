"""Registers AMA that ran before it was entered: a dossier, its statuut, and the state in which its workflow starts."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from activities import contingent_instap
from activities.ama_aanmeldingen import check_begeleider
from activities.database import Clock, Database
from activities.follow_up import keep
from activities.persons import elsewhere, look_alikes, statuut_rows, warning
from activities.registry import (
    DOMAIN,
    again,
    digest_of,
    known_dossier,
    next_ordinal,
    open_dossier,
    open_traject,
    take_turn,
    workflow_id,
)
from activities.upserts import insert_missing
from models.aanvraag import AanvraagOngeldig, Registered
from models.ama_case import AmaState
from models.ama_instap import AmaInstap
from models.findings import Finding
from models.tables import AanvraagRow, OrganisationRow, StatuutPeriodRow, TrajectRow
from rules.ama_begin import IN_WORDS


class AmaInstappen:
    """The register of AMA that runs already."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def remarks(
        self, instap: AmaInstap, op: date, beside: Sequence[AmaInstap] = ()
    ) -> tuple[Finding[None], ...]:
        """What a person should look at when this is entered; nothing is stored; raises AanvraagOngeldig.

        `beside` are those before it in the same file: together they take no more places than there are.
        """
        with self._database.read() as session:
            if (earlier := session.get(AanvraagRow, instap.sleutel)) is not None:
                return again(earlier, instap).waarschuwingen
            new = [each for each in beside if session.get(AanvraagRow, each.sleutel) is None]
            return _remarks(session, instap, op, new)

    def enter(self, instap: AmaInstap, state: AmaState) -> Registered:
        """The dossier of AMA that runs already, with its place and the state it starts in; the same at every repeat."""
        with self._database.begin() as session:
            take_turn(session, instap.start.year)
            if (earlier := session.get(AanvraagRow, instap.sleutel)) is not None:
                return again(earlier, instap)
            remarks = _remarks(session, instap, state.facts.ingestapt_op or instap.start)
            told = instap.aanmelding
            dossier = known_dossier(session, told)
            if dossier is None:
                dossier = open_dossier(session, told, self._clock())
            insert_missing(session, StatuutPeriodRow, statuut_rows(told, dossier.person_id))
            ordinal = next_ordinal(session, dossier.reference, instap.soort)
            facts = state.facts.model_copy(update={"reference": dossier.reference})
            answer = Registered(
                reference=dossier.reference,
                workflow_id=workflow_id(instap.soort, dossier.reference, ordinal),
                soort=instap.soort,
                begin=instap.start,
                nis_code=instap.nis_code,
                waarschuwingen=remarks,
                meegegeven={"state": state.model_copy(update={"facts": facts}).model_dump(mode="json")},
            )
            keep(session, answer, ordinal, instap.sleutel, digest_of(instap), self._clock())
            session.get_one(TrajectRow, answer.workflow_id).begonnen_op = instap.start
            if instap.plaats is not None:
                contingent_instap.take_place(session, answer.workflow_id, instap.plaats, self._clock())
            return answer


def _remarks(
    session: Session, instap: AmaInstap, op: date, beside: Sequence[AmaInstap] = ()
) -> tuple[Finding[None], ...]:
    """What stops nothing; raises AanvraagOngeldig for what the tables do not know, and for a second that runs."""
    told = instap.aanmelding
    remarks = [*elsewhere(session, instap.nis_code)]
    _check_organisations(session, instap)
    if instap.plaats is not None:
        places = [each.plaats for each in beside if each.plaats is not None]
        contingent_instap.place_there_is(session, instap.plaats, places)
        remarks += contingent_instap.remarks(session, instap.plaats, op)
    dossier = known_dossier(session, told)
    if dossier is None:
        remarks += look_alikes(session, told, DOMAIN)
    elif open_traject(session, dossier.reference, instap.soort):
        raise AanvraagOngeldig("dossier", f"er loopt in dit dossier al {IN_WORDS[instap.soort]}")
    else:
        other = "arbeidsmatige_activiteiten" if instap.variant == "se" else "ama_se"
        if open_traject(session, dossier.reference, other):
            reden = f"In dit dossier loopt ook {IN_WORDS[other]}; de twee gaan niet samen: beëindig er een."
            remarks.append(warning("instap.andere_ama", reden))
    return tuple(remarks)


def _check_organisations(session: Session, instap: AmaInstap) -> None:
    try:
        check_begeleider(session, instap.trekker)
    except AanvraagOngeldig as wrong:
        field = "medewerker" if wrong.veld.endswith("medewerker") else "begeleider"
        raise AanvraagOngeldig(field, wrong.regel) from None
    for n, each in enumerate(instap.overeenkomsten):
        for field, code in (("werkpost", each.werkpost), ("begeleider", each.begeleider)):
            if code is not None and session.get(OrganisationRow, code) is None:
                raise AanvraagOngeldig(f"overeenkomsten.{n}.{field}", "geen organisatie met deze code")
