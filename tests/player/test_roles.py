"""A step names a role; who sends it is whoever has that role in the case at that moment."""

import pytest

from models.actors import Actor, Rol, Team
from player.roles import in_role


def at(rol: Rol, organisatie: str) -> Actor:
    """Somebody in a role."""
    return Actor(rol=rol, organisatie=organisatie)


TEAM = Team(
    werkingsgebied="WG-GENT",
    casemanager_werk=at(Rol.CASEMANAGER_WERK, "ORG-WERK"),
    casemanager_zorg=at(Rol.CASEMANAGER_ZORG, "ORG-ZORG"),
    leiding={
        "ORG-ZORG": at(Rol.TEAMCOORDINATOR, "ORG-ZORG"),
        "ORG-WERK": at(Rol.TEAMCOORDINATOR, "ORG-WERK"),
    },
    netwerkcoordinator=at(Rol.NETWERKCOORDINATOR, "ORG-NETWERK"),
    vdab=at(Rol.VDAB, "ORG-VDAB-X"),
)


@pytest.mark.parametrize(
    ("rol", "organisatie"),
    [
        pytest.param(Rol.CASEMANAGER_WERK, "ORG-WERK", id="tandem, work"),
        pytest.param(Rol.CASEMANAGER_ZORG, "ORG-ZORG", id="tandem, care"),
        pytest.param(Rol.NETWERKCOORDINATOR, "ORG-NETWERK", id="of the werkingsgebied"),
        pytest.param(Rol.VDAB, "ORG-VDAB-X", id="decides for the werkingsgebied"),
        pytest.param(Rol.TEAMCOORDINATOR, "ORG-WERK", id="leads the casemanager werk, whoever stands first"),
    ],
)
def test_a_role_is_who_has_it_in_the_case(rol: Rol, organisatie: str) -> None:
    """Nobody needs to know which organisation serves which werkingsgebied."""
    assert in_role(rol, TEAM) == at(rol, organisatie)


@pytest.mark.parametrize("rol", [Rol.DIENSTVERLENER, Rol.DEELNEMER])
def test_whom_a_case_has_more_than_one_of_is_named(rol: Rol) -> None:
    """A plan has several providers, and a participant sends nothing: a role alone says too little."""
    assert in_role(rol, TEAM) is None


def test_a_team_without_coordinator_has_nobody_in_that_role() -> None:
    """A team that a person named by hand knows only its tandem."""
    bare = TEAM.model_copy(update={"netwerkcoordinator": None, "vdab": None})
    assert (in_role(Rol.NETWERKCOORDINATOR, bare), in_role(Rol.VDAB, bare)) == (None, None)
