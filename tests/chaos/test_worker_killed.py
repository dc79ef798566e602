"""The worker is killed in the middle of its work and started again: nothing is lost and nothing comes twice."""

import random

import pytest

from tests.chaos.conftest import Setting, Undisturbed
from tests.chaos.record import assert_same
from tests.chaos.story import story


async def test_undisturbed(undisturbed: Undisturbed) -> None:
    """x."""
    print(undisturbed.places)
    print({k: len(v) for k, v in undisturbed.record.items()})
    for e in undisturbed.record["events"]: print(e["seq"], e["datum"], e["soort"], e["tekst"])
    for e in undisturbed.record["duties"]: print(e["key"], e["status"], e["due"], e["passed"])
    for e in undisturbed.record["mails"]: print(e["recipient"], e["status"], e["day"], e["kinds"])
