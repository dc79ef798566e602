"""The notice of AMA in health and welfare policy, as the recognised begeleider sends it (art. 28-30)."""

from datetime import date
from typing import Literal, Self

from pydantic import Field, model_validator

from models.aanvraag import Verzoek
from models.actors import Actor, Code, Rol
from models.ama import Uren
from models.command import Kort, Strict


class VaphPeriode(Strict):
    """A period of day support or supported work by the VAPH, which never runs beside AMA."""

    van: date
    tot: date | None = Field(None, description="Laatste dag; leeg = loopt nog.")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.tot is not None and self.tot < self.van:
            raise ValueError("tot ligt voor van")
        return self


class Wens(Strict):
    """What the person would like to do, where and how much: it binds nobody, and is told with what is asked."""

    activiteit: Kort | None = None
    werkpost: Code | None = Field(None, description="Organisatie waar de persoon het liefst zou gaan.")
    uren_per_week: Uren | None = None
    vanaf: date | None = Field(None, description="Ten vroegste vanaf wanneer.")

    @model_validator(mode="after")
    def _wishes_something(self) -> Self:
        if not (self.activiteit or self.werkpost or self.uren_per_week or self.vanaf):
            raise ValueError("activiteit, werkpost, uren_per_week of vanaf is nodig")
        return self


class AmaAanmelding(Verzoek):
    """A person whom a begeleider wants to accompany; the same `sleutel` again is the same aanmelding."""

    soort: Literal["arbeidsmatige_activiteiten"]
    begeleider: Actor = Field(description="Wie aanmeldt en begeleidt.")
    vaph: tuple[VaphPeriode, ...] = Field(
        (), description="Dagondersteuning of begeleid werken van het VAPH, met de dagen."
    )

    wens: Wens | None = Field(None, description="Wat de persoon graag zou doen, waar en hoeveel.")

    @model_validator(mode="after")
    def _by_a_begeleider(self) -> Self:
        if self.begeleider.rol is not Rol.BEGELEIDER:
            raise ValueError("begeleider heeft de rol begeleider")
        if self.wens and self.wens.vanaf and self.wens.vanaf < self.ingediend_op:
            raise ValueError("wens.vanaf ligt voor ingediend_op")
        return self
