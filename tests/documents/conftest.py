"""Documents on a real, migrated and seeded database, with a wall clock that stands still."""

import pytest

from activities.database import Database
from activities.documents import Documents
from activities.rendering import Templates
from tests.documents.examples import RECORDED

ON_BOTH = ("test_documents", "test_directory", "test_op_vraag")
"""What keeps and reads a record is proven on both kinds of database; how a paper looks depends on neither."""


@pytest.hookimpl(tryfirst=True)
def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Draws up the other papers from one kind of database only: half of the time of this folder."""
    if "database_url" in metafunc.fixturenames and metafunc.module.__name__.rpartition(".")[2] not in ON_BOTH:
        metafunc.definition.add_marker(pytest.mark.parametrize("database_url", ["sqlite"], indirect=True))


@pytest.fixture(scope="session")
def templates() -> Templates:
    """The templates that ship with the product."""
    return Templates()


@pytest.fixture
def documents(database: Database, templates: Templates) -> Documents:
    """The activity, with nothing in its record but the reference data."""
    return Documents(database, templates, lambda: RECORDED)
