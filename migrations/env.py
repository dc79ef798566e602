"""How Alembic meets the database: over the connection of `activities.database.migrate`, or `-x url=…`."""

from alembic import context
from sqlalchemy import Connection

from activities.database import make_engine
from models.tables import Base


def run(connection: Connection) -> None:
    """Apply the migrations over one connection, in the transaction it is in."""
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        transactional_ddl=True,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    with make_engine(context.get_x_argument(as_dictionary=True)["url"]).begin() as connection:
        run(connection)
