"""A record from before the assignment in three steps goes on: what it holds stays, what is new is empty."""

from io import StringIO
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import inspect, select, text

from activities.database import ALEMBIC, Database, make_engine, migrate, seed
from models.tables import TrajectRow, VdabServiceRow

BEFORE = "0004"
PERSON = """INSERT INTO persons (id, first_name, last_name, birth_date, nis_code, brief_aan, protected_address,
    channel, language, interpreter) VALUES (1, 'P', 'Q', '1990-02-28', '44021', 'zelf', false, 'brief', 'nl', false)"""
DOSSIER = """INSERT INTO dossiers (reference, person_id, domain, year, nis_code, created_on, recorded_at)
    VALUES ('WZ-2026-000001', 1, 'activering_ama', 2026, '44021', '2026-11-02', '2026-11-02 09:30:00')"""
TRAJECT = """INSERT INTO trajecten (workflow_id, reference, soort, ordinal, nis_code, started_on, begeleidt_al,
    last_seq, last_step, opgeschort, te_laat, is_open, recorded_at) VALUES ('oud', 'WZ-2026-000001',
    'activeringstraject', 1, '44021', '2026-11-02', 'ORG-DE-MEANDER', 3, 2, false, false, true,
    '2026-11-02 09:30:00')"""


def _migrated_to(url: str, revision: str) -> None:
    engine = make_engine(url)
    if engine.dialect.name == "sqlite":
        Path(str(engine.url.database)).parent.mkdir(parents=True)
    with engine.begin() as connection:
        config = Config(ALEMBIC, stdout=StringIO())
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    engine.dispose()


def test_a_record_of_before_keeps_its_trajectories(empty_database_url: str) -> None:
    """The main need was never asked; the services come with the reference data at the next start."""
    _migrated_to(empty_database_url, BEFORE)
    engine = make_engine(empty_database_url)
    assert "vdab_services" not in inspect(engine).get_table_names()
    with engine.begin() as connection:
        for statement in (PERSON, DOSSIER, TRAJECT):
            connection.execute(text(statement))
    migrate(empty_database_url)
    seed(engine)
    database = Database(engine)
    with database.read() as session:
        traject = session.get_one(TrajectRow, "oud")
        assert (traject.begeleidt_al, traject.hoofdnood, traject.last_seq) == ("ORG-DE-MEANDER", None, 3)
        services = session.scalars(select(VdabServiceRow).order_by(VdabServiceRow.org)).all()
        deciding = {(row.org, row.werkingsgebied) for row in services}
        assert deciding >= {("ORG-VDAB-BRUGGE", "WG-BRUGGE-OOSTENDE"), ("ORG-VDAB-GENT", "WG-GENT")}
    database.close()
