"""Forty dossiers for the same few people: activeringstrajecten, AMA that begin, and AMA that ran for years."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from activities.ama_instappen import AmaInstappen
from activities.trajectories import LAW_REACH
from models.actors import OPERATIES, Actor, Rol
from models.ama_instap import AmaInstap
from models.clock import at_hour
from models.law import LawOrder
from player.play import Played, Player
from player.stage import FIRST_HOUR, Stage, virtually_ahead
from player.story import Stap, Story
from rules.ama_instap import entered
from tests.replay.ama_stories import AGREED, HELD, NOTIFIED, does
from tests.replay.stories import AANVRAAG, first_talk, plan, review
from worker import trajectories, wall_clock

BEGIN = date(2027, 9, 6)
DAYS = 147
BOTH = "MW-0501"
"""Casemanager zorg in half of the activeringstrajecten, and begeleider of every AMA."""
GUIDES = "ORG-DE-MEANDER"
ACTIVERING, BEGINNING, RUNNING = 24, 8, 8
FIRST_YEAR, YEARS_BEFORE = timedelta(days=365), timedelta(days=2 * 365)


def cast(stage: Stage) -> list[Player]:
    """Everybody's dossier, in one record."""
    told = (*_activering(), *_beginning())
    return [*(Player(stage, story) for story in told), *(_running(stage))]


def _activering() -> Iterator[Story]:
    """Half agree a plan, early or late; of those some hold their review, some rest, most leave all to the ladder."""
    random = Random(40)
    for number in range(ACTIVERING):
        agreed = random.randrange(20, 60)
        ends = "P4M" if number % 8 == 5 else "P15M"
        steps: list[Stap] = [first_talk(f"P{random.randrange(5, 20)}D"), plan(f"P{agreed}D", ends)]
        if not number % 2:
            steps = steps[: (number // 2) % 2]  # a talk alone, or nothing
        if number % 8 == 1:
            steps.append(review("P3M", 1))
        if number % 8 == 3:
            day = f"P{agreed + 30}D"
            away = {"van": day, "oorzaak": "opname"}
            steps.append(Stap(na=day, wie="casemanager_zorg", wat="opschorten", met=away))
        guided = {"begeleidt_al": GUIDES} if number >= ACTIVERING / 2 else {}
        yield _story(f"dossier {number}", steps, aanvraag={**AANVRAAG, **guided})


def _beginning() -> Iterator[Story]:
    """Nobody answers, an agency permits and no agreement follows, it begins undeclared, or an agency refuses."""
    for number in range(BEGINNING):
        day = 20 + 4 * number
        asked = {"opdracht": "toestemming/1", "vanaf": f"P{day}D", "antwoord": "toelating"}
        permitted = does(f"P{day}D", "toestemming_melden", **asked)
        refused = does(f"P{day}D", "toestemming_melden", opdracht="toestemming/1", antwoord="geweigerd")
        signed = {**AGREED, "getekend_op": f"P{day + 5}D", "verzekerd_tot": "P4M"}
        agreed = does(f"P{day + 5}D", "overeenkomst_sluiten", **signed, start=f"P{day + 8}D")
        steps = ([], [permitted], [permitted, agreed], [refused])[number % 4]
        yield _story(f"begin {number}", steps, aanmelding={**NOTIFIED, "begeleider": _begeleider()})


def _running(stage: Stage) -> Iterator[Player]:
    """Their second evaluation falls due within the story, or was missed; one in four holds it."""
    for number in range(RUNNING):
        anniversary = BEGIN + timedelta(days=40 + 7 * number)
        told = {**HELD, "oordeel": "bijsturen", "reden": "De toestemming wordt later bekeken."}
        held = does("P2M", "evaluatie_vastleggen", "begeleider", "evaluatie", **told)
        steps = [held] if number % 4 == 3 else []
        story = _story(f"lopend {number}", steps, aanmelding={**NOTIFIED, "begeleider": _begeleider()})
        yield Entered(stage, story, _instap(number, anniversary - YEARS_BEFORE))


def _instap(number: int, first: date) -> AmaInstap:
    until = {"tot": BEGIN + timedelta(days=90)} if number % 2 else {}
    evaluated = {} if number % 4 == 2 else {"laatste_evaluatie": first + FIRST_YEAR}
    agreed = {**{name: AGREED[name] for name in ("werkpost", "activiteit", "uren_per_week")}, "start": first}
    told: dict[str, Any] = {name: NOTIFIED[name] for name in ("soort", "nis_code", "persoon")}
    return AmaInstap.model_validate(
        {
            **{**told, **evaluated, "sleutel": f"lopend {number}", "start": first, "begeleider": GUIDES},
            "medewerker": BOTH,
            "statuut": [{"code": "leefloon", "van": "2020-01-01", "bron": "OCMW"}],
            "toestemmingen": [
                {"statuut": "leefloon", "antwoord": "toelating", "verleend_op": first, **until}
            ],
            "overeenkomsten": [{**agreed, "verzekerd_tot": "2030-12-31"}],
        }
    )


def _begeleider() -> dict[str, Any]:
    who = Actor(rol=Rol.BEGELEIDER, organisatie=GUIDES, medewerker=BOTH)
    return who.model_dump(mode="json", exclude_none=True)


def _story(naam: str, steps: list[Stap], **opening: Any) -> Story:
    told = {"naam": naam, "begin": BEGIN, "tot": f"P{DAYS}D", "stappen": steps, **opening}
    return Story.model_validate(told)


class Entered(Player):
    """An AMA that ran before its story begins, and that operations enter on that day."""

    def __init__(self, stage: Stage, story: Story, instap: AmaInstap) -> None:
        super().__init__(stage, story)
        self._instap = instap

    async def register(self) -> None:
        """See Player."""
        stage, known = self._stage, self._stage.collaborators
        law = known.law.snapshot(LawOrder(as_of=self.begin, horizon=self.begin + LAW_REACH))
        state = entered(self._instap, law, self.begin, OPERATIES)
        registered = AmaInstappen(known.database, wall_clock).enter(self._instap, state)
        ahead = virtually_ahead(at_hour(self.begin, FIRST_HOUR))
        starting = trajectories(stage.clock.client, stage.settings, known, lambda _registered: ahead)
        await starting.start(registered)
        self.workflow_id, self.reference = registered.workflow_id, registered.reference
        self.played = Played(registered, self.begin, self.begin)
