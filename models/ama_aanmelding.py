"""The notice of AMA in health and welfare policy, as the recognised begeleider sends it (art. 28-30)."""

from datetime import date
from typing import Literal, Self

from pydantic import Field, model_validator

from models.aanvraag import Verzoek
from models.actors import Actor, Rol
from models.command import Strict


class VaphPeriode(Strict):
    """A period of day support or supported work by the VAPH, which never runs beside AMA."""

    van: date
    tot: date | None = Field(None, description="Laatste dag; leeg = loopt nog.")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.tot is not None and self.tot < self.van:
            raise ValueError("tot ligt voor van")
        return self


class AmaAanmelding(Verzoek):
    """A person whom a begeleider wants to accompany; the same `sleutel` again is the same aanmelding."""

    soort: Literal["arbeidsmatige_activiteiten"]
    begeleider: Actor = Field(description="Wie aanmeldt en begeleidt.")
    vaph: tuple[VaphPeriode, ...] = Field(
        (), description="Dagondersteuning of begeleid werken van het VAPH, met de dagen."
    )

    @model_validator(mode="after")
    def _by_a_begeleider(self) -> Self:
        if self.begeleider.rol is not Rol.BEGELEIDER:
            raise ValueError("begeleider heeft de rol begeleider")
        return self
