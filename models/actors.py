"""Who acts, who owes, and who hears of it: always by role, organisation and worker reference, never by name."""

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

Code = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9-]{0,59}$")]
"""A reference of ours to an organisation or a worker: capitals, digits and dashes, never a name."""


class Rol(StrEnum):
    """The roles of `docs/glossary.md` that can owe or send something in a trajectory."""

    DEELNEMER = "deelnemer"
    AANVRAGER = "aanvrager"
    VDAB = "vdab"
    SCREENER = "screener"
    CASEMANAGER_WERK = "casemanager_werk"
    CASEMANAGER_ZORG = "casemanager_zorg"
    TEAMCOORDINATOR = "teamcoordinator"
    NETWERKCOORDINATOR = "netwerkcoordinator"
    DIENSTVERLENER = "dienstverlener"
    KERNPARTNER = "kernpartner"
    BEGELEIDER = "begeleider"
    GBO_COORDINATOR = "gbo_coordinator"
    MAATWERKBEDRIJF = "maatwerkbedrijf"
    OPERATIES = "operaties"


OPERATIES_ORGANISATIE = "ORG-OPERATIES"


class Actor(BaseModel):
    """Somebody in a role at an organisation; the worker reference is empty when the team's mailbox is meant."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    rol: Rol
    organisatie: Code
    medewerker: Code | None = None

    def speaks_for(self, owner: "Actor") -> bool:
        """Whether this actor may answer what the owner owes: same role at the same organisation."""
        return (self.rol, self.organisatie) == (owner.rol, owner.organisatie)

    def __str__(self) -> str:
        who = f" {self.medewerker}" if self.medewerker else ""
        return f"{self.rol}{who} ({self.organisatie})"


OPERATIES = Actor(rol=Rol.OPERATIES, organisatie=OPERATIES_ORGANISATIE)


class Omkadering(BaseModel):
    """Whom a werkingsgebied has around every tandem: who coordinates, who decides at VDAB, and who leads them."""

    model_config = ConfigDict(frozen=True)

    netwerkcoordinator: Actor | None = None
    vdab: Actor | None = None
    leiding: dict[str, Actor] = {}


class Team(BaseModel):
    """The tandem of a participant and the people next in line, with the werkingsgebied they serve."""

    model_config = ConfigDict(frozen=True)

    werkingsgebied: str
    casemanager_werk: Actor
    casemanager_zorg: Actor
    leiding: dict[str, Actor]
    """Per organisation code the teamcoordinator who hears of silence."""
    netwerkcoordinator: Actor | None = None
    """Who has the mandate to coordinate the providers of the werkingsgebied (art. 17)."""
    vdab: Actor | None = None
    """The VDAB service that decides for the werkingsgebied (art. 9, 11)."""
    mini_team: tuple[Code, ...] = ()
    """The organisations outside the tandem that guide the participant already."""

    def member(self, rol: Rol) -> Actor:
        """The member of the tandem in this role."""
        return self.casemanager_werk if rol is Rol.CASEMANAGER_WERK else self.casemanager_zorg

    def with_member(self, member: Actor, leiding: Actor | None) -> "Team":
        """The same team with another person in one of the two roles."""
        next_in_line = {**self.leiding, **({member.organisatie: leiding} if leiding else {})}
        return self.model_copy(update={str(member.rol): member, "leiding": next_in_line})
