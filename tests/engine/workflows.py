"""A workflow that remembers, for tests about an engine that is killed."""

from temporalio import workflow


@workflow.defn(name="onthouder", sandboxed=False)
class Rememberer:
    """Collects words until it is told to stop."""

    def __init__(self) -> None:
        self._words: list[str] = []

    @workflow.run
    async def run(self) -> list[str]:
        """The words, in the order in which they came."""
        await workflow.wait_condition(lambda: "klaar" in self._words)
        return self._words

    @workflow.signal
    def word(self, word: str) -> None:
        """One more word."""
        self._words.append(word)
