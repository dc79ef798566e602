"""Who accompanies a trajectory that is entered: the tandem that its file names, and whom the tables put around it."""

from datetime import date

from sqlalchemy.orm import Session

from activities.database import Database
from activities.mandates import workers_at
from activities.teams import Teams
from models.aanvraag import AanvraagOngeldig
from models.actors import Actor, Rol, Team
from models.instap import Casemanager, Instap
from models.steps import TeamOrder
from models.tables import OrganisationRow, WorkerRow

NO_AREA = "onbepaald"
"""The werkingsgebied of a municipality that the tables do not know."""


class Instappen:
    """The teams of trajectories that ran before they were entered."""

    def __init__(self, database: Database, teams: Teams) -> None:
        self._database = database
        self._teams = teams

    def team(self, instap: Instap, op: date) -> Team:
        """The tandem that the entry names, with whom its werkingsgebied has around it; raises AanvraagOngeldig.

        A mandate that was lost on the way stops no running trajectory, so none is asked for here.
        """
        order = TeamOrder(workflow_id="", reference="", nis_code=instap.nis_code, on=op)
        around = self._teams.assign_team(order)
        with self._database.read() as session:
            for veld, named in (
                ("casemanager_werk", instap.casemanager_werk),
                ("casemanager_zorg", instap.casemanager_zorg),
            ):
                _check(session, veld, named)
            organisations = (instap.casemanager_werk.organisatie, instap.casemanager_zorg.organisatie)
            leading = [w for w in workers_at(session, organisations, op) if w.is_leiding]
        return Team(
            werkingsgebied=around.werkingsgebied or NO_AREA,
            casemanager_werk=instap.casemanager_werk.actor(Rol.CASEMANAGER_WERK),
            casemanager_zorg=instap.casemanager_zorg.actor(Rol.CASEMANAGER_ZORG),
            leiding=around.omkadering.leiding | {w.org: _leader(w) for w in reversed(leading)},
            netwerkcoordinator=around.omkadering.netwerkcoordinator,
            vdab=around.omkadering.vdab,
        )


def _leader(worker: WorkerRow) -> Actor:
    return Actor(rol=Rol.TEAMCOORDINATOR, organisatie=worker.org, medewerker=worker.ref)


def _check(session: Session, veld: str, named: Casemanager) -> None:
    if session.get(OrganisationRow, named.organisatie) is None:
        raise AanvraagOngeldig(f"{veld}.organisatie", "geen organisatie met deze code")
    if named.medewerker is None:
        return
    worker = session.get(WorkerRow, named.medewerker)
    if worker is None:
        raise AanvraagOngeldig(f"{veld}.medewerker", "geen medewerker met deze referentie")
    if worker.org != named.organisatie:
        raise AanvraagOngeldig(f"{veld}.medewerker", "werkt niet bij deze organisatie")
