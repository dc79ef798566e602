"""Documents on request: each from the record, accessible, on one page, and nothing in it that is not the reader's."""

import inspect
import re
from datetime import date
from typing import Any

import pytest
from sqlalchemy import update

from activities.database import Database
from activities.op_vraag import KINDS, OpVraag
from activities.op_vraag_record import NotNow
from activities.rendering import Templates
from models import op_vraag
from models.actie import Actie
from models.letters import Letter
from models.messages import ActieReview
from models.printed import Printed
from models.reports import Report
from models.tables import DocumentRow, DossierRow
from models.verloop import ActieStand
from tests.documents.examples import AS_OF, NAME, PLAN, REVIEW, TEAM, on
from tests.documents.on_request import (
    APPOINTMENT,
    HELD,
    PLANNED,
    REST,
    SCENES,
    STAND,
    TODAY,
    evaluation,
    keep,
    owed,
    running,
    shown,
)
from tests.documents.pdfs import catalog_of, opened, words


def snake(name: str) -> str:
    """EvaluatieUitnodiging as its template is named."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()


CONTEXTS: dict[str, type[Printed]] = {
    f"{'letters' if issubclass(model, Letter) else 'reports'}/{snake(name)}": model
    for name, model in inspect.getmembers(op_vraag, inspect.isclass)
    if model.__module__ == op_vraag.__name__ and issubclass(model, Letter | Report)
}
LETTERS = [kind for kind in KINDS if kind != "voorbereidingsfiche"]
LONG = "Dit is een lange zin die telkens weer verteld wordt. " * 40


@pytest.fixture
def desk(database: Database, templates: Templates) -> OpVraag:
    return OpVraag(database, templates)


def text_of(desk: OpVraag, kind: str, database: Database) -> str:
    return words(desk.render(kind, shown(database), TODAY).pdf)


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_an_accessible_page(kind: str, database: Database, desk: OpVraag) -> None:
    """One page with structure, language, title and the business date; nothing of it is kept."""
    made = desk.render(kind, SCENES[kind](database), TODAY)
    reader, catalog = opened(made.pdf), catalog_of(made.pdf)
    assert made.pages == len(reader.pages) == 1
    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/Lang"] == "nl-BE"
    assert b"pdfuaid" in catalog["/Metadata"].get_data()
    assert reader.metadata is not None
    assert str(reader.metadata.title).endswith("WZ-2026-000123")
    assert reader.metadata.get("/CreationDate", "").startswith("D:20261020")
    text = words(made.pdf)
    assert NAME in text
    assert "20 oktober 2026" in text
    with database.read() as session:
        kept = session.query(DocumentRow.soort).all()
    assert kind not in {row.soort for row in kept}


@pytest.mark.parametrize("kind", KINDS)
def test_the_template_asks_what_its_context_gives(kind: str, templates: Templates) -> None:
    """Template and context have one name, and the same fields."""
    (name,) = (found for found in CONTEXTS if found.endswith(f"/{kind}"))
    assert templates.variables(f"{name}.nl.html.j2") == set(CONTEXTS[name].model_fields)
    assert len(CONTEXTS) == len(KINDS)


@pytest.mark.parametrize("kind", LETTERS)
def test_no_letter_goes_to_somebody_whose_letters_are_held(
    kind: str, database: Database, desk: OpVraag
) -> None:
    """After a death nothing is printed any more."""
    traject = SCENES[kind](database)
    with database.begin() as session:
        session.execute(update(DossierRow).values(letters_held_by="cmd-dood"))
    with pytest.raises(NotNow, match="brieven aan de persoon worden tegengehouden"):
        desk.render(kind, traject, TODAY)


@pytest.mark.parametrize("kind", LETTERS)
def test_a_letter_fits_its_page_with_the_longest_names(
    kind: str, database: Database, templates: Templates
) -> None:
    """Long names, long organisations, an address of five lines and two people for a complaint."""
    traject = SCENES[kind](database)
    made = _context(OpVraag(database, templates), kind, traject)
    lang = "Marie-Christine Vandenbroucke-Vanderstraeten de Oliveira Figueiredo"
    who = op_vraag.Contact(
        functie="Casemanager Werk",
        naam=lang,
        organisatie="Openbaar Centrum voor Maatschappelijk Welzijn van Sint-Niklaas",
        telefoon="09 265 47 11",
        email="an.willems@vdab.example",
        adres="Havenkaai 7, 9000 Gent",
    )
    sheet = made.geadresseerden[0].model_copy(
        update={"regels": (lang, f"p/a {lang}", "Straat 1", "bus 2", "9000 Gent"), "rol": "bewindvoerder"}
    )
    wide: dict[str, Any] = {"deelnemer": lang, "geadresseerden": (sheet,)}
    many = {"casemanagers": (who, who), "klachten": (who, who), "contact": who, "waar": f"{lang}, {lang}"}
    wide |= {name: value for name, value in many.items() if name in type(made).model_fields}
    letter = made.model_copy(update=wide)
    assert templates.render(f"letters/{kind}.nl.html.j2", letter, "DOC-X").pages == 1


def _context(desk: OpVraag, kind: str, traject: Any) -> Any:
    return desk._draw(kind, traject, TODAY).context


def test_what_can_be_made_follows_from_the_record(database: Database, desk: OpVraag) -> None:
    """At first only a receipt; with a plan also the sheet, and an invitation as an evaluation is near."""
    running(database, stand=None)
    assert desk.kinds(shown(database), TODAY) == ("ontvangst",)


def test_a_running_trajectory_gives_more(database: Database, desk: OpVraag) -> None:
    """No suspension and no extension: no letters about them."""
    traject = SCENES["voorbereidingsfiche"](database)
    assert desk.kinds(traject, TODAY) == ("voorbereidingsfiche", "uitnodiging", "ontvangst")


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("voorbereidingsfiche", "er is nog geen trajectplan"),
        ("opschorting", "het traject rust niet"),
        ("evaluatie_uitnodiging", "er is nu geen evaluatie te houden"),
        ("verlenging", "het traject is niet verlengd"),
    ],
)
def test_what_is_missing_is_said(kind: str, reason: str, database: Database, desk: OpVraag) -> None:
    """One sentence, in Dutch, about the record and not about the person."""
    with pytest.raises(NotNow, match=reason):
        desk.render(kind, running(database), TODAY)


def test_the_sheet_says_what_was_agreed_and_what_to_ask(database: Database, desk: OpVraag) -> None:
    """Goal, actions with where they stand, the agreement of last time, its results, satisfaction in words."""
    running(database)
    keep(database, "trajectplan", PLANNED)
    review = REVIEW.model_copy(update={"tevredenheid": "Tevreden, soms moe.", "niveau": 4})
    keep(database, "reviewverslag/1", HELD.model_copy(update={"review": review}))
    text = text_of(desk, "voorbereidingsfiche", database)
    for told in ("Voorbereiding van evaluatie 2", "4 november 2026", "vast ritme", "Kompaan Werk vzw"):
        assert told in text
    for told in ("op eigen kracht", "Afgesproken op 6 augustus 2026", "of een extra dag kan", "Gaat door"):
        assert told in text
    assert "Vorige keer: “Tevreden, soms moe.”" in text
    assert not {"trede", "participatieladder", "niveau"} & set(text.lower().split())


def test_the_sheet_knows_what_providers_said_since_the_plan(database: Database, desk: OpVraag) -> None:
    """The newest answer counts; another provider has still to answer, what was dropped is gone."""
    acties = tuple(
        ActieStand(nummer=n, sinds=AS_OF, actie=Actie(domein="werk", aanbod="regulier", **told))
        for n, told in enumerate(
            [
                {"omschrijving": "Lassen leren", "dienstverlener": "School A"},
                {"omschrijving": "Koken leren", "dienstverlener": "School B"},
                {"omschrijving": "Zingen leren", "dienstverlener": "School C"},
            ],
            start=1,
        )
    )
    none = {"antwoord": "geen_aanbod"}
    running(
        database,
        ("aanbod_antwoorden", {"opdracht": "aanbod/1", "antwoord": "wachtlijst", "vanaf": "2026-12-01"}),
        ("aanbod_antwoorden", {"opdracht": "aanbod/2", **none}),
        ("actie_herzien", {"opdracht": "actie/2", "keuze": "andere_dienstverlener", "dienstverlener": "School D"}),
        ("aanbod_antwoorden", {"opdracht": "aanbod/3", **none}),
        ("actie_herzien", {"opdracht": "actie/3", "keuze": "vervalt", "dienstverlener": None}),
    )  # fmt: skip
    keep(database, "trajectplan", PLANNED.model_copy(update={"acties": acties}))
    text = text_of(desk, "voorbereidingsfiche", database)
    assert "Lassen leren School A Op de wachtlijst, tot ongeveer 1 december 2026" in text
    assert "Koken leren School D Nog geen antwoord van de dienstverlener" in text
    assert "Zingen leren" not in text


def test_the_sheet_stays_one_page_however_much_is_told(database: Database, desk: OpVraag) -> None:
    """Long texts are told in short; the actions that do not fit are counted."""
    running(database)
    many = tuple(
        Actie(domein="werk", omschrijving=f"{n}: {LONG}", dienstverlener=f"Dienst {n} {LONG[:150]}")
        for n in range(1, 11)
    )
    plan = PLAN.model_copy(update={"acties": many, "doel": LONG})
    keep(database, "trajectplan", PLANNED.model_copy(update={"plan": plan}))
    row = ActieReview(actie=LONG[:200], verkend="x", gedaan="x", resultaat=LONG[:200])
    told = {"vervolg": LONG, "acties": (row,) * 9, "tevredenheid": LONG[:200]}
    keep(database, "reviewverslag/1", HELD.model_copy(update={"review": REVIEW.model_copy(update=told)}))
    made = desk.render("voorbereidingsfiche", shown(database), TODAY)
    assert made.pages == 1
    assert "Nog 5 acties staan in het trajectplan." in words(made.pdf)


def test_an_evaluation_without_appointment_is_around_its_date(database: Database, desk: OpVraag) -> None:
    """Place and hour are still to be agreed."""
    running(database)
    text = text_of(desk, "uitnodiging", database)
    assert "We kijken samen terug en vooruit" in text
    assert "rond 4 november 2026" in text
    assert "De plaats kiezen we samen." in text


def test_an_invitation_names_the_appointment(database: Database, desk: OpVraag) -> None:
    """Day, place and way; it is about the evaluation when one is owed, else just a talk."""
    running(database, ("afspraak", APPOINTMENT))
    text = text_of(desk, "uitnodiging", database)
    assert "We nodigen u uit voor een gesprek" in text
    assert "2 november 2026. Het uur" in text
    assert "Havenkaai 7, 9000 Gent" in text
    owed(database, "review/2", date(2026, 11, 4))
    assert "We kijken samen terug en vooruit" in text_of(desk, "uitnodiging", database)


@pytest.mark.parametrize(
    "later",
    [{"uitkomst": "verplaatst"}, {"uitkomst": "doorgegaan"}],
    ids=["moved", "held"],
)
def test_an_appointment_that_is_over_invites_nobody(
    later: dict[str, str], database: Database, desk: OpVraag
) -> None:
    """What was told last about that day counts; the evaluation takes its place."""
    running(database, ("afspraak", APPOINTMENT), ("afspraak", APPOINTMENT | later))
    assert "rond 4 november 2026" in text_of(desk, "uitnodiging", database)


def test_a_past_appointment_invites_nobody(database: Database, desk: OpVraag) -> None:
    """Even when nobody told how it went."""
    running(database, ("afspraak", APPOINTMENT | {"gepland_op": "2026-10-19"}))
    assert "rond 4 november 2026" in text_of(desk, "uitnodiging", database)


def test_an_evaluation_invites_without_a_word_of_a_permission(database: Database, desk: OpVraag) -> None:
    """The begeleider who owes it, the day and place of the talk, and what is asked; nothing of a benefit or a paper."""
    evaluation(database, ("afspraak", APPOINTMENT))
    text = text_of(desk, "evaluatie_uitnodiging", database)
    for told in (
        "Hoe was het voorbije jaar voor u?",
        "2 november 2026. Het uur",
        "Havenkaai 7",
        "CGG Artevelde",
    ):
        assert told in text
    assert not any(
        word in text.lower() for word in ("toestemming", "uitkering", "instantie", "dimona", "verzeker")
    )


@pytest.mark.parametrize(
    ("planned", "said"),
    [
        (["2026-10-26", "2026-10-28"], "Wanneer 28 oktober 2026. Het uur"),
        (["2026-10-19"], "Wanneer Ten laatste 4 november 2026. De dag kiezen we samen."),
        ([], "Wanneer Ten laatste 4 november 2026. De dag kiezen we samen."),
    ],
    ids=["planned twice", "a day that passed", "no day"],
)
def test_a_talk_is_on_the_day_that_was_planned_last(
    planned: list[str], said: str, database: Database, desk: OpVraag
) -> None:
    """Without one it is by when it is due."""
    evaluation(database, *(("evaluatie_voorbereiden", {"gepland_op": day}) for day in planned))
    assert said in text_of(desk, "evaluatie_uitnodiging", database)


def test_a_late_evaluation_is_not_reproached(database: Database, desk: OpVraag) -> None:
    """A day that passed is not told: that it is late is not the participant's concern."""
    evaluation(database)
    made = desk.render("evaluatie_uitnodiging", shown(database), date(2026, 11, 5))
    assert "Wanneer De dag kiezen we samen." in words(made.pdf)


def test_a_rest_is_told_without_its_cause(database: Database, desk: OpVraag) -> None:
    """From when, until when if known, and how long the trajectory can last; never why."""
    resting = STAND.model_copy(update={"opgeschort": True})
    known = REST | {"tot": "2026-12-01"}
    put_right = {"veld": "opschorting/1.van", "oud": "2026-10-05", "nieuw": "2026-10-06", "waarom": "x"}
    running(database, ("opschorten", known), ("rechtzetten", put_right), stand=resting)
    text = text_of(desk, "opschorting", database)
    assert "Sinds 6 oktober 2026 rust uw activeringstraject" in text
    assert "vanaf 1 december 2026 weer loopt" in text
    assert "Uiterlijk tot en met 3 november 2027" in text
    assert not {"opname", "ziekte", "ziekenhuis"} & set(text.lower().split())


def test_a_rest_of_unknown_length_says_so(database: Database, desk: OpVraag) -> None:
    """Nobody is hurried."""
    SCENES["opschorting"](database)
    assert "We weten nog niet tot wanneer" in text_of(desk, "opschorting", database)


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (("verlengen", {"einde": "2027-08-03"}), "Dat hebt u met uw team afgesproken op 20 oktober 2026"),
        (
            ("beslispunt_beslissen", {"keuze": "verlengen", "einde": "2027-08-03"}),
            "Dat hebt u met uw team afgesproken op 20 oktober 2026",
        ),
        (
            ("verlenging_beslissen", {"besluit": "toegestaan", "einde": "2027-08-03"}),
            "VDAB heeft dat toegestaan op 20 oktober 2026",
        ),
    ],
    ids=["by the team", "at the beslispunt", "by VDAB"],
)
def test_an_extension_names_the_new_end_and_who_decided(
    told: tuple[str, dict[str, Any]], said: str, database: Database, desk: OpVraag
) -> None:
    """The end as it is now, with its reason."""
    running(database, told)
    text = text_of(desk, "verlenging", database)
    assert "De laatste dag is nu 3 augustus 2027" in text
    assert said in text
    assert "Waarom deze datum?" in text


@pytest.mark.parametrize(
    "told",
    [
        ("verlenging_beslissen", {"besluit": "geweigerd", "einde": None}),
        ("beslispunt_beslissen", {"keuze": "uitzonderlijk", "einde": "2028-01-01"}),
    ],
    ids=["refused", "only asked"],
)
def test_what_was_refused_or_only_asked_is_no_extension(
    told: tuple[str, dict[str, Any]], database: Database, desk: OpVraag
) -> None:
    """A refusal has a letter of its own."""
    with pytest.raises(NotNow, match="het traject is niet verlengd"):
        desk.render("verlenging", running(database, told), TODAY)


def test_a_receipt_comes_from_the_back_office_and_later_from_the_tandem(
    database: Database, desk: OpVraag
) -> None:
    """Whoever can answer a question signs it."""
    traject = running(database, stand=None)
    assert "Werkzorg back office" in words(desk.render("ontvangst", traject, TODAY).pdf)
    later = traject.model_copy(update={"stand": STAND.model_dump(mode="json")})
    text = words(desk.render("ontvangst", later, TODAY).pdf)
    assert "An Willems" in text
    assert "8 april 2026" in text


def test_the_sheet_names_the_team_of_now(database: Database, desk: OpVraag) -> None:
    """A tandem that changed since the plan is the one that prepares the talk."""
    alone = TEAM.casemanager_zorg.model_copy(update={"medewerker": None})
    stand = STAND.model_copy(update={"team": TEAM.model_copy(update={"casemanager_zorg": alone})})
    running(database, stand=stand)
    keep(database, "trajectplan", PLANNED.model_copy(update={"einde": on(date(2027, 5, 3))}))
    text = text_of(desk, "voorbereidingsfiche", database)
    assert "Het team van CAW Leie en Schelde" in text
    assert "Jan Claes" not in text
