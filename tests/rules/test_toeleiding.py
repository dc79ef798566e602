"""The dates of a toeleiding, who may say what, and what may begin beside what else runs."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from models.actors import OPERATIES, Actor, Omkadering
from models.commands import OF_KIND, SHARED
from models.duties import Bezig, Duty, DutyKind
from models.findings import Finding, Verdict
from models.follow_up import Doorgiftemelding
from models.law import Law
from models.messages import Afspraak
from models.phases import Beslist, Ingetrokken
from models.toeleiding import Aanvraaginhoud, AnderTraject
from models.toeleiding_case import Doorgifte
from rules import toeleiding
from rules.calendar import is_working_day
from rules.toeleidingsboek import TOELEIDINGSBOEK as BOOK
from tests.rules import cases
from tests.rules import intake_cases as c

IN_HAND = {"aanvullen", "screening", "beslissing"}
DECIDED = {"beslist", "ingetrokken"}
KNOWN_IN: dict[str, set[str]] = {
    "aanvraag_aanvullen": IN_HAND,
    "wachten_op_derde": {"aanvullen"},
    "derde_opvolgen": IN_HAND,
    "onvolledig_beslissen": {"aanvullen"},
    "bevindingen_bekijken": IN_HAND | DECIDED,
    "advies_vragen": IN_HAND,
    "advies_geven": IN_HAND,
    "screening_vastleggen": {"screening"},
    "toeleiding_beslissen": {"beslissing"},
    "aanvraag_intrekken": {*IN_HAND, "beslist"},
    "bezwaar_noteren": DECIDED,
    "bezwaar_beantwoorden": DECIDED,
}
"""In which phases a command makes sense."""
MAY_SEND: dict[str, set[str]] = {
    "wachten_op_derde": {"aanvrager", "vdab", "operaties"},
    "advies_vragen": {"vdab", "screener", "operaties"},
    "aanvraag_intrekken": {"aanvrager", "vdab", "operaties"},
    "bezwaar_noteren": {"vdab", "operaties"},
    "rechtzetten": {"vdab", "operaties"},
    "afspraak": {"vdab", "screener", "operaties"},
    "contactnota": {"vdab", "screener", "operaties"},
    "overleden": {"aanvrager", "vdab", "screener", "operaties"},
    "overleden_ongedaan": {"vdab", "operaties"},
    "herzie_parameters": {"operaties"},
}
"""Who may send what nobody asked for; never somebody of another organisation."""
OWNED: list[tuple[DutyKind, str, Actor]] = [
    (DutyKind.AANVULLEN, "aanvullen", c.REQUESTER),
    (DutyKind.DERDE, "derde", c.REQUESTER),
    (DutyKind.ONVOLLEDIG, "onvolledig", c.VDAB),
    (DutyKind.BEVINDINGEN, "bevindingen", c.VDAB),
    (DutyKind.ADVIES, "advies/ORG-OCMW-GENT", c.ADVISER),
    (DutyKind.SCREENING, "screening", c.SCREENER),
    (DutyKind.BESLISSING, "beslissing", c.VDAB),
    (DutyKind.BEZWAAR, "bezwaar", c.HEAD),
    (DutyKind.AFRONDING, "afronding", c.VDAB),
    (DutyKind.HERSTEL, "herstel/x#1", OPERATIES),
]
"""Who owes each kind of duty."""


@pytest.mark.parametrize(
    ("kind", "opened", "due", "term"),
    [
        pytest.param("aanvullen", "2027-01-04", "2027-02-01", "20 werkdagen", id="four quiet weeks"),
        pytest.param("aanvullen", "2026-12-21", "2027-01-20", "20 werkdagen", id="over Christmas"),
        pytest.param("aanvullen", "2027-04-24", "2027-05-25", "20 werkdagen", id="May, asked on a Saturday"),
        pytest.param("derde", "2027-01-04", "2027-02-01", "20 werkdagen", id="a third party"),
        pytest.param("onvolledig", "2027-02-02", "2027-02-16", "10 werkdagen", id="VDAB chooses"),
        pytest.param("bevindingen", "2027-03-15", "2027-03-30", "10 werkdagen", id="over Easter Monday"),
        pytest.param("advies", "2027-10-25", "2027-11-09", "10 werkdagen", id="over All Saints"),
        pytest.param("bezwaar", "2027-06-01", "2027-07-16", "45 dagen", id="45 days"),
        pytest.param("bezwaar", "2027-06-06", "2027-07-22", "45 dagen", id="21 July rolls"),
        pytest.param("bezwaar", "2027-06-02", "2027-07-19", "45 dagen", id="a Saturday rolls"),
    ],
)
def test_what_is_asked_has_its_term(law: Law, kind: str, opened: str, due: str, term: str) -> None:
    """From the day it was asked, to a working day, with the assumed parameter that says how long."""
    duty = DutyKind(kind)
    found = BOOK.due_of(duty, f"{duty}/1", date.fromisoformat(opened), c.toeleiding(law))
    assert found.value == date.fromisoformat(due)
    assert [(p.value, p.status) for p in found.parameters] == [(term, "assumed")]


@pytest.mark.parametrize(
    ("complete", "due"),
    [
        pytest.param("2027-01-04", "2027-03-05", id="sixty days"),
        pytest.param("2027-01-05", "2027-03-08", id="a Saturday rolls to Monday"),
        pytest.param("2028-01-01", "2028-03-01", id="over a leap day"),
        pytest.param("2027-09-12", "2027-11-12", id="Armistice Day rolls"),
        pytest.param("2027-05-22", "2027-07-22", id="21 July rolls"),
    ],
)
def test_the_screening_counts_from_the_complete_request(law: Law, complete: str, due: str) -> None:
    """Sixty days after the request was complete, whenever the duty was opened."""
    state = c.toeleiding(law, volledig_op=date.fromisoformat(complete))
    found = BOOK.due_of(DutyKind.SCREENING, "screening", c.TODAY, state)
    assert found.value == date.fromisoformat(due)


@pytest.mark.parametrize(
    ("complete", "screened", "due"),
    [
        pytest.param("2027-01-04", "2027-02-01", "2027-03-03", id="thirty days after the screening"),
        pytest.param("2027-02-01", "2027-01-04", "2027-03-03", id="or after what came later"),
        pytest.param("2027-01-04", "2027-02-04", "2027-03-08", id="a Saturday rolls"),
        pytest.param("2027-01-04", "2027-11-25", "2027-12-27", id="Christmas rolls"),
    ],
)
def test_vdab_decides_after_both(law: Law, complete: str, screened: str, due: str) -> None:
    """Thirty days from complete and screened, the later of the two (art. 9)."""
    known = {"volledig_op": date.fromisoformat(complete), "gescreend_op": date.fromisoformat(screened)}
    found = BOOK.due_of(DutyKind.BESLISSING, "beslissing", c.START, c.toeleiding(law, "beslissing", **known))
    assert (found.value, found.status) == (date.fromisoformat(due), "assumed")


@given(opened=st.dates(date(2025, 1, 1), date(2031, 6, 1)), kind=st.sampled_from(sorted(toeleiding.VRAAG)))
def test_every_term_ends_on_a_working_day_after_it_began(law: Law, opened: date, kind: DutyKind) -> None:
    """Nothing is due on a day on which nobody works, nor on the day it is asked, but for a repair."""
    key = "advies/ORG-X" if kind is DutyKind.ADVIES else f"{kind}/1"
    due = BOOK.due_of(kind, key, opened, c.toeleiding(law)).value
    assert due is not None
    assert is_working_day(due, law)
    assert due > opened or kind is DutyKind.HERSTEL


@pytest.mark.parametrize(
    ("closed", "until"),
    [
        pytest.param("2027-06-01", "2028-06-01", id="a year"),
        pytest.param("2028-02-29", "2029-02-28", id="leap day"),
        pytest.param("2027-12-31", "2028-12-31", id="a Sunday does not move"),
    ],
)
@pytest.mark.parametrize("phase", [Beslist, Ingetrokken])
def test_a_decision_stays_open_for_a_year(law: Law, closed: str, until: str, phase: type) -> None:
    """A complaint about facts of at most a year old finds its file; the day after, it ends."""
    on = date.fromisoformat(closed)
    where = (
        Beslist(beslissing=c.decision(), gesloten_op=on) if phase is Beslist else Ingetrokken(gesloten_op=on)
    )
    state = c.toeleiding(law).model_copy(update={"phase": where})
    dates = {each.naam: each.on.value for each in BOOK.current_dates(state)}
    assert dates == {"open tot": date.fromisoformat(until)}
    opening = toeleiding.next_opening(state)
    assert opening is not None
    assert opening.kind is None
    assert opening.alarm.on.value is not None
    assert (opening.alarm.on.value - date.fromisoformat(until)).days == 1
    assert BOOK.last_day_of(state) == on


def other(soort: str, tot: str | None) -> AnderTraject:
    """Another trajectory of the person, until a day."""
    return AnderTraject.model_validate({"soort": soort, "van": "2026-01-05", "tot": tot})


ACTIVERING, WVG, SE = "activeringstraject", "arbeidsmatige_activiteiten", "ama_se"


@pytest.mark.parametrize(
    ("route", "runs", "tot", "verdict"),
    [
        pytest.param(ACTIVERING, ACTIVERING, "2027-06-06", None, id="ended the day before"),
        pytest.param(ACTIVERING, ACTIVERING, "2027-06-07", Verdict.HARD, id="ends on the first day"),
        pytest.param(ACTIVERING, ACTIVERING, None, Verdict.HARD, id="no end known"),
        pytest.param(ACTIVERING, WVG, "2027-06-06", None, id="after an AMA"),
        pytest.param(ACTIVERING, WVG, "2027-06-07", Verdict.ZACHT, id="beside an AMA WVG"),
        pytest.param(ACTIVERING, SE, None, Verdict.ZACHT, id="beside an AMA SE"),
        pytest.param(SE, SE, None, Verdict.HARD, id="a second AMA SE"),
        pytest.param(SE, WVG, None, Verdict.ZACHT, id="AMA SE with AMA WVG, whose end is agreed later"),
        pytest.param(WVG, SE, None, Verdict.ZACHT, id="AMA WVG with AMA SE"),
        pytest.param(WVG, WVG, None, Verdict.HARD, id="a second AMA WVG"),
        pytest.param(SE, WVG, "2027-06-06", None, id="AMA SE after AMA WVG"),
        pytest.param(SE, ACTIVERING, None, None, id="AMA SE with activering"),
    ],
)
def test_what_may_begin_beside_what_runs(
    route: str, runs: str, tot: str | None, verdict: Verdict | None
) -> None:
    """The law refuses a second of a kind; anything beside an AMA asks for a reason."""
    found = list(toeleiding.beside(route, date(2027, 6, 7), c.asked(lopend=(other(runs, tot),))))
    assert [each.verdict for each in found] == ([verdict] if verdict else [])
    for each in found:
        assert each.article == "D2022 art. 11"
        assert "ten laatste de dag voor 07-06-2027" in each.reden
        assert (f"{date.fromisoformat(tot):%d-%m-%Y}" if tot else "zonder einddatum") in each.reden


@pytest.mark.parametrize(
    ("changes", "weighed"),
    [
        pytest.param({"route": ACTIVERING}, 1, id="from today"),
        pytest.param({"route": ACTIVERING, "start": "2027-07-01"}, 0, id="from a day after the end"),
        pytest.param({"route": "geweigerd", "orientatie": "x"}, 0, id="a refusal"),
        pytest.param({"route": "advies_welzijn", "onthaal": True, "contact_aanvaard": True}, 0, id="onthaal"),
    ],
)
def test_a_decision_is_weighed_on_the_first_day_it_chooses(
    law: Law, changes: dict[str, Any], weighed: int
) -> None:
    """Filing is never refused; what is tested is the day on which the trajectory would begin."""
    state = c.toeleiding(law, "beslissing", lopend=(other(ACTIVERING, "2027-06-30"),))
    found = BOOK.findings_against(c.decision(**changes), state, c.TODAY)
    assert len(found) == weighed


@pytest.mark.parametrize(
    ("changes", "follows"),
    [
        pytest.param({"route": ACTIVERING}, (ACTIVERING,), id="activering"),
        pytest.param({"route": SE}, (SE,), id="AMA SE"),
        pytest.param({"route": "advies_welzijn"}, (), id="advice alone"),
        pytest.param({"route": "advies_welzijn", "ama_begeleider": "ORG-X"}, (WVG,), id="AMA WVG"),
        pytest.param(
            {
                "route": "advies_welzijn",
                "ama_begeleider": "ORG-X",
                "onthaal": True,
                "contact_aanvaard": True,
            },
            (WVG, "onthaaltraject"),
            id="both",
        ),
        pytest.param({"route": "geweigerd", "orientatie": "x"}, (), id="a refusal"),
    ],
)
def test_what_starts_by_itself_after_a_decision(changes: dict[str, Any], follows: tuple[str, ...]) -> None:
    """What the person chose, and nothing else."""
    assert toeleiding.chosen_by(c.decision(**changes)) == follows


@pytest.mark.parametrize("phase", c.IN_TOELEIDING)
@pytest.mark.parametrize("name", KNOWN_IN)
def test_a_phase_knows_its_commands(law: Law, name: str, phase: str) -> None:
    """What makes no sense where the request stands is refused; after a death nothing of its own is known."""
    assert BOOK.in_phase(c.command("toeleiding", name), c.toeleiding(law, phase)) is (phase in KNOWN_IN[name])


def test_the_tables_are_complete() -> None:
    """Every command of a toeleiding and every kind of duty stands in the tables above."""
    commands = set(OF_KIND["toeleiding"])
    assert set(KNOWN_IN) == commands - set(SHARED)
    assert set(MAY_SEND) == {name for name in commands if "opdracht" not in c.TOELEIDING[name]}
    assert {kind for kind, _, _ in OWNED} == set(BOOK.vraag)


def test_two_waits_for_a_third_are_one(law: Law) -> None:
    """While one document is awaited nobody begins to wait for another."""
    waiting = c.toeleiding(law, "aanvullen", cases.duty(DutyKind.DERDE, "derde", c.REQUESTER))
    assert not BOOK.in_phase(c.command("toeleiding", "wachten_op_derde"), waiting)


def test_what_has_started_is_not_withdrawn_here(law: Law) -> None:
    """From the first day of the trajectory the request is history."""
    begun = {"soort": ACTIVERING, "workflow_id": "activeringstraject/WZ-2027-000001", "begin": c.TODAY}
    state = c.toeleiding(law, "beslist", gestart=(begun,))
    assert not BOOK.in_phase(c.command("toeleiding", "aanvraag_intrekken"), state)


@pytest.mark.parametrize("who", c.SPEAKERS)
@pytest.mark.parametrize("name", MAY_SEND)
def test_a_role_sends_only_what_is_its_own(law: Law, name: str, who: str) -> None:
    """The table of roles is closed; the same role at another organisation is a stranger."""
    allowed = BOOK.may_send(c.SPEAKERS[who], c.command("toeleiding", name), c.toeleiding(law))
    assert allowed is (who in MAY_SEND[name])


@pytest.mark.parametrize("name", MAY_SEND)
def test_where_the_person_files_nobody_is_the_requester(law: Law, name: str) -> None:
    """No organisation anywhere speaks as the requester of a person who filed alone."""
    alone = c.toeleiding(law, aanvrager=None)
    claims = (c.SPEAKERS["aanvrager"], c.SPEAKERS["aanvrager elders"])
    assert not any(BOOK.may_send(who, c.command("toeleiding", name), alone) for who in claims)


@pytest.mark.parametrize(("kind", "key", "owner"), OWNED, ids=[str(kind) for kind, _, _ in OWNED])
def test_every_duty_has_its_owner_and_only_the_owner_answers(
    law: Law, kind: DutyKind, key: str, owner: Actor
) -> None:
    """Of everybody in every role only who owes it answers it."""
    state = c.toeleiding(law)
    assert BOOK.owner_of(kind, key, state) == owner
    owed = cases.duty(kind, key, owner)
    answer = c.command("toeleiding", "opdracht_bezig", opdracht=key)
    may = {who for who, actor in c.SPEAKERS.items() if BOOK.may_answer(actor, owed, answer, state)}
    assert may == {who for who, actor in c.SPEAKERS.items() if actor.speaks_for(owner)}


@pytest.mark.parametrize(
    ("owner", "heard"),
    [
        pytest.param(c.VDAB, c.HEAD, id="the head of service for VDAB"),
        pytest.param(c.SCREENER, c.HEAD, id="the head of service for a screener of VDAB"),
        pytest.param(c.REQUESTER, c.VDAB, id="VDAB for a requester"),
        pytest.param(c.ADVISER, c.VDAB, id="VDAB for a partner"),
        pytest.param(OPERATIES, OPERATIES, id="operations for operations"),
    ],
)
def test_somebody_hears_of_silence(law: Law, owner: Actor, heard: Actor) -> None:
    """The next in line of each who can owe something."""
    assert BOOK.next_in_line(owner, c.toeleiding(law)) == heard


@pytest.mark.parametrize("kind", [kind for kind, _, _ in OWNED if kind is not DutyKind.ADVIES])
def test_where_the_tables_know_nobody_it_is_of_operations(law: Law, kind: DutyKind) -> None:
    """Outside Flanders, without requester, screener or service, nothing is owed by nobody."""
    nobody = c.toeleiding(law, omkadering=Omkadering(), screener=None, aanvrager=None)
    assert BOOK.owner_of(kind, f"{kind}/1", nobody) == OPERATIES
    assert BOOK.next_in_line(OPERATIES, nobody) == OPERATIES


@pytest.mark.parametrize(
    ("changes", "veld"),
    [
        pytest.param({"start": "2027-05-31"}, "start", id="a first day in the past"),
        pytest.param({"start": "2027-06-01"}, None, id="today"),
        pytest.param({"start": "2099-01-01"}, "start", id="past all calendars"),
        pytest.param({}, None, id="as soon as possible"),
    ],
)
def test_a_first_day_lies_ahead(law: Law, changes: dict[str, str], veld: str | None) -> None:
    """A trajectory begins today at the earliest, within the days that the case knows."""
    found = list(BOOK.complaints(c.decision(**changes), c.toeleiding(law, "beslissing"), c.TODAY))
    assert [complaint.veld for complaint in found] == ([veld] if veld else [])


def test_a_partner_is_asked_once(law: Law) -> None:
    """One reminder and then silence goes on: nobody is asked again."""
    asked = cases.duty(DutyKind.ADVIES, "advies/ORG-OCMW-GENT", c.ADVISER)
    (complaint,) = BOOK.complaints(
        c.command("toeleiding", "advies_vragen"), c.toeleiding(law, "screening", asked), c.TODAY
    )
    assert complaint.veld == "organisatie"


def test_what_an_incomplete_request_opens(law: Law) -> None:
    """First the question, then, when its date has passed in silence, VDAB's choice."""
    state = c.toeleiding(law, "aanvullen")
    first = toeleiding.next_opening(state)
    assert first is not None
    assert (first.kind, first.alarm.on.value, first.alarm.owner) == (DutyKind.AANVULLEN, c.START, c.REQUESTER)
    due = Finding[date | None](value=date(2027, 2, 1), rule="x", article="x", reden="x")
    asked = cases.duty(DutyKind.AANVULLEN, "aanvullen", c.REQUESTER, due=due)
    then = toeleiding.next_opening(c.toeleiding(law, "aanvullen", asked))
    assert then is not None
    assert (then.kind, then.alarm.on.value, then.alarm.owner) == (
        DutyKind.ONVOLLEDIG,
        date(2027, 2, 2),
        c.VDAB,
    )
    deciding = cases.duty(DutyKind.ONVOLLEDIG, "onvolledig", c.VDAB)
    assert toeleiding.next_opening(c.toeleiding(law, "aanvullen", asked, deciding)) is None


def test_vdab_keeps_of_each_transmission_when_it_was_sent_and_delivered(law: Law) -> None:
    """Whatever came first and however often: hearing it twice, or late, changes nothing (art. 4-6)."""
    sent = Doorgiftemelding(nummer=1, verzonden_op=c.START)
    taken = sent.model_copy(update={"afgeleverd_op": date(2027, 1, 8)})
    second = Doorgiftemelding(nummer=2, verzonden_op=date(2027, 1, 12))
    for told in ((sent, taken, second), (second, taken, sent), (sent, sent, second, taken, sent)):
        facts = c.asked()
        for melding in told:
            facts = facts.model_copy(update={"doorgiften": toeleiding.heard(melding, facts)})
        assert facts.doorgiften == (
            Doorgifte(nummer=1, verzonden_op=c.START, afgeleverd_op=date(2027, 1, 8)),
            Doorgifte(nummer=2, verzonden_op=date(2027, 1, 12)),
        )
    state = c.toeleiding(law, "beslist", doorgiften=facts.doorgiften)
    shown = {each.naam: each.on for each in BOOK.current_dates(state)}
    assert {name: on.value for name, on in shown.items() if name.startswith("onthaal")} == {
        "onthaal verzonden": c.START,
        "onthaal afgeleverd": date(2027, 1, 8),
        "onthaal verzonden/2": date(2027, 1, 12),
    }
    first, second_one = facts.doorgiften
    assert shown["onthaal afgeleverd"] == toeleiding.delivered_on(first)
    assert shown["onthaal verzonden/2"] == toeleiding.sent_on(second_one)


@pytest.mark.parametrize(
    ("asked", "chosen", "without"),
    [(False, None, False), (True, None, True), (True, False, False), (False, True, True)],
)
def test_the_decision_knows_better_than_the_request_who_has_no_home(
    asked: bool, chosen: bool | None, without: bool
) -> None:
    """What the decision leaves open is as the request said."""
    to_gbo = {"route": "advies_welzijn", "onthaal": True, "contact_aanvaard": True, "dakloos": chosen}
    facts = c.asked(inhoud=Aanvraaginhoud(dakloos=asked))
    assert toeleiding.without_home(c.decision(**to_gbo), facts) is without


def test_only_an_onthaaltraject_asks_whether_there_is_a_home() -> None:
    """Elsewhere nobody needs to know."""
    with pytest.raises(ValidationError, match="dakloos hoort bij een onthaaltraject"):
        c.decision(dakloos=True)


@pytest.mark.parametrize(
    ("day", "wrong"), [("1900-02-28", ["datum"]), ("2027-01-03", ["datum"]), ("2027-01-04", [])]
)
def test_vdab_goes_on_with_what_there_is_after_the_request(law: Law, day: str, wrong: list[str]) -> None:
    """The screening is counted from that day, under a law that the case must know."""
    said = c.command("toeleiding", "onvolledig_beslissen", datum=day)
    found = BOOK.complaints(said, c.toeleiding(law, "aanvullen"), c.TODAY)
    assert [each.veld for each in found] == wrong


@pytest.mark.parametrize(
    ("who", "day", "times", "rests"),
    [
        pytest.param("screener", "2027-06-15", 0, True, id="planned by the screener"),
        pytest.param("screener", "2027-06-15", 1, True, id="planned again"),
        pytest.param("screener", "2027-06-15", 2, False, id="as often as a promise and no more"),
        pytest.param("screener", "2027-06-01", 0, False, id="today"),
        pytest.param("screener", "2099-06-01", 0, False, id="beyond what the case knows"),
        pytest.param("screener elders", "2027-06-15", 0, False, id="somebody else's"),
        pytest.param("vdab", "2027-06-15", 0, False, id="another role"),
    ],
)
def test_a_planned_screening_rests_its_ladder(law: Law, who: str, day: str, times: int, rests: bool) -> None:
    """Until the day it is planned on; the term itself does not move."""
    promised = Bezig(verwacht_op=c.TODAY, reden="x")
    due = toeleiding.due_of(DutyKind.SCREENING, "screening", c.START, c.toeleiding(law))
    duty = Duty(
        key="screening",
        kind=DutyKind.SCREENING,
        vraag="x",
        addressee=c.SCREENER,
        opened_on=c.START,
        due=due,
        bezig=(promised,) * times,
    )
    said = c.command("toeleiding", "afspraak", gepland_op=day, door=c.SPEAKERS[who])
    assert isinstance(said, Afspraak)
    found = toeleiding.planned_screening(said, c.toeleiding(law, "screening", duty), c.TODAY)
    assert found.value == (date.fromisoformat(day) if rests else None)
