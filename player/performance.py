"""One performance: stories on a stage, told as they go, and what came of each."""

from collections.abc import Callable, Sequence

from player.expectations import Result, result_of
from player.play import Player, Show, play_together
from player.stage import Stage
from player.story import Story

Tell = Callable[[Story], Show]


async def perform(stage: Stage, stories: Sequence[Story], tell: Tell) -> list[Result]:
    """Plays stories together, and compares each with what it expects; raises StoryProblem or ClockStuck."""
    reading = stage.collaborators.reading
    results: dict[str, Result] = {}

    def finished(player: Player) -> None:
        results[player.reference] = result_of(reading, player.story, player.played)

    players = [Player(stage, story, tell(story)) for story in stories]
    await play_together(stage, players, finished=finished)
    return [results[player.reference] for player in players]
