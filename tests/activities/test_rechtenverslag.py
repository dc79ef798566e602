"""The rights report reads the measurements of the event log: of one GBO or of all, in a period."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import pytest

from activities.catalogus import Catalogus
from activities.database import Database
from activities.rechtenverslag import Rechtenverslagen, UnknownGbo, Vraag, chart
from models.rechtenverslag import Rechtenverslag, Voordeel
from tests.activities.measurements import AFTER, BEFORE, BILL, BRUGGE, ENERGY, GENT, NAME, Measurements
from tests.law import shipped_tables

TODAY = date(2028, 1, 10)
YEAR = (date(2027, 1, 1), date(2027, 12, 31))
WITHOUT, WITH = {ENERGY: {}}, {ENERGY: {"ontvangt": True, "resultaat": "toegekend"}}
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def record(database: Database) -> Measurements:
    return Measurements(database)


def report(record: Measurements, gbo: str | None = None, period: tuple[date, date] = YEAR) -> Rechtenverslag:
    """The report as it is drawn up today."""
    return Rechtenverslagen(record.database, shipped_tables()).draw_up(Vraag(gbo, *period), TODAY)


def row(made: Rechtenverslag, code: str = ENERGY) -> Voordeel:
    """The row of one benefit."""
    (found,) = (each for each in made.cijfers.voordelen if each.code == code)
    return found


def test_every_benefit_of_the_list_has_its_row(record: Measurements) -> None:
    """Entitled and received before and after, new, not looked at and not wanted, in the order of the list."""
    record.people(6, WITHOUT | {BILL: {"recht": "wil_niet"}}, WITH | {BILL: {"recht": "niet_nagegaan"}})
    record.people(4, WITH, WITH)
    made = report(record)
    assert [each.naam for each in made.cijfers.voordelen] == [
        each.naam for each in Catalogus().rechten(YEAR[1])
    ]
    assert made.cijfers.personen == 10
    assert row(made) == Voordeel(
        code=ENERGY,
        naam="Sociaal tarief voor elektriciteit en aardgas",
        recht_nul=10,
        recht_eind=10,
        ontvangt_nul="< 5",
        ontvangt_eind=10,
        nieuw=5,
        niet_nagegaan_nul=0,
        niet_nagegaan_eind=0,
        wil_niet_nul=0,
        wil_niet_eind=0,
    )
    bill = row(made, BILL)
    assert (bill.wil_niet_nul, bill.wil_niet_eind) == (5, 0)
    assert (bill.niet_nagegaan_nul, bill.niet_nagegaan_eind) == ("< 5", 10)


def test_two_methods_have_their_own_rights_an_hour(record: Measurements) -> None:
    """Ten people of an hour each in talks, five of half an hour by telephone."""
    record.people(10, WITHOUT, WITH)
    record.people(5, WITHOUT, WITH, methode="telefoon", minuten=15)
    rows = {each.methode: each for each in report(record).cijfers.werkwijzen}
    assert {name: (each.personen, each.minuten, each.nieuw) for name, each in rows.items()} == {
        "gesprek": (10, 600, 10),
        "telefoon": (5, 150, 5),
    }
    assert (rows["gesprek"].per_uur, rows["telefoon"].per_uur) == (Decimal("1.00"), Decimal("2.00"))


def test_thresholds_are_signals(record: Measurements) -> None:
    """By benefit and level, where at least five people met them."""
    record.people(5, {ENERGY: {"drempel": "organisatie"}, BILL: {"drempel": "persoon"}}, WITH)
    record.people(1, {ENERGY: {"drempel": "samenleving"}}, WITH)
    found = report(record).cijfers.signalen
    assert {(each.code, each.drempel, each.aantal) for each in found} == {
        (ENERGY, "organisatie", 5),
        (BILL, "persoon", 5),
    }


def test_a_report_is_of_one_gbo_or_of_all(record: Measurements) -> None:
    """By the municipality of the trajectory; a municipality that merged belongs where its successor does."""
    record.people(5, WITHOUT, WITH)
    record.people(5, WITHOUT, WITH, nis_code="44073")  # Wachtebeke, since 2025 part of Lochristi
    record.people(10, WITHOUT, WITH, nis_code=BRUGGE)
    assert report(record, "GBO-GENT").cijfers.personen == 10
    assert report(record, "GBO-BRUGGE").cijfers.personen == 10
    everywhere = report(record)
    assert (everywhere.cijfers.personen, everywhere.gebied) == (20, "alle onthaaltrajecten")
    assert (report(record, "GBO-GENT").kenmerk, report(record, "GBO-GENT").gebied) == (
        "GBO-GENT",
        "GBO Gent",
    )


def test_an_unknown_gbo_is_told_with_the_codes_there_are(record: Measurements) -> None:
    """Nothing is counted for it."""
    with pytest.raises(UnknownGbo, match=r"er is geen GBO met deze code; kies uit .*GBO-GENT"):
        report(record, "GBO-NERGENS")


def test_a_period_without_measurements_is_an_empty_report(record: Measurements) -> None:
    """Every benefit is there, with nobody; what was measured earlier or later is not in it."""
    record.people(5, WITHOUT, WITH)
    made = report(record, period=(date(2026, 1, 1), BEFORE))
    assert (made.cijfers.personen, made.cijfers.alleen_nul) == (0, 5)
    assert (row(made).recht_nul, row(made).nieuw, made.cijfers.werkwijzen) == (0, 0, ())
    assert made.grafiek is None
    assert report(record, period=(date(2028, 1, 1), TODAY)).cijfers.personen == 0


def test_a_consent_taken_back_leaves_the_dossier_out(record: Measurements) -> None:
    """Also when it is taken back long after; another scope changes nothing."""
    made = record.people(6, WITHOUT, WITH)
    record.tell(made[0], "toestemming_intrekken", AFTER, reikwijdte=["levensdomeinen"], bron="telefoon")
    assert report(record).cijfers.werkwijzen[0].minuten == 360
    back = {"reikwijdte": ["levensdomeinen", "rechten"], "bron": "telefoon"}
    record.tell(made[0], "toestemming_intrekken", TODAY, **back)
    assert report(record).cijfers.werkwijzen[0].minuten == 300
    record.tell(made[1], "toestemming_intrekken", AFTER, **back)
    assert report(record).cijfers.personen == "< 5"


def test_who_consents_again_and_is_measured_again_counts_again(record: Measurements) -> None:
    """What was told before the consent was taken back stays away."""
    made = record.people(5, WITHOUT, WITH)
    record.tell(made[0], "toestemming_intrekken", AFTER, reikwijdte=["rechten"])
    record.tell(made[0], "toestemming_geven", AFTER, reikwijdte=["rechten"])
    record.measure(made[0], "eind", WITH, AFTER)
    assert report(record).cijfers.personen == "< 5"
    record.measure(made[0], "nul", WITHOUT, AFTER)
    assert report(record).cijfers.personen == 5


def test_a_later_measurement_replaces_the_earlier(record: Measurements) -> None:
    """The last one of its kind in the trajectory is the one that counts."""
    for workflow_id in record.people(5, WITHOUT, WITHOUT):
        record.measure(workflow_id, "eind", WITH, minuten=10)
    made = report(record)
    assert (row(made).ontvangt_eind, row(made).nieuw) == (5, 5)
    assert made.cijfers.werkwijzen[0].minuten == 5 * (30 + 10)


def test_other_trajectories_and_events_do_not_count(record: Measurements) -> None:
    """Only the measurements of an onthaaltraject."""
    for _ in range(5):
        other = record.traject(soort="activeringstraject")
        record.measure(other, "nul", WITHOUT)
        record.measure(other, "eind", WITH)
        record.tell(record.traject(), "contactnota", AFTER, notitie="x")
    assert report(record).cijfers.personen == 0


def test_nothing_in_it_says_who(record: Measurements) -> None:
    """No name, no number of a dossier, and no code that somebody made up."""
    record.people(6, WITHOUT | {NAME: {"drempel": "persoon"}}, WITH | {NAME: {"ontvangt": True}})
    told = report(record).model_dump_json()
    for secret in (NAME, "Noor", "OT-2027", "1990"):
        assert secret not in told
    assert '"personen":5' in told


def test_a_name_that_changed_is_that_of_the_end_of_the_period(record: Measurements) -> None:
    """The row stays one row."""
    internet = "sociaal_tarief_internet"
    for workflow_id in [record.traject(GENT) for _ in range(5)]:
        record.measure(workflow_id, "nul", {internet: {}}, date(2024, 1, 15))
        record.measure(workflow_id, "eind", {internet: {"ontvangt": True}}, date(2024, 4, 2))
    old = report(record, period=(date(2024, 1, 1), date(2024, 12, 31)))
    assert (row(old, internet).naam, row(old, internet).nieuw) == ("Sociaal internetaanbod", 5)


def test_the_smallest_cell_is_that_of_the_tables(record: Measurements, tmp_path: Path) -> None:
    """Another parameter gives other figures, and the report says on what they stand."""
    tables = shipped_tables()
    table = tmp_path / "parameters.yaml"
    shipped = Path(tables._parameters).read_text("utf-8")
    before, name, after = shipped.partition("statistiek.kleinste_cel")
    table.write_text(before + name + after.replace("value: 5", "value: 10", 1), "utf-8")
    record.people(9, WITHOUT, WITH)
    stricter = type(tables)(table, tables._days_off)
    made = Rechtenverslagen(record.database, stricter).draw_up(Vraag(None, *YEAR), TODAY)
    assert (made.kleinste_cel, made.cijfers.personen, row(made).nieuw) == (10, "< 10", "< 10")
    assert made.cel_waarom.aangenomen
    assert report(record).cijfers.personen == 10


def test_the_chart_has_a_bar_for_what_is_told_only(record: Measurements) -> None:
    """With a text for who cannot see it, and nothing of few people."""
    record.people(6, WITHOUT | {BILL: {}}, WITH | {BILL: {}})
    record.people(3, {BILL: {}}, {BILL: {"ontvangt": True}})
    drawing = report(record).grafiek
    assert drawing is not None
    root = ElementTree.fromstring(drawing)
    bars = [each for each in root.iter(f"{SVG}rect") if "rect reactive" in each.get("class", "")]
    assert len(bars) == 1
    title = root.find(f"{SVG}title")
    assert title is not None
    assert str(title.text).endswith("Sociaal tarief voor elektriciteit en aardgas: eerst 0, daarna 5.")
    assert "Maximumfactuur" not in drawing


def test_the_same_figures_give_the_same_chart(record: Measurements) -> None:
    """No day of today in it, nothing random, and nothing to fetch."""
    record.people(5, WITHOUT, WITH)
    voordelen = report(record).cijfers.voordelen
    first, second = chart(voordelen), chart(voordelen)
    assert first == second
    assert first is not None
    assert "<!--" not in first
    assert "<script" not in first
    assert "http" not in first.replace("http://www.w3.org/", "")
