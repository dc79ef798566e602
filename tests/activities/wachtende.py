"""A trajectory that does nothing but wait for a place, for the tests of the wake-up."""

from datetime import date

from temporalio import workflow

from models.contingent import PlaatsVrij


@workflow.defn(name="wachtende", sandboxed=False)
class Wachtende:
    """Ends with the day on which it heard that a place is free."""

    def __init__(self) -> None:
        self._heard: PlaatsVrij | None = None

    @workflow.run
    async def run(self) -> date:
        """The business day of the signal."""
        await workflow.wait_condition(lambda: self._heard is not None)
        assert self._heard is not None
        return self._heard.datum

    @workflow.signal(name="plaats_vrij")
    def place_is_free(self, message: PlaatsVrij) -> None:
        """There is a place."""
        self._heard = message
