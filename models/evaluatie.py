"""The words of the yearly evaluation of arbeidsmatige activiteiten (art. 29)."""

from datetime import date
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from models.actors import Actor
from models.command import Answer, Command, Kort, Strict, Tekst

Oordeel = Literal["verder", "bijsturen", "doorstromen", "stoppen"]
"""What an evaluation concludes: continue, adjust, move on, or stop."""


class LatenteFunctie(Strict):
    """One of the four latent functions of work, in the participant's own words and the begeleider's."""

    eigen_woorden: Tekst
    begeleider: Tekst


class EvaluatieVoorbereiden(Command):
    """The talk is prepared: planned on a day, with who will be there."""

    gepland_op: date
    aanwezig: tuple[Kort, ...] = ()


class EvaluatieRaadplegen(Answer):
    """What the benefit agency said of the conditions when it was consulted about the evaluation."""

    antwoord: Tekst


class EvaluatieVastleggen(Answer):
    """The yearly evaluation, held on `datum`: four latent functions, what still fits, and the verdict."""

    bezigheid: LatenteFunctie
    structuur: LatenteFunctie
    contacten: LatenteFunctie
    zelfontplooiing: LatenteFunctie
    toestemming_klopt: bool
    verzekering_klopt: bool
    uren_kloppen: bool
    werkpost_past: bool
    zorgbegeleiding: Kort | None = Field(None, description="Waar zorgbegeleiding loopt; leeg = geen.")
    stap_naar_werk: Tekst
    oordeel: Oordeel
    einde: date | None = Field(None, description="Bij stoppen: de laatste dag.")

    @property
    def alles_klopt(self) -> bool:
        """Whether everything that was looked at still fits."""
        return self.toestemming_klopt and self.verzekering_klopt and self.uren_kloppen and self.werkpost_past

    @model_validator(mode="after")
    def _has_its_end(self) -> Self:
        if (self.oordeel == "stoppen") != (self.einde is not None):
            raise ValueError("einde hoort bij stoppen")
        return self


EVALUATIE: dict[str, type[Command]] = {
    "evaluatie_voorbereiden": EvaluatieVoorbereiden,
    "evaluatie_raadplegen": EvaluatieRaadplegen,
    "evaluatie_vastleggen": EvaluatieVastleggen,
}
"""The commands of a yearly evaluation, by name."""


class Evaluate(BaseModel):
    """The signal that asks an AMA to open its n-th evaluation; a field that is not known yet is ignored."""

    model_config = ConfigDict(frozen=True)

    versie: int = 1
    nummer: int
    datum: date


class EvaluatieAfgerond(BaseModel):
    """The signal with which an evaluation tells its AMA what came of it, with the business date."""

    model_config = ConfigDict(frozen=True)

    versie: int = 1
    nummer: int
    gehouden_op: date | None = None
    """None when it was left without a talk, by a human."""
    oordeel: Oordeel | None = None
    einde: date | None = None
    toestemming_klopt: bool = True
    """Only of what was told before `alles_klopt`: whether it is the permission is said to nobody any more."""
    alles_klopt: bool = True
    """Whether permission, insurance, hours and werkpost all still fit; which does not, stays in the evaluation."""
    datum: date

    @property
    def vraagt_opvolging(self) -> bool:
        """Whether a human has something to look at: what was concluded, or anything that does not fit any more."""
        return self.oordeel in ("bijsturen", "doorstromen") or not (
            self.alles_klopt and self.toestemming_klopt
        )


class AmaGeeindigd(BaseModel):
    """The signal that tells an open evaluation that its AMA ended."""

    model_config = ConfigDict(frozen=True)

    versie: int = 1
    einde: date
    datum: date


class VerjaardagGewijzigd(BaseModel):
    """The signal that tells an open evaluation its anniversary, when the first day was put right."""

    model_config = ConfigDict(frozen=True)

    versie: int = 1
    verjaardag: date
    datum: date


class AmaHervat(BaseModel):
    """The signal that tells an evaluation that its AMA goes on: the end for which it was taken back was undone."""

    model_config = ConfigDict(frozen=True)

    versie: int = 1
    datum: date


class BegeleiderGewisseld(BaseModel):
    """The signal that tells an open evaluation who accompanies now, with who leads there."""

    model_config = ConfigDict(frozen=True)

    versie: int = 1
    begeleider: Actor
    leiding: dict[str, Actor] = Field(default_factory=dict)
    datum: date
