"""`aanmelding`: registers an onthaaltraject that does not come from VDAB, from a file, and starts it once."""

from pydantic import ValidationError

from activities.aanmeldingen import Aanmeldingen
from desk.aanvragen import begin
from desk.forms import read_contents, understood
from desk.office import Office
from desk.plainly import DeskProblem
from models.aanmelding import Aanmelding
from models.aanvraag import AanvraagOngeldig, Registered
from player.wording import field_errors
from worker import wall_clock


def notify(desk: Office, source: str) -> None:
    """Registers what a YAML or JSON file says, and starts the onthaaltraject if an engine runs."""
    begin(desk, _register(desk, source), "de aanmelding")


def _register(desk: Office, source: str) -> Registered:
    try:
        told = Aanmelding.model_validate(understood(Aanmelding, read_contents(source)))
        return Aanmeldingen(desk.collaborators.database, wall_clock).register(told)
    except ValidationError as invalid:
        wrong = "; ".join(str(error) for error in field_errors(invalid))
        raise DeskProblem(f"aanmelding niet aangenomen: {wrong}") from None
    except AanvraagOngeldig as refused:
        raise DeskProblem(f"aanmelding niet aangenomen: {refused}") from None
