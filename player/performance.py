"""One performance: stories on a stage, told as they go, and what came of each."""

from collections.abc import Callable, Sequence

from player.expectations import Result, result_of
from player.play import Player, Show, play_together
from player.stage import Stage
from player.story import Story

Tell = Callable[[Story], Show]


async def perform(stage: Stage, stories: Sequence[Story], tell: Tell) -> list[Result]:
    """Plays stories together, and compares each with what it expects; raises StoryProblem or ClockStuck."""
    players = [Player(stage, story, tell(story)) for story in stories]
    played = await play_together(stage, players)
    reading = stage.collaborators.reading
    return [result_of(reading, story, each) for story, each in zip(stories, played, strict=True)]
