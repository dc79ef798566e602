"""What the documents of a toeleiding say: reasons and remedies to the person, the outcome to the requester."""

from typing import Any

import pytest

from activities.database import Database
from activities.rendering import Templates
from activities.toeleiding_contexts import UITKOMSTEN, reason
from models.letters import InHetKort
from models.toeleiding import Element, ToeleidingBeslissen
from tests.documents.examples import NAME, on
from tests.documents.intake_examples import (
    ADVICE_ONLY,
    GROWTH,
    PROBLEMS,
    REFUSED,
    SCREENING,
    TO_ACTIVERING,
    TO_AMA_SE,
    TO_ONTHAAL,
    asked,
    known,
)
from tests.documents.pdfs import words
from tests.documents.test_rendering import rendered

LEVEL = "Op de participatieladder staat u op trede 4. "
LABEL = "U bent niet-toeleidbaar en hebt F32 volgens DSM-5. "


def said(database: Database, templates: Templates, soort: str, **facts: Any) -> str:
    """The words of a document."""
    known(database, soort)
    return words(rendered(database, templates, asked(soort, **facts)).pdf)


def decided(database: Database, templates: Templates, decision: ToeleidingBeslissen, **changed: Any) -> str:
    """The words of the letter about a decision."""
    return said(database, templates, "beslissing", beslissing=decision.model_copy(update=changed))


LACKING: tuple[tuple[Element, str], ...] = (
    ("motivering", "Waarom u dit vraagt."),
    ("eigen_woorden", "Wat u zelf wilt."),
    ("niveau", "Hoe ver u nu staat."),
    ("documenten", "Documenten. Bijvoorbeeld een verslag van uw arts"),
)


@pytest.mark.parametrize(("element", "sentence"), LACKING)
def test_each_lacking_element_is_asked_in_plain_words(
    element: Element, sentence: str, database: Database, templates: Templates
) -> None:
    """Only what lacks, and no word of a ladder."""
    text = said(database, templates, "onvolledig", ontbreekt=(element,))
    assert [found for _, found in LACKING if found in text] == [sentence]
    assert "ladder" not in text
    assert "trede" not in text


def test_an_incomplete_request_is_not_refused(database: Database, templates: Templates) -> None:
    """By when, why that day, who helps, and what happens after it."""
    text = said(database, templates, "onvolledig")
    for promised in (
        "ten laatste op 7 mei 2026",
        "aanname: niet bevestigd in de wet",
        "Er is niets geweigerd.",
        "Na die dag beslist VDAB met wat er is.",
        "Wacht u op een document van iemand anders? Zeg het ons. Dan wachten we mee.",
        "bel of mail Bram Lievens (VDAB Gent): 09 000 01 03",
    ):
        assert promised in text


def test_without_a_day_none_is_printed(database: Database, templates: Templates) -> None:
    """While a third party is awaited there may be no date."""
    text = said(database, templates, "onvolledig", tegen=on(None))
    assert "ten laatste" not in text
    assert "Bezorg het ons zodra u kunt." in text
    assert "beslist VDAB met wat er is" in text


OUTCOMES = {
    "activeringstraject": (TO_ACTIVERING, "U kunt een activeringstraject volgen."),
    "ama_se": (TO_AMA_SE, "U kunt arbeidsmatige activiteiten doen in een maatwerkbedrijf."),
    "onthaal": (TO_ONTHAAL, "We raden u aan om eerst hulp te zoeken bij een dienst voor welzijn of zorg."),
    "advies": (ADVICE_ONLY, "We raden u aan om eerst hulp te zoeken bij een dienst voor welzijn of zorg."),
    "geweigerd": (REFUSED, "U krijgt nu geen werk- en zorgtraject."),
}


@pytest.mark.parametrize("decision", OUTCOMES)
def test_every_decision_has_outcome_reasons_talk_and_remedies(
    decision: str, database: Database, templates: Templates
) -> None:
    """Art. 9: two judged elements, each with its reason; no code of a route and no promise of an appeal."""
    taken, outcome = OUTCOMES[decision]
    text = decided(database, templates, taken)
    parts = (
        f"nam op 7 april 2026 een beslissing. {outcome}",
        f"Maken problemen betaald werk nu moeilijk? {'Ja' if taken.problematiek.aanwezig else 'Nee'}, dat vinden",
        f"“{taken.problematiek.motivering}”",
        "Kunt u in een traject groeien naar betaald werk? Ja, dat denken we.",
        f"“{taken.groeimogelijkheden.motivering}”",
        "Wat gebeurt er nu?",
        "Uitleg in een gesprek",
        "een klacht indienen bij VDAB: met een brief, met een e-mail of gewoon mondeling",
        "heroverweging), waar de regels dat voorzien",
        "Vlaamse Ombudsdienst",
    )
    places = [text.index(part) for part in parts]
    assert places == sorted(places)
    assert not any(word in text for word in ("beroep", "_", "CMPPS"))


def test_an_activeringstraject_starts_on_a_day(database: Database, templates: Templates) -> None:
    """And the decision is explained in a talk that was agreed."""
    text = decided(database, templates, TO_ACTIVERING)
    assert "Uw traject start op 4 mei 2026. U krijgt twee casemanagers" in text
    assert "We leggen u de beslissing uit: dinsdag 14 april om 10 uur, Kongostraat 7 in Gent." in text
    assert "meteen" not in text


def test_without_a_day_or_a_talk_the_letter_says_so(database: Database, templates: Templates) -> None:
    """The trajectory begins at once and a talk is offered."""
    text = decided(database, templates, TO_ACTIVERING, start=None, gesprek=None)
    assert "Uw traject start meteen." in text
    assert "We leggen u de beslissing graag uit in een gesprek." in text


def test_advies_welzijn_names_who_goes_on(database: Database, templates: Templates) -> None:
    """The kernpartner of the person's choice, the begeleider, and that refusing contact is fine."""
    text = decided(database, templates, TO_ONTHAAL)
    assert "neemt contact met u op (u koos CAW Leie en Schelde)" in text
    assert "u mag altijd nee zeggen" in text
    assert "De Meander vzw begeleidt u bij arbeidsmatige activiteiten" in text
    assert "U kiest zelf of u daar hulp zoekt" not in text


def test_advies_welzijn_with_nothing_more_leaves_the_choice(database: Database, templates: Templates) -> None:
    """Nobody makes contact who was not asked to."""
    text = decided(database, templates, ADVICE_ONLY)
    assert "U kiest zelf of u daar hulp zoekt" in text
    assert "neemt contact met u op" not in text


def test_a_refusal_says_where_else_to_go(database: Database, templates: Templates) -> None:
    """With a new request later as a way back."""
    text = decided(database, templates, REFUSED)
    assert "Hier kunt u terecht: “U kunt naar de jobclub van VDAB in Gent.”" in text
    assert "later altijd een nieuwe aanvraag" in text
    assert "U mag de hele beslissing lezen" not in text


@pytest.mark.parametrize("written", [LEVEL, LABEL])
@pytest.mark.parametrize("decision", OUTCOMES)
def test_no_decision_prints_a_level_a_label_or_a_code(
    decision: str, written: str, database: Database, templates: Templates
) -> None:
    """Also when somebody wrote it in a reason, an orientation or the talk; the person may read all of it."""
    judged = {
        "problematiek": PROBLEMS.model_copy(update={"motivering": written + PROBLEMS.motivering}),
        "groeimogelijkheden": GROWTH.model_copy(update={"motivering": written}),
        "orientatie": written + "Kom langs.",
        "gesprek": written,
    }
    text = decided(database, templates, OUTCOMES[decision][0], **judged)
    assert not any(
        word in text.casefold() for word in ("trede", "participatieladder", "toeleidbaar", "f32", "dsm-5")
    )
    assert PROBLEMS.motivering in text
    assert "We leggen u graag uit waarom." in text
    assert "U mag de hele beslissing lezen." in text


@pytest.mark.parametrize("code", ["F32", "F32.1", "M54.5", "ICD-10", "ICF", "DSM-5", "b152", "CMPPS"])
def test_a_sentence_with_a_code_of_a_diagnosis_is_left_out(code: str) -> None:
    """The sentences around it stay, on one line, and the letter knows that something is missing."""
    found = reason(f"U werkt graag.\n\nHet gaat om {code}. U bent op tijd.", 500)
    assert found == InHetKort(tekst="U werkt graag. U bent op tijd.", volledig=False)


@pytest.mark.parametrize("text", ["Neem de E40 naar Gent.", "U zoekt werk sinds 2019.", "Blok B1, bus 4."])
def test_what_only_looks_like_a_code_stays(text: str) -> None:
    """Roads, years and numbers of houses."""
    assert reason(text, 500) == InHetKort(tekst=text, volledig=True)


def test_a_screening_begins_with_what_the_person_does_and_wants(
    database: Database, templates: Templates
) -> None:
    """The fixed order, strengths beside obstacles, and the levels at the very end."""
    text = said(database, templates, "screeningsverslag")
    parts = (
        "20 maart 2026, door Heleen Temmerman (GTB Gent)",
        SCREENING.doet_en_wil,
        SCREENING.sterktes,
        SCREENING.hindernissen,
        SCREENING.hulp,
        SCREENING.advies,
        "Niveau nu 2 Groeipotentieel 5",
    )
    places = [text.index(part) for part in parts]
    assert places == sorted(places)
    assert "Dit verslag blijft bij VDAB." in text


def test_a_screening_without_levels_shows_none(database: Database, templates: Templates) -> None:
    """Nothing is made up where nothing was recorded, also of who screened."""
    silent = SCREENING.model_copy(update={"niveau": None, "groeipotentieel": None})
    text = said(database, templates, "screeningsverslag", screening=silent, screener=None)
    assert "iveau" not in text
    assert "Screening 20 maart 2026 Dit verslag" in text


def test_a_level_alone_leaves_the_growth_open(database: Database, templates: Templates) -> None:
    """One of the two may be unknown."""
    half = SCREENING.model_copy(update={"groeipotentieel": None})
    text = said(database, templates, "screeningsverslag", screening=half)
    assert "Niveau nu 2 Groeipotentieel niet bepaald" in text


@pytest.mark.parametrize("route", UITKOMSTEN)
def test_the_requester_hears_the_outcome_only(route: str, database: Database, templates: Templates) -> None:
    """No reason, no birth date; the candidate decides about the rest."""
    text = said(database, templates, "beslissing_aanvrager", route=route)
    assert UITKOMSTEN[route] in text  # type: ignore[index]
    assert f"{NAME} beslist wat er nog meer met u gedeeld wordt." in text
    assert "Heleen Temmerman (GTB Gent)" in text
    assert "Uw kenmerk GTB-0077" in text
    for private in ("De redenen", "geboren", "maart 1991"):
        assert private not in text


def test_the_requester_hears_reasons_where_the_candidate_agreed(
    database: Database, templates: Templates
) -> None:
    """Without the level that somebody wrote among them."""
    reasons = (PROBLEMS.motivering, LEVEL + GROWTH.motivering, LEVEL)
    text = said(database, templates, "beslissing_aanvrager", redenen=reasons)
    assert f"{NAME} vindt het goed dat u ook de redenen hoort." in text
    assert text.index(PROBLEMS.motivering) < text.index(GROWTH.motivering)
    assert text.count("Dit is het belangrijkste van deze reden.") == 1
    assert "trede" not in text
