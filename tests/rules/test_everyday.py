"""What every story has: the rulebooks are complete, and the commands of every day weigh the same in each."""

from typing import get_args

import pytest

from models.command import Answer
from models.commands import OF_KIND, SHARED
from models.duties import DutyKind
from models.law import Law
from models.phases import Phase
from models.toeleiding import Route
from rules import everyday, onthaal, onthaalboek, toeleiding, toeleidingsboek
from rules.ladder import ladder_for
from rules.onthaalboek import ONTHAALBOEK
from rules.rulebook import Rulebook
from rules.toeleidingsboek import TOELEIDINGSBOEK
from tests.rules import intake_cases as c

BOOKS = {"toeleiding": TOELEIDINGSBOEK, "onthaaltraject": ONTHAALBOEK}
IN_PHASE = {"toeleiding": toeleidingsboek.IN_PHASE, "onthaaltraject": onthaalboek.IN_PHASE}
WHO_MAY = {"toeleiding": toeleidingsboek.WHO_MAY, "onthaaltraject": onthaalboek.WHO_MAY}
TERMS = {"toeleiding": toeleiding.TERMS, "onthaaltraject": onthaal.TERMS}
ASKED = [(kind, duty) for kind, book in BOOKS.items() for duty in book.vraag]
GENERAL = ("opdracht_bezig", "opdracht_besluiten")


@pytest.mark.parametrize("kind", BOOKS)
def test_every_command_has_its_phases_and_its_senders(kind: str) -> None:
    """A new command cannot be forgotten: it says in which phase it is known, and who answers or sends it."""
    commands = set(OF_KIND[kind].values())
    shared = {OF_KIND[kind][name] for name in SHARED}
    answers = {command for command in commands if issubclass(command, Answer)}
    assert set(IN_PHASE[kind]) == commands - shared
    assert set(BOOKS[kind].answers) == answers
    assert set(WHO_MAY[kind]) == commands - answers
    assert all(WHO_MAY[kind].values())
    assert set(c.CONTENTS[kind]) == set(OF_KIND[kind])


@pytest.mark.parametrize("kind", BOOKS)
def test_every_duty_of_a_book_has_an_answer_of_its_own(kind: str) -> None:
    """Nothing is owed that nobody can answer, and no answer is for something that is never asked."""
    own = {
        duty
        for command, duties in BOOKS[kind].answers.items()
        for duty in duties
        if command not in [OF_KIND[kind][name] for name in GENERAL]
    }
    assert own == set(BOOKS[kind].vraag)


@pytest.mark.parametrize(("kind", "duty"), ASKED)
def test_every_duty_has_a_ladder_a_date_and_an_owner(law: Law, kind: str, duty: DutyKind) -> None:
    """Somebody owes it by a day that is told with its reason, and the table says who is reminded."""
    state = c.toeleiding(law) if kind == "toeleiding" else c.onthaal(law, orientaties=(c.oriented(),))
    book: Rulebook = BOOKS[kind]
    key = f"{duty}/ORG-OCMW-GENT" if duty is DutyKind.ADVIES else f"{duty}/1"
    due = book.due_of(duty, key, c.TODAY, state)
    assert due.value is not None
    assert due.value > c.TODAY or duty is DutyKind.HERSTEL
    assert all((due.reden, due.article, due.parameters))
    assert str(book.owner_of(duty, key, state).rol)
    assert ladder_for(duty, law, c.TODAY).value


@pytest.mark.parametrize("kind", BOOKS)
def test_every_term_is_that_of_a_question_of_its_book(kind: str) -> None:
    """A duty with a term after its opening is one that the story asks."""
    assert set(TERMS[kind]) <= set(BOOKS[kind].vraag)


def test_what_a_story_waits_for_has_no_exit() -> None:
    """Nobody sets aside what the next step needs: the person would wait for nobody."""
    assert set(everyday.NEVER_LEFT) == {
        *(DutyKind.AANVULLEN, DutyKind.DERDE, DutyKind.ONVOLLEDIG, DutyKind.SCREENING, DutyKind.BESLISSING),
        *(DutyKind.KERNPARTNER, DutyKind.CONTACT, DutyKind.HERSTEL),
        *(DutyKind.TOESTEMMING, DutyKind.CONTINGENT, DutyKind.BEZOEK),
    }


def test_every_route_of_the_law_is_a_route() -> None:
    """Four ways and no fifth: the decision chooses one of them (art. 9)."""
    assert set(get_args(Route)) == {"activeringstraject", "ama_se", "advies_welzijn", "geweigerd"}


def phases(kind: str) -> dict[str, Phase]:
    """A case of a kind in each phase."""
    return c.IN_TOELEIDING if kind == "toeleiding" else c.IN_ONTHAAL


ALIVE = {
    *("aanvullen", "screening", "beslissing", "beslist", "ingetrokken"),
    *("routering", "doorgifte", "kennismaking", "onthaal", "beeindigd"),
}
DEAD = {
    *("zonder_betrokkene", "beslist na overlijden", "ingetrokken na overlijden", "beeindigd na overlijden"),
}
KNOWN_IN = {
    **dict.fromkeys(SHARED, ALIVE | DEAD),
    "afronden_zonder_betrokkene": {"zonder_betrokkene"},
    "overleden": ALIVE,
    "afspraak": ALIVE,
    "overleden_ongedaan": DEAD,
}


@pytest.mark.parametrize(("kind", "phase"), [(kind, phase) for kind in BOOKS for phase in phases(kind)])
@pytest.mark.parametrize("name", SHARED)
def test_what_is_always_possible_is_possible_in_every_phase(
    law: Law, name: str, kind: str, phase: str
) -> None:
    """The same commands in both stories; a death and its undo exclude each other."""
    state = c.toeleiding(law, phase) if kind == "toeleiding" else c.onthaal(law, phase)
    told = c.command(kind, name)
    assert BOOKS[kind].in_phase(told, state) is (phase in KNOWN_IN[name])


@pytest.mark.parametrize("kind", BOOKS)
@pytest.mark.parametrize(
    ("name", "changes", "veld"),
    [
        pytest.param("overleden", {"overleden_op": "2027-06-02"}, "overleden_op", id="a death tomorrow"),
        pytest.param("overleden", {"datum": "2027-06-02"}, "datum", id="told tomorrow"),
        pytest.param("overleden", {}, None, id="a death in the past"),
        pytest.param("opdracht_bezig", {"verwacht_op": "2027-06-01"}, "verwacht_op", id="promised today"),
        pytest.param("opdracht_bezig", {"verwacht_op": "2099-01-01"}, "verwacht_op", id="past all calendars"),
        pytest.param("opdracht_bezig", {}, None, id="promised ahead"),
        pytest.param("rechtzetten", {"veld": "plan.start"}, "veld", id="no such fact"),
        pytest.param("rechtzetten", {"oud": "2027-01-06"}, "oud", id="another old value"),
        pytest.param("rechtzetten", {"nieuw": "2027-06-02"}, "nieuw", id="corrected into the future"),
        pytest.param("rechtzetten", {"nieuw": "2019-01-01"}, "nieuw", id="before the law is known"),
        pytest.param("rechtzetten", {}, None, id="a day later"),
    ],
)
def test_impossible_days_are_named(
    law: Law, kind: str, name: str, changes: dict[str, str], veld: str | None
) -> None:
    """A day that cannot be is refused with its field, in either story."""
    state = c.toeleiding(law) if kind == "toeleiding" else c.onthaal(law)
    found = list(BOOKS[kind].complaints(c.command(kind, name, **changes), state, c.TODAY))
    assert [complaint.veld for complaint in found][:1] == ([veld] if veld else [])
