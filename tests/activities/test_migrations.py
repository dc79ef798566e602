"""The same migrations on both databases, and nothing between them and the tables in the code."""

import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, func, inspect, select, text
from sqlalchemy.exc import DBAPIError

from activities.database import Database, RecordRefused, RecordUnavailable, make_engine, migrate, seed
from models.tables import Base, GemeenteRow, OrganisationRow, WorkerRow

ROOT = Path(__file__).resolve().parents[2]
MIGRATE = "import sys; from activities.database import migrate; migrate(sys.argv[1])"


def _checks(connection: Connection) -> set[str | None]:
    inspector = inspect(connection)
    return {
        check["name"]
        for table in inspector.get_table_names()
        for check in inspector.get_check_constraints(table)
    }


def test_migrated_schema_is_the_one_in_the_code(database: Database) -> None:
    """A table changed in the code without a migration fails here, on each database."""
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
        expected = {
            c.name for t in Base.metadata.tables.values() for c in t.constraints if "ck_" in str(c.name)
        }
        assert _checks(connection) == expected


def test_migrating_makes_the_folder_and_can_be_repeated(empty_database_url: str) -> None:
    """An installation starts from nothing, and a second run finds nothing to do."""
    migrate(empty_database_url)
    migrate(empty_database_url)
    engine = make_engine(empty_database_url)
    assert set(inspect(engine).get_table_names()) >= set(Base.metadata.tables)
    engine.dispose()


def test_two_processes_migrate_at_once(empty_database_url: str) -> None:
    """Both succeed, and the schema is made once."""
    command = [sys.executable, "-c", MIGRATE, empty_database_url]
    both = [subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    errors = [process.communicate(timeout=60)[1] for process in both]
    assert [process.returncode for process in both] == [0, 0], errors
    engine = make_engine(empty_database_url)
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM alembic_version")) == 1
    engine.dispose()


def test_migrating_says_nothing(tmp_path: Path) -> None:
    """The command line prints its own words only."""
    command = [sys.executable, "-c", MIGRATE, f"sqlite:///{tmp_path / 'record.db'}"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_seeding_twice_changes_nothing(database: Database) -> None:
    """Reference data is loaded again at every start; what somebody changed in an organisation stays."""
    with database.begin() as session:
        before = session.scalar(select(func.count()).select_from(WorkerRow))
        session.get_one(OrganisationRow, "ORG-CAW-LEIE").team_mailbox = "nieuw@cawleie.example"
        session.get_one(GemeenteRow, "44021").name = "Verkeerd"
    seed(database.engine)
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(WorkerRow)) == before
        assert session.get_one(OrganisationRow, "ORG-CAW-LEIE").team_mailbox == "nieuw@cawleie.example"
        assert session.get_one(GemeenteRow, "44021").name == "Gent"


def test_all_municipalities_are_there_with_their_successors(database: Database) -> None:
    """312 rows, 285 of which are valid today; each successor is a row itself."""
    with database.read() as session:
        rows = session.scalars(select(GemeenteRow)).all()
    codes = {row.nis_code for row in rows}
    assert (len(rows), sum(row.valid_to is None for row in rows)) == (312, 285)
    assert {row.successor_nis for row in rows if row.successor_nis} <= codes


def test_an_error_of_the_database_tells_no_values(database: Database) -> None:
    """Drivers quote the row they refuse; what leaves this layer names the rule only."""
    with pytest.raises(RecordRefused) as refused, database.begin() as session:
        session.execute(text("INSERT INTO organisation_types (code, name) VALUES ('VDAB', 'Geheim Persoon')"))
    assert "Geheim" not in str(refused.value)
    assert refused.value.__cause__ is None


def test_an_unreachable_database_can_be_tried_again() -> None:
    """A database that is gone for an hour is no refusal."""
    database = Database.at("postgresql://nobody@/nowhere?host=/nonexistent")
    with pytest.raises(RecordUnavailable), database.read() as session:
        session.execute(text("SELECT 1"))


def test_a_reading_transaction_sees_one_moment_while_another_writes(database: Database) -> None:
    """Readers never wait for a writer."""
    with database.begin() as writer, database.read() as reader:
        writer.get_one(OrganisationRow, "ORG-CAW-LEIE").name = "Anders"
        writer.flush()
        assert reader.get_one(OrganisationRow, "ORG-CAW-LEIE").name == "CAW Leie en Schelde"


def test_a_broken_reference_is_refused(database: Database) -> None:
    """SQLite checks foreign keys too."""
    with pytest.raises(DBAPIError), database.engine.begin() as connection:
        connection.execute(text("UPDATE organisations SET type_code = 'NIETS' WHERE code = 'ORG-CAW-LEIE'"))
