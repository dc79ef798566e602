"""What a sweep has to say goes with the other messages of the day: each on a line of its own, by reference only."""

from datetime import date

from activities.notices import Notice, notify
from models.actors import OPERATIES, Actor, Rol
from tests.post.world import CANARY, CAW, CAW_TEAM, MONDAY, TUESDAY, World, text, wall_clock

REFERENCE, OTHER = "WZ-2027-000123", "WZ-2027-000124"
ENDS = date(2028, 12, 31)


def _stuck(reference: str) -> Notice:
    said = f"Dagelijkse controle: activeringstraject/{reference} blijft steken"
    return Notice(f"controle/{reference}/{MONDAY}", OPERATIES, said, MONDAY, reference)


def _tell(world: World, *notices: Notice) -> int:
    with world.database.begin() as session:
        return notify(session, notices, wall_clock())


async def test_two_trajectories_are_two_lines_of_one_mail(world: World) -> None:
    """Operations see each dossier; no answer is asked, nobody is named, and a second control adds nothing."""
    world.dossier(REFERENCE)
    world.dossier(OTHER)
    assert _tell(world, _stuck(REFERENCE), _stuck(OTHER)) == 2
    assert _tell(world, _stuck(REFERENCE), _stuck(OTHER)) == 0
    (mail,) = await world.day(MONDAY)
    said = text(mail)
    assert [said.count(f"Dossier {each}") for each in (REFERENCE, OTHER)] == [1, 1]
    assert "Vermeld bij uw antwoord" not in said
    assert CANARY not in said
    assert await world.day(TUESDAY) == []


async def test_what_is_about_no_dossier_names_none(world: World) -> None:
    """The end of a recognition, to the mailbox of the team, with its date."""
    team = Actor(rol=Rol.BEGELEIDER, organisatie=CAW)
    told = "Uw erkenning AMA-1 eindigt: vraag op tijd een nieuwe aan."
    _tell(world, Notice("erkenning/AMA-1/6 maanden", team, told, MONDAY, due=ENDS))
    (mail,) = await world.day(MONDAY)
    assert mail["To"] == CAW_TEAM
    lines = [line.strip() for line in text(mail).splitlines()]
    assert lines[lines.index(f"* {told}") + 1] == "Tegen zondag 31 december 2028"
    assert not any(line.startswith(("Dossier", "Vermeld")) for line in lines)
