"""The post of a play: digest and post for every working day passed that has something to send."""

import asyncio
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from models.law import LawOrder
from models.mail import Ronde
from player.stage import Stage

ONE_DAY = timedelta(days=1)
YEAR = timedelta(days=366)
AT_ONCE = 8
"""How many days' digests are drawn up side by side; posts go one after another."""


class Rounds:
    """Runs each round once a day, for all dossiers of the record together."""

    def __init__(self, stage: Stage, begin: date, name: str) -> None:
        self._stage = stage
        self._name = name
        self._silence = stage.settings.activity_timeout_seconds
        self._done_until = begin - ONE_DAY
        self._law = stage.collaborators.law.snapshot(LawOrder(as_of=begin, horizon=begin + YEAR))

    async def until(self, last: date) -> bool:
        """Sends everything up to and including that day; tells whether a trajectory heard that something came back."""
        days = self._working_days(last)
        digests, office = self._stage.collaborators.digests, self._stage.collaborators.post_office
        wanted = [day for day in days if digests.has_something(day)]
        for start in range(0, len(wanted), AT_ONCE):
            await asyncio.gather(*(self._round("digest", day) for day in wanted[start : start + AT_ONCE]))
        sent = [await self._round("post", day) for day in days if office.has_something(day)]
        return any(round["bounced"] for round in sent)

    def _working_days(self, last: date) -> Sequence[date]:
        first, self._done_until = self._done_until + ONE_DAY, max(last, self._done_until)
        if last > self._law.horizon:
            self._law = self._stage.collaborators.law.snapshot(LawOrder(as_of=first, horizon=last + YEAR))
        days = (first + timedelta(days=n) for n in range((last - first).days + 1))
        return [day for day in days if not self._law.is_off(day)]

    async def _round(self, kind: str, day: date) -> dict[str, Any]:
        done: dict[str, Any] = await self._stage.client.execute_workflow(
            kind,
            Ronde(as_of=day, hele_dag=True, silence_seconds=self._silence),
            id=f"{kind}/{self._name}/{day}",
            task_queue=self._stage.settings.queues.buitenwereld,
            static_summary=f"{kind.capitalize()} van {day:%d-%m-%Y} (verhaal)",
        )
        return done
