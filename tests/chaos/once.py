"""What must hold of one dossier after any trouble: its events have no gaps and nobody was asked anything twice."""

from collections import Counter

from tests.workflows.desk import Desk


def assert_once(desk: Desk) -> None:
    """Events are numbered without gaps, each duty was opened and announced once, each command told once."""
    told = desk.stage.collaborators.reading.tijdlijn(desk.reference)
    assert [event.seq for event in told] == list(range(1, len(told) + 1))
    commands = [event.command_id for event in told if event.wie is not None]
    opened = [event.opdracht for event in told if event.soort == "opdracht-geopend"]
    asked = [message.opdracht for message in desk.messages("aankondiging")]
    assert (_twice(commands), _twice(opened), _twice(asked)) == ([], [], [])
    assert set(asked) == set(opened)


def _twice(values: list[str | None]) -> list[str | None]:
    return [value for value, times in Counter(values).items() if times > 1]
