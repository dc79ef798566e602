"""The notice of an onthaaltraject by another entrance than VDAB: a counter, outreach work, or a partner."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from models.aanvraag import BriefAan
from models.actors import Actor, Rol
from models.command import Strict
from models.onthaal import Onthaalgegevens
from models.words import Adresblok, Woord


class Aanmelding(Strict):
    """A person whom a kernpartner welcomes by itself; the same `sleutel` again is the same aanmelding."""

    sleutel: Woord = Field(description="Door de afzender gekozen; dezelfde sleutel is dezelfde aanmelding.")
    soort: Literal["onthaaltraject"]
    ingediend_op: date
    herkomst: Literal["eigen_onthaal", "outreach", "partner"]
    kernpartner: Actor = Field(description="Wie aanmeldt en de persoon verder onthaalt.")
    dakloos: bool = Field(False, description="Wie geen woning heeft, houdt de eigen hulpverlener.")
    gegevens: Onthaalgegevens
    brief_aan: BriefAan = "zelf"
    brief_aan_adres: Adresblok | None = Field(None, description="Nodig als de brief naar iemand anders gaat.")
    beschermd_adres: bool = False
    kanaal: Literal["brief", "mail", "telefoon", "sms"] = "brief"
    taal: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")] = "nl"
    tolk: bool = False

    @model_validator(mode="after")
    def _possible(self) -> Self:
        if self.kernpartner.rol is not Rol.KERNPARTNER:
            raise ValueError("kernpartner heeft de rol kernpartner")
        if self.gegevens.geboortedatum > self.ingediend_op:
            raise ValueError("geboortedatum ligt na ingediend_op")
        if self.brief_aan not in ("zelf", "geen_brief") and self.brief_aan_adres is None:
            raise ValueError(f"brief_aan_adres is nodig bij {self.brief_aan}")
        return self

    @property
    def helper(self) -> str | None:
        """The organisation that keeps the person wherever they stay: without a home, whoever notifies."""
        if self.dakloos:
            return self.kernpartner.organisatie
        return self.gegevens.hulpverlener.organisatie if self.gegevens.hulpverlener else None
