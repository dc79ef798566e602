"""The story that the chaos tests disturb: a whole trajectory, with every kind of work that one can ask for."""

from pathlib import Path

from player.story import Story, read_story

WHOLE = read_story(Path(__file__).parent / "heel_traject.yaml")


def story(steps: int = len(WHOLE.stappen)) -> Story:
    """The story, or its beginning."""
    return WHOLE.model_copy(update={"stappen": WHOLE.stappen[:steps]})
