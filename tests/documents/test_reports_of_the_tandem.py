"""The reports about a trajectory: reviews, packages, hand-over and advice."""

from datetime import date
from typing import Any

import pytest

from activities.database import Database
from activities.directory import DocumentIncomplete
from activities.rendering import Templates
from tests.documents.examples import PAKKET, REVIEW, STANDEN, VERKENNING, VERSLAG, enrol, order
from tests.documents.pdfs import words
from tests.documents.test_rendering import rendered


def report(database: Database, templates: Templates, soort: str, **facts: Any) -> str:
    """The words of a report."""
    enrol(database)
    return words(rendered(database, templates, order(soort, **facts)).pdf)


@pytest.mark.parametrize(
    ("gezicht", "said"),
    [("blij", "Een blij gezicht"), ("gewoon", "Een gewoon gezicht"), ("niet_blij", "Een droevig gezicht")],
)
def test_a_review_tells_satisfaction_in_words(
    gezicht: str, said: str, database: Database, templates: Templates
) -> None:
    """A face that was pointed at is told too; the level of that day stands in no report of a talk."""
    review = REVIEW.model_copy(
        update={"tevredenheid": "Het gaat me goed af.", "gezicht": gezicht, "niveau": 4}
    )
    text = report(database, templates, "reviewverslag", review=review)
    assert "Hoe tevreden Het gaat me goed af." in text
    assert said in text
    assert "trede" not in text.casefold()


def test_a_review_without_a_face_says_nothing_of_it(database: Database, templates: Templates) -> None:
    """Nobody has to choose one."""
    text = report(database, templates, "reviewverslag")
    assert "gezicht" not in text
    assert "Hoe tevreden" not in text


def test_after_a_year_the_review_looks_at_the_whole_package(database: Database, templates: Templates) -> None:
    """Every action with its provider, since when and where it stands; other reviews do not have this."""
    text = report(database, templates, "reviewverslag", jaarevaluatie=True, acties=STANDEN)
    assert "Een jaar onderweg" in text
    for stand in (
        "Bevestigd, vanaf 1 juni 2026",
        "Op de wachtlijst, tot ongeveer 1 oktober 2026",
        "Nog geen antwoord van de dienstverlener",
        "De deelnemer is niet akkoord",
        "Vervallen",
        "Afgesproken",
    ):
        assert stand in text


def test_most_reviews_are_not_about_a_year(database: Database, templates: Templates) -> None:
    """Actions that are known do not make it one."""
    assert "Een jaar onderweg" not in report(database, templates, "reviewverslag", acties=STANDEN)


def test_a_package_is_closed_in_five_lines(database: Database, templates: Templates) -> None:
    """The participant's own line first, and the package it was."""
    text = report(database, templates, "pakketevaluatie")
    for line in (PAKKET.doel, PAKKET.gedaan, PAKKET.resultaat, PAKKET.vervolg):
        assert text.index(f"“{PAKKET.eigen_woorden}”") < text.index(line)
    assert "bij CAW Leie en Schelde (integraal welzijnspakket)" in text
    assert "eerste gesprek op 11 mei 2026, tot en met 10 november 2026" in text


def test_a_hand_over_begins_with_the_wish(database: Database, templates: Templates) -> None:
    """Then what is owed and by when, what is known, the plan, the actions and when it rested."""
    text = report(database, templates, "overdrachtsfiche")
    order_of = [
        f"“{VERKENNING.voorkeur}”",
        "Tweede evaluatie houden 18 november 2026",
        VERKENNING.competenties,
        VERKENNING.noden,
        "afgesproken van 4 mei 2026 tot en met 3 mei 2027",
        "Op de wachtlijst, tot ongeveer 1 oktober 2026",
        "Van 1 september 2026, weer gestart op 15 september 2026",
        "Van 5 oktober 2026, nog zonder einde",
    ]
    places = [text.index(part) for part in order_of]
    assert places == sorted(places)
    assert "van Fatma Yilmaz" in text
    assert "naar Jan Claes" in text
    assert "gehouden op 6 augustus 2026" in text


def test_a_hand_over_before_anything_happened_is_complete(database: Database, templates: Templates) -> None:
    """Nothing known is said, not left blank."""
    nothing: dict[str, Any] = dict.fromkeys(("acties", "reviews", "opschortingen", "open_opdrachten"), ())
    early = {**nothing, "plan": None, "verkenning": None, "fase": "voorbereiding"}
    text = report(database, templates, "overdrachtsfiche", **early)
    for said in (
        "nog geen verkenning",
        "staat op dit ogenblik niets open",
        "nog geen trajectplan",
        "nog geen acties",
    ):
        assert said in text
    assert "Het plan wordt gemaakt" in text


def test_the_advice_is_a_document_of_its_own(database: Database, templates: Templates) -> None:
    """Art. 14 §2 8°-9°: own paragraph first, reasoned, discussed, with a next step and text to copy for VDAB."""
    text = report(database, templates, "eindadvies")
    assert text.index("“Ik ben fier op dit jaar.”") < text.index(str(VERSLAG.eindadvies))
    for element in (
        VERSLAG.resultaten,
        VERSLAG.gesprek,
        "Voorgestelde volgende stap Betaald werk met ondersteuning.",
        "Indicering geregistreerd op",
        "Gemotiveerd eindadvies van 8 april 2026",
        "13 april 2026 2 4",
        "3 mei 2027 4 niet bepaald",
    ):
        assert element in text


def test_an_advice_without_measurements_shows_no_ladder(database: Database, templates: Templates) -> None:
    """Nothing is made up where nothing was recorded."""
    silent = VERSLAG.model_copy(update={"alinea_deelnemer": None, "uitkomst": None})
    text = report(database, templates, "eindadvies", metingen=(), verslag=silent)
    assert "Participatieladder" not in text
    assert "nog geen vaste volgende stap" in text
    assert "“" not in text


def test_an_end_without_talk_has_no_advice_to_draw_up(database: Database, templates: Templates) -> None:
    """The error names what is missing, for a person to look at."""
    silent = VERSLAG.model_copy(update={"vorm": "zonder_gesprek", "eindadvies": None})
    with pytest.raises(DocumentIncomplete, match="eindadvies voor WZ-2026-000123: eindadvies ontbreekt"):
        report(database, templates, "eindadvies", verslag=silent)


def test_an_eindverslag_without_advice_says_so(database: Database, templates: Templates) -> None:
    """There was a talk, and still no advice."""
    early = VERSLAG.model_copy(update={"vorm": "vroegtijdig_met_gesprek", "eindadvies": None})
    text = report(database, templates, "eindverslag", verslag=early, einde=date(2026, 9, 30))
    assert "Er is bij dit verslag geen eindadvies gegeven." in text
    assert "Eindverslag zonder eindadvies van 8 april 2026" in text
