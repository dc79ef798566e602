"""What the letters of the tandem say to the person: one page, plain words, no level and no label."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import update

from activities.database import Database
from activities.directory import DocumentIncomplete
from activities.rendering import Templates
from activities.wording import STOPREDENEN
from models.actors import Actor, Rol
from models.documents import DocumentOrder
from models.tables import OrganisationRow, WorkerRow
from tests.documents.examples import ACTIES, GEDEELD, LETTERS, PLAN, STANDEN, TEAM, VERSLAG, enrol, on, order
from tests.documents.pdfs import opened, words
from tests.documents.test_rendering import rendered

LEVEL = "Op de participatieladder staat u op trede 4. "
LONG_NAME = "Vandenbroucke-Vanderstraeten de Oliveira Figueiredo"
LONG = (
    "Het traject heeft gegeven wat het kon geven. U werkte een jaar mee in de groendienst en u vond een vast "
    "ritme. De begeleiding die u nu nog nodig hebt, bestaat ook buiten dit traject, bij uw huisarts en bij het "
    "wijkgezondheidscentrum. Daarom ziet VDAB geen reden om nog langer te wachten met de volgende stap. "
)


def letter(database: Database, templates: Templates, soort: str, **facts: Any) -> str:
    """The words of a letter to the participant."""
    enrol(database)
    return words(rendered(database, templates, order(soort, **facts)).pdf)


def with_level(soort: str) -> DocumentOrder:
    """A letter from facts in which somebody wrote a level in every text that is printed."""
    acties = tuple(
        stand.model_copy(
            update={
                "actie": stand.actie.model_copy(update={"omschrijving": LEVEL + stand.actie.omschrijving})
            }
        )
        for stand in STANDEN
    )
    told: dict[str, dict[str, Any]] = {
        "kennismaking_tandem": {},
        "plan_kopie": {"plan": GEDEELD.model_copy(update={"doel": LEVEL + PLAN.doel}), "acties": acties},
        "stopzetting": {"oorzaak": LEVEL},
        "weigering_verlenging": {"motivering": f"{LONG}\n\n{LEVEL}De rest vertellen we u."},
        "eindadvies_kopie": {"verslag": VERSLAG.model_copy(update={"eindadvies": LEVEL + LONG})},
    }
    return order(soort, **told[soort])


def long(soort: str) -> DocumentOrder:
    """A letter from facts in which everybody wrote as much as people do."""
    action = ACTIES[0].model_copy(
        update={
            "omschrijving": "Twee halve dagen in de week meewerken in het onderhoud van parken en pleinen"
        }
    )
    no = action.model_copy(update={"aanvaard": False})
    plan = GEDEELD.model_copy(update={"doel": LONG * 3, "eigen_woorden": LONG, "acties": (*[action] * 7, no)})
    told: dict[str, dict[str, Any]] = {
        "kennismaking_tandem": {},
        "plan_kopie": {
            "plan": plan,
            "acties": (),
            "evaluaties": tuple(date(2026, month, 4) for month in range(6, 12)),
        },
        "stopzetting": {"oorzaak": "geen_contact"},
        "weigering_verlenging": {"motivering": LONG * 4},
        "eindadvies_kopie": {
            "verslag": VERSLAG.model_copy(update={"eindadvies": LONG * 4, "alinea_deelnemer": LONG * 2})
        },
    }
    return order(soort, **told[soort], team=TEAM.model_copy(update={"vdab": VDAB}))


VDAB = Actor(rol=Rol.VDAB, organisatie="ORG-VDAB-GENT")


@pytest.mark.parametrize("rol", ["zelf", "bewindvoerder_en_zelf"])
@pytest.mark.parametrize("soort", LETTERS)
def test_a_letter_is_one_page_whatever_people_write(
    soort: str, rol: str, database: Database, templates: Templates
) -> None:
    """Long names, long texts, many actions: each addressee holds one sheet of paper, with the greeting on it."""
    enrol(
        database,
        first_name="Marie-Christine",
        last_name=LONG_NAME,
        address_line_2="bus 0012",
        brief_aan=rol,
        brief_aan_adres=f"Mr. {LONG_NAME}\nAdvocatenkantoor Aan De Kouter\nVeldstraat 1 bus 3\n9000 Gent",
    )
    with database.begin() as session:
        session.execute(update(WorkerRow).values(name=f"Anna {LONG_NAME}"))
        session.execute(update(OrganisationRow).values(name="Openbaar Centrum voor Maatschappelijk Welzijn"))
    made = rendered(database, templates, long(soort))
    assert made.pages == (2 if rol == "bewindvoerder_en_zelf" else 1)
    for page in opened(made.pdf).pages:
        assert "Vriendelijke groeten" in page.extract_text()


@pytest.mark.parametrize("soort", LETTERS)
def test_no_letter_prints_a_level(soort: str, database: Database, templates: Templates) -> None:
    """Also when somebody wrote it in a reason, a goal or an advice."""
    enrol(database)
    text = words(rendered(database, templates, with_level(soort)).pdf).casefold()
    assert "trede" not in text
    assert "participatieladder" not in text


@pytest.mark.parametrize("soort", LETTERS)
def test_every_letter_says_whom_to_call_and_how_to_complain(
    soort: str, database: Database, templates: Templates
) -> None:
    """A complaint can be made by word of mouth too, and there is somebody outside to hear it."""
    text = letter(database, templates, soort)
    for promised in ("09 000 01 01", "jan.claes@cawleie.example", "gewoon mondeling", "Ombudsdienst"):
        assert promised in text


@pytest.mark.parametrize("oorzaak", [*STOPREDENEN, "nog een andere oorzaak"])
def test_a_stop_is_told_in_plain_words(oorzaak: str, database: Database, templates: Templates) -> None:
    """The code is nowhere in the letter; a cause without words of its own is explained by the team."""
    text = letter(database, templates, "stopzetting", oorzaak=oorzaak)
    assert STOPREDENEN.get(oorzaak, "We leggen u graag uit waarom.") in text
    assert oorzaak not in text or "_" not in oorzaak
    assert "De laatste dag is 30 september 2026." in text
    assert "gezondheid" not in text


def test_a_stop_letter_says_how_to_come_back(database: Database, templates: Templates) -> None:
    """Until a day the trajectory opens again, an agreement of ours; after it there is a new request."""
    text = letter(database, templates, "stopzetting")
    assert "Tot en met 31 maart 2027 kunnen we uw traject weer openen (dat is onze werkafspraak)" in text
    assert "nieuwe aanvraag doen bij VDAB" in text


def test_a_stop_without_a_way_back_names_the_request(database: Database, templates: Templates) -> None:
    """Where no time is left to reopen, the letter promises none."""
    text = letter(database, templates, "stopzetting", heropenen_tot=on(None))
    assert "weer openen" not in text
    assert "U kunt altijd een nieuwe aanvraag doen bij VDAB" in text


def test_a_refused_extension_tells_reason_last_day_and_talk(database: Database, templates: Templates) -> None:
    """VDAB's own words; no promise of an appeal that nobody knows of."""
    team = TEAM.model_copy(update={"vdab": VDAB})
    text = letter(database, templates, "weigering_verlenging", team=team)
    assert "“Het doel van het traject is bereikt. Wat nog nodig is, kan met gewone begeleiding.”" in text
    assert "Uw laatste dag blijft 3 november 2027" in text
    assert "tot en met 3 mei 2028" in text
    assert "vragen stellen aan VDAB Gent (09 000 01 00, gent@vdab.example)" in text
    assert "nodigen u ook uit voor een gesprek" in text
    assert "beroep" not in text


def test_a_reason_of_levels_only_is_told_in_a_talk(database: Database, templates: Templates) -> None:
    """What cannot stand in a letter is not hidden: the person may read the whole decision."""
    text = letter(database, templates, "weigering_verlenging", motivering=LEVEL)
    assert "We leggen u de reden graag uit in een gesprek" in text
    assert "U mag de hele beslissing lezen" in text


def test_what_was_left_out_is_said(database: Database, templates: Templates) -> None:
    """A shortened advice tells the person that there is more to read, a whole one does not."""
    verslag = VERSLAG.model_copy(update={"eindadvies": f"{LEVEL}U kunt werken."})
    text = letter(database, templates, "eindadvies_kopie", verslag=verslag)
    assert "U kunt werken." in text
    assert "Wilt u alles lezen? Dat mag altijd." in text


def test_the_advice_is_told_with_the_own_words_first(database: Database, templates: Templates) -> None:
    """What the person said, the advice, and the next step in words."""
    text = letter(database, templates, "eindadvies_kopie")
    assert text.index("“Ik ben fier op dit jaar.”") < text.index("Betaald werk met ondersteuning is mogelijk")
    assert "De volgende stap: betaald werk met ondersteuning." in text
    assert "Wilt u alles lezen?" not in text
    assert "Tot en met 3 november 2027" in text


def test_without_an_advice_there_is_no_copy(database: Database, templates: Templates) -> None:
    """The error names what is missing, for a person to look at."""
    enrol(database)
    silent = VERSLAG.model_copy(update={"eindadvies": None})
    with pytest.raises(
        DocumentIncomplete, match="eindadvies_kopie voor WZ-2026-000123: eindadvies ontbreekt"
    ):
        rendered(database, templates, order("eindadvies_kopie", verslag=silent))


def test_the_copy_of_the_plan_tells_what_is_not_accepted(database: Database, templates: Templates) -> None:
    """The plan runs for what was accepted, and the person's words say why."""
    text = letter(database, templates, "plan_kopie")
    assert "Uw aangepaste trajectplan in het kort" in text
    assert text.index("Twee halve dagen meewerken in de groendienst, met Kompaan Werk vzw") < text.index(
        "Waarmee u niet akkoord bent"
    )
    assert text.index("Waarmee u niet akkoord bent") < text.index("In een praatgroep vertellen")
    assert "U zei: “In een groep praten wil ik niet. De rest is goed voor mij.”" in text
    assert "Uw plan loopt voorlopig, voor wat u wel wilt doen" in text
    assert "computerles" not in text
    assert "U kiest zelf wat de werkplek over u mag weten" in text


def test_the_copy_of_an_agreed_plan_says_since_when(database: Database, templates: Templates) -> None:
    """Agreed after an explanation by word of mouth is agreed too."""
    oral = PLAN.model_copy(update={"vorm": "mondeling"})
    text = letter(database, templates, "plan_kopie", plan=oral, acties=(), versie=1)
    assert "U ging akkoord op 4 mei 2026, na onze uitleg." in text
    assert "niet akkoord" not in text
    assert "Uw trajectplan in het kort" in text


def test_actions_that_do_not_fit_are_counted(database: Database, templates: Templates) -> None:
    """The letter stays one page and says that there is more in the plan."""
    many = PLAN.model_copy(update={"acties": PLAN.acties * 3})
    text = letter(database, templates, "plan_kopie", plan=many, acties=())
    assert "Er staan nog 3 acties in het hele plan" in text
