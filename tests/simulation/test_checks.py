"""Each check fails on something that is wrong, made by hand: none of them is a check that cannot fail."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from typing import Any

import pytest

from models.actors import OPERATIES, Actor, Rol
from models.duties import Duty, DutyKind, DutyStatus
from models.findings import Finding
from models.steps import CurrentDate, Event, MessageOrder, Stand, Step
from models.tables import DutyRow, OutboxRow, TrajectRow
from tests.law import shipped_law
from tests.simulation import checks
from tests.simulation.history import Life, Rest, Timer
from tests.simulation.known import Known, last_day_of_maximum
from tests.simulation.record import Delivery, Record, addressed

WERK = Actor(rol=Rol.CASEMANAGER_WERK, organisatie="ORG-W", medewerker="MW-1")
ZORG = Actor(rol=Rol.CASEMANAGER_ZORG, organisatie="ORG-Z", medewerker="MW-2")
OPENED, DUE = date(2030, 6, 3), date(2030, 6, 14)
NOON = datetime(2030, 6, 10, 12, tzinfo=UTC)
WORKFLOW = "activeringstraject/WZ-2030-000001"
ALL_PASSED = tuple(f"v1.0/T+{n}" for n in (3, 5, 10, 20))


def due_on(day: date | None) -> Finding[date | None]:
    return Finding[date | None](value=day, rule="r", article="a", reden="r")


def owed(due: date | None = DUE, **other: Any) -> Duty:
    facts: dict[str, Any] = {"key": "review/1", "kind": DutyKind.REVIEW, "addressee": WERK} | other
    return Duty(vraag="v", opened_on=OPENED, due=due_on(due), **facts)


def asked(**other: Any) -> Duty:
    """A duty about a suspension."""
    return owed(key="hervatting/1", kind=DutyKind.HERVATTING, addressee=ZORG, **other)


def stand(
    fase: str = "lopend", *, opgeschort: bool = False, einde: date | None = None, **dates: date | None
) -> Stand:
    named = tuple(CurrentDate(naam=naam.replace("_", " "), on=due_on(day)) for naam, day in dates.items())
    return Stand(
        fase=fase,
        start=date(2030, 3, 4),
        einde=einde,
        opgeschort=opgeschort,
        te_laat=False,
        volgende_opdracht=None,
        volgende_termijn=None,
        dates=named,
    )


def timer(
    day: date = date(2030, 6, 15), summary: str = "Wacht tot 15-06-2030: review/1 (operaties)"
) -> Timer:
    return Timer(datetime(day.year, day.month, day.day, 5, tzinfo=UTC), summary)


def rest(*duties: Duty, timers: Iterable[Timer] = (), moment: datetime = NOON, **other: Any) -> Rest:
    facts: dict[str, Any] = {"stand": stand("afronding")} | other
    return Rest(moment, tuple(timers), {duty.key: duty for duty in duties}, **facts)


def told(rung: str = "v1.0/T+3", day: date = date(2030, 6, 19), key: str = "", **other: Any) -> MessageOrder:
    facts: dict[str, Any] = {"soort": "te_laat", "to": WERK, "opdracht": "review/1", "due": DUE} | other
    who = f"{facts['to'].rol}:{facts['to'].organisatie}:{facts['to'].medewerker}"
    return MessageOrder(key=key or f"{WORKFLOW}/{facts['opdracht']}/{rung}/{who}", as_of=day, **facts)


def event(seq: int, soort: str = "contactnota", on: date = OPENED) -> Event:
    return Event(seq=seq, soort=soort, datum=on, ingevoerd_op=on, tekst="t")


def life(
    *events: Event, duties: Iterable[Duty] = (), messages: Iterable[MessageOrder] = (), **other: Any
) -> Life:
    step = Step(
        workflow_id=WORKFLOW,
        reference="WZ-2030-000001",
        number=1,
        as_of=OPENED,
        events=events,
        duties=tuple(duties),
        messages=tuple(messages),
        stand=stand("lopend"),
    )
    return Life(WORKFLOW, steps=[step], **other)


class TestHowATrajectoryWaits:
    """An open trajectory has an open duty or an armed timer, with owner and date."""

    def test_an_open_duty_or_a_timer_is_enough(self) -> None:
        assert not list(checks.left_alone(rest(owed())))
        assert not list(checks.left_alone(rest(timers=[timer()])))

    def test_neither_is_not(self) -> None:
        assert list(checks.left_alone(rest()))
        assert list(checks.left_alone(rest(owed(status=DutyStatus.ANSWERED))))

    def test_a_duty_without_owner_or_date_holds_nothing(self) -> None:
        nobody = WERK.model_copy(update={"organisatie": ""})
        assert list(checks.left_alone(rest(owed(addressee=nobody))))
        assert list(checks.left_alone(rest(owed(due=None))))

    def test_a_duty_that_rests_needs_somebody_who_is_asked_about_the_rest(self) -> None:
        resting = owed(due=None, rests_with_ledger=True)
        assert not list(checks.left_alone(rest(resting, asked())))
        assert list(checks.left_alone(rest(resting)))
        assert list(checks.left_alone(rest(resting, asked(status=DutyStatus.WITHDRAWN))))

    def test_a_due_date_ahead_needs_a_timer_in_time(self) -> None:
        law = shipped_law()
        assert not list(checks.forgotten(rest(owed(), timers=[timer()]), law))
        assert list(checks.forgotten(rest(owed()), law))
        assert list(checks.forgotten(rest(owed(), timers=[timer(date(2030, 6, 17))]), law))

    def test_rungs_to_come_need_a_timer(self) -> None:
        law = shipped_law()
        late = owed(overdue_since=date(2030, 6, 15))
        july = datetime(2030, 7, 1, 12, tzinfo=UTC)
        assert list(checks.forgotten(rest(late, moment=july), law))
        climbed = late.model_copy(update={"passed": ALL_PASSED})
        assert not list(checks.forgotten(rest(climbed, moment=july), law))

    def test_a_resting_ladder_needs_none(self) -> None:
        late = owed(overdue_since=date(2030, 6, 15), rests_with_ledger=True)
        asks = asked(overdue_since=date(2030, 6, 15), passed=ALL_PASSED)
        suspended = rest(late, asks, stand=stand("afronding", opgeschort=True))
        assert not list(checks.forgotten(suspended, shipped_law()))

    @pytest.mark.parametrize("end", ["gepland_einde", "heropenen_tot", "open_tot", "wissen_op"])
    def test_a_phase_that_ends_by_itself_needs_a_timer(self, end: str) -> None:
        ahead = stand(**{end: date(2030, 12, 1)})
        assert list(checks.forgotten(rest(stand=ahead), shipped_law()))
        assert not list(checks.forgotten(rest(stand=ahead, timers=[timer()]), shipped_law()))

    def test_a_timer_says_whose_it_is(self) -> None:
        assert not list(checks.nameless(rest(timers=[timer()])))
        assert list(checks.nameless(rest(timers=[timer(summary="")])))
        assert list(checks.nameless(rest(timers=[timer(summary="Wacht tot 15-06-2030: review/1 (niemand)")])))

    def test_there_is_one_timer_and_it_lies_ahead(self) -> None:
        assert list(checks.nameless(rest(timers=[timer(), timer(date(2030, 6, 16))])))
        assert list(checks.nameless(rest(timers=[timer(date(2030, 6, 9))])))

    def test_all_of_it_is_looked_at(self) -> None:
        wrong = list(checks.at_rest(rest(), shipped_law()))
        assert wrong == ["no duty is open and no timer is armed"]


class TestTheMaximum:
    """A trajectory lasts at most eighteen calendar months."""

    @pytest.mark.parametrize(
        ("start", "last"),
        [
            (date(2030, 3, 4), date(2031, 9, 3)),
            (date(2030, 3, 1), date(2031, 8, 31)),
            (date(2029, 8, 31), date(2031, 2, 28)),
            (date(2030, 8, 30), date(2032, 2, 29)),
            (date(2028, 2, 29), date(2029, 8, 28)),
        ],
    )
    def test_eighteen_months_count_their_first_day(self, start: date, last: date) -> None:
        assert last_day_of_maximum(start) == last

    def running(self, moment: datetime = NOON, **dates: date | None) -> Rest:
        named = {"uiterste_einde": date(2031, 9, 3), "gepland_einde": date(2031, 3, 3)} | dates
        return rest(moment=moment, stand=stand("lopend", **named), plan_start=date(2030, 3, 4))

    def test_a_plan_within_it_is_fine(self) -> None:
        assert not list(checks.past_maximum(self.running()))

    def test_running_past_it_is_not(self) -> None:
        morning_after = datetime(2031, 9, 4, 4, 59, tzinfo=UTC)
        assert not list(checks.past_maximum(self.running(morning_after)))
        assert list(checks.past_maximum(self.running(morning_after + timedelta(minutes=3))))

    def test_planning_past_it_is_not(self) -> None:
        assert list(checks.past_maximum(self.running(gepland_einde=date(2031, 9, 4))))
        assert list(checks.past_maximum(self.running(gepland_einde=None)))

    def test_telling_another_one_is_not(self) -> None:
        assert list(checks.past_maximum(self.running(uiterste_einde=date(2031, 9, 4))))

    def test_what_vdab_granted_is_the_maximum(self) -> None:
        granted = date(2031, 12, 31)
        longer = self.running(uiterste_einde=granted, gepland_einde=granted)
        assert list(checks.past_maximum(longer))
        assert not list(checks.past_maximum(replace(longer, granted=granted)))

    @pytest.mark.parametrize("fase", ["einde_onbeslist", "afronding", "afgesloten"])
    def test_ending_past_it_is_not(self, fase: str) -> None:
        start, last = date(2030, 3, 4), date(2031, 9, 3)
        ended = rest(stand=stand(fase, einde=last), plan_start=start)
        assert not list(checks.past_maximum(ended))
        beyond = rest(stand=stand(fase, einde=date(2031, 9, 4)), plan_start=start)
        assert list(checks.past_maximum(beyond))
        assert not list(checks.past_maximum(replace(beyond, granted=date(2031, 9, 4))))

    def test_planning_less_than_three_months_is_not(self) -> None:
        assert not list(checks.before_minimum(self.running(gepland_einde=date(2030, 6, 3))))
        assert list(checks.before_minimum(self.running(gepland_einde=date(2030, 6, 2))))

    def test_an_undecided_end_has_an_owner(self) -> None:
        asked = owed(key="verlenging", kind=DutyKind.VERLENGING)
        waiting = stand("einde_onbeslist")
        assert not list(checks.undecided_by_nobody(rest(asked, stand=waiting)))
        assert list(checks.undecided_by_nobody(rest(stand=waiting)))
        nobody = asked.model_copy(update={"addressee": WERK.model_copy(update={"organisatie": ""})})
        assert list(checks.undecided_by_nobody(rest(nobody, stand=waiting)))
        again = asked.model_copy(update={"key": "verlenging/2"})
        assert list(checks.undecided_by_nobody(rest(asked, again, stand=waiting)))
        assert list(checks.undecided_by_nobody(rest(asked, stand=stand("afgesloten"))))

    def test_nothing_is_owed_about_an_action_that_lapsed(self) -> None:
        asked = owed(key="aanbod/2/3", kind=DutyKind.AANBOD)
        assert not list(checks.owed_for_nothing(rest(asked, owed(), lapsed=frozenset({1, 3}))))
        assert list(checks.owed_for_nothing(rest(asked, lapsed=frozenset({2}))))

    def test_all_of_that_is_looked_at_too(self) -> None:
        nowhere = rest(
            owed(key="actie/1", kind=DutyKind.ACTIE), stand=stand("einde_onbeslist"), timers=[timer()]
        )
        found = " ".join(checks.at_rest(replace(nowhere, lapsed=frozenset({1})), shipped_law()))
        assert "nobody owes the decision" in found
        assert "its action lapsed" in found

    def test_an_agreed_end_is_the_planned_end(self) -> None:
        facts = Known(NOON.date(), "lopend", OPENED, None, [], [], {"gepland einde": date(2031, 3, 3)})
        assert not list(checks.not_as_agreed("verlengen", {"einde": "2031-03-03"}, facts))
        assert list(checks.not_as_agreed("heropenen", {"einde": "2031-03-04"}, facts))
        asked = {"keuze": "uitzonderlijk", "einde": "2032-03-04"}
        assert not list(checks.not_as_agreed("beslispunt_beslissen", asked, facts))
        assert list(checks.not_as_agreed("verlenging_beslissen", {"einde": "2032-03-04"}, facts))


class TestAfterADeath:
    """One duty stays, and no letter leaves."""

    def test_one_closing_note_is_open(self) -> None:
        note = owed(key="afronding", kind=DutyKind.AFRONDING)
        dead = stand("zonder_betrokkene")
        assert not list(checks.after_death(rest(note, stand=dead)))
        assert list(checks.after_death(rest(stand=dead)))
        assert list(checks.after_death(rest(note, owed(), stand=dead)))
        assert list(checks.after_death(rest(owed(), stand=dead)))
        repair = owed(key="herstel/trajectplan#1", kind=DutyKind.HERSTEL)
        assert not list(checks.after_death(rest(note, repair, stand=dead)))
        bounce = owed(key="herstel/bericht/review/1", kind=DutyKind.HERSTEL)
        assert list(checks.after_death(rest(note, bounce, stand=dead)))

    def test_the_undo_brings_everything_back(self) -> None:
        before, withdrawn = life(event(1), duties=[owed()]), owed(status=DutyStatus.WITHDRAWN)
        assert not list(checks.not_brought_back("overleden_ongedaan", before, before))
        assert list(checks.not_brought_back("overleden_ongedaan", before, life(event(1), duties=[withdrawn])))
        undone = [event(1, "overleden_ongedaan"), event(2, "fase")]
        assert list(checks.not_brought_back("overleden_ongedaan", before, life(*undone, duties=[withdrawn])))

    def test_the_undo_of_a_phase_that_ended_meanwhile_brings_back_the_next_one(self) -> None:
        before, withdrawn = life(event(1), duties=[owed()]), owed(status=DutyStatus.WITHDRAWN)
        after = life(event(1, "overleden_ongedaan"), event(2, "fase"), event(3, "fase"), duties=[withdrawn])
        assert not list(checks.not_brought_back("overleden_ongedaan", before, after))

    def test_no_letter_leaves_until_it_is_undone(self) -> None:
        death, undone = date(2030, 6, 10), date(2030, 6, 20)
        events = [event(1, "overleden", death), event(2, "overleden_ongedaan", undone)]
        days = [date(2030, 6, day) for day in (9, 10, 19, 20)]
        letters = [Delivery(str(day), "persoon:WZ-2030-000001", day) for day in days]
        assert len(list(checks.letters_after_death(events, letters, "WZ-2030-000001"))) == 2
        assert len(list(checks.letters_after_death(events[:1], letters, "WZ-2030-000001"))) == 3
        assert not list(checks.letters_after_death(events, letters, "WZ-2030-000002"))


class TestLate:
    """Late from the morning after the date, and what was done in time is not late."""

    def test_late_in_time(self) -> None:
        assert not list(checks.wrongly_late(rest(owed(overdue_since=date(2030, 6, 15)))))

    def test_late_on_the_day_itself(self) -> None:
        assert list(checks.wrongly_late(rest(owed(overdue_since=DUE))))

    def test_late_without_a_date(self) -> None:
        assert list(checks.wrongly_late(rest(owed(due=None, overdue_since=DUE))))

    def test_past_its_date_and_not_late(self) -> None:
        assert list(checks.wrongly_late(rest(owed(), moment=datetime(2030, 6, 15, 6, tzinfo=UTC))))

    def test_done_in_time_and_still_late(self) -> None:
        done = owed(status=DutyStatus.ANSWERED, happened_on=DUE, overdue_since=date(2030, 6, 15))
        assert list(checks.wrongly_late(rest(done)))


class TestMessages:
    """Nobody hears the same thing twice, and no rung speaks on an opening day."""

    def test_two_rungs_are_two_messages(self) -> None:
        later = told("v1.0/T+5", date(2030, 6, 21), soort="team_te_laat")
        assert not list(checks.told_twice([told(), later], WORKFLOW))

    def test_the_same_key_twice(self) -> None:
        again = told(key="k", soort="aankondiging")
        assert list(checks.told_twice([again, again], WORKFLOW))

    def test_the_same_rung_under_another_version_of_the_same_date(self) -> None:
        again = told("v3.0/T+3", date(2030, 7, 19))
        assert list(checks.told_twice([told(), again], WORKFLOW))

    def test_the_same_rung_after_a_promise_is_another(self) -> None:
        promised = told("v1.1/T+3", date(2030, 7, 19))
        assert not list(checks.told_twice([told(), promised], WORKFLOW))

    def test_two_rungs_on_one_day(self) -> None:
        assert list(checks.told_twice([told(), told("v1.0/T+5")], WORKFLOW))

    def test_a_rung_on_the_opening_day(self) -> None:
        duties = {"review/1": owed()}
        assert not list(checks.told_on_opening_day([told()], duties))
        assert not list(checks.told_on_opening_day([told(day=OPENED, soort="aankondiging")], duties))
        assert list(checks.told_on_opening_day([told(day=OPENED)], duties))

    def test_two_mails_on_a_day(self) -> None:
        one, two = Delivery("a", "MW-1", DUE), Delivery("b", "MW-1", DUE)
        assert not list(checks.many_mails([one, replace(two, day=OPENED)]))
        assert list(checks.many_mails([one, two]))

    def test_a_mail_that_was_sent_twice(self) -> None:
        assert list(checks.many_mails([Delivery("a", "MW-1", DUE), Delivery("a", "MW-1", OPENED)]))

    def test_mails_are_counted_by_the_address_they_went_to(self) -> None:
        """Two recipients of the record may share a mailbox."""
        sent = [Delivery("a@x", "MW-1", DUE), Delivery("b@x", "team:ORG-W", DUE)]
        mails = [EmailMessage(), EmailMessage()]
        for mail, delivery in zip(mails, sent, strict=True):
            mail["To"], mail["Message-ID"] = "samen@x.example", f"<{delivery.id}>"
        assert not list(checks.many_mails(sent))
        assert list(checks.many_mails(addressed(mails, sent)))


class TestTheRecord:
    """The record knows what the trajectory told, without gaps."""

    def row(self, **other: Any) -> DutyRow:
        who = {"rol": WERK.rol.value, "org": "ORG-W", "worker": "MW-1"}
        facts = {"status": "open", "due": DUE, "due_version": 1, "overdue_since": None, "closed_on": None}
        return DutyRow(key="review/1", **(who | facts | other))

    def record(self, *duties: DutyRow, numbers: Iterable[int] = (1,), outbox: Iterable[str] = ()) -> Record:
        rows = {row.key: row for row in duties}
        return Record(TrajectRow(fase="lopend"), rows, list(numbers), [OutboxRow(key=key) for key in outbox])

    def test_it_knows_everything(self) -> None:
        assert not list(checks.unlike_the_record(life(event(1), duties=[owed()]), self.record(self.row())))

    def test_it_lacks_a_duty_or_made_one_up(self) -> None:
        assert list(checks.unlike_the_record(life(event(1), duties=[owed()]), self.record()))
        assert list(checks.unlike_the_record(life(event(1)), self.record(self.row())))

    @pytest.mark.parametrize("other", [{"status": "answered"}, {"due": OPENED}, {"worker": None}])
    def test_it_knows_a_duty_otherwise(self, other: dict[str, Any]) -> None:
        known = self.record(self.row(**other))
        assert list(checks.unlike_the_record(life(event(1), duties=[owed()]), known))

    def test_it_lacks_an_event_or_a_message(self) -> None:
        assert list(checks.unlike_the_record(life(event(1), event(2)), self.record()))
        assert list(checks.unlike_the_record(life(event(1), messages=[told()]), self.record()))

    def test_it_is_in_another_phase(self) -> None:
        record = replace(self.record(), traject=TrajectRow(fase="afronding"))
        assert list(checks.unlike_the_record(life(event(1)), record))

    def test_events_are_numbered_without_gaps(self) -> None:
        assert not list(checks.gaps([1, 2, 3]))
        assert list(checks.gaps([1, 3]))
        assert list(checks.gaps([2, 1]))
        assert list(checks.gaps([1, 1]))


class TestTheEngine:
    """No workflow task fails, no trajectory fails, and a refusal leaves no trace."""

    def test_a_task_that_failed(self) -> None:
        assert list(checks.broken(life(event(1), broken_tasks=["UNHANDLED_FAILURE: x"])))

    def test_a_trajectory_that_failed(self) -> None:
        assert not list(checks.broken(life(event(1), ended="completed")))
        assert list(checks.broken(life(event(1), ended="failed")))

    def test_a_refusal_that_left_something(self) -> None:
        before = life(event(1), duties=[owed()])
        assert not list(checks.traces_of_refusal(before, life(event(1), duties=[owed()])))
        assert list(checks.traces_of_refusal(before, life(event(1), duties=[owed()], updates_accepted=1)))
        assert list(checks.traces_of_refusal(before, life(event(1), event(2), duties=[owed()])))
        assert list(checks.traces_of_refusal(before, life(event(1), duties=[owed(addressee=OPERATIES)])))

    def test_everything_is_looked_at(self) -> None:
        """One example of each kind of trouble, found through the one function that the simulation calls."""
        troubled = life(
            event(2), messages=[told(), told()], duties=[owed()], broken_tasks=["x"], rests=[rest()]
        )
        record = Record(TrajectRow(fase="lopend"), {}, [2], [])
        found = " ".join(checks.everything(troubled, record, shipped_law()))
        for trouble in (
            "task failed",
            "no timer is armed",
            "ordered 2 times",
            "numbered",
            "the record lacks",
        ):
            assert trouble in found
