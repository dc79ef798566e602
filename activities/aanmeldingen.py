"""Registers an onthaaltraject that does not come from VDAB: a dossier of the GBO with a number of its own."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy.orm import Session

from activities.database import Clock, Database
from activities.follow_up import keep, open_onthaal
from activities.persons import OUTSIDE_FLANDERS, helper_columns
from activities.registry import ONTHAAL, again, digest_of, take_turn, workflow_id
from models.aanmelding import Aanmelding
from models.aanvraag import AanvraagOngeldig, Registered
from models.findings import Finding, Verdict
from models.tables import AanvraagRow, GemeenteRow, OrganisationRow, PersonRow


class Aanmeldingen:
    """The register of the onthaaltrajecten that a kernpartner begins itself."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def register(self, aanmelding: Aanmelding) -> Registered:
        """The dossier of an aanmelding, the same at every repeat; raises AanvraagOngeldig."""
        with self._database.begin() as session:
            take_turn(session, aanmelding.ingediend_op.year, ONTHAAL)
            if (earlier := session.get(AanvraagRow, aanmelding.sleutel)) is not None:
                return again(earlier, aanmelding)
            _check_organisations(session, aanmelding)
            warnings = tuple(_warnings(session, aanmelding))
            return self._store(session, aanmelding, warnings)

    def _store(
        self, session: Session, aanmelding: Aanmelding, warnings: tuple[Finding[None], ...]
    ) -> Registered:
        person = PersonRow(**_person(aanmelding))
        session.add(person)
        session.flush()
        nis_code = aanmelding.gegevens.nis_code
        dossier = open_onthaal(session, person, aanmelding.ingediend_op, nis_code, self._clock())
        answer = Registered(
            reference=dossier.reference,
            workflow_id=workflow_id(aanmelding.soort, dossier.reference, 1),
            soort=aanmelding.soort,
            begin=aanmelding.ingediend_op,
            nis_code=nis_code,
            waarschuwingen=warnings,
            meegegeven=_begins_with(aanmelding),
        )
        keep(session, answer, 1, aanmelding.sleutel, digest_of(aanmelding), self._clock())
        return answer


def _begins_with(aanmelding: Aanmelding) -> dict[str, Any]:
    """What routing needs: codes only, no data of the person; whoever notifies is asked first."""
    return {
        "herkomst": aanmelding.herkomst,
        "keuze": aanmelding.kernpartner.organisatie,
        "helper": aanmelding.helper,
        "heeft_helper": aanmelding.gegevens.hulpverlener is not None,
        "dakloos": aanmelding.dakloos,
    }


def _check_organisations(session: Session, aanmelding: Aanmelding) -> None:
    helper = aanmelding.gegevens.hulpverlener
    named = {
        "kernpartner.organisatie": aanmelding.kernpartner.organisatie,
        "gegevens.hulpverlener.organisatie": helper.organisatie if helper else None,
    }
    for veld, code in named.items():
        if code is not None and session.get(OrganisationRow, code) is None:
            raise AanvraagOngeldig(veld, "geen organisatie met deze code")


def _warnings(session: Session, aanmelding: Aanmelding) -> Iterator[Finding[None]]:
    """What stops nothing but a person should see; raises AanvraagOngeldig for an unknown NIS code."""
    nis_code = aanmelding.gegevens.nis_code
    if session.get(GemeenteRow, nis_code) is not None:
        return
    if not OUTSIDE_FLANDERS.match(nis_code):
        raise AanvraagOngeldig("gegevens.nis_code", "geen gemeente met deze NIS-code")
    yield Finding(
        value=None,
        rule="aanmelding.buiten_vlaanderen",
        article="afspraak (aangenomen)",
        reden="De persoon woont niet in een Vlaamse gemeente.",
        verdict=Verdict.ZACHT,
    )


def _person(aanmelding: Aanmelding) -> dict[str, Any]:
    told = aanmelding.gegevens
    return {
        "first_name": told.voornaam,
        "last_name": told.achternaam,
        "birth_date": told.geboortedatum,
        "address_line_1": told.adres,
        "postcode": told.postcode,
        "nis_code": told.nis_code,
        "email": told.email,
        "phone": told.telefoon,
        "brief_aan": aanmelding.brief_aan,
        "brief_aan_adres": aanmelding.brief_aan_adres,
        "protected_address": aanmelding.beschermd_adres,
        "channel": aanmelding.kanaal,
        "language": aanmelding.taal,
        "interpreter": aanmelding.tolk,
        **helper_columns(told.hulpverlener),
    }
