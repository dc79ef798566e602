"""`aanmelding`: registers what does not come from VDAB, from a file, and starts it once.

An onthaaltraject that a kernpartner welcomes itself, or AMA in health and welfare policy by a begeleider.
"""

from typing import Any

from pydantic import ValidationError

from activities.aanmeldingen import Aanmeldingen
from activities.ama_aanmeldingen import AmaAanmeldingen
from desk.aanvragen import begin, refused_running
from desk.forms import read_contents, understood
from desk.office import Office
from desk.plainly import DeskProblem
from models.aanmelding import Aanmelding
from models.aanvraag import AanvraagOngeldig, AlreadyRunning, Registered
from models.ama_aanmelding import AmaAanmelding
from player.wording import field_errors
from worker import wall_clock

KINDS = ("onthaaltraject", "arbeidsmatige_activiteiten")


def notify(desk: Office, source: str) -> None:
    """Registers what a YAML or JSON file says, and starts its trajectory if an engine runs."""
    begin(desk, _register(desk, source), "de aanmelding")


def _register(desk: Office, source: str) -> Registered:
    try:
        answer = _told(desk, read_contents(source))
    except ValidationError as invalid:
        wrong = "; ".join(str(error) for error in field_errors(invalid))
        raise DeskProblem(f"aanmelding niet aangenomen: {wrong}") from None
    except AanvraagOngeldig as refused:
        raise DeskProblem(f"aanmelding niet aangenomen: {refused}") from None
    if isinstance(answer, AlreadyRunning):
        raise refused_running("aanmelding", answer)
    return answer


def _told(desk: Office, contents: dict[str, Any]) -> Registered | AlreadyRunning:
    """The answer of the register of its kind; raises ValidationError or AanvraagOngeldig."""
    database, kind = desk.collaborators.database, contents.get("soort")
    if kind not in KINDS:
        raise AanvraagOngeldig("soort", f"kies uit {' of '.join(KINDS)}")
    if kind == "onthaaltraject":
        notice = Aanmelding.model_validate(understood(Aanmelding, contents))
        return Aanmeldingen(database, wall_clock).register(notice)
    told = AmaAanmelding.model_validate(understood(AmaAanmelding, contents))
    return AmaAanmeldingen(database, wall_clock, desk.collaborators.law).register(told)
