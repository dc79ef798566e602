"""A rule that looks at a clock, and a workflow that asks it: what the sandbox of production must refuse."""

import time
from datetime import date, datetime

from temporalio import workflow

from rules.grounded import PRACTICE, grounded_in


@grounded_in(PRACTICE)
def due_on(day: date) -> str:
    """A rule as it should be: the day comes in."""
    return str(day)


@grounded_in(PRACTICE)
def due_today() -> str:
    """A rule that asks the calendar of its machine."""
    return str(date.today())  # noqa: TID251


@grounded_in(PRACTICE)
def due_now() -> str:
    """A rule that asks the clock of its machine."""
    return str(datetime.now())  # noqa: TID251


@grounded_in(PRACTICE)
def due_at() -> str:
    """A rule that asks how late it is, in seconds."""
    return str(time.time())


RULES = {"given": lambda: due_on(date(2027, 1, 4)), "today": due_today, "now": due_now, "time": due_at}


@workflow.defn(name="kijkt_op_de_klok")
class LooksAtTheClock:
    """Asks one rule."""

    @workflow.run
    async def run(self, rule: str) -> str:
        """What the rule says."""
        return RULES[rule]()
