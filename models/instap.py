"""A trajectory that ran before Werkzorg knew it, as a file describes it at go-live."""

from datetime import date
from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from models.aanvraag import Aanvraag, Persoon, Statuut
from models.actors import Actor, Code, Rol
from models.begeleiding import Informatiepunt, Tandemrol, Trede
from models.command import Kort, Strict
from models.messages import PlanAkkoord
from models.words import NisCode, Woord

ACTIVERING: Literal["activeringstraject"] = "activeringstraject"
Nummer = Annotated[int, Field(ge=1)]


class Casemanager(Strict):
    """One of the tandem, by organisation and reference; without reference the team's mailbox is meant."""

    organisatie: Code
    medewerker: Code | None = None

    def actor(self, rol: Tandemrol) -> Actor:
        """The same, in a role."""
        return Actor(rol=Rol(rol), organisatie=self.organisatie, medewerker=self.medewerker)


class Instapplan(PlanAkkoord):
    """The trajectplan that runs, with the day on which it was agreed."""

    model_config = ConfigDict(validate_by_alias=True, validate_by_name=True)

    opdracht: Kort = "trajectplan"
    datum: date = Field(alias="akkoord_op", description="Dag waarop het plan akkoord was.")

    def agreed(self) -> PlanAkkoord:
        """The plan as the phases of a trajectory hold it."""
        return PlanAkkoord.model_validate(self.model_dump())


class Opschorting(Strict):
    """A period in which the trajectory rested, or still rests."""

    van: date
    tot: date | None = Field(None, description="Eerste dag waarop het weer liep; leeg = het rust nog.")
    verwacht: date | None = Field(None, description="Dag waarop het einde verwacht wordt; alleen zonder tot.")
    oorzaak: Literal["ziekte", "opname", "detentie", "moederschap", "andere"]


class Waarde(Strict):
    """A value on the participatieladder that was taken before the entry."""

    op: date
    niveau: Trede
    groeipotentieel: Trede | None = None


class Toegestaan(Strict):
    """The exceptional extension beyond the maximum that VDAB granted (art. 11)."""

    gevraagd_op: date
    einde: date = Field(description="De laatste dag die VDAB toestond.")


class Instap(Strict):
    """A running activeringstraject at go-live: who, since when, with whom, and what was done already."""

    sleutel: Woord = Field(description="Door de afzender gekozen; dezelfde sleutel is dezelfde instap.")
    nis_code: NisCode = Field(description="Gemeente waar de persoon woont.")
    persoon: Persoon
    statuut: tuple[Statuut, ...] = ()
    eigen_kenmerk: Woord | None = Field(None, description="Kenmerk van de afzender, zonder naam.")
    aangevraagd_op: date | None = Field(
        None, description="Dag van de aanvraag; bepaalt het regime; leeg = de eerste dag."
    )
    start: date = Field(description="De echte eerste dag van het traject.")
    casemanager_werk: Casemanager
    casemanager_zorg: Casemanager
    toegewezen_op: date = Field(description="Dag waarop de casemanagers zijn toegewezen.")
    eerste_gesprek: date | None = Field(None, description="Dag van het eerste gesprek; leeg = nog niet.")
    geinformeerd: dict[Informatiepunt, date] = Field(
        {}, description="Wanneer elk van de zes onderwerpen is verteld (art. 14 §2 2°)."
    )
    plan: Instapplan | None = Field(None, description="Leeg = het plan wordt nog voorbereid.")
    verlengd: int = Field(0, ge=0, description="Met hoeveel dagen het afgesproken einde later is verlengd.")
    toegestaan: Toegestaan | None = Field(
        None, description="De uitzonderlijke verlenging die VDAB toestond (art. 11)."
    )
    opschortingen: tuple[Opschorting, ...] = ()
    evaluaties: dict[Nummer, date] = Field(
        {}, description="Wanneer evaluatie 1, 2, … van de periodiciteit is gehouden."
    )
    beslispunt: date | None = Field(None, description="Dag waarop al is beslist wat er na het plan komt.")
    metingen: tuple[Waarde, ...] = ()

    @property
    def aanvraag(self) -> Aanvraag:
        """The request that the register would have got on the first day."""
        return Aanvraag(
            sleutel=self.sleutel,
            soort=ACTIVERING,
            ingediend_op=self.start,
            nis_code=self.nis_code,
            persoon=self.persoon,
            statuut=self.statuut,
            eigen_kenmerk=self.eigen_kenmerk,
        )
