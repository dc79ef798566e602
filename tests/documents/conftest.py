"""Documents on a real, migrated and seeded database, with a wall clock that stands still."""

import pytest

from activities.database import Database
from activities.documents import Documents
from activities.rendering import Templates
from tests.documents.examples import RECORDED


@pytest.fixture(scope="session")
def templates() -> Templates:
    """The templates that ship with the product."""
    return Templates()


@pytest.fixture
def documents(database: Database, templates: Templates) -> Documents:
    """The activity, with nothing in its record but the reference data."""
    return Documents(database, templates, lambda: RECORDED)
