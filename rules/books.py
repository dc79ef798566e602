"""The rulebook of each kind of trajectory, and which command answers which duty in any of them."""

from models.command import Command
from models.duties import DutyKind
from rules.activeringsboek import ACTIVERING
from rules.amaboek import AMABOEK
from rules.evaluatieboek import EVALUATIEBOEK
from rules.onthaalboek import ONTHAALBOEK
from rules.rulebook import Rulebook
from rules.toeleidingsboek import TOELEIDINGSBOEK

BOOKS: dict[str, Rulebook] = {
    "toeleiding": TOELEIDINGSBOEK,
    "activeringstraject": ACTIVERING,
    "onthaaltraject": ONTHAALBOEK,
    "arbeidsmatige_activiteiten": AMABOEK,
    "ama_se": AMABOEK,
    "evaluatie": EVALUATIEBOEK,
}
"""The rules by the kind of trajectory."""
EVERY_ANSWER: dict[type[Command], tuple[DutyKind, ...]] = {
    command: tuple(dict.fromkeys(kind for book in BOOKS.values() for kind in book.answers.get(command, ())))
    for book in BOOKS.values()
    for command in book.answers
}
"""Which kinds of duty a command can answer, in whatever kind of trajectory."""
