"""What a story expects is compared with the record, one readable difference a thing."""

from datetime import date
from typing import Any

import pytest

from models.lines import DocumentLine, DutyLine, MessageLine
from player.expectations import Result, differences
from player.story import Verwacht

BEGIN = date(2027, 1, 4)


def duty(key: str, **facts: Any) -> DutyLine:
    """A duty of a dossier; only what is compared matters."""
    every = dict.fromkeys(DutyLine.model_fields)
    texts = dict.fromkeys(("workflow_id", "reference", "kind", "vraag", "rol", "org"), "x")
    rest = {"status": "open", "opened_on": BEGIN, "due_version": 1, "due_finding": {}, "passed": []}
    return DutyLine.model_validate({**every, **texts, **rest, "key": key, **facts})


def message(**facts: Any) -> MessageLine:
    """A message that was sent; only what is compared matters."""
    every = dict.fromkeys(MessageLine.model_fields)
    texts = dict.fromkeys(("key", "vraag"), "x")
    sent = {"rol": "casemanager_werk", "org": "ORG-X", "as_of": BEGIN, "status": "sent"}
    return MessageLine.model_validate({**every, **texts, **sent, **facts})


def document(key: str) -> DocumentLine:
    """A document of a dossier."""
    every = dict.fromkeys(DocumentLine.model_fields, "x")
    return DocumentLine.model_validate({**every, "key": key, "as_of": BEGIN, "pages": 1})


FOUND = Result(
    naam="proef",
    reference="WZ-2027-000001",
    workflow_id="activeringstraject/WZ-2027-000001",
    soort="activeringstraject",
    begin=BEGIN,
    gestart_op=date(2027, 1, 25),
    gespeeld_tot=date(2027, 5, 1),
    fase="lopend",
    einde=date(2028, 1, 4),
    opdrachten=(
        duty("review/1", status="answered", due=date(2027, 4, 5), happened_on=date(2027, 4, 1)),
        duty("review/2", due=date(2027, 7, 5), overdue_since=date(2027, 7, 6)),
    ),
    berichten=(
        message(worker="MW-1", soort="te_laat"),
        message(soort="team_te_laat"),
        message(rol="deelnemer", org="PERSOON", soort="brief", status="cancelled"),
    ),
    mails=(),
    documenten=(document("trajectplan"),),
    tijdlijn=(),
)

FOLLOWED = FOUND.model_copy(
    update={
        "vervolg": (FOUND.model_copy(update={"soort": "onthaaltraject", "fase": "doorgifte"}),),
    }
)
"""With a trajectory that followed."""

RIGHT: dict[str, Any] = {
    "fase": "lopend",
    "begin": "P3W",
    "einde": "P1Y",
    "opdrachten": {
        "review/1": {"status": "answered", "tegen": "2027-04-05", "antwoord_op": "P2M28D", "te_laat": "nee"},
        "review/2": {"te_laat": "ja"},
    },
    "berichten": [
        {"aan": "MW-1", "soort": "te_laat", "aantal": 1},
        {"aan": "ORG-X", "soort": "team_te_laat", "aantal": 1},
        {"aan": "deelnemer", "soort": "brief", "aantal": 0},
    ],
    "documenten": ["trajectplan"],
}


def found(expected: dict[str, Any], among: Result = FOUND) -> list[tuple[str, str, str]]:
    """The differences as plain rows."""
    wanted = Verwacht.model_validate(expected)
    return [(each.wat, each.verwacht, each.gevonden) for each in differences(wanted, among)]


def test_what_holds_gives_no_difference() -> None:
    """Days as dates or as durations; a letter that was held back was not sent."""
    assert found(RIGHT) == []


def test_what_is_left_out_does_not_matter() -> None:
    """A story may expect nothing at all."""
    assert found({}) == []


@pytest.mark.parametrize(
    ("expected", "row"),
    [
        pytest.param({"fase": "afgesloten"}, ("fase", "afgesloten", "lopend"), id="phase"),
        pytest.param({"begin": "P1M"}, ("begin", "2027-02-04", "2027-01-25"), id="first day"),
        pytest.param({"einde": "P1M"}, ("einde", "2027-02-04", "2028-01-04"), id="end, from the beginning"),
        pytest.param(
            {"opdrachten": {"review/1": {"status": "open"}}},
            ("opdracht review/1, status", "open", "answered"), id="status",
        ),
        pytest.param(
            {"opdrachten": {"review/2": {"antwoord_op": "P6M"}}},
            ("opdracht review/2, antwoord_op", "2027-07-04", "–"), id="not answered",
        ),
        pytest.param(
            {"opdrachten": {"review/1": {"te_laat": "ja"}}}, ("opdracht review/1, te_laat", "ja", "nee"), id="late",
        ),
        pytest.param(
            {"opdrachten": {"review/3": {}}}, ("opdracht review/3", "bestaat", "bestaat niet"), id="no such duty",
        ),
        pytest.param(
            {"berichten": [{"aan": "MW-1", "soort": "te_laat", "aantal": 2}]},
            ("bericht te_laat aan MW-1", "2", "1"), id="messages by recipient and kind",
        ),
        pytest.param(
            {"berichten": [{"aan": "deelnemer", "soort": "brief", "aantal": 1}]},
            ("bericht brief aan deelnemer", "1", "0"), id="a letter held back",
        ),
        pytest.param(
            {"documenten": ["trajectplan", "slotnota"]}, ("document slotnota", "gemaakt", "–"), id="document missing",
        ),
        pytest.param({"documenten": []}, ("document trajectplan", "–", "gemaakt"), id="document too many"),
    ],
)  # fmt: skip
def test_each_difference_says_what_was_expected_and_found(
    expected: dict[str, Any], row: tuple[str, str, str]
) -> None:
    """One row a difference."""
    assert found(expected) == [row]


def test_what_followed_is_compared_too() -> None:
    """By its kind; what never began is one difference, whatever else was expected of it."""
    assert found({"vervolg": {"onthaaltraject": {"fase": "doorgifte"}}}, FOLLOWED) == []
    assert found({"vervolg": {"onthaaltraject": {"fase": "onthaal"}}}, FOLLOWED) == [
        ("onthaaltraject: fase", "onthaal", "doorgifte")
    ]
    assert found({"vervolg": {"onthaaltraject": {"fase": "onthaal"}}}) == [
        ("onthaaltraject", "gestart", "niet gestart")
    ]


def evaluation(number: int, fase: str, of: str = "WZ-2027-000001") -> Result:
    """A yearly evaluation that followed."""
    told = {"workflow_id": f"evaluatie/{of}/{number}", "soort": "evaluatie", "fase": fase}
    return FOUND.model_copy(update=told)


def test_evaluations_are_compared_by_number_and_by_whose_they_are() -> None:
    """The second AMA of a dossier begins its own numbers; each trajectory that followed has its own."""
    second = FOUND.model_copy(update={"workflow_id": "ama/WZ-2027-000001-2", "soort": "ama_se"})
    followed = (
        evaluation(1, "geevalueerd"),
        evaluation(2, "evalueren"),
        second,
        evaluation(1, "evalueren", of="WZ-2027-000001-2"),
    )
    ama = FOUND.model_copy(update={"workflow_id": "ama/WZ-2027-000001", "vervolg": followed})
    right = {
        "evaluaties": {1: {"fase": "geevalueerd"}, 2: {"fase": "evalueren"}},
        "vervolg": {"ama_se": {"evaluaties": {1: {"fase": "evalueren"}}}},
    }
    assert found(right, ama) == []
    assert found({"evaluaties": {2: {"fase": "geevalueerd"}, 3: {}}}, ama) == [
        ("evaluatie 2: fase", "geevalueerd", "evalueren"),
        ("evaluatie 3", "gestart", "niet gestart"),
    ]
    assert found({"vervolg": {"ama_se": {"evaluaties": {1: {"fase": "geevalueerd"}}}}}, ama) == [
        ("ama_se: evaluatie 1: fase", "geevalueerd", "evalueren")
    ]
