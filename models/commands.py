"""Every command of every kind of trajectory, by the name that histories keep for ever."""

from models.ama import AMA
from models.command import Command
from models.evaluatie import EVALUATIE
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
RESTING = ("opschorten", "nog_opgeschort", "opschorting_bespreken", "hervatten")
"""The commands of a trajectory that can rest."""
_AMA: dict[str, type[Command]] = {name: COMMANDS[name] for name in (*SHARED, *RESTING)} | AMA
OF_KIND: dict[str, dict[str, type[Command]]] = {
    "activeringstraject": COMMANDS,
    "toeleiding": {name: COMMANDS[name] for name in SHARED} | TOELEIDING,
    "onthaaltraject": {name: COMMANDS[name] for name in SHARED} | ONTHAAL,
    "arbeidsmatige_activiteiten": _AMA,
    "ama_se": _AMA,
    "evaluatie": {name: COMMANDS[name] for name in SHARED} | EVALUATIE,
}
"""The commands by the kind of trajectory that knows them."""
EVERY_COMMAND: dict[str, type[Command]] = COMMANDS | TOELEIDING | ONTHAAL | AMA | EVALUATIE
_NAMES = {kind: name for name, kind in EVERY_COMMAND.items()}


def command_name(kind: type[Command]) -> str:
    """The name of a command class."""
    return _NAMES[kind]
