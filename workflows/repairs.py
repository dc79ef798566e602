"""What happens to a call that keeps failing: it becomes a duty for operations, and the trajectory waits intact."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from temporalio import workflow
from temporalio.exceptions import ActivityError, ApplicationError

from models.case import State
from models.duties import DutyKind, DutyStatus
from workflows.case import Case
from workflows.duties import Duties

T = TypeVar("T")
AGAIN = "opnieuw"
RESOLVED = "lukte alsnog"
DECIDED = (DutyStatus.ANSWERED, DutyStatus.EXITED)


class Repairs:
    """The repair duties of one case, by what failed."""

    def __init__(self, case: Case[State], duties: Duties) -> None:
        self._case = case
        self._duties = duties

    async def insist(
        self, what: str, call: Callable[[], Awaitable[T]], pointless: Callable[[], bool] = lambda: False
    ) -> T | None:
        """Makes a call until it succeeds; when its patience is over a person decides: again, or leave it out.

        A call that became pointless while a person had it, because of a death or a withdrawal, is left out too.
        """
        while True:
            repair = self.waiting(what)
            if repair is None:
                try:
                    return await self._case.counted(call())
                except (ActivityError, ApplicationError) as failure:
                    repair = self.ask(what, failure)
            await self._decided(repair, pointless)
            if pointless() or self._duties[repair].reden != AGAIN:
                return None

    async def _decided(self, repair: str, pointless: Callable[[], bool]) -> None:
        await workflow.wait_condition(lambda: self._duties[repair].status in DECIDED or pointless())

    def waiting(self, what: str) -> str | None:
        """The key of the repair duty for this call that still waits; one that a death withdrew may come back."""
        return next((key for key in self._keys(what) if self._waits(key)), None)

    def _waits(self, key: str) -> bool:
        duty = self._duties[key]
        return duty.live or (duty.status is DutyStatus.WITHDRAWN and duty.reden != RESOLVED)

    def resolved(self, what: str) -> None:
        """Takes back the repair duty of a call that succeeded after all."""
        if repair := self.waiting(what):
            self._duties.withdraw(repair, RESOLVED)

    def decided(self, what: str) -> str | None:
        """What a person decided about the last repair of this call; none while nobody did."""
        last = next((self._duties[key] for key in reversed(self._keys(what))), None)
        return last.reden if last is not None and last.status in DECIDED else None

    def ask(self, what: str, failure: ActivityError | ApplicationError) -> str:
        """Opens a repair duty for operations; it names the kind of failure, never its contents."""
        key = f"herstel/{what}#{len(self._keys(what)) + 1}"
        cause = failure.cause or failure
        kind = getattr(cause, "type", None) or type(cause).__name__
        self._case.tell("storing", f"{what}: {kind}.", opdracht=key)
        self._duties.open(DutyKind.HERSTEL, key)
        return key

    def _keys(self, what: str) -> list[str]:
        return [key for key in self._case.state.duties if key.startswith(f"herstel/{what}#")]
