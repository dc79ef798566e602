"""Everything a story can do or be asked is named, registered, allowed to somebody, and has its ladder."""

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple, get_args

import pytest
from temporalio import activity, workflow

import activities
import workflows
from engine import Engine
from models.commands import OF_KIND, SHARED, command_name
from models.duties import DutyKind
from models.errors import Refusal
from models.messages import Answer, Command
from models.phases import Phase
from rules import admission, agenda, amaboek, evaluatieboek, onthaalboek, toeleidingsboek
from rules.activeringsboek import ACTIVERING
from rules.ladder import ladder_for
from rules.rulebook import Rulebook
from settings import Settings
from tests.law import shipped_law
from tests.rules.cases import START, TODAY, guided, rest, state
from tests.rules.test_admission import OWNED
from worker import WORKFLOWS, build_workers, compose, connect
from workflows.activeringstraject import Activeringstraject
from workflows.arbeidsmatige_activiteiten import ArbeidsmatigeActiviteiten
from workflows.evaluatie import Evaluatie
from workflows.onthaaltraject import Onthaaltraject
from workflows.toeleiding import Toeleiding
from workflows.traject import Traject


def phases_in(union: Any) -> Iterator[str]:
    """The names of the phases of a tagged union, however deep it is built up."""
    if hasattr(union, "model_fields"):
        yield union.model_fields["fase"].default
    for part in get_args(union):
        yield from phases_in(part)


class Kind(NamedTuple):
    """One kind of trajectory: its commands, its rulebook, and the module that says who may say what when."""

    commands: dict[str, type[Command]]
    book: Rulebook
    admission: Any

    @property
    def own(self) -> set[type[Command]]:
        """The commands that it has not from every story; of an activeringstraject all stand in its tables."""
        shared = set() if self.admission is admission else set(SHARED)
        return {command for name, command in self.commands.items() if name not in shared}


KINDS: dict[type[Traject[Any]], Kind] = {
    Activeringstraject: Kind(OF_KIND["activeringstraject"], ACTIVERING, admission),
    Toeleiding: Kind(OF_KIND["toeleiding"], toeleidingsboek.TOELEIDINGSBOEK, toeleidingsboek),
    Onthaaltraject: Kind(OF_KIND["onthaaltraject"], onthaalboek.ONTHAALBOEK, onthaalboek),
    ArbeidsmatigeActiviteiten: Kind(OF_KIND["ama_se"], amaboek.AMABOEK, amaboek),
    Evaluatie: Kind(OF_KIND["evaluatie"], evaluatieboek.EVALUATIEBOEK, evaluatieboek),
}
ONLY_SHARED = {"ama_gesloten", "geevalueerd"}
"""The phases that hear only what every story hears: a correction, a note, a death."""
PHASES = set(phases_in(Phase))
STORIES = [kind for kind in WORKFLOWS if issubclass(kind, Traject)]
SENTENCE = re.compile(r"[A-ZÉ].*\.")
ENGLISH = {"the", "and", "with", "who", "by", "person", "trajectory"}


def defined_in(package: ModuleType) -> Iterator[tuple[str, Any]]:
    """Every class of every module of a package, where it is defined."""
    for module in pkgutil.iter_modules(package.__path__):
        loaded = importlib.import_module(f"{package.__name__}.{module.name}")
        for name, kind in inspect.getmembers(loaded, inspect.isclass):
            if kind.__module__ == loaded.__name__:
                yield name, kind


def workflow_kinds() -> dict[str, type]:
    """The classes that are workflows, by the name that histories keep."""
    return {
        str(vars(kind)["__temporal_workflow_definition"].name): kind
        for _, kind in defined_in(workflows)
        if "__temporal_workflow_definition" in vars(kind)
    }


def activity_methods() -> dict[str, Callable[..., object]]:
    """The methods that are activities, by the name that histories keep."""
    methods = (method for _, kind in defined_in(activities) for method in vars(kind).values())
    return {
        str(definition.name): method
        for method in methods
        if (definition := getattr(method, "__temporal_activity_definition", None)) is not None
    }


async def test_the_workers_know_every_workflow_and_activity(engine: Engine, tmp_path: Path) -> None:
    """What is defined is registered, each on one queue; nothing else is."""
    settings = Settings(home=tmp_path)
    collaborators = compose(settings)
    workers = build_workers(await connect(engine.connect_config), settings, collaborators)
    configs = [each.config() for each in workers]
    registered = [kind for config in configs for kind in config.get("workflows", ())]
    done = [method for config in configs for method in config.get("activities", ())]
    assert sorted(registered, key=str) == sorted(workflow_kinds().values(), key=str)
    assert set(registered) == set(WORKFLOWS)
    assert {_definition_name(method) for method in done} == activity_methods().keys()
    assert len(done) == len(activity_methods())
    collaborators.database.close()


def _definition_name(method: Callable[..., object]) -> str | None:
    return activity._Definition.must_from_callable(method).name


def test_every_workflow_has_a_name_of_its_own() -> None:
    """A class can be renamed or moved; the name in the histories stays."""
    assert workflow_kinds()
    assert not [name for name, kind in workflow_kinds().items() if name in (kind.__name__, "")]


def test_every_activity_has_a_name_of_its_own() -> None:
    """A method can be renamed or moved; the name in the histories stays."""
    assert activity_methods()
    assert not [name for name, method in activity_methods().items() if name == method.__name__]


@pytest.mark.parametrize("story", STORIES, ids=lambda kind: kind.__name__)
def test_every_command_is_an_update_with_a_description(story: type) -> None:
    """Who opens the list of Updates reads one Dutch sentence about each."""
    updates = workflow._Definition.must_from_class(story).updates
    assert updates.keys() == KINDS[story].commands.keys()
    for name, update in updates.items():
        assert update.description, name
        assert SENTENCE.fullmatch(update.description), (name, update.description)
        assert not ENGLISH & set(update.description.lower().split()), (name, update.description)


@pytest.mark.parametrize("story", STORIES, ids=lambda kind: kind.__name__)
def test_every_command_is_allowed_to_somebody_somewhere(story: type) -> None:
    """It has its phases, and either the duties it answers or the roles that may send it: never both."""
    kind = KINDS[story]
    for command in kind.commands.values():
        answers, sends = command in kind.admission.ANSWERS, command in kind.admission.WHO_MAY
        assert (answers, sends) == (issubclass(command, Answer), not issubclass(command, Answer)), command
        assert kind.admission.ANSWERS.get(command) or kind.admission.WHO_MAY.get(command)
    assert all(kind.admission.IN_PHASE[command] for command in kind.own)


@pytest.mark.parametrize("story", STORIES, ids=lambda kind: kind.__name__)
def test_admission_knows_no_other_commands(story: type) -> None:
    """What is not a command any more is forgotten there too."""
    kind = KINDS[story]
    assert set(kind.admission.IN_PHASE) == kind.own
    assert {*kind.admission.ANSWERS, *kind.admission.WHO_MAY} == set(kind.commands.values())


def test_every_phase_has_its_commands_and_every_command_real_phases() -> None:
    """In no phase is a trajectory out of reach; no command waits for a phase that does not exist."""
    tables = [kind.admission.IN_PHASE for kind in KINDS.values()]
    assert {
        phase for table in tables for phases in table.values() for phase in phases
    } == PHASES - ONLY_SHARED


@pytest.mark.parametrize("kind", DutyKind)
def test_every_kind_of_duty_asks_something_and_has_a_ladder(kind: DutyKind) -> None:
    """One sentence that says what is asked, a ladder in the parameters, and a command that answers it."""
    asking = [each for each in KINDS.values() if kind in each.book.vraag]
    assert asking
    assert ladder_for(kind, shipped_law(), date(2027, 1, 1)).value
    for each in asking:
        assert each.book.vraag[kind][0].isupper()
        assert [command for command, kinds in each.admission.ANSWERS.items() if kind in kinds]


def test_a_ladder_is_of_a_kind_that_exists() -> None:
    """What is no duty any more has no ladder, no question and no term of its own."""
    laddered = {
        p.name.removeprefix("ladder.voor.")
        for p in shipped_law().parameters
        if p.name.startswith("ladder.voor.")
    }
    asked = {kind for each in KINDS.values() for kind in each.book.vraag}
    assert laddered == set(map(str, DutyKind)) == set(map(str, asked))
    assert all(sentence.count("{}") == 1 for _, sentence in agenda.AFTER_OPENING.values())
    assert set(agenda.AFTER_OPENING).isdisjoint(agenda.RESTS_WITH_LEDGER)


@pytest.mark.parametrize("kind", agenda.VRAAG)
def test_every_kind_of_duty_has_an_owner_and_a_date(kind: DutyKind) -> None:
    """Whatever is owed, somebody owes it, and the rule that gives its date names an article or the practice."""
    keys = {owned: key for owned, key, _ in OWNED}
    resting = guided(rest(START))
    case = state(shipped_law(), known=resting)
    owner = agenda.owner_of(kind, keys[kind], resting)
    assert owner.organisatie
    found = agenda.due_of(kind, keys[kind], TODAY, case)
    assert found.article
    assert found.value is not None or kind in agenda.RESTS_WITH_LEDGER


@pytest.mark.parametrize("story", STORIES, ids=lambda kind: kind.__name__)
def test_every_duty_can_be_ended_by_an_answer_or_by_a_person(story: type) -> None:
    """Besides the promise to be busy there is a command that closes it."""
    answers, general = KINDS[story].admission.ANSWERS, {"opdracht_bezig", "opdracht_besluiten"}
    for kind in KINDS[story].book.vraag:
        closing = {command_name(command) for command, kinds in answers.items() if kind in kinds} - general
        assert closing or kind is DutyKind.HERVERDELING  # which the command herverdelen ends


@pytest.mark.parametrize("story", STORIES, ids=lambda kind: kind.__name__)
def test_every_command_does_something(story: type[Traject[Any]]) -> None:
    """A story applies each command that it lets through, in one place."""
    applied = story.applications(object.__new__(story))
    commands = KINDS[story].commands
    assert set(applied) == set(commands.values())
    assert len({method.__name__ for method in applied.values()}) == len(commands)


def test_every_refusal_has_a_word_of_its_own() -> None:
    """Types of refusals are permanent words: lower case, no spaces."""
    assert all(re.fullmatch(r"[a-z_]+", refusal) for refusal in Refusal)
