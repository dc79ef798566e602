"""The person of a request: how the record keeps them, whom they look like, and what a person should see of it."""

import re
from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.aanvraag import AanvraagOngeldig, Verzoek
from models.findings import Finding, Verdict
from models.law import Parameter
from models.onthaal import Hulpverlener
from models.tables import DossierRow, GemeenteRow, PersonRow

OUTSIDE_FLANDERS = re.compile("2[15]|[5689]")
"""How NIS codes of Brussels and Wallonia begin."""


def elsewhere(session: Session, nis_code: str) -> Iterator[Finding[None]]:
    """A remark for whoever lives outside Flanders; raises AanvraagOngeldig for an unknown NIS code."""
    if session.get(GemeenteRow, nis_code) is not None:
        return
    if not OUTSIDE_FLANDERS.match(nis_code):
        raise AanvraagOngeldig("nis_code", "geen gemeente met deze NIS-code")
    yield warning("aanvraag.buiten_vlaanderen", "De persoon woont niet in een Vlaamse gemeente.")


def warning(rule: str, reden: str, *parameters: Parameter, **facts: str) -> Finding[None]:
    """What stops nothing, but a person should see."""
    return Finding(
        value=None,
        rule=rule,
        article="afspraak (aangenomen)",
        reden=reden,
        parameters=parameters,
        facts=facts,
        verdict=Verdict.ZACHT,
    )


def look_alikes(session: Session, told: Verzoek, domain: str) -> Iterator[Finding[None]]:
    """Dossiers of somebody with the same name and birth date: a person says whether it is the same one."""
    born = select(DossierRow.reference, PersonRow.first_name, PersonRow.last_name).join_from(
        DossierRow, PersonRow, DossierRow.person_id == PersonRow.id
    )
    same_day = born.where(
        PersonRow.birth_date == told.persoon.geboortedatum, DossierRow.domain == domain
    ).order_by(DossierRow.reference)
    name = f"{told.persoon.voornaam} {told.persoon.achternaam}".casefold()
    for reference, first, last in session.execute(same_day):
        if f"{first} {last}".casefold() == name:
            reden = f"Iemand met dezelfde naam en geboortedatum heeft al dossier {reference}."
            yield warning("aanvraag.zelfde_persoon", reden, dossier=reference)


def differences(person: PersonRow, told: Verzoek) -> Iterator[Finding[None]]:
    """What the request says otherwise than the dossier: it keeps what it has until somebody looks."""
    columns = person_columns(told)
    if different := [field for field, value in columns.items() if getattr(person, field) != value]:
        reden = "De aanvraag geeft andere persoonsgegevens dan het dossier; het dossier is niet gewijzigd."
        yield warning("aanvraag.persoon_anders", reden, velden=", ".join(different))


def person_columns(told: Verzoek) -> dict[str, Any]:
    """The person as the record keeps them."""
    persoon = told.persoon
    return {
        "first_name": persoon.voornaam,
        "last_name": persoon.achternaam,
        "birth_date": persoon.geboortedatum,
        "address_line_1": persoon.adres,
        "address_line_2": persoon.adres_vervolg,
        "postcode": persoon.postcode,
        "nis_code": told.nis_code,
        "email": persoon.email,
        "phone": persoon.telefoon,
        "brief_aan": persoon.brief_aan,
        "brief_aan_adres": persoon.brief_aan_adres,
        "protected_address": persoon.beschermd_adres,
        "channel": persoon.kanaal,
        "language": persoon.taal,
        "interpreter": persoon.tolk,
        **helper_columns(told.hulpverlener),
    }


def helper_columns(helper: Hulpverlener | None) -> dict[str, str | None]:
    """The contact data of who helps a person, as columns."""
    return {
        "helper_name": helper.naam if helper else None,
        "helper_phone": helper.telefoon if helper else None,
        "helper_email": helper.email if helper else None,
        "helper_org": helper.organisatie if helper else None,
    }


def statuut_rows(told: Verzoek, person_id: int) -> list[dict[str, Any]]:
    """The periods in which the person has a statuut, as rows."""
    return [
        {
            "person_id": person_id,
            "code": statuut.code,
            "valid_from": statuut.van,
            "valid_to": statuut.tot,
            "source": statuut.bron,
            "expected_end": statuut.verwacht_einde,
        }
        for statuut in told.statuut
    ]
