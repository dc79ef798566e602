"""Days of AMA put right: weighed as when they were agreed, and the last day of the whole follows."""

from datetime import date, timedelta
from typing import Any

import pytest

from models.ama_case import AmaFacts, AmaState
from models.ama_verloop import Afspraken, GeplandEinde, Overeenkomst, Periode, Rechtzetting, Wijziging
from models.findings import Verdict
from models.law import Law
from models.messages import Rechtzetten
from models.phases import AmaGesloten, Begeleid, Gepland, Phase, Uitstroom, ZonderBetrokkene
from rules import ama
from rules.ama_rechtzetten import falls_beside_vaph, look, needs_a_look
from rules.amaboek import AMABOEK
from tests.rules.ama_examples import BEGELEIDER, MEANDER, START, agreement, facts, permission, statuut

TODAY = date(2026, 7, 1)
ENDED = date(2026, 5, 29)
EARLIER, LATER = ENDED - timedelta(days=7), ENDED + timedelta(days=7)
AHEAD = TODAY + timedelta(days=30)
LEEFLOON = {"statuten": (statuut("leefloon"),), "toestemmingen": (permission(1, "leefloon", vanaf=START),)}
OUT = Uitstroom(einde=ENDED, oorzaak="op_vraag")
DIED = ZonderBetrokkene(overleden_op=ENDED, command_id="c", vorige=Begeleid())
CLOSED = AmaGesloten(einde=ENDED, oorzaak="op_vraag", gesloten_op=ENDED)


def right(veld: str, oud: date | None, nieuw: date) -> Rechtzetten:
    told = {"veld": veld, "oud": str(oud), "nieuw": str(nieuw), "waarom": "Vergist.", "datum": TODAY}
    return Rechtzetten.model_validate(told)


def running(law: Law, phase: Phase | None = None, **other: Any) -> AmaState:
    known = {"erkend": (Periode(van=date(2026, 1, 1)),), "overeenkomsten": (agreement(),), **LEEFLOON}
    return AmaState(law=law, facts=facts(**known | other), phase=phase or Begeleid())


def ended(law: Law, phase: Phase = OUT, *others: Overeenkomst, **other: Any) -> AmaState:
    planned = GeplandEinde(einde=ENDED, oorzaak="op_vraag")
    agreements = (agreement(einde=ENDED), *others)
    return running(law, phase, overeenkomsten=agreements, gepland_einde=planned, **other)


def against(command: Rechtzetten, state: AmaState) -> dict[str, Verdict]:
    assert not list(AMABOEK.complaints(command, state, TODAY))
    found = AMABOEK.findings_against(command, state, TODAY)
    return {each.rule.partition(".")[2]: each.verdict for each in found if each.verdict is not Verdict.OK}


def after(command: Rechtzetten, state: AmaState) -> tuple[AmaFacts, Any]:
    changed, phase = AMABOEK.corrected(command, state)
    return changed, phase


def refused(command: Rechtzetten, state: AmaState) -> str:
    return next(f"{each.veld}: {each.reden}" for each in AMABOEK.complaints(command, state, TODAY))


@pytest.mark.parametrize(
    ("day", "other", "said"),
    [
        pytest.param(START + timedelta(days=1), {}, {}, id="a day later"),
        pytest.param(START - timedelta(days=1), {}, {"all_permitted": Verdict.HARD}, id="not permitted yet"),
        pytest.param(
            date(2025, 12, 1),
            {"toestemmingen": (permission(1, "leefloon"),)},
            {"recognised": Verdict.ZACHT},
            id="not recognised yet",
        ),
        pytest.param(
            START + timedelta(days=1),
            {"vaph": (Periode(van=START, tot=START + timedelta(days=1)),)},
            {"no_vaph": Verdict.HARD},
            id="beside VAPH",
        ),
        pytest.param(
            START + timedelta(days=1),
            {"achttien_op": START + timedelta(days=2)},
            {"of_age": Verdict.ZACHT},
            id="not of age",
        ),
        pytest.param(
            START + timedelta(days=1),
            {"toestemmingen": (permission(1, "leefloon", vanaf=START, vervallen=True),)},
            {},
            id="permitted then, replaced since",
        ),
        pytest.param(START - timedelta(days=1), {"ingestapt_op": TODAY}, {}, id="entered: ran before"),
    ],
)
def test_a_first_day_put_right_is_weighed_as_when_it_was_signed(
    law: Law, day: date, other: dict[str, Any], said: dict[str, Verdict]
) -> None:
    """Permission, recognition, VAPH and age; what ran before it was entered here was never refused."""
    assert against(right("overeenkomst/1.start", START, day), running(law, **other)) == said


def test_a_first_day_that_has_still_to_come_asks_what_counts_now(law: Law) -> None:
    """A permission that was replaced is no permission for a beginning."""
    state = running(
        law,
        Gepland(start=START),
        overeenkomsten=(agreement(begonnen=False),),
        toestemmingen=(permission(1, "leefloon", vanaf=START, vervallen=True),),
    )
    earlier = right("overeenkomst/1.start", START, START + timedelta(days=1))
    assert against(earlier, state) == {"all_permitted": Verdict.HARD}
    assert not needs_a_look(earlier, state)


@pytest.mark.parametrize("phase", [Begeleid(), OUT, CLOSED.model_copy(update={"overlijden": DIED})])
def test_a_last_day_that_nobody_decided_is_not_put_right(law: Law, phase: Phase) -> None:
    """It would leave an accompaniment without an agreement; the refusal names the command that does it."""
    said = refused(right("overeenkomst/1.einde", None, ENDED), running(law, phase))
    assert said == "veld: is nog niet bekend; gebruik overeenkomst_beeindigen of ama_beeindigen"


@pytest.mark.parametrize("veld", ["overeenkomst/1.einde", "einde"])
@pytest.mark.parametrize("phase", [OUT, CLOSED])
@pytest.mark.parametrize("day", [EARLIER, LATER])
def test_the_last_day_of_the_whole_follows(law: Law, veld: str, phase: Phase, day: date) -> None:
    """By either name: the agreement, the phase, what was planned and the last day that is told say the same."""
    state = ended(law, phase)
    found, now = after(right(veld, ENDED, day), state)
    assert found.gepland_einde is not None
    assert (found.overeenkomsten[0].einde, now.einde, found.gepland_einde.einde) == (day, day, day)
    assert ama.last_day_of(state.model_copy(update={"facts": found, "phase": now})) == day


def test_of_several_the_last_one_says_when_the_whole_ended(law: Law) -> None:
    """One that ended before moves nothing, and the whole does not end before it."""
    second = agreement(nummer=2, einde=EARLIER)
    state = ended(law, OUT, second)
    assert after(right("overeenkomst/2.einde", EARLIER, EARLIER - timedelta(days=1)), state)[1] == OUT
    long_before = EARLIER - timedelta(days=7)
    assert after(right("overeenkomst/1.einde", ENDED, long_before), state)[1].einde == EARLIER
    assert refused(right("einde", ENDED, long_before), state).startswith("nieuw: ligt voor de laatste dag")


def test_one_of_several_that_run_on_ends_nothing_else(law: Law) -> None:
    """The others go on: no days more, and nothing for the record to say."""
    state = running(law, overeenkomsten=(agreement(), agreement(nummer=2, einde=ENDED)))
    command = right("overeenkomst/2.einde", ENDED, LATER)
    assert after(command, state)[1] == Begeleid()
    assert not needs_a_look(command, state)


@pytest.mark.parametrize(
    ("veld", "oud", "nieuw", "phase", "said"),
    [
        ("einde", ENDED, EARLIER, Begeleid(), "veld: kan nu niet: de begeleiding is niet geëindigd"),
        ("einde", EARLIER, ENDED, OUT, "oud: is niet wat het dossier nu kent"),
        (
            "einde",
            ENDED,
            START - timedelta(days=1),
            OUT,
            "nieuw: laat de overeenkomst eindigen voor ze begint",
        ),
        (
            *("einde", ENDED, LATER, CLOSED.model_copy(update={"overlijden": DIED})),
            "nieuw: ligt na het overlijden",
        ),
        ("overeenkomst/2.einde", ENDED, EARLIER, OUT, "veld: noemt een overeenkomst die er niet is"),
        (
            *("overeenkomst/1.start", START, ENDED + timedelta(days=1), OUT),
            "nieuw: laat de overeenkomst eindigen voor ze begint",
        ),
    ],
)
def test_a_day_that_cannot_be_is_refused(
    law: Law, veld: str, oud: date, nieuw: date, phase: Phase, said: str
) -> None:
    """The refusal says which part of the correction is wrong, and repeats no value."""
    assert refused(right(veld, oud, nieuw), ended(law, phase)) == said


def test_an_agreement_does_not_begin_after_the_last_day_that_was_signed(law: Law) -> None:
    """Also while it runs and has no last day of its own yet."""
    state = running(law, overeenkomsten=(agreement(afgesproken_einde=ENDED),))
    assert refused(right("overeenkomst/1.start", START, LATER), state).startswith("nieuw: laat")


def test_days_more_are_never_beside_vaph(law: Law) -> None:
    """A last day is moved back freely, and forward only where nothing stands in the way."""
    state = ended(law, OUT, vaph=(Periode(van=LATER),))
    for veld in ("overeenkomst/1.einde", "einde"):
        assert against(right(veld, ENDED, LATER), state) == {"no_vaph": Verdict.HARD}
        assert not against(right(veld, ENDED, LATER - timedelta(days=1)), state)


@pytest.mark.parametrize(
    ("veld", "oud", "nieuw", "known"),
    [
        pytest.param("vaph/1.tot", None, LATER, (Periode(van=START, tot=LATER),), id="it ended"),
        pytest.param(
            "vaph/1.tot", None, date(2027, 1, 4), (Periode(van=START, tot=date(2027, 1, 4)),), id="it will"
        ),
        pytest.param("vaph/1.van", START, EARLIER, (Periode(van=EARLIER),), id="it began later"),
        pytest.param(
            "vaph/2.van", None, LATER, (Periode(van=START), Periode(van=LATER)), id="one more began"
        ),
    ],
)
def test_support_by_the_vaph_is_told_as_it_is(
    law: Law, veld: str, oud: date | None, nieuw: date, known: tuple[Periode, ...]
) -> None:
    """That it ends or begins, also on a day that has still to come; what must not be beside it is weighed elsewhere."""
    state = running(law, vaph=(Periode(van=START),))
    command = right(veld, oud, nieuw)
    assert against(command, state) == {}
    assert after(command, state)[0].vaph == known


@pytest.mark.parametrize(
    ("veld", "oud", "nieuw", "said"),
    [
        (
            "vaph/1.tot",
            None,
            START - timedelta(days=1),
            "nieuw: laat de ondersteuning eindigen voor ze begint",
        ),
        ("vaph/1.tot", START, LATER, "oud: is niet wat het dossier nu kent"),
        ("vaph/2.tot", None, LATER, "veld: noemt een periode die er niet is"),
        ("vaph/3.van", None, LATER, "veld: noemt een periode die er niet is"),
        ("vaph/1.tot", None, date(2100, 1, 1), "nieuw: ligt verder dan de dagen die het dossier kent"),
    ],
)
def test_support_that_cannot_be_is_refused(
    law: Law, veld: str, oud: date | None, nieuw: date, said: str
) -> None:
    """A period that nobody told, another old day, or an order of days that cannot be."""
    assert refused(right(veld, oud, nieuw), running(law, vaph=(Periode(van=START),))) == said


@pytest.mark.parametrize(
    ("phase", "planned", "looks"),
    [
        (Begeleid(), None, True),
        (Begeleid(), EARLIER, False),
        (Gepland(start=START), None, False),
        (OUT, None, False),
    ],
)
def test_support_beside_what_runs_is_for_a_human(
    law: Law, phase: Phase, planned: date | None, looks: bool
) -> None:
    """What has still to begin looks by itself on its first day; nothing that runs ends by itself."""
    end = GeplandEinde(einde=planned, oorzaak="op_vraag") if planned else None
    state = running(law, phase, vaph=(Periode(van=LATER),), gepland_einde=end)
    assert falls_beside_vaph(right("vaph/1.van", None, LATER), state) is looks
    assert not falls_beside_vaph(right("start", START, LATER), state)


def test_the_record_has_a_say_of_another_first_day_and_of_days_more(law: Law) -> None:
    """Days that are taken away concern nobody else."""
    state = ended(law)
    assert needs_a_look(right("overeenkomst/1.start", START, EARLIER), state)
    assert needs_a_look(right("einde", ENDED, LATER), state)
    assert not needs_a_look(right("einde", ENDED, EARLIER), state)
    assert not needs_a_look(right("overleden_op", ENDED, EARLIER), running(law, DIED))


def test_the_record_is_asked_about_the_days_that_there_are_now(law: Law) -> None:
    """Of a first day with the organisation that accompanied then, and a recognition unless it ran before the entry."""
    change = Wijziging(nummer=1, vanaf=LATER, begeleider="ORG-X", ingegaan=True)
    each = agreement(einde=ENDED, begeleider="ORG-X", wijzigingen=(change,))
    signed = each.model_copy(update={"getekend": Afspraken.model_validate(agreement_values())})
    state = ended(law, CLOSED).model_copy()
    state.facts = state.facts.model_copy(update={"overeenkomsten": (signed,)})
    first = Rechtzetting(veld="overeenkomst/1.start", oud=str(EARLIER), nieuw=str(START))
    asked = look(first, state, "ama/WZ-2026-000001")
    assert (asked.organisatie, asked.start, asked.tot, asked.eerste_dag) == (MEANDER, START, ENDED, START)
    assert asked.erkenning
    state.facts = state.facts.model_copy(update={"ingestapt_op": TODAY})
    assert not look(first, state, "ama/WZ-2026-000001").erkenning
    last = look(Rechtzetting(veld="einde", oud=str(EARLIER), nieuw=str(ENDED)), state, "ama/WZ-2026-000001")
    assert (last.organisatie, last.start, last.erkenning) == (BEGELEIDER.organisatie, START, False)


def agreement_values() -> dict[str, Any]:
    told = agreement()
    return {name: getattr(told, name) for name in ("werkpost", "begeleider", "activiteit", "uren_per_week")}


@pytest.mark.parametrize(
    ("phase", "other", "veld", "oud", "said"),
    [
        (Gepland(start=LATER), {"start": LATER, "begonnen": False}, "start", LATER, None),
        (Begeleid(), {"start": LATER, "begonnen": False}, "start", LATER, None),
        (Begeleid(), {}, "start", START, "nieuw: ligt in de toekomst"),
        (Begeleid(), {"einde": LATER}, "einde", LATER, None),
        (OUT, {"einde": ENDED}, "einde", ENDED, "nieuw: ligt in de toekomst"),
        (
            Begeleid(),
            {"start": LATER, "begonnen": False, "einde": LATER},
            "start",
            LATER,
            "veld: noemt een overeenkomst die niet begint",
        ),
    ],
    ids=["planned", "one more", "it began", "its end is announced", "all of it ended", "it never begins"],
)
def test_a_day_that_was_agreed_may_still_come(
    law: Law, phase: Phase, other: dict[str, Any], veld: str, oud: date, said: str | None
) -> None:
    """A first day until it came, and the last day of one agreement while the whole goes on; others have come."""
    state = running(law, phase, overeenkomsten=(agreement(**other),))
    command = right(f"overeenkomst/1.{veld}", oud, AHEAD)
    if said is not None:
        assert refused(command, state) == said
        return
    assert not against(command, state)
    known, then = after(command, state)
    assert getattr(known.overeenkomsten[0], veld) == AHEAD
    assert then == (Gepland(start=AHEAD) if isinstance(phase, Gepland) else phase)


def test_what_was_planned_follows_the_last_agreement(law: Law) -> None:
    """The whole ends with it because it does; an end that people asked for stays where it is."""
    for oorzaak, last in (("werkpost", AHEAD), ("op_vraag", ENDED)):
        planned = GeplandEinde.model_validate({"einde": ENDED, "oorzaak": oorzaak})
        state = running(law, overeenkomsten=(agreement(einde=ENDED),), gepland_einde=planned)
        known, _ = after(right("overeenkomst/1.einde", ENDED, AHEAD), state)
        assert known.gepland_einde is not None
        assert known.gepland_einde.einde == last
