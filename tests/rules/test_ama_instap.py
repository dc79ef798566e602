"""AMA that runs enters as it stands: nothing of the past is asked, and overdue evaluations are spread."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from models.actors import OPERATIES
from models.ama_case import AmaState
from models.ama_instap import AmaInstap
from models.duties import DutyKind
from models.evaluatie_case import EvaluatieFacts, EvaluatieState
from models.findings import Verdict
from models.law import Law
from models.messages import Rechtzetten
from rules import ama, ama_instap, ama_openings
from rules.amaboek import AMABOEK
from rules.evaluatieboek import due_of

OP = date(2026, 11, 9)
START = date(2018, 10, 8)
MOESTUIN, FIETSHUIS = "ORG-WP-DE-MOESTUIN", "ORG-WP-FIETSHUIS"
FIRST = {
    "werkpost": FIETSHUIS,
    "activiteit": "fietsen",
    "start": START,
    "einde": "2021-06-30",
    "uren_per_week": "8",
    "verzekerd_tot": "2021-12-31",
}
SECOND = {
    "werkpost": MOESTUIN,
    "activiteit": "moestuin",
    "start": "2021-07-01",
    "uren_per_week": "12",
    "verzekerd_tot": "2027-12-31",
}
OLD = {"statuut": "leefloon", "antwoord": "toelating", "verleend_op": "2018-09-20"}
NEW = {
    "statuut": "leefloon",
    "antwoord": "toelating",
    "verleend_op": "2021-06-20",
    "uren_per_week": "12",
    "bewijs": "map 7",
}
IN_TIME = "2026-10-01"


def told(**changes: Any) -> AmaInstap:
    """Somebody since 2018, now at a second werkpost, evaluated in time."""
    persoon = {"voornaam": "Noor", "achternaam": "Verzonnen", "geboortedatum": "1990-02-28"}
    contents = {
        "sleutel": "instap-1",
        "soort": "arbeidsmatige_activiteiten",
        "nis_code": "44021",
        "persoon": persoon | changes.pop("persoon", {}),
        "statuut": [{"code": "leefloon", "van": "2017-01-01", "bron": "OCMW"}],
        "start": START,
        "begeleider": "ORG-OCMW-GENT",
        "medewerker": "MW-0404",
        "overeenkomsten": [SECOND, FIRST],
        "toestemmingen": [NEW, OLD],
        "laatste_evaluatie": IN_TIME,
    }
    return AmaInstap.model_validate(contents | changes)


def entered(law: Law, **changes: Any) -> AmaState:
    return ama_instap.entered(told(**changes), law, OP, OPERATIES)


def test_it_enters_with_its_true_first_day_and_where_it_is_now(law: Law) -> None:
    """The anniversaries count from 2018, whatever the werkpost was then; the newest permission counts."""
    facts = entered(law).facts
    assert (facts.eerste_dag, facts.start) == (START, START)
    assert [(each.werkpost, each.begonnen, each.einde) for each in facts.overeenkomsten] == [
        (FIETSHUIS, True, date(2021, 6, 30)),
        (MOESTUIN, True, None),
    ]
    assert [(each.nummer, each.vervallen) for each in facts.toestemmingen] == [(1, True), (2, False)]
    assert (facts.te_sluiten, facts.jaar) == (2, 8)


def test_nothing_of_the_past_is_asked(law: Law) -> None:
    """No duty opens on the day itself where everything is in order; the next evaluation is the ninth."""
    state = entered(law)
    assert not state.duties
    assert not ama_instap.owed(state, OP)
    assert ama.next_evaluation(state) == 9
    assert state.facts.inhalen is None


def test_a_statuut_that_ended_long_ago_asks_nobody_anything(law: Law) -> None:
    """Of one that is known to end the end is still looked at; so is the 25th birthday of who has a Groeipakket."""
    past = {"code": "rva", "van": "2015-01-01", "tot": "2016-12-31", "bron": "RVA"}
    now = {"code": "leefloon", "van": "2017-01-01", "bron": "OCMW", "verwacht_einde": "2026-06-30"}
    assert not ama_instap.owed(entered(law, statuut=[past, {**now, "verwacht_einde": None}]), OP)
    (asked,) = ama_instap.owed(entered(law, statuut=[past, now]), OP)
    assert asked.key == "voorwaarden/2026-07-01"
    child = {"code": "groeipakket", "van": "2020-01-01", "bron": "zelf"}
    looked_at = [
        {each.key for each in ama_openings.openings(entered(law, **told))}
        for told in ({"statuut": [child]}, {})
    ]
    assert [any(key.startswith("voorwaarden/") for key in keys) for keys in looked_at] == [True, False]


@pytest.mark.parametrize(
    ("held", "counts_as"),
    [
        pytest.param("2026-10-01", 8, id="a week before the anniversary"),
        pytest.param("2026-07-30", 8, id="on the first day of the window"),
        pytest.param("2026-07-29", 7, id="the day before it: the one of last year, late"),
        pytest.param("2026-11-02", 8, id="after the anniversary"),
    ],
)
def test_a_talk_counts_as_the_evaluation_whose_window_had_opened(law: Law, held: str, counts_as: int) -> None:
    """As it would have if it had been followed."""
    state = entered(law, laatste_evaluatie=held)
    known = {each.nummer: each.gehouden_op for each in state.facts.evaluaties}
    assert known[counts_as] == date.fromisoformat(held)
    assert ama.next_evaluation(state) == (9 if counts_as == 8 else 8)


def test_of_what_was_missed_only_the_newest_is_made_up_for(law: Law) -> None:
    """On a day of its own after the entry, and due as long after it as any other; the others are left."""
    state = entered(law, laatste_evaluatie="2023-09-20")
    late = state.facts.inhalen
    assert late is not None
    assert [(each.nummer, each.gehouden_op) for each in state.facts.evaluaties] == [
        (5, date(2023, 9, 20)),
        (7, None),
    ]
    assert (late.nummer, ama.next_evaluation(state)) == (8, 8)
    assert OP < late.vanaf <= date(2027, 5, 9)
    assert ama.evaluation_opens(8, state).value == late.vanaf
    assert ama.made_up_by(8, late.vanaf, state).value == late.vanaf + timedelta(weeks=10)
    assert ama.made_up_by(9, late.vanaf, state).value is None
    stand = AMABOEK.shown(state).ama
    assert stand is not None
    assert stand.evaluatie is not None
    assert stand.evaluatie.vanaf == late.vanaf  # the yearly round waits for that day too


def test_a_window_that_opens_by_then_takes_its_place(law: Law) -> None:
    """Nobody is evaluated twice in a few months for what is past."""
    soon = {**SECOND, "start": "2021-12-06"}
    state = entered(law, start="2021-12-06", overeenkomsten=[soon], laatste_evaluatie=None, toestemmingen=[])
    assert state.facts.inhalen is None
    assert ama.next_evaluation(state) == 5
    assert ama.evaluation_opens(5, state).value == date(2026, 9, 27)


@pytest.mark.parametrize("first", [date(2018, 1, 8) + timedelta(days=9 * n) for n in range(40)])
def test_two_are_never_owed_at_once(law: Law, first: date) -> None:
    """What is made up for is due before the window of the next one opens, else only that one is asked."""
    agreed = {**SECOND, "start": first}
    state = entered(
        law, start=first, overeenkomsten=[agreed], laatste_evaluatie=None, sleutel=f"instap-{first}"
    )
    late = state.facts.inhalen
    if late is None:
        return
    due, following = ama.made_up_by(late.nummer, late.vanaf, state).value, late.nummer + 1
    opens = ama.evaluation_opens(following, state).value
    assert due is not None
    assert opens is not None
    assert due < opens


def test_two_hundred_are_spread_over_six_months(law: Law) -> None:
    """By a stable hash: the same file gives the same days, and no day gets many."""
    days = [ama_instap.spread(f"instap-{n}", OP, law).value for n in range(200)]
    assert days == [ama_instap.spread(f"instap-{n}", OP, law).value for n in range(200)]
    assert all(OP < day <= date(2027, 5, 9) for day in days)
    assert max(Counter(days).values()) <= 8
    assert len({(day.year, day.month) for day in days}) >= 6


def test_no_event_repeats_a_permission_or_a_statuut(law: Law) -> None:
    """They are told to the record for the organisation of the begeleider, and to nobody else (art. 32)."""
    state = entered(law)
    (event,) = state.events
    text = event.model_dump_json()
    assert not any(word in text for word in ("leefloon", "toelating", "map 7", "Noor", "1990"))
    assert [(each.organisatie, each.toestemming.nummer) for each in state.toestemmingen] == [
        ("ORG-OCMW-GENT", 1),
        ("ORG-OCMW-GENT", 2),
    ]


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        ("ama.of_age", {"persoon": {"geboortedatum": "1959-07-15"}}),
        ("ama.no_vaph", {"vaph": [{"van": "2026-01-01"}]}),
    ],
)
def test_what_runs_is_shown_and_never_refused(law: Law, rule: str, changes: dict[str, Any]) -> None:
    """Refusing it would leave the person with nobody who owes anything."""
    assert not list(ama_instap.complaints(told(**changes), law, OP))
    found = ama_instap.weighed(entered(law, **changes), OP)
    assert [each.rule for each in found] == [rule]
    assert found[0].verdict is not Verdict.OK


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("start", {"start": OP.isoformat()}),
        ("start", {"start": "2017-12-31"}),
        ("persoon.geboortedatum", {"persoon": {"geboortedatum": "2019-01-01"}}),
        ("overeenkomsten", {"overeenkomsten": [SECOND]}),
        ("overeenkomsten", {"overeenkomsten": [FIRST]}),
        ("overeenkomsten.0.einde", {"overeenkomsten": [{**FIRST, "einde": "2027-01-01"}, SECOND]}),
        ("laatste_evaluatie", {"laatste_evaluatie": "2018-10-07"}),
        ("laatste_evaluatie", {"laatste_evaluatie": "2026-11-10"}),
        ("toestemmingen.0.verleend_op", {"toestemmingen": [{**NEW, "verleend_op": "2026-12-01"}]}),
        ("opschortingen.0.van", {"opschortingen": [{"van": "2018-01-01", "oorzaak": "ziekte"}]}),
        (
            "opschortingen.0.tot",
            {"opschortingen": [{"van": "2026-05-01", "tot": "2026-05-01", "oorzaak": "ziekte"}]},
        ),
    ],
)
def test_what_is_impossible_is_named_by_its_field(law: Law, field: str, changes: dict[str, Any]) -> None:
    """Days before the start or in the future, and agreements that do not cover what is said."""
    assert field in [complaint.veld for complaint in ama_instap.complaints(told(**changes), law, OP)]


@pytest.mark.parametrize(
    ("said", "changes"),
    [
        ("einde ligt voor start", {"overeenkomsten": [{**FIRST, "einde": "2018-01-01"}]}),
        ("tot ligt voor vanaf", {"toestemmingen": [{**NEW, "tot": "2020-01-01"}]}),
        ("ligt na 2199", {"toestemmingen": [{**NEW, "tot": "9999-12-31"}]}),
        ("antwoord", {"toestemmingen": [{**NEW, "antwoord": "geweigerd"}]}),
        ("overeenkomsten", {"overeenkomsten": []}),
    ],
)
def test_what_an_entry_cannot_say(said: str, changes: dict[str, Any]) -> None:
    """A permission that was refused is none, and without an agreement nothing runs."""
    with pytest.raises(ValidationError, match=said):
        told(**changes)


def test_what_is_made_up_for_is_due_by_its_own_day(law: Law) -> None:
    """Not on an anniversary that passed long ago: nobody is late on the day they are first asked."""
    facts = EvaluatieFacts(
        reference="WZ-2018-000001",
        nis_code="44021",
        start=date(2027, 2, 1),
        nummer=8,
        ama="ama/WZ-2018-000001",
        begeleider=told().trekker,
        verjaardag=date(2026, 10, 8),
        tegen=date(2027, 4, 12),
    )
    due = due_of(DutyKind.EVALUATIE, "evaluatie", facts.start, EvaluatieState(law=law, facts=facts))
    assert due.value == date(2027, 4, 12)


@pytest.mark.parametrize(
    ("field", "old", "new", "refused"),
    [
        ("overeenkomst/1.start", "2018-10-08", "2018-10-01", False),
        ("overeenkomst/1.einde", "2021-06-30", "2021-06-29", False),
        ("opschorting/1.tot", "2026-10-15", "2026-10-20", False),
        ("start", "2018-10-08", "2018-01-01", False),
        ("start", "2018-10-08", "2017-12-31", True),
        ("opschorting/1.van", "2026-09-01", "2017-12-31", True),
    ],
)
def test_what_was_entered_wrongly_is_put_right(
    law: Law, field: str, old: str, new: str, refused: bool
) -> None:
    """Its first day lies before the days off that the file knows: as far back as the yearly evaluation is known."""
    rest = {"van": "2026-09-01", "tot": "2026-10-15", "oorzaak": "ziekte"}
    state = entered(law, opschortingen=[rest])
    command = Rechtzetten(datum=OP, veld=field, oud=old, nieuw=new, waarom="tikfout")
    assert [each.veld for each in AMABOEK.complaints(command, state, OP)] == ["nieuw"] * refused
