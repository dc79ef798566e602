"""What a request and a screening tell of a person reaches no requester and no kernpartner on paper."""

from collections.abc import Iterator
from datetime import date
from typing import Any, get_args

import pytest
from pydantic import BaseModel
from sqlalchemy import select

from activities.database import Database
from activities.documents import Documents
from activities.follow_up import FollowUp
from activities.registry import Registry
from models import documents as d
from models.aanvraag import Aanvraag, Registered
from models.documents import DocumentOrder
from models.follow_up import Vervolg
from models.tables import DocumentRow
from models.toeleiding import (
    Aanvraaginhoud,
    AdviesGeven,
    Documentverwijzing,
    Ladderwaarde,
    ScreeningVastleggen,
)
from tests.documents.examples import AS_OF, RECORDED
from tests.documents.intake_examples import INTAKE, VDAB
from tests.documents.pdfs import words
from tests.law import shipped_tables

CANARY = "KANARIE"
OUTSIDE = (
    "beslissing_aanvrager",
    "onthaal_kennismaking",
    "onbereikbaar",
    "onthaaldossier",
    "overdracht_onthaal",
)
"""The documents that leave VDAB for a requester, a kernpartner, or the person in the name of one."""
RESTRICTED = (Aanvraaginhoud, ScreeningVastleggen, AdviesGeven, Documentverwijzing, Ladderwaarde)
INHOUD = Aanvraaginhoud.model_validate(
    {
        "motivering": f"{CANARY} motivering",
        "eigen_woorden": f"{CANARY} eigen woorden",
        "sterktes": f"{CANARY} sterktes",
        "hindernissen": f"{CANARY} hindernissen",
        "ladder": {"niveau": 3, "op": "2026-03-01", "door": f"{CANARY} door", "bron": f"{CANARY} bron"},
        "documenten": [{"soort": "diagnostisch", "kenmerk": f"{CANARY} kenmerk", "bij": f"{CANARY} bij"}],
    }
)
SCREENING = ScreeningVastleggen(
    datum=date(2026, 3, 20),
    opdracht="screening",
    doet_en_wil=f"{CANARY} doet",
    sterktes=f"{CANARY} sterktes",
    hindernissen=f"{CANARY} hindernissen",
    hulp=f"{CANARY} hulp",
    advies=f"{CANARY} advies",
    reden=f"{CANARY} reden",
)
CODES = {"diagnostisch", "onbekend", "2026-03-01", "2026-03-20", "screening", "online"}
"""The texts in them that nobody writes freely."""


def leaves(told: Any) -> Iterator[str]:
    """Every text inside a message."""
    if isinstance(told, str):
        yield told
    elif isinstance(told, dict | list):
        for part in told.values() if isinstance(told, dict) else told:
            yield from leaves(part)


def types_in(annotation: Any) -> Iterator[type[BaseModel]]:
    """Every model that a field can hold, however deep."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
        for field in annotation.model_fields.values():
            yield from types_in(field.annotation)
    for part in get_args(annotation):
        yield from types_in(part)


def filed(database: Database) -> tuple[str, str]:
    """A request with a canary in every free field, and the onthaaltraject that follows: their references."""
    aanvraag = Aanvraag.model_validate(
        {
            "sleutel": "kanarie",
            "soort": "toeleiding",
            "ingediend_op": "2026-03-02",
            "nis_code": "44021",
            "persoon": {"voornaam": "Zoë", "achternaam": "Verzonnen", "geboortedatum": "1991-03-02"},
            "aanvrager": {"rol": "aanvrager", "organisatie": "ORG-GTB-GENT"},
            "inhoud": INHOUD.model_dump(mode="json"),
        }
    )
    registered = Registry(database, lambda: RECORDED, shipped_tables()).register(aanvraag)
    assert isinstance(registered, Registered)
    order = Vervolg(
        workflow_id=registered.workflow_id,
        reference=registered.reference,
        nis_code="44021",
        soort="onthaaltraject",
        begin=AS_OF,
        nu=RECORDED,
    )
    return registered.reference, FollowUp(database, lambda: RECORDED, shipped_tables()).register(
        order
    ).reference


def drawn_up(database: Database, documents: Documents, reference: str, facts: d.DocumentFacts) -> str:
    """Everything that is kept of a document: paper, preview and facts."""
    workflow_id = f"toeleiding/{reference}"
    order = DocumentOrder(
        workflow_id=workflow_id, reference=reference, key=facts.soort, as_of=AS_OF, facts=facts
    )
    made = documents.render(order)
    with database.read() as session:
        row = session.scalars(select(DocumentRow).where(DocumentRow.id == made.document_id)).one()
    return f"{words(row.pdf)} {row.html} {row.facts}"


def test_the_canary_is_in_every_free_field() -> None:
    """A field that is added to the request or the screening must get one too."""
    texts = {*leaves(INHOUD.model_dump(mode="json")), *leaves(SCREENING.model_dump(mode="json"))}
    assert {text for text in texts if CANARY not in text} == CODES
    assert set(Aanvraaginhoud.model_fields) - INHOUD.model_fields_set == {
        "statistiek",
        "lopend",
        "voorkeur",
        "dakloos",
        "mag_redenen_horen",
    }


@pytest.mark.parametrize("soort", OUTSIDE)
def test_no_document_for_outside_tells_of_the_request(
    soort: str, database: Database, documents: Documents
) -> None:
    """Drawn up from the record of that very request; an onthaal document has not even its number."""
    request, onthaal = filed(database)
    reference = request if soort == "beslissing_aanvrager" else onthaal
    kept = drawn_up(database, documents, reference, INTAKE[soort])
    assert CANARY not in kept
    assert reference in kept
    assert reference == request or request not in kept


def test_the_screeningsverslag_does_tell(database: Database, documents: Documents) -> None:
    """The same canary is seen where it belongs, so that its absence elsewhere means something."""
    request, _ = filed(database)
    facts = d.Screeningsverslag(vdab=VDAB, screener=None, screening=SCREENING)
    assert f"{CANARY} advies" in drawn_up(database, documents, request, facts)


@pytest.mark.parametrize("soort", OUTSIDE)
def test_facts_for_outside_have_no_place_for_it(soort: str) -> None:
    """No field of theirs, however deep, can hold a request, a screening, an advice or a level."""
    assert not set(types_in(type(INTAKE[soort]))) & set(RESTRICTED)


def test_the_search_for_places_finds_them() -> None:
    """It sees the screening inside the report that may hold it."""
    assert ScreeningVastleggen in set(types_in(d.Screeningsverslag))
