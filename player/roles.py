"""Whose case a workflow is of, and who has which role in it."""

from models.actors import Actor, Rol, Team


def reference_of(workflow_id: str) -> str:
    """The dossier number in a workflow id."""
    return "-".join(workflow_id.split("/")[1].split("-")[:3])


def in_role(rol: Rol, team: Team) -> Actor | None:
    """Who has a role in a case: the tandem, the coordinator of the network, VDAB, and who leads CM Werk's office."""
    match rol:
        case Rol.CASEMANAGER_WERK | Rol.CASEMANAGER_ZORG:
            return team.member(rol)
        case Rol.NETWERKCOORDINATOR:
            return team.netwerkcoordinator
        case Rol.VDAB:
            return team.vdab
        case Rol.TEAMCOORDINATOR:
            return team.leiding.get(team.casemanager_werk.organisatie)
        case _:
            return None
