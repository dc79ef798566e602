"""What the rule tests share."""

import pytest

from models.law import Law
from tests.law import shipped_law


@pytest.fixture(scope="session")
def law() -> Law:
    """The shipped law, 2024 up to and including 2032."""
    return shipped_law()
