"""What goes to the GBO is the closed list of art. 5: no type on its way has a place for anything else."""

from datetime import date
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from models.actors import Actor
from models.case import Beginning
from models.follow_up import AfzenderMelden, AmaVervolg, Doorgiftemelding, Vervolg
from models.gbo import KernpartnerOrder
from models.onthaal import Hulpverlener, Onthaalgegevens
from models.onthaal_case import OnthaalFacts, OnthaalStart
from models.toeleiding_case import Doorgifte

CANARY = "KANARIE-5522"
PERSON: dict[str, Any] = {
    "voornaam": "Noor",
    "achternaam": "Verzonnen",
    "nis_code": "44021",
    "geboortedatum": "1990-02-28",
}
HELPER = {"naam": "Een Huisarts", "telefoon": "0470 00 00 09"}
FORBIDDEN = (
    *("rijksregisternummer", "insz", "inss", "nationaal_nummer", "bis_nummer"),
    *("diagnose", "diagnostiek", "medisch", "icd", "icf", "handicap", "arbeidshandicap"),
    *("dossier", "dossiernummer", "reference", "kenmerk", "eigen_kenmerk", "workflow_id"),
    *("advies", "motivering", "eigen_woorden", "opmerking", "nota", "toelichting", "reden", "tekst"),
    *("niveau", "ladder", "statuut", "uitkering", "diploma", "beslissing", "screening", "sterktes"),
    *("hindernissen", "geslacht", "nationaliteit", "taal", "gezin", "inkomen", "documenten"),
)
"""What VDAB knows or could know, and may not send."""
CLOSED_LIST = {
    "voornaam",
    "achternaam",
    "adres",
    "postcode",
    "nis_code",
    "email",
    "telefoon",
    "geboortedatum",
    "hulpverlener",
}


@pytest.mark.parametrize("field", FORBIDDEN)
def test_nothing_outside_the_list_can_be_sent(field: str) -> None:
    """A message with one field more cannot be built, and its refusal repeats no value (art. 5)."""
    Onthaalgegevens.model_validate(PERSON)
    for contents in ({**PERSON, field: CANARY}, {**PERSON, "hulpverlener": {**HELPER, field: CANARY}}):
        with pytest.raises(ValidationError) as failed:
            Onthaalgegevens.model_validate(contents)
        (error,) = failed.value.errors(include_input=False)
        assert (error["type"], error["loc"][-1]) == ("extra_forbidden", field)
        assert CANARY not in str(failed.value)


def test_the_list_is_that_of_the_law() -> None:
    """Names, address, e-mail, phone, date of birth, and how to reach who helps: a new field is a change of law."""
    assert set(Onthaalgegevens.model_fields) == CLOSED_LIST
    assert set(Hulpverlener.model_fields) == {"naam", "telefoon", "email", "organisatie"}


@pytest.mark.parametrize(
    "field", ["voornaam", "achternaam", "adres", "postcode", "email", "telefoon", "nis_code"]
)
@pytest.mark.parametrize("text", [f"{CANARY}\n{CANARY}", f"{CANARY} " * 20], ids=["lines", "a story"])
def test_no_word_of_the_list_can_hold_a_story(field: str, text: str) -> None:
    """Each is one short line: advice in free text has no room in it either."""
    with pytest.raises(ValidationError) as failed:
        Onthaalgegevens.model_validate({**PERSON, field: text})
    assert failed.value.errors(include_input=False)[0]["loc"] == (field,)
    assert CANARY not in str(failed.value)


def told(kind: type[BaseModel], *besides: str) -> dict[str, str]:
    """The fields of a type with how they are typed, but for some."""
    return {
        name: str(info.annotation).replace("<class '", "").replace("'>", "")
        for name, info in kind.model_fields.items()
        if name not in besides
    }


ROUTING = {"keuze", "helper"}
FLAGS = {"heeft_helper", "dakloos"}


def test_an_onthaaltraject_starts_with_what_routing_needs() -> None:
    """A place, a day, two codes and two flags: it knows the person by its own reference only."""
    fields = told(OnthaalStart, *Beginning.model_fields, "state")
    assert set(fields) == {"herkomst", *ROUTING, *FLAGS}
    assert {fields[name] for name in FLAGS} == {"bool"}
    assert all("Annotated[str" in fields[name] for name in ROUTING)
    assert set(Beginning.model_fields) == {"reference", "nis_code", "start", "law", "patience"}


def test_it_starts_under_no_other_number_and_with_nothing_more() -> None:
    """The number of VDAB's dossier is refused, and so is a field that it does not know."""
    start = {"reference": "OT-2027-000001", "nis_code": "44021", "start": date(2027, 1, 4)}
    OnthaalStart.model_validate(start)
    for wrong in ({**start, "reference": "WZ-2027-000001"}, {**start, "advies": CANARY}):
        with pytest.raises(ValidationError) as failed:
            OnthaalStart.model_validate(wrong)
        assert CANARY not in str(failed.value)


def test_what_is_asked_of_the_tables_names_nobody() -> None:
    """Which kernpartner comes first is asked with a place, a day, two codes and a flag."""
    assert set(told(KernpartnerOrder)) == {"nis_code", "on", "dakloos", *ROUTING}
    with pytest.raises(ValidationError):
        KernpartnerOrder.model_validate({"nis_code": "44021", "on": "2027-01-04", "dossier": CANARY})


def test_what_asks_for_an_onthaaltraject_carries_no_contents() -> None:
    """The request to begin names the dossier, for the record to copy art. 5 from, and no word about the person."""
    routing = {"workflow_id", "reference", "nis_code", "soort", "begin", "nu", "keuze", "dakloos"}
    assert set(told(Vervolg, "ama")) == {*routing, "regime"}
    assert set(told(AmaVervolg)) == {"begeleider", "houder", "beslist_op"}


def test_what_goes_back_to_vdab_is_two_days() -> None:
    """Sent and delivered, with a number to know them by: no kernpartner, no reason and no number of a dossier."""
    assert set(told(Doorgiftemelding)) == {"versie", "nummer", "verzonden_op", "afgeleverd_op"}
    assert set(told(Doorgifte)) == {"nummer", "verzonden_op", "afgeleverd_op"}
    assert set(told(AfzenderMelden)) == {"workflow_id", "melding"}
    later = {"versie": 2, "nummer": 1, "verzonden_op": "2027-01-04", "kernpartner": CANARY}
    assert CANARY not in str(Doorgiftemelding.model_validate(later))


OWN = {
    "reference": "str",
    "nis_code": "str",
    "start": "datetime.date",
    "werkingsgebied": "str",
    "herkomst": "typing.Literal['vdab', 'eigen_onthaal', 'outreach', 'partner']",
    "heeft_helper": "bool",
    "dakloos": "bool",
    "gerouteerd": "bool",
    "ronde": "int",
    "hervat_op": "datetime.date | None",
    "leiding": "dict[str, models.actors.Actor]",
    "volgorde": "tuple[models.actors.Actor, ...]",
    "doorgiften": "tuple[models.onthaal_case.Doorgegeven, ...]",
    "toestemmingen": "tuple[models.onthaal_case.Toestemming, ...]",
    "pogingen": "tuple[models.onthaal.OnthaalContactpoging, ...]",
    "levensdomeinen": "tuple[models.onthaal.LevensdomeinVastleggen, ...]",
    "metingen": "tuple[models.onthaal.RechtenMeten, ...]",
    "orientaties": "tuple[models.onthaal.Orienteren, ...]",
}
"""What an onthaaltraject may know: codes and days, and what the GBO itself did with the person's consent."""


def test_what_an_onthaaltraject_knows_is_its_own() -> None:
    """No fact of it could hold a number, a diagnosis or an advice of VDAB: the list below is all there is."""
    assert told(OnthaalFacts, *ROUTING) == OWN
    assert all("Annotated[str" in str(OnthaalFacts.model_fields[name].annotation) for name in ROUTING)
    assert set(Actor.model_fields) == {"rol", "organisatie", "medewerker"}


@pytest.mark.parametrize("field", ["keuze", "helper"])
@pytest.mark.parametrize("text", ["F32.1 depressie", "een nummer 123.45", "kan nu niet werken"])
def test_a_code_is_no_place_for_words(field: str, text: str) -> None:
    """What routing needs is a reference of ours: small letters, dots and blanks have no place in it."""
    start = {"reference": "OT-2027-000001", "nis_code": "44021", "start": date(2027, 1, 4)}
    OnthaalStart.model_validate({**start, field: "ORG-CAW-LEIE"})
    with pytest.raises(ValidationError):
        OnthaalStart.model_validate({**start, field: text})
