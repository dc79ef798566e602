"""The dates of an onthaaltraject: the hand-off, who is unreachable when, consent, and the day of the erasure."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.actors import OPERATIES, Actor
from models.commands import OF_KIND, SHARED
from models.duties import Duty, DutyKind
from models.findings import Finding, Verdict
from models.law import Law, LawOrder, Lijstcode, changes
from models.onthaal import OnthaalContactpoging
from models.onthaal_case import Doorgegeven, OnthaalState, Toestemming
from models.phases import Beeindigd, Onthaal
from rules import onthaal
from rules.calendar import is_working_day
from rules.onthaalboek import ONTHAALBOEK as BOOK
from tests.law import AS_OF, HORIZON, shipped_tables
from tests.rules import cases
from tests.rules import intake_cases as c

HELD = {"kennismaking", "onthaal"}
KNOWN_IN: dict[str, set[str]] = {
    "ontvangst_bevestigen": {"doorgifte"},
    "ontvangst_teruggeven": {"doorgifte"},
    "kernpartner_aanduiden": {"routering"},
    "onthaal_contactpoging": HELD,
    "onthaal_starten": {"kennismaking"},
    "contact_weigeren": {"doorgifte", "kennismaking"},
    "onbereikbaar_vaststellen": HELD,
    "toestemming_geven": {"onthaal"},
    "toestemming_intrekken": {"onthaal"},
    "levensdomein_vastleggen": {"onthaal"},
    "rechten_meten": {"onthaal"},
    "orienteren": {"onthaal"},
    "aankomst_melden": {"routering", "doorgifte", *HELD, "beeindigd"},
    "warme_overdracht": {"onthaal"},
    "nog_nodig_antwoorden": {"onthaal"},
    "onthaal_beeindigen": HELD,
    "onthaal_heropenen": {"beeindigd"},
}
"""In which phases a command makes sense."""
SENT = [name for name in c.ONTHAAL if "opdracht" not in c.ONTHAAL[name]]
OWNED: list[tuple[DutyKind, str, Actor]] = [
    (DutyKind.KERNPARTNER, "kernpartner", OPERATIES),
    (DutyKind.ONTVANGST, "ontvangst", c.CAW),
    (DutyKind.CONTACT, "contact", c.CAW),
    (DutyKind.AANKOMST, "aankomst/1", c.ADVISER),
    (DutyKind.NOG_NODIG, "nog_nodig/1", c.CAW),
    (DutyKind.AFRONDING, "afronding", c.CAW),
    (DutyKind.HERSTEL, "herstel/x#1", OPERATIES),
]
"""Who owes each kind of duty."""


@pytest.mark.parametrize(
    ("kind", "opened", "due"),
    [
        pytest.param("kernpartner", "2027-01-04", "2027-01-06", id="two working days to name one"),
        pytest.param("kernpartner", "2027-01-08", "2027-01-12", id="over a weekend"),
        pytest.param("kernpartner", "2027-03-26", "2027-03-31", id="over Easter"),
        pytest.param("ontvangst", "2027-01-04", "2027-01-11", id="five to acknowledge"),
        pytest.param("ontvangst", "2027-01-09", "2027-01-15", id="sent on a Saturday"),
        pytest.param("ontvangst", "2027-05-03", "2027-05-11", id="over Ascension Day"),
        pytest.param("contact", "2027-01-04", "2027-01-18", id="ten to make contact"),
        pytest.param("contact", "2026-12-21", "2027-01-06", id="over Christmas and New Year"),
        pytest.param("aankomst", "2027-01-04", "2027-01-25", id="fifteen to hear of an arrival"),
        pytest.param("aankomst", "2027-10-27", "2027-11-19", id="over All Saints and Armistice Day"),
        pytest.param("nog_nodig", "2027-01-04", "2027-01-18", id="ten to say whether it is needed"),
    ],
)
def test_what_is_asked_has_its_term(law: Law, kind: str, opened: str, due: str) -> None:
    """In working days from the day it was asked, by an assumed parameter."""
    found = BOOK.due_of(DutyKind(kind), f"{kind}/1", date.fromisoformat(opened), c.onthaal(law))
    assert (found.value, found.status) == (date.fromisoformat(due), "assumed")


@given(opened=st.dates(date(2025, 1, 1), date(2031, 6, 1)), kind=st.sampled_from(sorted(onthaal.VRAAG)))
def test_every_term_ends_on_a_working_day_after_it_began(law: Law, opened: date, kind: DutyKind) -> None:
    """Nothing is due on a day on which nobody works, nor on the day it is asked, but for a repair."""
    due = BOOK.due_of(kind, f"{kind}/1", opened, c.onthaal(law)).value
    assert due is not None
    assert is_working_day(due, law)
    assert due > opened or kind is DutyKind.HERSTEL


def test_the_standing_order_has_a_name_and_a_date(law: Law) -> None:
    """The day after the date the data go on, because VDAB said so: who and when stand with it (art. 4)."""
    due = Finding[date | None](value=date(2027, 1, 8), rule="x", article="x", reden="x")
    asked = cases.duty(DutyKind.ONTVANGST, "ontvangst", c.CAW, due=due)
    found = onthaal.retransmitted(c.onthaal(law, "doorgifte", asked))
    assert (found.value, found.article) == (date(2027, 1, 9), "D2022 art. 4")
    assert "hoofd van de dienst toeleiding, 1 juli 2023" in found.reden


ENOUGH = (
    c.attempt("telefoon", "voormiddag"),
    c.attempt("brief", "namiddag", bezoek=True),
    c.attempt("telefoon", "avond"),
)
ASKED_HELPER = c.attempt("hulpverlener", "voormiddag")
THREE_WEEKS = date(2027, 1, 25)


@pytest.mark.parametrize(
    ("tried", "today", "helper", "lacking"),
    [
        pytest.param(ENOUGH, THREE_WEEKS, False, [], id="enough"),
        pytest.param(ENOUGH, date(2027, 1, 24), False, ["3 weken"], id="a day too soon"),
        pytest.param(ENOUGH[:2], THREE_WEEKS, False, ["3 pogingen"], id="two attempts"),
        pytest.param(
            (*ENOUGH[:2], ASKED_HELPER), THREE_WEEKS, True, ["3 pogingen"], id="asking the helper is none"
        ),
        pytest.param(ENOUGH, THREE_WEEKS, True, ["hulpverlener"], id="the helper was not asked"),
        pytest.param((*ENOUGH, ASKED_HELPER), THREE_WEEKS, True, [], id="the helper was asked"),
        pytest.param(
            tuple(c.attempt(kanaal, "avond", bezoek=True) for kanaal in ("telefoon", "brief", "sms")),
            THREE_WEEKS,
            False,
            ["verschillende momenten"],
            id="always in the evening",
        ),
        pytest.param(
            tuple(
                c.attempt("telefoon", moment, bezoek=True) for moment in ("avond", "voormiddag", "weekend")
            ),
            THREE_WEEKS,
            False,
            ["2 kanalen"],
            id="always by phone",
        ),
        pytest.param(
            (*ENOUGH[::2], c.attempt("sms", "namiddag")),
            THREE_WEEKS,
            False,
            ["een bezoek"],
            id="no visit offered",
        ),
        pytest.param(
            (),
            c.START,
            True,
            ["3 weken", "3 pogingen", "verschillende momenten", "2 kanalen", "hulpverlener", "een bezoek"],
            id="nothing yet",
        ),
    ],
)
def test_who_is_unreachable(
    law: Law, tried: tuple[OnthaalContactpoging, ...], today: date, helper: bool, lacking: list[str]
) -> None:
    """Time, attempts, moments, channels, the helper and an offered visit; what lacks is named and asks a reason."""
    state = c.onthaal(law, "kennismaking", pogingen=tried, heeft_helper=helper)
    found = onthaal.tried_enough(state, today)
    assert (found.value, found.verdict) == (not lacking, Verdict.ZACHT if lacking else Verdict.OK)
    assert [words for words in WORDS if words in found.reden] == lacking
    weighed = BOOK.findings_against(c.command("onthaaltraject", "onbereikbaar_vaststellen"), state, today)
    assert weighed == (found,)


WORDS = ("3 weken", "3 pogingen", "verschillende momenten", "2 kanalen", "hulpverlener", "een bezoek")


def test_the_weeks_count_from_the_partner_that_tries(law: Law) -> None:
    """A second partner has its own three weeks, from its own acknowledgement."""
    second = Doorgegeven(aan=c.DMW, van=date(2027, 3, 1), afgeleverd_op=date(2027, 3, 3))
    first = Doorgegeven(aan=c.CAW, van=c.START, tot=date(2027, 3, 1))
    state = c.onthaal(law, "kennismaking", pogingen=ENOUGH, doorgiften=(first, second))
    assert not onthaal.tried_enough(state, date(2027, 3, 23)).value
    assert onthaal.tried_enough(state, date(2027, 3, 24)).value


@pytest.mark.parametrize(
    ("scope", "met", "given_", "allowed"),
    [
        pytest.param("rechten", None, (), False, id="never asked"),
        pytest.param("rechten", None, c.consent("rechten"), True, id="given"),
        pytest.param("rechten", None, c.consent("levensdomeinen"), False, id="given for something else"),
        pytest.param("rechten", None, c.consent("rechten", tot=c.TODAY), False, id="taken back"),
        pytest.param(
            "rechten",
            None,
            (*c.consent("rechten", tot=c.TODAY), *c.consent("rechten")),
            True,
            id="given again",
        ),
        pytest.param("overdracht", "ORG-A", c.consent("overdracht"), True, id="with anybody"),
        pytest.param(
            "overdracht",
            "ORG-A",
            (Toestemming(reikwijdte="overdracht", met=("ORG-A", "ORG-B"), van=c.START),),
            True,
            id="with this one",
        ),
        pytest.param(
            "overdracht",
            "ORG-C",
            (Toestemming(reikwijdte="overdracht", met=("ORG-A", "ORG-B"), van=c.START),),
            False,
            id="not with this one",
        ),
    ],
)
def test_consent_has_a_scope(
    scope: str, met: str | None, given_: tuple[Toestemming, ...], allowed: bool
) -> None:
    """Explicit, for one thing, with whom was said, and until it is taken back (LSB art. 11)."""
    found = onthaal.consented(scope, c.handed_off(toestemmingen=given_), met)
    assert (found.value, found.article) == (allowed, "LSB art. 11")


@pytest.mark.parametrize(
    ("ended", "erased"),
    [
        pytest.param("2027-06-01", "2028-06-01", id="a year"),
        pytest.param("2028-02-29", "2029-02-28", id="leap day"),
        pytest.param("2027-02-28", "2028-02-28", id="before a leap day"),
        pytest.param("2027-12-31", "2028-12-31", id="a Sunday does not move"),
    ],
)
def test_the_data_are_erased_a_year_after_the_end(law: Law, ended: str, erased: str) -> None:
    """A maximum of the law: no weekend and no holiday moves it (art. 6)."""
    told = {"oorzaak": "op_vraag", "einde": ended, "gesloten_op": "2028-03-01"}
    phase = Beeindigd.model_validate(told)
    state = c.onthaal(law, phase)
    found = onthaal.erase_on(phase, state)
    assert (found.value, found.article, found.status) == (date.fromisoformat(erased), "D2022 art. 6", "law")
    opening = onthaal.next_opening(state)
    assert opening is not None
    assert (opening.kind, opening.alarm.on) == (None, found)
    assert {each.naam: each.on for each in BOOK.current_dates(state)} == {"wissen op": found}


@pytest.mark.parametrize(
    ("started", "asked"),
    [
        pytest.param("2027-01-04", ["2027-04-04", "2027-07-04", "2028-01-04", "2029-01-04"], id="a Monday"),
        pytest.param("2027-11-30", ["2028-02-29", "2028-05-30", "2028-11-30", "2029-11-30"], id="a leap day"),
    ],
)
@pytest.mark.parametrize("ronde", [1, 2])
def test_whether_it_is_needed_is_asked_for_ever(law: Law, started: str, asked: list[str], ronde: int) -> None:
    """At three, six and twelve months and then every year: an open onthaaltraject always has a next date."""
    phase = Onthaal(gestart_op=date.fromisoformat(started))
    duties: list[Duty] = []
    for n, day in enumerate(asked, start=1):
        opening = onthaal.next_opening(c.onthaal(law, phase, *duties, ronde=ronde))
        assert opening is not None
        assert opening.key == f"nog_nodig/{n}" + (f"/{ronde}" if ronde > 1 else "")
        assert opening.alarm.on.value == date.fromisoformat(day)
        duties.append(cases.duty(DutyKind.NOG_NODIG, opening.key, c.CAW))


@pytest.mark.parametrize(
    ("key", "told", "veld"),
    [
        pytest.param("nog_nodig/2", {"nodig": True}, None, id="at six months no reason is asked"),
        pytest.param("nog_nodig/3", {"nodig": True}, "waarom", id="at twelve months it is"),
        pytest.param("nog_nodig/4", {"nodig": True}, "waarom", id="and every year after it"),
        pytest.param("nog_nodig/3/2", {"nodig": True}, "waarom", id="also after a reopening"),
        pytest.param("nog_nodig/3", {"nodig": True, "waarom": "x"}, None, id="with a reason"),
        pytest.param("nog_nodig/3", {"nodig": False}, None, id="no longer needed"),
    ],
)
def test_after_a_year_somebody_says_why(law: Law, key: str, told: dict[str, Any], veld: str | None) -> None:
    """An onthaaltraject that still runs after twelve months has a reason."""
    command = c.command("onthaaltraject", "nog_nodig_antwoorden", opdracht=key, **told)
    asked = cases.duty(DutyKind.NOG_NODIG, key, c.CAW)
    if "waarom" not in told:
        command = command.model_copy(update={"waarom": None})
    found = list(BOOK.complaints(command, c.onthaal(law, "onthaal", asked), c.TODAY))
    assert [complaint.veld for complaint in found] == ([veld] if veld else [])


@pytest.mark.parametrize("phase", c.IN_ONTHAAL)
@pytest.mark.parametrize("name", KNOWN_IN)
def test_a_phase_knows_its_commands(law: Law, name: str, phase: str) -> None:
    """What makes no sense where the person stands is refused; after a death nothing of its own is known."""
    told = c.command("onthaaltraject", name)
    assert BOOK.in_phase(told, c.onthaal(law, phase)) is (phase in KNOWN_IN[name])


def test_the_tables_are_complete() -> None:
    """Every command of an onthaaltraject and every kind of duty stands in the tables above."""
    assert set(KNOWN_IN) == set(OF_KIND["onthaaltraject"]) - set(SHARED)
    assert {kind for kind, _, _ in OWNED} == set(BOOK.vraag)


@pytest.mark.parametrize("who", c.SPEAKERS)
@pytest.mark.parametrize("name", SENT)
def test_only_who_has_the_person_sends_something(law: Law, name: str, who: str) -> None:
    """The kernpartner that has the person now, and operations; never another kernpartner, nor VDAB."""
    allowed = BOOK.may_send(c.SPEAKERS[who], c.command("onthaaltraject", name), c.onthaal(law))
    expected = {"operaties"} | ({"kernpartner"} if name != "herzie_parameters" else set())
    assert allowed is (who in expected)


@pytest.mark.parametrize("name", SENT)
def test_an_earlier_partner_sends_nothing_any_more(law: Law, name: str) -> None:
    """Its access ended at the reroute."""
    first = Doorgegeven(aan=c.CAW, van=c.START, tot=c.TODAY)
    state = c.onthaal(law, doorgiften=(first, Doorgegeven(aan=c.DMW, van=c.TODAY)))
    assert not BOOK.may_send(c.CAW, c.command("onthaaltraject", name), state)
    assert BOOK.may_send(c.DMW, c.command("onthaaltraject", name), state) is (name != "herzie_parameters")


@pytest.mark.parametrize(("kind", "key", "owner"), OWNED, ids=[str(kind) for kind, _, _ in OWNED])
def test_every_duty_has_its_owner_and_only_the_owner_answers(
    law: Law, kind: DutyKind, key: str, owner: Actor
) -> None:
    """Of everybody in every role only who owes it answers it; with nobody who has the person it is of operations."""
    chosen = (c.oriented(ontvanger="ORG-OCMW-GENT"),)
    state = c.onthaal(law, orientaties=chosen)
    assert BOOK.owner_of(kind, key, state) == owner
    owed = cases.duty(kind, key, owner)
    answer = c.command("onthaaltraject", "opdracht_bezig", opdracht=key)
    may = {who for who, actor in c.SPEAKERS.items() if BOOK.may_answer(actor, owed, answer, state)}
    assert may == {who for who, actor in c.SPEAKERS.items() if actor.speaks_for(owner)}
    nobody = c.onthaal(law, doorgiften=(), orientaties=(c.oriented(),))
    assert BOOK.owner_of(kind, key, nobody) == OPERATIES


def test_silence_is_heard_by_who_leads(law: Law) -> None:
    """The teamcoordinator of the kernpartner, else operations."""
    assert BOOK.next_in_line(c.CAW, c.onthaal(law)) == c.HEAD_CAW
    assert BOOK.next_in_line(c.DMW, c.onthaal(law)) == OPERATIES


@pytest.mark.parametrize(
    ("name", "contents", "wrong"),
    [
        pytest.param("levensdomein_vastleggen", {}, {}, id="a life domain"),
        pytest.param("levensdomein_vastleggen", {"domein": "tuin"}, {"domein"}, id="an unknown domain"),
        pytest.param("levensdomein_vastleggen", {"domein": "maximumfactuur"}, {"domein"}, id="of the other list"),
        pytest.param("rechten_meten", {}, {}, id="a benefit"),
        pytest.param(
            "rechten_meten",
            {"rechten": [{"code": "maximumfactuur", "recht": "ja"}, {"code": "cadeaubon", "recht": "ja"}]},
            {"rechten.1.code"},
            id="one of two benefits",
        ),
        pytest.param("rechten_meten", {"datum": "2023-06-30"}, {"rechten.0.code"}, id="before its period"),
    ],
)  # fmt: skip
def test_a_code_is_on_its_list_on_the_day_it_is_about(
    listed: Law, name: str, contents: dict[str, Any], wrong: set[str]
) -> None:
    """What is not on it is refused by field, without repeating it; a case without lists refuses none."""
    said = c.command("onthaaltraject", name, **contents)
    state = c.onthaal(listed, toestemmingen=c.consent("levensdomeinen", "rechten"))
    found = [each for each in BOOK.complaints(said, state, c.TODAY) if "lijst" in each.reden]
    assert {each.veld for each in found} == set(wrong)
    assert not any(code in each.reden for each in found for code in ("tuin", "cadeaubon", "maximumfactuur"))
    without = c.onthaal(listed.model_copy(update={"codes": ()}))
    assert not list(onthaal.off_the_lists(said, without.law))


@pytest.fixture(scope="module")
def listed() -> Law:
    """The law of an onthaaltraject, with its lists."""
    return shipped_tables().snapshot(LawOrder(as_of=AS_OF, horizon=HORIZON, lijsten=True))


def test_the_lists_are_in_the_law_of_who_asks_for_them(law: Law, listed: Law) -> None:
    """Fifteen life domains and twenty-two benefits; another trajectory carries none of them."""
    codes = {
        name: {c.code for c in listed.codes if c.lijst == name} for name in ("levensdomeinen", "rechten")
    }
    assert ({name: len(found) for name, found in codes.items()}, law.codes) == (
        {"levensdomeinen": 15, "rechten": 22},
        (),
    )


def test_a_case_takes_over_what_its_lists_became(listed: Law) -> None:
    """Beyond its horizon by itself; inside it only with the command that says what changed."""
    new = Lijstcode(lijst="rechten", code="nieuw_recht", geldig_van=date(2033, 1, 1))
    inside = new.model_copy(update={"geldig_van": date(2026, 1, 1)})
    later = listed.model_copy(update={"codes": (*listed.codes, inside, new), "horizon": date(2034, 1, 1)})
    assert listed.extended(later).codes == (*listed.codes, new)
    assert [each for each in changes(listed, later) if "lijst" in each] == [
        "lijst rechten: nieuw_recht (2026-01-01 – nu) komt bij",
        "lijst rechten: nieuw_recht (2033-01-01 – nu) komt bij",
    ]


def test_after_an_undone_death_a_partner_has_its_term_again(law: Law) -> None:
    """Nobody could acknowledge meanwhile, so nobody was silent; other terms stay as they were."""
    for kind, again in ((DutyKind.ONTVANGST, True), (DutyKind.CONTACT, False)):
        before = BOOK.due_of(kind, str(kind), c.START, c.onthaal(law)).value
        state = c.onthaal(law, hervat_op=date(2027, 3, 1))
        after = BOOK.due_of(kind, str(kind), c.START, state).value
        assert (after != before, after == date(2027, 3, 8)) == (again, again)


def test_vdab_hears_two_days_of_the_last_transmission(law: Law) -> None:
    """Which one it was, when it was sent and when it was delivered (art. 4-6)."""
    first = Doorgegeven(aan=c.CAW, van=c.START, tot=date(2027, 1, 12))
    second = Doorgegeven(aan=c.DMW, van=date(2027, 1, 12))
    told = onthaal.told_to_vdab(c.handed_off(doorgiften=(first, second)))
    assert told.model_dump(exclude={"versie"}) == {
        "nummer": 2,
        "verzonden_op": date(2027, 1, 12),
        "afgeleverd_op": None,
    }
    taken = second.model_copy(update={"afgeleverd_op": date(2027, 1, 14)})
    assert onthaal.told_to_vdab(c.handed_off(doorgiften=(first, taken))).afgeleverd_op == date(2027, 1, 14)


@pytest.mark.parametrize(
    ("veld", "phase"), [("gestart_op", "onthaal"), ("einde", "beeindigd")], ids=["first talk", "end"]
)
def test_the_first_talk_and_the_end_can_be_put_right(law: Law, veld: str, phase: str) -> None:
    """The phase knows another day, the dates follow, and back again is as before."""
    before = c.onthaal(law, phase)
    nieuw = "2027-05-20"

    def correct(state: OnthaalState, oud: str, new: str) -> OnthaalState:
        said = c.command("onthaaltraject", "rechtzetten", veld=veld, oud=oud, nieuw=new, waarom="x")
        assert not list(BOOK.complaints(said, state, c.TODAY))
        facts, where = BOOK.corrected(said, state)
        return state.model_copy(update={"facts": facts, "phase": where})

    after = correct(before, str(c.TODAY), nieuw)
    assert str(getattr(after.phase, veld)) == nieuw
    assert onthaal.next_opening(after) != onthaal.next_opening(before)
    assert correct(after, nieuw, str(c.TODAY)) == before


@pytest.mark.parametrize(
    ("veld", "phase", "oud", "nieuw", "wrong"),
    [
        ("gestart_op", "kennismaking", "2027-06-01", "2027-05-20", "veld"),
        ("einde", "onthaal", "2027-06-01", "2027-05-20", "veld"),
        ("einde", "beeindigd", "2027-05-31", "2027-05-20", "oud"),
        ("einde", "beeindigd", "2027-06-01", "morgen", "nieuw"),
        ("einde", "beeindigd", "2027-06-01", "2027-01-03", "nieuw"),
        ("gestart_op", "onthaal", "2027-06-01", "2027-06-02", "nieuw"),
    ],
)
def test_what_cannot_be_put_right_is_named(
    law: Law, veld: str, phase: str, oud: str, nieuw: str, wrong: str
) -> None:
    """A phase without that day, another old value, no date, before the start, or ahead."""
    said = c.command("onthaaltraject", "rechtzetten", veld=veld, oud=oud, nieuw=nieuw, waarom="x")
    assert [each.veld for each in BOOK.complaints(said, c.onthaal(law, phase), c.TODAY)] == [wrong]


@pytest.mark.parametrize(
    ("day", "wrong"), [("1900-02-28", ["datum"]), ("2027-01-03", ["datum"]), ("2027-01-04", [])]
)
def test_the_first_talk_is_not_before_the_start(law: Law, day: str, wrong: list[str]) -> None:
    """Everything after it is counted from that day, under a law that the case must know."""
    said = c.command("onthaaltraject", "onthaal_starten", datum=day)
    found = BOOK.complaints(said, c.onthaal(law, "kennismaking"), c.TODAY)
    assert [each.veld for each in found] == wrong
