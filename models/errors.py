"""The ways a command can be refused or a call can fail; API, CLI and Temporal use the same types."""

from enum import StrEnum


class Refusal(StrEnum):
    """Why a command was refused; the value is the ApplicationError's type and is mapped to HTTP in one place."""

    ONGELDIG = "ongeldig"
    """Malformed: 422, names the field."""
    NIET_OPEN = "niet_open"
    """The duty is not open (any more): 409."""
    NIET_VAN_U = "niet_van_u"
    """Wrong actor: 403."""
    VERKEERDE_FASE = "verkeerde_fase"
    """The phase does not know this command: 409."""
    HARDE_REGEL = "harde_regel"
    """The law says no: 422 with the Finding."""
    REDEN_NODIG = "reden_nodig"
    """A soft finding goes through only with a reason: 422."""


class Permanent(Exception):
    """A call that will fail the same way however often it is repeated."""
