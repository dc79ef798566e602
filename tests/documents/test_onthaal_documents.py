"""What the documents of an onthaaltraject say: who makes contact and why, and only what the person agreed to."""

from typing import Any, get_args

from sqlalchemy import insert

from activities.database import Database
from activities.intake_wording import DREMPELS, EINDREDENEN, METHODEN, METINGEN, RECHT, RESULTATEN
from activities.rendering import Templates
from models.onthaal import Drempel, Eindreden, Recht, RechtenMeten
from models.tables import TrajectRow
from tests.documents.examples import AS_OF, NAME, RECORDED, on
from tests.documents.intake_examples import DOMAINS, END, OT, ZERO, asked, known
from tests.documents.pdfs import words
from tests.documents.test_rendering import rendered


def said(database: Database, templates: Templates, soort: str, **facts: Any) -> str:
    """The words of a document about somebody who is known already."""
    return words(rendered(database, templates, asked(soort, **facts)).pdf)


def told(database: Database, templates: Templates, soort: str, **facts: Any) -> str:
    """The words of a document."""
    known(database, soort)
    return said(database, templates, soort, **facts)


def came_by(database: Database, herkomst: str) -> None:
    """Record how the onthaaltraject began."""
    values = {
        "workflow_id": f"onthaaltraject/{OT}",
        "reference": OT,
        "soort": "onthaaltraject",
        "ordinal": 1,
        "nis_code": "44021",
        "started_on": AS_OF,
        "begint_met": {"herkomst": herkomst},
        "recorded_at": RECORDED,
    }
    with database.begin() as session:
        session.execute(insert(TrajectRow).values(values))


def test_a_kernpartner_says_who_it_is_and_that_refusing_is_fine(
    database: Database, templates: Templates
) -> None:
    """With every way to reach it, free of charge, and nobody named who came before."""
    text = told(database, templates, "onthaal_kennismaking")
    for promised in (
        "CAW Leie en Schelde neemt binnenkort contact met u op",
        "Lien Van Hecke, CAW Leie en Schelde",
        "09 000 03 04",
        "Vissersdijk 153, 9000 Gent",
        "Dit kost u niets.",
        "het heeft voor u geen gevolgen",
        "Rik Van Damme",
    ):
        assert promised in text
    assert "In plaats van" not in text


def test_what_vdab_passed_on_is_told_as_it_was(database: Database, templates: Templates) -> None:
    """The closed list of art. 5: every datum that was there, and no other."""
    reached = {"email": "z@post.example", "phone": "0400 00 00 00", "helper_name": "Dokter Maes"}
    known(database, "onthaal_kennismaking", **reached)
    came_by(database, "vdab")
    text = said(database, templates, "onthaal_kennismaking")
    assert (
        "VDAB gaf ons alleen dit door: uw naam, uw adres, uw e-mailadres, uw telefoonnummer, uw geboortedatum "
        "en hoe men uw hulpverlener bereikt." in text
    )
    for value in (*reached.values(), "1991"):
        assert value not in text


def test_a_protected_address_was_not_passed_on(database: Database, templates: Templates) -> None:
    """Then the letter does not say that it was."""
    known(database, "onthaal_kennismaking", protected_address=True)
    text = said(database, templates, "onthaal_kennismaking")
    assert "VDAB gaf ons alleen dit door: uw naam en uw geboortedatum." in text


def test_who_came_by_another_way_reads_nothing_of_vdab(database: Database, templates: Templates) -> None:
    """A person who walked in at the counter was sent by nobody."""
    known(database, "onthaal_kennismaking")
    came_by(database, "eigen_balie")
    text = said(database, templates, "onthaal_kennismaking")
    assert "VDAB" not in text
    assert "We bewaren of delen alleen wat u goedvindt." in text


def test_at_a_reroute_the_new_one_takes_the_place(database: Database, templates: Templates) -> None:
    """Without a word about who was announced before, or why it changed."""
    text = told(database, templates, "onthaal_kennismaking", vorige=True)
    assert "In plaats van de dienst uit de vorige brief neemt CAW Leie en Schelde contact met u op." in text
    assert "OCMW" not in text


def test_one_call_is_enough(database: Database, templates: Templates) -> None:
    """Until a day, an agreement of ours, and without any blame."""
    text = told(database, templates, "onbereikbaar")
    assert "Eén telefoontje is genoeg" in text
    assert "Dat kan tot en met 8 april 2027 (dat is onze werkafspraak)." in text
    assert "Niet antwoorden heeft voor u geen gevolgen." in text
    assert "09 000 03 04" in text


def test_without_a_last_day_one_may_always_call(database: Database, templates: Templates) -> None:
    """No day is made up."""
    text = told(database, templates, "onbereikbaar", heropenen_tot=on(None))
    assert "tot en met" not in text
    assert "U kunt altijd langskomen, zoals iedereen." in text


def test_the_dossier_keeps_explored_action_and_result_apart(database: Database, templates: Templates) -> None:
    """Each domain by the name of its list; an unknown code stands as it is."""
    text = told(database, templates, "onthaaldossier")
    for row in (
        "Wonen ja, 12 mei 2026 Huurcontract nagekeken In orde",
        "Papieren en administratie ja, 12 mei 2026 nog niets nog niet bekend",
        "tuin nee, 2 juni 2026 nog niets nog niet bekend",
    ):
        assert row in text
    assert "De persoon koos waar het verder gaat en is daar aangekomen" in text


def test_rights_stand_side_by_side(database: Database, templates: Templates) -> None:
    """At the start and at the end, in the order of the list, and what was not asked is said so."""
    text = " ".join(told(database, templates, "onthaaldossier").split())
    rows = (
        "Sociaal tarief voor elektriciteit en aardgas Misschien recht, drempel bij de organisatie Heeft er recht op, "
        "krijgt het, aangevraagd, toegekend",
        "Sociaal tarief op de waterfactuur Niet gevraagd Heeft er geen recht op",
        "Vlaamse huursubsidie Heeft er recht op Niet gevraagd",
        "nieuw_voordeel Wil dit niet nagaan Niet gevraagd",
        "Bij het begin, op 12 mei 2026: in een gesprek, 40 minuten, met de infofiches 2026-1",
        "Bij het einde, op 1 september 2026: bij de persoon thuis, 25 minuten, met de infofiches 2026-2",
    )
    places = [text.index(row) for row in rows]
    assert places == sorted(places)


def test_the_newest_measurement_of_a_kind_counts(database: Database, templates: Templates) -> None:
    """A second zero measurement corrects what it asks again, and leaves the rest."""
    again = RechtenMeten(
        **{**dict(ZERO), "minuten": 5, "rechten": (Recht(code="huursubsidie", recht="nee"),)}
    )
    text = told(database, templates, "onthaaldossier", metingen=(ZERO, again, END))
    assert "Vlaamse huursubsidie Heeft er geen recht op Niet gevraagd" in text
    assert "Misschien recht, drempel bij de organisatie" in text


def test_the_choice_stands_beside_what_else_there_was(database: Database, templates: Templates) -> None:
    """With the desk that received the person by name."""
    text = told(database, templates, "onthaaldossier")
    assert f"Op 20 augustus 2026 koos {NAME}: Praatgroep in de buurt, bij De Meander vzw." in text
    assert "Dit kon ook: Woonbegeleiding." in text


def test_without_consent_the_dossier_is_short(database: Database, templates: Templates) -> None:
    """Nothing kept is said, not left blank; only giving information is a good ending."""
    nothing: dict[str, Any] = dict.fromkeys(("levensdomeinen", "metingen", "orientaties"), ())
    text = told(database, templates, "onthaaldossier", oorzaak="alleen_informatie", **nothing)
    for sentence in (
        "Over de levensdomeinen is hier niets bewaard.",
        "Over rechten is hier niets bewaard.",
        "Er is geen keuze opgetekend.",
        "De persoon kreeg de informatie die nodig was",
    ):
        assert sentence in text


def test_a_hand_over_tells_what_three_agreed(database: Database, templates: Templates) -> None:
    """And the life domains, as the person agreed; no birth date, for they met."""
    text = told(database, templates, "overdracht_onthaal")
    assert "Gesprek met drie 24 augustus 2026" in text
    assert text.index("De Meander belt elke week") < text.index("De sleutel blijft bij de buurvrouw.")
    assert f"{NAME} vindt het goed dat De Meander vzw dit weet." in text
    assert "Huurcontract nagekeken" in text
    assert "1991" not in text


def test_without_consent_only_the_agreements_are_passed_on(database: Database, templates: Templates) -> None:
    """The person chooses what else is told."""
    text = told(database, templates, "overdracht_onthaal", levensdomeinen=())
    assert "Meer dan deze afspraken geven we niet door." in text
    assert not any(str(domain.actie) in text for domain in DOMAINS if domain.actie)


def test_every_code_has_words() -> None:
    """No code of ours is printed for people."""
    assert set(EINDREDENEN) == set(get_args(Eindreden))
    assert set(DREMPELS) == set(get_args(Drempel))
    for model, field, words_of in (
        (RechtenMeten, "methode", METHODEN),
        (RechtenMeten, "meting", METINGEN),
        (Recht, "recht", RECHT),
    ):
        assert set(words_of) == set(get_args(model.model_fields[field].annotation))
    assert set(RESULTATEN) | {"geen"} == set(get_args(Recht.model_fields["resultaat"].annotation))
