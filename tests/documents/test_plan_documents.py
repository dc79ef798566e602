"""The trajectplan as the participant reads it, and what the network coordinator never reads."""

from typing import Any

import pytest

from activities.database import Database
from activities.rendering import Rendered, Templates
from models.actie import Actie
from tests.documents.examples import ACTIES, GEDEELD, PLAN, STANDEN, WERKPLEK, enrol, order
from tests.documents.pdfs import words
from tests.documents.test_rendering import rendered

CANARY = "KANARIE"


def plan(database: Database, templates: Templates, **facts: Any) -> str:
    """The words of the participant's plan."""
    enrol(database)
    known = {"plan": GEDEELD, "acties": STANDEN, **facts}
    return words(rendered(database, templates, order("trajectplan", **known)).pdf)


def test_the_own_part_comes_before_that_of_others(database: Database, templates: Templates) -> None:
    """What I do, what others do, where I want to go; the dropped action is in none of them."""
    text = plan(database, templates)
    assert text.index("Dit doe ik") < text.index("Dit doen anderen") < text.index("Waar ik naartoe wil")
    assert "De ploegbaas leert mij de machines kennen" in text
    assert "computerles" not in text


def test_every_action_says_why_where_when_and_what_for(database: Database, templates: Templates) -> None:
    """The form, the offer with its reason, the place, the period, the result wanted and everybody's share."""
    text = plan(database, templates)
    for element in (
        "Werk: werken (werkplek in groen)",
        "Ik wil buiten werken en met mijn handen bezig zijn.",
        "Ik weet of ik dit werk kan volhouden.",
        "Ik kom op tijd en zeg het als het te veel wordt.",
        "Kompaan Werk vzw (aanbod van het netwerk)",
        "Dok Zuid, Gent",
        "van 1 juni 2026 tot en met 30 november 2026",
        "integraal welzijnspakket",
        "aanbod op maat: er was dichtbij geen ander aanbod",
    ):
        assert element in text


def test_a_workplace_is_agreed_in_full(database: Database, templates: Templates) -> None:
    """Unpaid, with a guide, insured, hours that build up, and what the workplace may know."""
    text = plan(database, templates)
    for element in (
        "Werkervaringsstage. Ik werk er onbetaald: vanaf 1 juni 2026 4 uur in de week, vanaf 1 september 2026 8",
        "Wie mij begeleidt: de ploegbaas van de groendienst",
        "Verzekering: in orde. Mijn statuut: toestemming aangevraagd.",
        "Alleen dat ik traag begin",
    ):
        assert element in text


def test_a_plan_that_is_not_accepted_whole_runs_for_the_rest(
    database: Database, templates: Templates
) -> None:
    """The own words stand there, the action that is not accepted apart, and nobody has to sign."""
    text = plan(database, templates)
    assert text.index("Waar ik naartoe wil") < text.index("In een praatgroep vertellen")
    assert "“In een groep praten wil ik niet. De rest is goed voor mij.”" in text
    assert "loopt voorlopig, alleen voor de acties die ik wel aanvaard" in text
    assert "handtekening" not in text


def test_a_plan_of_which_nothing_is_accepted_has_no_actions_yet(
    database: Database, templates: Templates
) -> None:
    """It says so instead of showing an empty table."""
    text = plan(database, templates, acties=(STANDEN[4],))
    assert "Er is nog geen actie waarmee ik akkoord ben" in text
    assert "loopt voorlopig, zonder acties" in text


def test_a_new_version_says_what_changed(database: Database, templates: Templates) -> None:
    """The first version shows no number."""
    changed = {"plan": PLAN, "acties": (), "versie": 2, "wijziging": "Eén dag meer, omdat het goed gaat."}
    text = plan(database, templates, **changed)
    assert "Versie 2" in text
    assert "Wat er veranderd is Eén dag meer, omdat het goed gaat." in text


def marked(actie: Actie) -> Actie:
    """The same action with a canary in everything that is free text."""
    texts = (
        "omschrijving",
        "dienstverlener",
        "soort",
        "aanbod_reden",
        "plaats",
        "waarom",
        "resultaat",
        "aandeel_deelnemer",
        "aandeel_anderen",
    )
    place = WERKPLEK.model_copy(update={"begeleider": CANARY, "mag_weten": CANARY})
    return actie.model_copy(update={**dict.fromkeys(texts, CANARY), "werkplek": place})


def told_of_the_person(actie: Actie) -> Actie:
    """The same action with a canary in what it tells of the person."""
    texts = ("soort", "aanbod_reden", "waarom", "resultaat", "aandeel_deelnemer", "aandeel_anderen")
    place = WERKPLEK.model_copy(update={"begeleider": CANARY, "mag_weten": CANARY})
    return actie.model_copy(update={**dict.fromkeys(texts, CANARY), "werkplek": place})


def to_coordinator(database: Database, templates: Templates, *acties: Actie) -> Rendered:
    """The coordinator's plan, from facts with a canary in every text about the person."""
    enrol(database)
    standen = tuple(
        STANDEN[0].model_copy(update={"nummer": number, "actie": actie})
        for number, actie in enumerate(acties, start=1)
    )
    told = GEDEELD.model_copy(
        update={"doel": CANARY, "afspraken": CANARY, "eigen_woorden": CANARY, "acties": acties}
    )
    asked = order("trajectplan_coordinator", plan=told, acties=standen, wijziging=CANARY)
    return rendered(database, templates, asked)


@pytest.mark.parametrize(
    "care",
    [{"domein": "zorg"}, {"domein": "psycho-educatie"}, {"activeringsvorm": "hulpverlening_en_zorg"}],
)
def test_the_coordinator_reads_nothing_about_care(
    care: dict[str, str], database: Database, templates: Templates
) -> None:
    """Not what, not with whom, not where: only that there is an action, and where its offer comes from."""
    hidden = marked(ACTIES[0].model_copy(update=care))
    made = to_coordinator(database, templates, told_of_the_person(ACTIES[0]), hidden)
    text = words(made.pdf)
    assert CANARY not in text + made.html
    assert "Actie 2, aanbod van het netwerk" in text
    assert "1. Twee halve dagen meewerken in de groendienst" in text


def test_the_canary_would_be_seen(database: Database, templates: Templates) -> None:
    """Negative control: the same words in the participant's own plan, and in an action that is not about care."""
    acties = (marked(ACTIES[0]),)
    standen = (STANDEN[0].model_copy(update={"actie": acties[0]}),)
    assert plan(database, templates, acties=standen).count(CANARY) > len(acties)
    assert CANARY in words(rendered(database, templates, coordinator_of(marked(ACTIES[0]))).pdf)


def coordinator_of(actie: Actie) -> Any:
    """An order for the coordinator about one action."""
    return order("trajectplan_coordinator", acties=(STANDEN[0].model_copy(update={"actie": actie}),))


def test_the_coordinator_reads_what_is_to_be_organised(database: Database, templates: Templates) -> None:
    """Accepted actions with provider, place, period and answer; those not accepted or dropped are not there."""
    enrol(database)
    text = words(rendered(database, templates, order("trajectplan_coordinator")).pdf)
    for element in (
        "Kompaan Werk vzw Aanbod van het netwerk",
        "Bevestigd, vanaf 1 juni 2026",
        "Welzijn, integraal welzijnspakket",
        "Actie 2, gewoon aanbod, voor iedereen",
        "van 4 mei 2026 tot vermoedelijk 3 mei 2027",
        "Om de 3 maanden: 4 augustus 2026, 4 november 2026",
    ):
        assert element in text
    for absent in ("slapen", "CGG", "praatgroep", "computerles", "vast ritme"):
        assert absent not in text
