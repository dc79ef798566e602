"""Every command of every kind of trajectory, by the name that histories keep for ever."""

from models.command import Command
from models.messages import COMMANDS
from models.onthaal import ONTHAAL
from models.toeleiding import TOELEIDING

SHARED = (
    "afronden_zonder_betrokkene",
    "herstel_beslissen",
    "opdracht_bezig",
    "opdracht_besluiten",
    "rechtzetten",
    "afspraak",
    "contactnota",
    "overleden",
    "overleden_ongedaan",
    "herzie_parameters",
)
"""The commands that every story has."""
OF_KIND: dict[str, dict[str, type[Command]]] = {
    "activeringstraject": COMMANDS,
    "toeleiding": {name: COMMANDS[name] for name in SHARED} | TOELEIDING,
    "onthaaltraject": {name: COMMANDS[name] for name in SHARED} | ONTHAAL,
}
"""The commands by the kind of trajectory that knows them."""
EVERY_COMMAND: dict[str, type[Command]] = COMMANDS | TOELEIDING | ONTHAAL
_NAMES = {kind: name for name, kind in EVERY_COMMAND.items()}


def command_name(kind: type[Command]) -> str:
    """The name of a command class."""
    return _NAMES[kind]
