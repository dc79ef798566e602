"""Statements of subsidy in a real record, on both databases: once each, corrections on the next, and nobody double."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest
from sqlalchemy import func, select, update

from activities.afsluiting import Afsluitingen
from activities.database import Database, RecordUnavailable
from activities.jaarstaten import Jaarstaten
from activities.kwartaaloverzichten import Kwartaaloverzichten
from activities.overview_facts import Vraag
from activities.rendering import Templates
from activities.statement_rows import StaatGeweigerd, bytes_of
from activities.subsidieboek import Subsidieboek
from models.kwartaal import Kwartaalfeiten, Plaatsen
from models.staten import JaarstaatOrder, KwartaalOrder, KwartaalResult, Opgemaakt
from models.subsidie import Jaarcijfers, Keuze
from models.tables import DutyRow, StatementFileRow, StatementRow, TrajectRow
from tests.activities.ama_record import had_place, has_places, is_there, now_tells
from tests.activities.record_steps import NOW
from tests.rules.subsidies import BRUG, KAAI, LEIE, accompanied

ZWIN = "ORG-MAATWERK-ZWINMAAT"
TEMPLATES = Templates()
SINCE = date(2026, 5, 4)
TEN = [Plaatsen(aantal=10, van=date(2026, 1, 1))]


def statements(database: Database) -> Jaarstaten:
    return Jaarstaten(database, TEMPLATES, lambda: NOW)


def overviews(database: Database) -> Kwartaaloverzichten:
    return Kwartaaloverzichten(database, TEMPLATES, lambda: NOW)


def year(organisatie: str, jaar: int, as_of: date | None = None) -> JaarstaatOrder:
    return JaarstaatOrder(organisatie=organisatie, jaar=jaar, as_of=as_of or date(jaar + 1, 1, 15))


def figures(database: Database, made: Opgemaakt) -> Jaarcijfers:
    with database.read() as session:
        row = session.get(StatementRow, made.id)
    assert row is not None
    return Jaarcijfers.model_validate(row.facts)


def quarter(database: Database, made: Opgemaakt) -> Kwartaalfeiten:
    with database.read() as session:
        row = session.get(StatementRow, made.id)
    assert row is not None
    return Kwartaalfeiten.model_validate(row.facts)


def count(database: Database, row: Any) -> int:
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(row)) or 0


# The yearly statement


def test_a_statement_is_drawn_up_once(database: Database) -> None:
    """Asked again, also on another day and when more is known, it is the same one with the same bytes."""
    workflow_id = is_there(database, accompanied((LEIE, SINCE, None)))
    first = statements(database).draw_up(year(LEIE, 2027))
    before = bytes_of(database, first.id, "pdf")
    now_tells(database, workflow_id, accompanied((LEIE, SINCE, date(2027, 3, 1))))
    again = statements(database).draw_up(year(LEIE, 2027, date(2028, 6, 1)))
    assert (first.id, first.nummer, first.nieuw) == ("jaarstaat/ORG-CAW-LEIE/2027", 1, True)
    assert again == first.model_copy(update={"nieuw": False})
    assert bytes_of(database, first.id, "pdf") == before
    assert (count(database, StatementRow), count(database, StatementFileRow)) == (1, 1)


def test_two_at_once_make_one_statement(database: Database) -> None:
    """A worker killed halfway and its successor, or two people: one statement, one of them made it."""
    is_there(database, accompanied((LEIE, SINCE, None)))
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: statements(database).draw_up(year(LEIE, 2027)), range(4)))
    assert {each.id for each in made} == {"jaarstaat/ORG-CAW-LEIE/2027"}
    assert sum(each.nieuw for each in made) == 1
    assert (count(database, StatementRow), count(database, StatementFileRow)) == (1, 1)


def test_two_years_at_once_correct_a_third_only_once(database: Database) -> None:
    """Whoever comes second is told to try again, and then finds the correction stated."""
    workflow_id = is_there(database, accompanied((LEIE, SINCE, None)))
    statements(database).draw_up(year(LEIE, 2026))
    now_tells(database, workflow_id, accompanied((LEIE, date(2026, 6, 4), None)))

    def until_it_works(jaar: int) -> Opgemaakt:
        while True:
            try:
                return statements(database).draw_up(year(LEIE, jaar))
            except RecordUnavailable:
                continue

    with ThreadPoolExecutor(2) as pool:
        made = list(pool.map(until_it_works, (2027, 2028)))
    lines = [line for each in made for line in figures(database, each).regels if line.jaar == 2026]
    assert [line.bedrag.value for line in lines] == [D("-90.13")]  # 31 days of May: 1061.20 × 31 ÷ 365
    assert sorted(each.nummer for each in made) == [2, 3]


def test_one_participant_over_two_trajectories_is_one_subsidy(database: Database) -> None:
    """A second accompaniment of the same person: their days come together, and none counts twice."""
    is_there(database, accompanied((LEIE, date(2027, 1, 1), date(2027, 3, 31))), is_open=False)
    is_there(database, accompanied((LEIE, date(2027, 3, 1), date(2027, 4, 30))), ordinal=2)
    made = figures(database, statements(database).draw_up(year(LEIE, 2027)))
    assert [(line.dagen, line.bedrag.value) for line in made.regels] == [(120, D("348.89"))]


def test_only_those_whom_an_organisation_accompanied_are_on_its_statement(database: Database) -> None:
    """Nobody of another begeleider, nobody of the social economy, nobody before their first day."""
    is_there(database, accompanied((LEIE, SINCE, None), number=1))
    is_there(database, accompanied((BRUG, SINCE, None), number=2))
    is_there(database, accompanied((LEIE, SINCE, None), number=3), "se", LEIE)
    is_there(database, accompanied((LEIE, date(2028, 1, 1), None), number=4))
    made = figures(database, statements(database).draw_up(year(LEIE, 2027)))
    assert [line.kenmerk for line in made.regels] == ["WZ-2026-000001"]
    assert statements(database).organisations() == [BRUG, LEIE]


def test_what_is_erased_takes_nothing_back(database: Database) -> None:
    """Nothing is left of the stand: no correction, and no line."""
    workflow_id = is_there(database, accompanied((LEIE, SINCE, None)))
    statements(database).draw_up(year(LEIE, 2027))
    now_tells(database, workflow_id, None)
    assert figures(database, statements(database).draw_up(year(LEIE, 2028))).regels == ()


def test_a_decision_of_a_human_is_noted_once_and_counts_in_the_next_statement(database: Database) -> None:
    """Until then both see what waits; then the chosen one gets it, and what waited is gone."""
    both = accompanied((LEIE, date(2027, 1, 1), date(2027, 6, 30)), (BRUG, date(2027, 6, 1), None))
    is_there(database, both)
    before = {who: figures(database, statements(database).draw_up(year(who, 2027))) for who in (LEIE, BRUG)}
    assert [each.te_beslissen for each in before.values()] == [D("87.22")] * 2
    keuze = Keuze(
        kenmerk=both.kenmerk,
        jaar=2027,
        organisatie=LEIE,
        op=date(2028, 2, 5),
        door="MW-0301",
        reden="besproken",
    )
    book = Subsidieboek(database, lambda: NOW)
    other = keuze.model_copy(update={"organisatie": BRUG})
    assert [book.choose(each) for each in (keuze, other, keuze, keuze)] == [True, True, True, False]
    after = {who: figures(database, statements(database).draw_up(year(who, 2028))) for who in (LEIE, BRUG)}
    assert [(each.correcties, each.te_beslissen) for each in after.values()] == [
        (D("87.22"), D("-87.22")),
        (D("0.00"), D("-87.22")),
    ]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"organisatie": "ORG-NERGENS"}, "organisatie: er is geen organisatie"),
        ({"organisatie": KAAI}, "organisatie: in 2027 is er geen dag"),
        ({"jaar": 2026}, "organisatie: in 2026 is er geen dag"),
        ({"kenmerk": "WZ-2026-999999"}, "dossier: er zijn geen"),
        ({"door": "MW-9999"}, "door: er is geen medewerker"),
    ],
)
def test_a_decision_about_nothing_is_refused(sqlite_database: Database, changed: Any, said: str) -> None:
    """It names the field, and nothing is noted."""
    both = accompanied((LEIE, date(2027, 1, 1), None), (BRUG, date(2027, 6, 1), None))
    is_there(sqlite_database, both)
    told = {
        "kenmerk": both.kenmerk, "jaar": 2027, "organisatie": LEIE, "op": date(2028, 2, 5), "door": "MW-0301",
        "reden": "x",
    }  # fmt: skip
    with pytest.raises(StaatGeweigerd, match=said):
        Subsidieboek(sqlite_database, lambda: NOW).choose(Keuze(**(told | changed)))


@pytest.mark.parametrize(
    ("order", "said"),
    [
        (year(LEIE, 2027, date(2027, 12, 31)), "jaar: 2027 is nog niet voorbij"),
        (year(LEIE, 2023), "jaar: Op 01-01-2023 is er geen bedrag"),
        (year("ORG-NERGENS", 2027), "organisatie: er is geen organisatie"),
    ],
)
def test_a_year_that_cannot_be_stated_is_refused(sqlite_database: Database, order: Any, said: str) -> None:
    """It names the field and the rule, and nothing is stored."""
    with pytest.raises(StaatGeweigerd, match=said):
        statements(sqlite_database).draw_up(order)
    assert count(sqlite_database, StatementRow) == 0


# The quarter overview


def test_a_round_draws_up_everything_that_is_due_once(database: Database) -> None:
    """All quarters up to the last one that is over; a second round, a page at a time, finds them there."""
    has_places(database, KAAI, TEN)
    is_there(database, accompanied((KAAI, SINCE, None)), "se", KAAI)
    order = KwartaalOrder(as_of=date(2027, 7, 2))
    first = overviews(database).draw_up(order)
    holders = overviews(database).holders()
    assert (first.opgemaakt, first.stond_er_al, first.niet_gelukt) == (2 * len(holders), 0, ())
    again, pages = KwartaalResult(next_after=""), 0
    while again.next_after is not None:
        page = order.model_copy(update={"after": again.next_after, "at_most": 1})
        again += overviews(database).draw_up(page)
        pages += 1
    assert (again.opgemaakt, again.stond_er_al, pages) == (0, 2 * len(holders), len(holders))


def test_a_round_that_comes_late_does_the_quarters_it_missed(sqlite_database: Database) -> None:
    """A year that was begun is ended first, in order; a holder without contingent keeps nobody waiting."""
    has_places(sqlite_database, KAAI, TEN)
    made = overviews(sqlite_database)
    made.draw_up(KwartaalOrder(as_of=date(2027, 7, 2)))
    made.draw_up(KwartaalOrder(as_of=date(2028, 4, 1)))
    with sqlite_database.read() as session:
        mine = select(StatementRow.jaar, StatementRow.kwartaal, StatementRow.nummer)
        rows = session.execute(
            mine.where(StatementRow.organisatie == KAAI).order_by(StatementRow.nummer)
        ).all()
    assert [tuple(row) for row in rows] == [
        (2027, 1, 1), (2027, 2, 2), (2027, 3, 3), (2027, 4, 4), (2028, 1, 5),
    ]  # fmt: skip


def test_a_late_fact_is_a_correction_on_the_next_overview(database: Database) -> None:
    """Told of the first quarter with 90 days and ended on 31 January: 59 days less, on the second overview."""
    has_places(database, KAAI, TEN)
    workflow_id = is_there(database, accompanied((KAAI, SINCE, None)), "se", KAAI)
    first = overviews(database).one(Vraag(KAAI, 2027, 1, date(2027, 4, 2)))
    now_tells(database, workflow_id, accompanied((KAAI, SINCE, date(2027, 1, 31))), "se", KAAI)
    second = quarter(database, overviews(database).one(Vraag(KAAI, 2027, 2, date(2027, 7, 2))))
    third = quarter(database, overviews(database).one(Vraag(KAAI, 2027, 3, date(2027, 10, 2))))
    assert quarter(database, first).cijfers.saldo == D("693.42")
    assert second.cijfers.correcties == D("-454.58")  # 2812.20 × 31 ÷ 365 = 238.84; 238.84 − 693.42
    assert (second.cijfers.saldo, second.cijfers.jaar_tot_nu.value) == (D("-454.58"), D("238.84"))
    assert [line.soort for line in third.cijfers.regels] == ["recht"]
    assert [(each.tot, each.dagen_jaar) for each in second.personen] == [(date(2027, 1, 31), 31)]


def test_a_late_fact_about_a_closed_year_is_a_correction_too(sqlite_database: Database) -> None:
    """The year before stays as it was stated; the first quarter of the next has the difference."""
    database = sqlite_database
    has_places(database, KAAI, TEN)
    workflow_id = is_there(database, accompanied((KAAI, SINCE, None)), "se", KAAI)
    overviews(database).draw_up(KwartaalOrder(as_of=date(2028, 1, 2)))
    now_tells(database, workflow_id, accompanied((KAAI, SINCE, date(2027, 6, 30))), "se", KAAI)
    made = quarter(database, overviews(database).one(Vraag(KAAI, 2028, 1, date(2028, 4, 2))))
    assert [(line.soort, line.jaar, line.bedrag.value) for line in made.cijfers.regels] == [
        ("recht", 2028, D("0.00")),
        ("correctie", 2027, D("-1417.66")),  # 2812.20 × 181 ÷ 365 = 1394.54; 1394.54 − 2812.20
    ]


def test_an_advance_goes_off_the_balance_once(database: Database) -> None:
    """Noted once whatever is repeated; on the first overview after it, and on no other."""
    has_places(database, KAAI, TEN)
    is_there(database, accompanied((KAAI, SINCE, None)), "se", KAAI)
    book = Subsidieboek(database, lambda: NOW)
    paid = (KAAI, 2027, date(2027, 2, 15), D("1000.00"), "MW-0301")
    assert (book.advance(*paid), book.advance(*paid)) == (True, False)
    one, two = (
        quarter(database, overviews(database).one(Vraag(KAAI, 2027, n, date(2027, 7, 2)))).cijfers
        for n in (1, 2)
    )
    assert (one.voorschotten, one.saldo) == (D("1000.00"), D("-306.58"))  # 693.42 − 1000.00
    assert (two.voorschotten, two.saldo) == (0, D("701.12"))


@pytest.mark.parametrize(
    ("paid", "said"),
    [
        ((LEIE, 2027, date(2027, 2, 15), D(5), "MW-0301"), "contingent: deze organisatie heeft geen"),
        ((KAAI, 2027, date(2027, 2, 15), D(0), "MW-0301"), "bedrag: is een bedrag boven nul"),
        ((KAAI, 2027, date(2027, 2, 15), D("0.001"), "MW-0301"), "bedrag: is een bedrag boven nul"),
        ((KAAI, 2027, date(2027, 2, 15), D(5), "MW-9999"), "door: er is geen medewerker"),
        ((KAAI, 2027, date(2027, 2, 15), D("NaN"), "MW-0301"), "bedrag: is een bedrag boven nul"),
        ((KAAI, 2027, date(2027, 2, 15), D("1e30"), "MW-0301"), "bedrag: is een bedrag boven nul"),
        ((KAAI, 2027, date(2027, 1, 15), D(6), "MW-0301"), "bedrag: voor 2027 is op 15-01-2027 al een ander"),
        (
            (KAAI, 2027, date(2027, 1, 14), D(4), "MW-0301"),
            "bedrag: dit voorschot voor 2027 op 14-01-2027 werd",
        ),
    ],
)
def test_an_advance_that_cannot_be_is_refused(sqlite_database: Database, paid: Any, said: str) -> None:
    """It names the field; another amount on the same day is no repeat."""
    book = Subsidieboek(sqlite_database, lambda: NOW)
    book.advance(KAAI, 2027, date(2027, 1, 15), D(5), "MW-0301")
    book.advance(KAAI, 2027, date(2027, 1, 14), D(4), "MW-0301")
    book.take_back(KAAI, 2027, date(2027, 1, 14), D(4), "MW-0301")
    with pytest.raises(StaatGeweigerd, match=said):
        book.advance(*paid)


def test_an_advance_that_was_noted_wrongly_is_taken_back(database: Database) -> None:
    """Also after it stood on an overview: that one stays, and the next has the entry against it and the right one."""
    has_places(database, KAAI, TEN)
    is_there(database, accompanied((KAAI, SINCE, None)), "se", KAAI)
    book = Subsidieboek(database, lambda: NOW)
    day = (KAAI, 2027, date(2027, 2, 15))
    book.advance(*day, D("5.00"), "MW-0301")
    first = quarter(database, overviews(database).one(Vraag(KAAI, 2027, 1, date(2027, 4, 2)))).cijfers
    wrong = (*day, D("5.00"), "MW-0301")
    assert (book.take_back(*wrong), book.take_back(*wrong)) == (True, False)
    assert book.advance(*day, D("1000.00"), "MW-0301")
    second = quarter(database, overviews(database).one(Vraag(KAAI, 2027, 2, date(2027, 7, 2)))).cijfers
    assert (first.voorschotten, second.voorschotten) == (D("5.00"), D("995.00"))
    with pytest.raises(StaatGeweigerd, match="geen voorschot van dit bedrag"):
        book.take_back(*day, D("7.00"), "MW-0301")


def test_whoever_moves_to_another_contingent_counts_where_they_had_their_place(database: Database) -> None:
    """Up to 31 January with one holder, from 1 February with the other; together 90 days."""
    for houder in (KAAI, ZWIN):
        has_places(database, houder, TEN)
    workflow_id = is_there(database, accompanied((KAAI, SINCE, None)), "se", ZWIN)
    had_place(database, workflow_id, KAAI, SINCE, released_on=date(2027, 2, 1))
    had_place(database, workflow_id, ZWIN, date(2027, 2, 1), ronde=2)
    days = [
        quarter(database, overviews(database).one(Vraag(houder, 2027, 1, date(2027, 4, 2)))).cijfers.dagen
        for houder in (KAAI, ZWIN)
    ]
    assert days == [31, 59]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (Vraag(KAAI, 2027, 1, date(2027, 3, 31)), "kwartaal: Kwartaal 1 van 2027 is nog niet voorbij"),
        (Vraag(KAAI, 2027, 2, date(2027, 7, 2)), "kwartaal: Kwartaal 1 van 2027 komt eerst"),
        (Vraag(LEIE, 2027, 1, date(2027, 4, 2)), f"contingent: {LEIE} heeft geen contingent"),
        (
            Vraag("ORG-X", 2027, 1, date(2027, 4, 2)),
            "contingent: er is geen organisatie met deze code; kies uit",
        ),
        (Vraag(KAAI, 2021, 1, date(2027, 4, 2)), "jaar: Op 01-01-2021 is er geen bedrag"),
    ],
)
def test_a_quarter_out_of_turn_is_refused(sqlite_database: Database, asked: Vraag, said: str) -> None:
    """It names the field and the rule, and nothing is stored."""
    with pytest.raises(StaatGeweigerd, match=said):
        overviews(sqlite_database).one(asked)
    assert count(sqlite_database, StatementRow) == 0


def test_many_participants_are_all_there(sqlite_database: Database) -> None:
    """More than one page of rows: nobody is left out, and the days add up."""
    has_places(sqlite_database, KAAI, [Plaatsen(aantal=2000, van=date(2026, 1, 1))])
    for number in range(1, 1202):
        is_there(sqlite_database, accompanied((KAAI, SINCE, None), number=number), "se", KAAI)
    made = quarter(sqlite_database, overviews(sqlite_database).one(Vraag(KAAI, 2027, 1, date(2027, 4, 2))))
    assert (made.cijfers.deelnemers, made.cijfers.dagen) == (1201, 1201 * 90)
    assert made.cijfers.recht == D("832796.43")  # 2812.20 × 108090 ÷ 365


# What is missing


def owes(database: Database, workflow_id: str, kind: str, org: str, due: date, status: str = "open") -> None:
    with database.begin() as session:
        session.add(
            DutyRow(
                workflow_id=workflow_id, key=f"{kind}/1", kind=kind, vraag="x", rol="begeleider", org=org,
                status=status, opened_on=SINCE, due=due, due_version=1, due_finding={}, passed=[], recorded_at=NOW,
            )
        )  # fmt: skip


def test_what_a_year_lacks_is_listed_by_organisation(database: Database) -> None:
    """Open duties of the year, an end without a last day, shared days, statements; and no permission."""
    mine = is_there(database, accompanied((LEIE, SINCE, None), number=1))
    is_there(database, accompanied((LEIE, SINCE, None), (BRUG, date(2027, 12, 1), None), number=2))
    owes(database, mine, "evaluatie", LEIE, date(2027, 5, 4))
    owes(database, mine, "dimona_in", LEIE, date(2027, 5, 4), "bezig")
    owes(database, mine, "dimona_uit", LEIE, date(2027, 5, 4), "answered")
    owes(database, mine, "verzekering", LEIE, date(2028, 1, 1))
    owes(database, mine, "toestemming", LEIE, date(2027, 5, 4))
    with database.begin() as session:
        ended = update(TrajectRow).where(TrajectRow.workflow_id == mine)
        session.execute(ended.values(einde=date(2027, 11, 30)))
    missing = Afsluitingen(database).missing(2027, LEIE)
    assert [(each.dossier and each.dossier[-1], each.wat) for each in missing] == [
        (None, "jaarstaat"), ("1", "dimona"), ("1", "einddatum"), ("1", "evaluatie"), ("2", "te_beslissen"),
    ]  # fmt: skip
    statements(database).draw_up(year(LEIE, 2027))
    assert "jaarstaat" not in {each.wat for each in Afsluitingen(database).missing(2027, LEIE)}
    assert {each.organisatie for each in Afsluitingen(database).missing(2027)} == {LEIE, BRUG}
    assert Afsluitingen(database).missing(2025) == []
