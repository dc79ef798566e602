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


class _Told(BaseModel):
    """What an AMA and its evaluations signal to each other, with the business date."""

    model_config = ConfigDict(frozen=True)

    versie: int = 1
    datum: date


class Evaluate(_Told):
    """The signal that asks an AMA to open its n-th evaluation; a field that is not known yet is ignored."""

    nummer: int


class EvaluatieAfgerond(_Told):
    """The signal with which an evaluation tells its AMA what came of it, with the business date."""

    nummer: int
    gehouden_op: date | None = None
    """None when it was left without a talk, by a human."""
    oordeel: Oordeel | None = None
    einde: date | None = None
    alles_klopt: bool = True
    """Whether permission, insurance, hours and werkpost all still fit; which does not, stays in the evaluation."""

    @property
    def vraagt_opvolging(self) -> bool:
        """Whether a human has something to look at: what was concluded, or anything that does not fit any more."""
        return self.oordeel in ("bijsturen", "doorstromen") or not self.alles_klopt


class AmaGeeindigd(_Told):
    """The signal that tells an open evaluation that its AMA ended."""

    einde: date


class VerjaardagGewijzigd(_Told):
    """The signal that tells an open evaluation its anniversary, when the first day was put right."""

    verjaardag: date


class AmaHervat(_Told):
    """The signal that tells an evaluation that its AMA goes on: the end for which it was taken back was undone."""


class BegeleiderGewisseld(_Told):
    """The signal that tells an open evaluation who accompanies now, with who leads there."""

    begeleider: Actor
    leiding: dict[str, Actor] = Field(default_factory=dict)
