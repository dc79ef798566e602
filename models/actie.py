"""The actions of a trajectplan: who does what with whom, where, since when, and why this one."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from models.command import Kort, Strict, Tekst

Domein = Literal["werk", "welzijn", "zorg", "empowerment", "psycho-educatie", "competentie"]
Activeringsvorm = Literal["hulpverlening_en_zorg", "taal", "sociaal", "arbeid", "extern", "studie"]
Aanbod = Literal["regulier", "netwerk", "ad_hoc"]
Pakket = Literal["integraal", "partieel"]


class Opbouw(Strict):
    """From a day on, so many hours a week on a workplace."""

    vanaf: date
    uren_per_week: int = Field(ge=1)


class Werkplek(Strict):
    """What is agreed about a workplace: unpaid, guided, insured, with hours that build up."""

    statuut_nagegaan: Literal["in_orde", "niet_nodig", "aangevraagd"]
    werkervaringsstage: bool = False
    begeleider: Kort = Field(description="Functie van wie op de werkplek begeleidt.")
    verzekering: Literal["in_orde", "aangevraagd"]
    uren: Annotated[tuple[Opbouw, ...], Field(min_length=1)]
    mag_weten: Tekst = Field(description="Wat de werkplek mag weten, in de woorden van de deelnemer.")


class Actie(Strict):
    """One action agreed in the trajectplan, in its domain, with who provides it and everybody's share."""

    domein: Domein
    omschrijving: Tekst
    dienstverlener: Kort
    activeringsvorm: Activeringsvorm | None = None
    soort: Kort | None = Field(
        None, description="Soort uit de catalogus (data/acties.yaml), of een eigen woord."
    )
    aanbod: Aanbod | None = Field(
        None, description="Waar het aanbod vandaan komt en nog te bevestigen is; leeg = al afgesproken."
    )
    aanbod_reden: Kort | None = Field(None, description="Nodig bij een ad-hocaanbod.")
    plaats: Kort | None = None
    van: date | None = None
    tot: date | None = None
    waarom: Tekst | None = Field(None, description="Waarom deze actie, en niet een andere.")
    resultaat: Tekst | None = Field(None, description="Het gewenste resultaat.")
    aandeel_deelnemer: Tekst | None = None
    aandeel_anderen: Tekst | None = None
    werkplek: Werkplek | None = None
    pakket: Pakket | None = Field(None, description="Welzijnspakket van een CAW.")
    aanvaard: bool = Field(True, description="nee = de deelnemer is met deze actie niet akkoord.")

    @model_validator(mode="after")
    def _whole(self) -> "Actie":
        if self.aanbod == "ad_hoc" and self.aanbod_reden is None:
            raise ValueError("aanbod_reden is nodig bij een ad-hocaanbod")
        if self.van is not None and self.tot is not None and self.tot < self.van:
            raise ValueError("tot ligt voor van")
        return self

    @property
    def needs_an_offer(self) -> bool:
        """Whether a provider has to say that there is a place, for an action that the participant wants."""
        return self.aanbod is not None and self.aanvaard
