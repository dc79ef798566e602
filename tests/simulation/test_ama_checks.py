"""Each check of the AMA fails on something that is wrong, made by hand: none of them is a check that cannot fail."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from models.ama_stand import AmaStand, Begeleidingsperiode, Variant
from models.ama_verloop import Toestemming
from models.findings import Finding
from models.steps import Toestemmingsregel
from models.tables import TrajectRow
from tests.simulation import ama_checks as checks
from tests.simulation.checks import unlike_the_record
from tests.simulation.history import Life, Rest
from tests.simulation.record import Record
from tests.simulation.test_checks import NOON, event, life, owed, stand, timer

TODAY = NOON.date()
TOMORROW = TODAY + timedelta(days=1)
GIVEN: dict[str, Any] = {"antwoord": "toelating", "vanaf": TODAY}
RECOGNISED, NO_MORE = "ORG-DE-MEANDER", "ORG-OCMW-LATEM"


def begun(told: dict[str, Any] | None, *updates: tuple[int, str, dict[str, Any]]) -> Life:
    """An agreement that began today for somebody on leefloon, with what the agency answered."""
    runs = Begeleidingsperiode(nummer=1, begeleider=RECOGNISED, werkpost="ORG-TWEE", van=TODAY)
    known = Toestemming(nummer=1, statuut="leefloon", instantie="ocmw", sinds=TODAY, **(told or {}))
    lines = (Toestemmingsregel(organisatie="ORG-EEN", toestemming=known),)
    where = stand("begeleid").model_copy(update={"ama": AmaStand(variant="wvg", overeenkomsten=(runs,))})
    found = life()
    found.steps = [found.steps[0].model_copy(update={"toestemmingen": lines, "stand": where})]
    found.begun_with = {"statuten": [{"code": "leefloon", "van": "2020-01-01"}]}
    found.updates = list(updates)
    return found


@pytest.mark.parametrize(
    ("told", "wrong"),
    [
        pytest.param(GIVEN, 0, id="given"),
        pytest.param({}, 1, id="not answered"),
        pytest.param({"antwoord": "geweigerd"}, 1, id="refused"),
        pytest.param(GIVEN | {"vanaf": TOMORROW}, 1, id="from tomorrow on"),
        pytest.param(GIVEN | {"ingetrokken_per": TODAY}, 1, id="taken back"),
        pytest.param(GIVEN | {"ingetrokken_per": TOMORROW}, 0, id="taken back from tomorrow on"),
        pytest.param(GIVEN | {"vervallen": True}, 1, id="replaced"),
    ],
)
def test_nothing_begins_without_its_permission(told: dict[str, Any], wrong: int) -> None:
    """What counts is what the agency allowed on the first day."""
    assert len(list(checks.begun_against_the_law(begun(told)))) == wrong


def test_a_new_statuut_asks_its_own_permission() -> None:
    """A statuut that was told before the start counts; one that was ended does not."""
    arts = {"code": "arbeidsongeschikt_werknemer", "vanaf": str(TODAY)}
    assert list(checks.begun_against_the_law(begun(GIVEN, (0, "statuut_melden", arts))))
    free = {"code": "geen", "vanaf": str(TODAY), "eindigt": "leefloon"}
    assert not list(checks.begun_against_the_law(begun({}, (0, "statuut_melden", free))))


def shown(variant: Variant, *periods: tuple[str, date, date | None]) -> Life:
    """An AMA that shows these agreements, each with its begeleider, first and last day."""
    found = begun(GIVEN)
    running = tuple(
        Begeleidingsperiode(nummer=n, begeleider=who, werkpost="ORG-TWEE", van=van, tot=tot)
        for n, (who, van, tot) in enumerate(periods, start=1)
    )
    ama = AmaStand(variant=variant, overeenkomsten=running)
    (step,) = found.steps
    found.steps = [step.model_copy(update={"stand": step.stand.model_copy(update={"ama": ama})})]
    found.now = NOON
    return found


def test_who_is_not_recognised_begins_nothing() -> None:
    """In welfare policy; in the social economy no recognition is asked."""
    assert not list(checks.begun_against_the_law(shown("wvg", (RECOGNISED, TODAY, None))))
    assert list(checks.begun_against_the_law(shown("wvg", (NO_MORE, TODAY, None))))
    assert not list(checks.begun_against_the_law(shown("se", (NO_MORE, TODAY, None))))


def told_of_place(*told: str, first: bool = True) -> Life:
    """An agreement in the social economy, with what was told before it began."""
    found = shown("se", (RECOGNISED, TODAY, None))
    free = Finding[bool](value=True, rule="r", article="a", reden="x")
    events = [
        event(n, soort).model_copy(update={"findings": (free,) if soort == "plaats" else ()})
        for n, soort in enumerate(told, start=1)
    ]
    begins = "De activiteiten van overeenkomst 1 zijn begonnen."
    events.append(event(len(told) + 1, "begonnen").model_copy(update={"tekst": begins}))
    found.steps = [found.steps[0].model_copy(update={"events": tuple(events)})]
    return found


@pytest.mark.parametrize(
    ("told", "wrong"),
    [
        pytest.param(("plaats",), 0, id="promised"),
        pytest.param((), 1, id="never"),
        pytest.param(("plaats", "contingent-gesloten"), 1, id="closed"),
        pytest.param(("plaats", "plaats-vrijgegeven"), 1, id="given back"),
        pytest.param(("plaats", "plaats-vrijgegeven", "plaats"), 0, id="promised again"),
    ],
)
def test_nothing_begins_without_its_place(told: tuple[str, ...], wrong: int) -> None:
    """What was promised counts until it is given up; passed over is given up as well."""
    life = told_of_place(*told)
    assert len(list(checks.begun_against_the_law(life))) == wrong
    life.updates = [(0, "plaats_overslaan", {})]
    assert len(list(checks.begun_against_the_law(life))) == wrong  # it was promised after that


def test_nothing_begins_for_who_has_no_statuut() -> None:
    """What nobody knows is permitted by nobody; one that is unknown is asked like any other."""
    nothing = shown("wvg", (RECOGNISED, TODAY, None))
    nothing.begun_with = {}
    assert list(checks.begun_against_the_law(nothing))
    unknown = Toestemming(nummer=2, statuut="onbekend", instantie="andere", sinds=TODAY)
    lines = (*nothing.steps[0].toestemmingen, Toestemmingsregel(organisatie="ORG", toestemming=unknown))
    nothing.steps = [nothing.steps[0].model_copy(update={"toestemmingen": lines})]
    (wrong,) = checks.begun_against_the_law(nothing)
    assert "onbekend" in wrong


def test_an_agreement_lasts_a_day_at_the_least() -> None:
    """It may end on its first day, and not before."""
    assert not list(checks.ended_before_it_began(shown("wvg", (RECOGNISED, TODAY, TODAY))))
    assert list(checks.ended_before_it_began(shown("wvg", (RECOGNISED, TOMORROW, TODAY))))


@pytest.mark.parametrize(("ago", "wrong"), [(1, 0), (3, 1), (None, 0)])
def test_a_signed_last_day_is_the_last(ago: int | None, wrong: int) -> None:
    """Once it has passed the agreement is over, unless the whole AMA is about to be."""
    last = {} if ago is None else {"einde": str(TODAY - timedelta(days=ago))}
    signed = {"start": str(TODAY), "verzekerd_tot": "2031-01-01", "uren_per_week": "12", **last}
    running = shown("wvg", (RECOGNISED, TODAY, None))
    running.updates = [(0, "overeenkomst_sluiten", signed)]
    assert len(list(checks.still_running(running))) == wrong
    (step,) = running.steps
    ending = step.stand.model_copy(update={"einde": TODAY})
    running.steps = [step.model_copy(update={"stand": ending})]
    assert not list(checks.still_running(running))


def test_what_happens_once_is_told_once() -> None:
    """An evaluation that opens again, and an agreement that begins again."""
    opens = event(1, "traject-gestart").model_copy(update={"gegevens": {"workflow_id": "evaluatie/1"}})
    begins = event(2, "begonnen")
    once = life(opens, begins)
    assert not [*checks.evaluated_twice(once), *checks.begun_twice(once)]
    again = life(opens, begins, opens.model_copy(update={"seq": 3}), begins.model_copy(update={"seq": 4}))
    assert list(checks.evaluated_twice(again))
    assert list(checks.begun_twice(again))


@pytest.mark.parametrize(
    ("numbers", "years", "wrong"),
    [
        pytest.param((1, 2), (2031, 2032), 0, id="one a year"),
        pytest.param((2, 1), (2032, 2031), 0, id="told in any order"),
        pytest.param((1, 3), (2031, 2033), 1, id="one is missing"),
        pytest.param((1, 1), (2031, 2032), 1, id="one number twice"),
        pytest.param((1, 2), (2031, 2031), 1, id="two for one anniversary"),
        pytest.param((1, 2), (2032, 2031), 1, id="the second before the first"),
    ],
)
def test_evaluations_are_numbered_by_anniversary(
    numbers: tuple[int, ...], years: tuple[int, ...], wrong: int
) -> None:
    """From 1, without gaps, one for each; those of another AMA do not count."""
    mine = [checks.Evaluated("een", n, date(year, 6, 10)) for n, year in zip(numbers, years, strict=True)]
    other = checks.Evaluated("twee", 1, date(2031, 6, 10))
    assert len(list(checks.badly_numbered([*mine, other]))) == wrong


def test_a_contingent_is_never_over_its_places() -> None:
    """Nor is one place held by two, or two by one; and who stopped holds none."""
    held = [checks.Held("ORG-EEN", 1, "ama/1"), checks.Held("ORG-EEN", 2, "ama/2")]
    assert not list(checks.beyond_contingent(held, {"ORG-EEN": 2}))
    assert list(checks.beyond_contingent(held, {"ORG-EEN": 1}))
    assert list(checks.beyond_contingent(held, {}))
    assert list(checks.beyond_contingent([held[0], held[1]._replace(number=1)], {"ORG-EEN": 2}))
    assert list(checks.beyond_contingent([held[0], held[1]._replace(number=None)], {"ORG-EEN": 2}))
    assert list(checks.beyond_contingent([held[0], held[1]._replace(workflow_id="ama/1")], {"ORG-EEN": 2}))
    assert not list(checks.held_after_the_end(held, {"ama/3"}))
    assert list(checks.held_after_the_end(held, {"ama/2"}))


def test_the_record_knows_what_was_permitted() -> None:
    """A permission that the record lacks, or has otherwise, is noticed."""
    found = begun(GIVEN)
    (line,) = found.steps[0].toestemmingen
    told = line.toestemming.model_dump(mode="json")
    record = Record(TrajectRow(fase="begeleid"), {}, [], [], {1: told})
    assert not list(unlike_the_record(found, record))
    assert list(unlike_the_record(found, replace(record, permissions={})))
    assert list(unlike_the_record(found, replace(record, permissions={1: told | {"tot": "2031-01-01"}})))


def test_an_open_ama_waits_for_somebody() -> None:
    """A duty with a date or a timer is enough, and after the end nothing is needed."""
    where: dict[str, Any] = {"moment": NOON, "stand": stand("aangemeld"), "timers": (), "duties": {}}
    assert list(checks.of_ama(Rest(**where)))
    assert not list(checks.of_ama(Rest(**where | {"timers": (timer(),)})))
    assert not list(checks.of_ama(Rest(**where | {"duties": {"x": owed(key="x")}})))
    assert not list(checks.of_ama(Rest(**where | {"stand": stand("ama_gesloten")})))
