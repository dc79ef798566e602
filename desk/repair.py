"""Brings back a trajectory whose run was terminated or failed, and says in one sentence what was wrong."""

from temporalio.service import RPCError

from activities.runs import NothingToGoBackTo, Runs, Toestand
from desk.office import Office
from desk.plainly import DeskProblem
from models.lines import TrajectLine

REASON = "werkzorg dossier herstel"


async def repair(desk: Office, traject: TrajectLine) -> str:
    """What was wrong with the run of a trajectory and what was done about it, in one sentence."""
    runs = desk.runs(await desk.require_client())
    try:
        return await _repaired(runs, traject.workflow_id)
    except RPCError as error:
        raise DeskProblem(f"de engine antwoordt niet ({error.status.name})") from None
    except NothingToGoBackTo as problem:
        raise DeskProblem(f"{problem}: start het traject opnieuw") from None


async def _repaired(runs: Runs, name: str) -> str:
    run = await runs.look(name)
    match run.toestand:
        case Toestand.ONBEKEND:
            raise DeskProblem(f"de engine kent {name} niet meer; herstel een back-up van haar database")
        case Toestand.NIET_GESTART:
            await runs.start(run)
            return f"{name} was nog niet gestart en is dat nu wel."
        case Toestand.LOOPT:
            return f"{name} loopt; er is niets te herstellen."
        case Toestand.FAALT:
            return (
                f"{name} loopt, maar zijn workflowtaak mislukt telkens (poging {run.attempt}): "
                "zie de Temporal UI; een verbeterde versie van de worker lost het op."
            )
        case Toestand.BEEINDIGD:
            return f"{name} is gewoon beëindigd; er is niets te herstellen."
    await runs.reset(run, REASON)
    return f"{name} was {run.einde} en gaat verder waar het was."
