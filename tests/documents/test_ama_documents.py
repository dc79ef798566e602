"""What the documents of arbeidsmatige activiteiten say, to whom, and what none of them may tell."""

from datetime import date
from decimal import Decimal
from typing import Any, get_args

import pytest
from sqlalchemy import select, update

from activities.ama_wording import ANTWOORDEN, BESLUITEN, FUNCTIES, INSTANTIES, UITKERINGEN, hours
from activities.database import Database
from activities.documents import Documents, document_id
from activities.rendering import Rendered, Templates
from models import ama_letters
from models.aanvraag import Statuutcode
from models.ama import Instantie, Opbouw, Permissie
from models.ama_verloop import Statuutperiode, Toestemming
from models.evaluatie import EvaluatieVastleggen, LatenteFunctie, Oordeel
from models.tables import DocumentRow, OrganisationRow, WorkerRow
from tests.documents.ama_examples import (
    AGREED,
    AMA,
    AMA_LETTERS,
    ASKED,
    EVALUATION,
    asked,
    known,
    least,
)
from tests.documents.examples import NAME, REFERENCE, STREET, on
from tests.documents.pdfs import catalog_of, opened, words
from tests.documents.test_canary import types_in
from tests.documents.test_letters_of_the_tandem import LONG, LONG_NAME
from tests.documents.test_rendering import rendered
from workflows.pump import LETTERS

REQUEST = "toestemmingsaanvraag"
OTHERS = tuple(soort for soort in AMA if soort != REQUEST)
SHOUTED = "W" * 200
SENTENCES = LONG[:200]


def made(database: Database, templates: Templates, soort: str, **facts: Any) -> Rendered:
    """A document about somebody whom the record does not know yet."""
    known(database)
    return rendered(database, templates, asked(soort, **facts))


def told(database: Database, templates: Templates, soort: str, **facts: Any) -> str:
    """The words of a document."""
    return words(made(database, templates, soort, **facts).pdf)


def request_to(
    instantie: Instantie | None, statuut: Statuutcode = "leefloon", **asked_on: Any
) -> Toestemming:
    """A permission that is asked of an agency."""
    return ASKED.model_copy(update={"instantie": instantie, "statuut": statuut, **asked_on})


def agreement(**changed: Any) -> dict[str, Any]:
    """The facts of an agreement in which something differs."""
    return {"overeenkomst": AGREED.model_copy(update=changed)}


@pytest.mark.parametrize("soort", AMA)
def test_a_document_is_kept_and_can_be_read_aloud(
    soort: str, database: Database, documents: Documents
) -> None:
    """PDF/UA with structure, language and title; the kept row names the template and the facts."""
    known(database)
    kept = documents.render(asked(soort))
    with database.read() as session:
        row = session.scalars(select(DocumentRow)).one()
    folder = "letters" if soort in AMA_LETTERS else "reports"
    assert (row.template, row.facts["soort"]) == (f"{folder}/{soort}.nl.html.j2", soort)
    assert kept.document_id == row.id == document_id(asked(soort))
    reader, catalog = opened(row.pdf), catalog_of(row.pdf)
    assert catalog["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in catalog
    assert catalog["/Lang"] == "nl-BE"
    assert b"pdfuaid" in catalog["/Metadata"].get_data()
    assert reader.metadata is not None
    assert str(reader.metadata.title).endswith(REFERENCE)


@pytest.mark.parametrize("soort", AMA)
def test_a_document_names_person_reference_and_date(
    soort: str, database: Database, templates: Templates
) -> None:
    """The street stands on the letter only."""
    text = told(database, templates, soort)
    for element in (NAME, REFERENCE, "8 april 2026", "Amina El Idrissi"):
        assert element in text
    assert (STREET in text) == (soort in AMA_LETTERS)


@pytest.mark.parametrize("soort", AMA)
def test_a_protected_address_stands_nowhere(soort: str, database: Database, templates: Templates) -> None:
    """The letter is handed over; no agency, werkpost or reader of a report learns where the person lives."""
    known(database, protected_address=True)
    paper = rendered(database, templates, asked(soort))
    assert STREET not in words(paper.pdf) + paper.html
    assert ("Persoonlijk te overhandigen" in paper.html) == (soort in AMA_LETTERS)


@pytest.mark.parametrize("brief_aan", ["ouder_of_voogd", "per_adres", "geen_brief"])
def test_the_letter_goes_where_the_person_wants(
    brief_aan: str, database: Database, templates: Templates
) -> None:
    """As every letter does; somebody who wants none is told by word of mouth."""
    known(database, brief_aan=brief_aan, brief_aan_adres="Ouders Peeters, Veldstraat 1, 9000 Gent")
    text = words(rendered(database, templates, asked("overeenkomst_kopie")).pdf)
    assert STREET not in text
    assert ("Niet versturen" in text) == (brief_aan == "geen_brief")


def test_the_letter_leaves_by_the_post_office() -> None:
    """And none of the papers for professionals does."""
    assert set(AMA) & set(LETTERS) == set(AMA_LETTERS)


@pytest.mark.parametrize("soort", OTHERS)
def test_no_permission_and_no_benefit_outside_the_request(
    soort: str, database: Database, templates: Templates
) -> None:
    """Art. 32 lists neither: they stay with the begeleider, whatever the variant."""
    variant = {"variant": "se", "minimum_uren": least("12")} if soort == "begeleidingsovereenkomst" else {}
    paper = made(database, templates, soort, **variant)
    text = (words(paper.pdf) + paper.html).lower()
    benefits = {words_of.lower() for words_of in UITKERINGEN.values() if words_of}
    for word in ("toestemming", "toelating", "uitkering", "statuut", "adviserend", "leefloon", *benefits):
        assert word not in text


@pytest.mark.parametrize("soort", ["begeleidingsovereenkomst", "overeenkomst_kopie"])
def test_an_agreement_has_no_place_for_them(soort: str) -> None:
    """No field of its facts, however deep, can hold a permission, a statuut or an evaluation."""
    held = set(types_in(type(AMA[soort])))
    assert not held & {Toestemming, Statuutperiode, EvaluatieVastleggen}


def test_whether_a_permission_still_fits_changes_no_report(database: Database, templates: Templates) -> None:
    """The evaluation notes it for the begeleider; the paper goes further than that."""
    known(database)
    papers = {
        rendered(
            database,
            templates,
            asked("evaluatieverslag", evaluatie=EVALUATION.model_copy(update={"toestemming_klopt": answer})),
        ).html
        for answer in (True, False)
    }
    assert len(papers) == 1


@pytest.mark.parametrize(
    ("instantie", "statuut", "promised"),
    [
        ("vdab", "werkzoekend", ("elektronisch, met het advies welzijn", "in het dossier van de deelnemer bij VDAB")),
        (
            "ocmw",
            "leefloon",
            ("geen vaste procedure", "bijzonder comité", "zeg ons aan wie", "Leefloon of een gelijkgestelde steun"),
        ),
        (
            "adviserend_arts",
            "arbeidsongeschikt_zelfstandige",
            ("“niet-bezoldigde activiteit”", "toestemming voor vrijwilligerswerk? Die volstaat voorlopig."),
        ),
        ("rva", "beschermingsuitkering", ("uitbetalingsinstelling", "welk formulier u verwacht")),
        ("andere", "arbeidsongeval", ("Vraag: is een toestemming nodig?", "volstaat het antwoord “niet nodig”")),
        (None, "onbekend", ("Vraag: is een toestemming nodig?", "De instantie die de uitkering betaalt")),
    ],
)  # fmt: skip
def test_each_agency_is_asked_in_its_own_way(
    instantie: Instantie | None,
    statuut: Statuutcode,
    promised: tuple[str, ...],
    database: Database,
    templates: Templates,
) -> None:
    """One sheet for the agency and one for the begeleider, with what is assumed of the procedure marked so."""
    paper = made(database, templates, REQUEST, toestemming=request_to(instantie, statuut))
    text = words(paper.pdf)
    for sentence in promised:
        assert sentence in text
    assert "aanname: niet bevestigd in de wet" in text
    assert paper.pages == 2
    assert "dit blad stuurt u niet mee" in opened(paper.pdf).pages[1].extract_text()


@pytest.mark.parametrize("instantie", [*get_args(Instantie), None])
def test_a_request_tells_what_an_agency_must_know(
    instantie: Instantie | None, database: Database, templates: Templates
) -> None:
    """Nature, place, hours, since when, no pay, insurances, whom to answer, by when and why, which answers."""
    text = told(database, templates, REQUEST, toestemming=request_to(instantie))
    for element in (
        "Zaaien, wieden en oogsten in de volkstuin",
        "Volkstuin De Moestuin vzw",
        "Prinsendreef 12, 9000 Gent",
        "Hoogstens 7,5 uur in de week",
        "Ten vroegste 4 mei 2026",
        "Geen. Er kan alleen een vergoeding van onkosten zijn.",
        "lichamelijke ongevallen, ook op de weg erheen en terug",
        "amina.elidrissi@cggartevelde.example",
        "Graag tegen 8 mei 2026",
        "Waarom deze datum?",
        "Hier staat niets over gezondheid",
        *(naam for naam, _ in ANTWOORDEN.values()),
    ):
        assert element in text


def test_the_organisation_of_the_form_is_the_werkpost(database: Database, templates: Templates) -> None:
    """The adviserend arts must not read the begeleider in that field."""
    text = told(database, templates, REQUEST)
    assert "Organisatie Volkstuin De Moestuin vzw Dat is de werkpost" in text
    assert "vrijwilligerswerk? Die volstaat" in text


@pytest.mark.parametrize("instantie", ["vdab", "ocmw", "rva", "andere"])
def test_only_for_incapacity_volunteering_suffices(
    instantie: Instantie, database: Database, templates: Templates
) -> None:
    """The old regime says so of incapacity benefits, and of nothing else."""
    text = told(database, templates, REQUEST, toestemming=request_to(instantie))
    assert "Die volstaat voorlopig" not in text


def test_a_request_before_anything_is_chosen(database: Database, templates: Templates) -> None:
    """What is open is said to be open; without a day the answer is asked as soon as it is there."""
    open_yet = dict.fromkeys(("activiteit", "werkpost", "uren_per_week", "vanaf"))
    text = told(database, templates, REQUEST, **open_yet, tegen=on(None))
    assert text.count("wordt nog afgesproken") == 4
    assert "Na uw antwoord, op een dag die we dan afspreken" in text
    assert "Graag zodra u het weet" in text
    assert "Waarom deze datum?" not in text
    assert "Wij kregen nog geen antwoord." in text


def test_the_reminder_names_no_person(database: Database, templates: Templates) -> None:
    """It can be copied into a mail as it is: the reference is enough to find the request."""
    paper = made(database, templates, REQUEST, toestemming=request_to("ocmw", gevraagd_op=date(2026, 4, 9)))
    reminder = " ".join(opened(paper.pdf).pages[1].extract_text().split())
    assert "Op 9 april 2026 vroegen wij u of een van onze deelnemers" in reminder
    assert "We hoopten op uw antwoord tegen 8 mei 2026." in reminder
    assert f"kenmerk {REFERENCE}" in reminder
    assert "Zoë" not in reminder


def test_an_agreement_has_its_clauses(database: Database, templates: Templates) -> None:
    """Time, nature and extent, place, insurances, clothing, safety, hygiene, accompaniment, way of ending."""
    text = told(database, templates, "begeleidingsovereenkomst")
    for clause in (
        "CGG Artevelde, Oude Houtlei 79, 9000 Gent. Aanspreekpunt: Amina El Idrissi",
        "Volkstuin De Moestuin vzw, Prinsendreef 12, 9000 Gent",
        "Zaaien, wieden en oogsten in de volkstuin",
        "Volkstuin aan de Lieve, Gent Serre aan het Keerdok, Gent",
        "7,5 uur in de week, met deze opbouw: vanaf 4 mei 2026: 4 uur vanaf 6 juli 2026: 7,5 uur",
        "vanaf 4 mei 2026, zonder vaste einddag",
        "De activiteiten zijn onbetaald",
        "Het busticket van elke dag, met het ticket",
        "Laarzen en handschoenen van de werkpost",
        "gelden tot en met 30 april 2027",
        "Veiligheid en hygiëne",
        "De begeleider is het aanspreekpunt",
        "één keer in het jaar",
        "Elk van de drie mag stoppen.",
        "De laatste van de drie tekende op 29 april 2026.",
        "Voor Volkstuin De Moestuin vzw",
    ):
        assert clause in text
    assert "POP" not in text
    assert "sociale economie" not in text


def test_in_the_social_economy_hours_and_plan_are_said(database: Database, templates: Templates) -> None:
    """With the reason of the minimum, and VDAB that looks again every year."""
    text = told(
        database, templates, "begeleidingsovereenkomst", variant="se", minimum_uren=least("12.00", "assumed")
    )
    assert "minstens 12 uur in de week; wie lager begint, bouwt op" in text
    assert "Waarom dit minimum? De sociale economie vraagt een minimum." in text
    assert "aanname" in text
    assert "persoonlijk ontwikkelingsplan (POP)" in text
    assert "VDAB bekijkt elk jaar opnieuw" in text


def test_without_a_known_minimum_none_is_made_up(database: Database, templates: Templates) -> None:
    """The plan is still asked."""
    text = told(database, templates, "begeleidingsovereenkomst", variant="se")
    assert "minstens 12" not in text
    assert "Waarom dit minimum?" not in text
    assert "POP" in text


def test_a_changed_agreement_takes_the_place_of_the_one_before(
    database: Database, templates: Templates
) -> None:
    """With a version, a last day where there is one, and fixed words where nothing was agreed."""
    changed = agreement(
        versie=2, einde=date(2026, 12, 31), plaatsen=(), opbouw=(), onkosten=None, kledij=None
    )
    text = told(database, templates, "begeleidingsovereenkomst", **changed)
    assert "Versie 2, in de plaats van de vorige" in text
    assert "vanaf 4 mei 2026 tot en met 31 december 2026" in text
    assert "Plaats Volkstuin De Moestuin vzw, Prinsendreef 12, 9000 Gent" in text
    assert "Er is geen vergoeding van onkosten afgesproken" in text
    assert "Gewone kledij" in text


@pytest.mark.parametrize("soort", [REQUEST, "begeleidingsovereenkomst", "overeenkomst_kopie"])
def test_a_werkpost_that_the_record_does_not_know_shows_its_code(
    soort: str, database: Database, templates: Templates
) -> None:
    """A paper never fails on it, and makes up no name."""
    unknown = {"werkpost": "ORG-NIEUW"} if soort == REQUEST else agreement(werkpost="ORG-NIEUW", plaatsen=())
    assert "ORG-NIEUW" in told(database, templates, soort, **unknown)


def test_another_begeleider_signs_for_its_own_werkpost(database: Database, templates: Templates) -> None:
    """The trekker of the dossier is not a party there; the team of the other organisation is."""
    text = told(database, templates, "begeleidingsovereenkomst", **agreement(begeleider="ORG-OCMW-GENT"))
    assert "Aanspreekpunt: het team van OCMW Gent" in text
    assert "Amina" not in text
    assert "Begeleider, OCMW Gent" in text


def test_the_copy_tells_the_participant_what_was_agreed(database: Database, templates: Templates) -> None:
    """What, where, how many hours, no pay, insured, and that stopping is fine."""
    text = told(database, templates, "overeenkomst_kopie")
    for sentence in (
        "Zaaien, wieden en oogsten in de volkstuin",
        "Volkstuin aan de Lieve, Gent; Serre aan het Keerdok, Gent",
        "U bouwt op: u begint met 4 uur vanaf 4 mei 2026",
        "U krijgt geen loon.",
        "U bent verzekerd tot en met 30 april 2027",
        "Elk jaar bekijken we samen of het nog bij u past.",
        "Wilt u iets veranderen of stoppen? Dat mag.",
        "Marc Thienpont",
        "gewoon mondeling",
        "tolk nodig",
        "iemand meebrengen",
    ):
        assert sentence in text
    assert "nieuwe overeenkomst" not in text


def test_a_new_version_is_said_to_be_new(database: Database, templates: Templates) -> None:
    """And in the social economy the plan is named as the person knows it."""
    changed = agreement(versie=2, onkosten=None, kledij=None, opbouw=(), plaatsen=("a", "b", "c"))
    text = told(database, templates, "overeenkomst_kopie", variant="se", leiding=None, **changed)
    assert "Uw nieuwe overeenkomst in het kort" in text
    assert "uw POP" in text
    assert "a; b; en nog één plaats" in text
    assert "Geen vergoeding afgesproken" in text
    assert "teamcoördinator" not in text


@pytest.mark.parametrize("text", [SHOUTED, SENTENCES], ids=["one word", "sentences"])
def test_the_letter_is_one_page_whatever_people_write(
    text: str, database: Database, templates: Templates
) -> None:
    """Long names and the longest texts: each of the two addressees holds one sheet, with the greeting on it."""
    known(
        database,
        first_name="Marie-Christine",
        last_name=LONG_NAME,
        address_line_2="bus 0012",
        brief_aan="bewindvoerder_en_zelf",
        brief_aan_adres=f"Mr. {LONG_NAME}\nAdvocatenkantoor Aan De Kouter\nVeldstraat 1 bus 3\n9000 Gent",
    )
    with database.begin() as session:
        session.execute(update(WorkerRow).values(name=f"Anna {LONG_NAME}"))
        session.execute(update(OrganisationRow).values(name="Openbaar Centrum voor Maatschappelijk Welzijn"))
    long = agreement(
        versie=2, activiteit=text, plaatsen=(text,) * 9, onkosten=text, kledij=text, einde=date(2030, 12, 31)
    )
    paper = rendered(database, templates, asked("overeenkomst_kopie", variant="se", **long))
    assert paper.pages == 2
    for page in opened(paper.pdf).pages:
        assert "Vriendelijke groeten" in page.extract_text()


def test_long_agreements_and_evaluations_flow_over_pages(database: Database, templates: Templates) -> None:
    """Nothing is cut: the last step and the last word are there."""
    steps = tuple(Opbouw(vanaf=date(2026, 5, day), uren_per_week=Decimal(day)) for day in range(1, 31))
    long = agreement(plaatsen=(SENTENCES,) * 30, opbouw=steps)
    assert "vanaf 30 mei 2026: 30 uur" in told(database, templates, "begeleidingsovereenkomst", **long)
    much = LatenteFunctie(eigen_woorden=LONG * 20 + "eindwoord", begeleider="w" * 300 + " slotwoord")
    said = EVALUATION.model_copy(update=dict.fromkeys(FUNCTIES, much))
    report = words(rendered(database, templates, asked("evaluatieverslag", evaluatie=said)).pdf)
    assert report.count("eindwoord”") == report.count("slotwoord") == len(FUNCTIES)


def test_own_words_come_before_those_of_the_begeleider(database: Database, templates: Templates) -> None:
    """Four latent functions in a fixed order, each a quotation first."""
    text = told(database, templates, "evaluatieverslag")
    order = [
        part
        for code in FUNCTIES
        for part in (
            f"“{getattr(EVALUATION, code).eigen_woorden}”",
            getattr(EVALUATION, code).begeleider,
        )
    ]
    places = [text.index(part) for part in order]
    assert places == sorted(places)


def test_an_evaluation_says_what_fits_and_what_follows(database: Database, templates: Templates) -> None:
    """With the anniversary and why, where care runs, the step to paid work, and the next one."""
    text = told(database, templates, "evaluatieverslag")
    for sentence in (
        "Jaarlijkse evaluatie 1",
        "Gesprek op 7 april 2026",
        "Verjaardag 4 mei 2026 Waarom deze datum?",
        "decreet van 8 juli 2022, art. 29",
        "De werkpost In orde",
        "De uren Nog niet in orde",
        "De verzekeringen In orde",
        "Elke twee weken een gesprek bij CGG Artevelde",
        "Over een jaar bekijken we een opleiding in het groen.",
        "De activiteiten gaan verder, maar anders.",
        "De volgende evaluatie telt vanaf de verjaardag in 2027",
    ):
        assert sentence in text


@pytest.mark.parametrize("oordeel", get_args(Oordeel))
def test_every_verdict_says_what_follows(oordeel: Oordeel, database: Database, templates: Templates) -> None:
    """Stopping has a last day and no next evaluation; nobody gets a level or a label."""
    end = date(2026, 6, 30) if oordeel == "stoppen" else None
    said = EVALUATION.model_copy(update={"oordeel": oordeel, "einde": end, "zorgbegeleiding": None})
    text = told(database, templates, "evaluatieverslag", evaluatie=said)
    assert " ".join(BESLUITEN[oordeel][1].split()) in text
    assert ("De laatste dag is 30 juni 2026." in text) == (oordeel == "stoppen")
    assert ("De volgende evaluatie" in text) == (oordeel != "stoppen")
    assert "Er loopt nu geen zorgbegeleiding" in text
    for label in ("niveau", "trede", "ladder", "toeleidbaar"):
        assert label not in text.lower()


def test_every_code_has_words() -> None:
    """No code of ours is printed for people."""
    assert set(INSTANTIES) == set(get_args(Instantie))
    assert set(UITKERINGEN) == set(get_args(Statuutcode))
    assert set(ANTWOORDEN) == set(get_args(Permissie))
    assert set(BESLUITEN) == set(get_args(Oordeel))
    fields = EvaluatieVastleggen.model_fields
    assert list(FUNCTIES) == [name for name, field in fields.items() if field.annotation is LatenteFunctie]
    assert set(LatenteFunctie.model_fields) <= set(ama_letters.Functie.model_fields)


@pytest.mark.parametrize(
    ("number", "written"), [("7.50", "7,5"), ("12.00", "12"), ("40", "40"), ("0.25", "0,25"), ("10", "10")]
)
def test_hours_are_written_as_people_do(number: str, written: str) -> None:
    """With a comma, and no noughts that say nothing."""
    assert hours(Decimal(number)) == written
