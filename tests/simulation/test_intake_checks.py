"""Each check of the intake fails on something that is wrong, made by hand: none of them is a check that cannot fail."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from models.actors import OPERATIES, Actor, Rol
from models.duties import Duty, DutyKind
from models.steps import Event
from tests.simulation import intake_checks as checks
from tests.simulation.history import Life, Rest, Timer
from tests.simulation.test_checks import NOON, life, owed, stand, timer

FIRST = Actor(rol=Rol.KERNPARTNER, organisatie="ORG-EEN")
SECOND = Actor(rol=Rol.KERNPARTNER, organisatie="ORG-TWEE")
TODAY = NOON.date().isoformat()


def asked(who: Actor, number: int = 1, **other: Any) -> Duty:
    """A kernpartner is asked to take the person on."""
    key = "ontvangst" if number == 1 else f"ontvangst/{number}"
    return owed(key=key, kind=DutyKind.ONTVANGST, addressee=who, **other)


def rest(
    fase: str, *duties: Duty, lists: Iterable[str] = (), timers: Iterable[Timer] = (), **other: Any
) -> Rest:
    """A moment of an onthaaltraject."""
    facts: dict[str, Any] = {"stand": stand(fase), "moment": NOON} | other
    return Rest(
        timers=tuple(timers), duties={duty.key: duty for duty in duties}, organisaties=tuple(lists), **facts
    )


class TestWhoHasThePerson:
    """An open onthaaltraject has an owner organisation and a date, and only the last kernpartner has access."""

    def test_a_duty_or_a_kernpartner_with_a_timer_is_an_owner(self) -> None:
        assert not list(checks.unowned(rest("doorgifte", asked(FIRST))))
        assert not list(checks.unowned(rest("onthaal", lists=["ORG-EEN"], timers=[timer()])))

    def test_a_timer_alone_is_not(self) -> None:
        assert list(checks.unowned(rest("onthaal", timers=[timer()])))
        assert list(checks.unowned(rest("kennismaking", lists=["ORG-EEN"])))
        assert list(checks.unowned(rest("doorgifte", asked(FIRST, due=None))))

    def test_an_ended_one_needs_none(self) -> None:
        assert not list(checks.unowned(rest("beeindigd")))

    @pytest.mark.parametrize(
        ("lists", "wrong"), [(["ORG-TWEE"], 0), (["ORG-EEN"], 1), (["ORG-EEN", "ORG-TWEE"], 1), ([], 1)]
    )
    def test_the_last_one_that_was_asked_finds_it(self, lists: list[str], wrong: int) -> None:
        sent_on = rest("doorgifte", asked(FIRST), asked(SECOND, 2), lists=lists)
        assert len(list(checks.wrong_access(sent_on))) == wrong

    def test_while_a_next_one_is_looked_for_operations_do(self) -> None:
        looks = owed(key="kernpartner", kind=DutyKind.KERNPARTNER, addressee=OPERATIES)
        assert not list(checks.wrong_access(rest("routering", asked(FIRST), looks)))
        assert list(checks.wrong_access(rest("routering", asked(FIRST), looks, lists=["ORG-EEN"])))
        assert list(checks.wrong_access(rest("routering", asked(FIRST))))

    def test_all_of_it_is_looked_at(self) -> None:
        told = " ".join(checks.of_onthaal(rest("onthaal", lists=["ORG-EEN"])))
        assert "nobody has the person" in told
        assert "it is in the lists" in told


class TestErasure:
    """An ended file is erased within a year after its end."""

    END = date(2030, 6, 10)

    def ended(self, erased: date | None = date(2031, 6, 10), **other: Any) -> Rest:
        """A file that ended on 10 June 2030."""
        facts = {"timers": [timer(date(2031, 6, 10))]} | other
        return rest("beeindigd", stand=stand("beeindigd", einde=self.END, wissen_op=erased), **facts)

    def test_a_timer_in_time_is_fine(self) -> None:
        assert not list(checks.kept_too_long(self.ended()))

    def test_no_timer_or_a_later_one_is_not(self) -> None:
        assert list(checks.kept_too_long(self.ended(timers=())))
        assert list(checks.kept_too_long(self.ended(timers=[timer(date(2031, 6, 11))])))

    def test_no_date_or_a_later_one_is_not(self) -> None:
        assert list(checks.kept_too_long(self.ended(erased=None)))
        assert list(checks.kept_too_long(self.ended(erased=date(2031, 6, 11))))

    def test_a_year_later_it_is_gone(self) -> None:
        next_day = datetime(2031, 6, 11, 12, tzinfo=UTC)
        assert list(checks.kept_too_long(self.ended(moment=next_day)))

    def test_it_is_looked_at(self) -> None:
        assert list(checks.of_onthaal(self.ended(timers=())))


class TestAccess:
    """What a checkpoint carries says until when each kernpartner had access."""

    def carried(self, fase: str, *until: str | None) -> Life:
        """A life with one checkpoint."""
        passed = [{"aan": {"organisatie": f"ORG-{n}"}, "tot": tot} for n, tot in enumerate(until)]
        return Life(
            "onthaaltraject/OT-1", carried=[{"phase": {"fase": fase}, "facts": {"doorgiften": passed}}]
        )

    def test_the_last_one_has_it_while_it_has_the_person(self) -> None:
        assert not list(checks.access_not_ended(self.carried("doorgifte", "2030-06-10", None)))
        assert list(checks.access_not_ended(self.carried("doorgifte", None, None)))
        assert list(checks.of_onthaal_life(self.carried("routering", "2030-06-10", None)))

    def test_nobody_is_asked_twice_by_itself(self) -> None:
        assert not list(checks.not_sent_on(life(duties=[asked(FIRST), asked(SECOND, 2)])))
        assert list(checks.not_sent_on(life(duties=[asked(FIRST), asked(FIRST, 2)])))
        named = told("kernpartner_aanduiden")
        assert not list(checks.not_sent_on(life(named, duties=[asked(FIRST), asked(FIRST, 2)])))

    def test_only_kernpartners_are_asked(self) -> None:
        assert list(checks.not_sent_on(life(duties=[asked(OPERATIES)])))


class TestWhatFollows:
    """What was decided starts once, on its day, and nothing else does."""

    def decided(self, route: str = "activeringstraject", start: str | None = None, **other: Any) -> Event:
        """A decision of VDAB."""
        return told("toeleiding_beslissen", route=route, start=start, onthaal=other.get("onthaal", False))

    def started(self, soort: str = "activeringstraject", begin: str = TODAY) -> Event:
        """A trajectory that followed."""
        return told("traject-gestart", workflow_id=f"{soort}/WZ-1", begin=begin)

    def test_once_on_its_day(self) -> None:
        assert not list(checks.of_toeleiding(life(self.decided(), self.started(), now=LATER)))
        both = self.decided("advies_welzijn", onthaal=True), self.started("onthaaltraject")
        assert not list(checks.of_toeleiding(life(*both, now=LATER)))

    def test_twice_or_on_another_day(self) -> None:
        assert list(checks.of_toeleiding(life(self.decided(), self.started(), self.started(), now=LATER)))
        assert list(checks.of_toeleiding(life(self.decided(), self.started(begin="2030-06-09"), now=LATER)))

    def test_something_else(self) -> None:
        refused = self.decided("geweigerd")
        assert not list(checks.of_toeleiding(life(refused, now=LATER)))
        assert list(checks.of_toeleiding(life(refused, self.started(), now=LATER)))
        assert list(checks.of_toeleiding(life(self.started(), now=LATER)))

    def test_it_does_not_start(self) -> None:
        assert list(checks.of_toeleiding(life(self.decided(), now=LATER)))
        ahead = self.decided(start="2030-07-01")
        assert not list(checks.of_toeleiding(life(ahead, now=LATER)))
        assert not list(checks.of_toeleiding(life(self.decided(), told("aanvraag_intrekken"), now=LATER)))


LATER = datetime(2030, 6, 12, 12, tzinfo=UTC)


def told(soort: str, **gegevens: Any) -> Event:
    """An event of today with what it says."""
    today = NOON.date()
    return Event(seq=1, soort=soort, datum=today, ingevoerd_op=today, tekst="t", gegevens=gegevens)
