"""The words of arbeidsmatige activiteiten: permissions, agreements, and years of accompaniment (art. 28-33)."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from models.aanvraag import Statuutcode
from models.actors import Code
from models.command import Answer, Command, Kort, Strict, Tekst

Uren = Annotated[Decimal, Field(gt=0, le=40, decimal_places=2)]
"""Hours a week."""
Instantie = Literal["vdab", "ocmw", "adviserend_arts", "rva", "andere"]
"""Who pays a benefit and permits an unpaid activity beside it."""
Permissie = Literal["toelating", "vaststelling", "geweigerd", "niet_bevoegd", "niet_nodig"]
Bewijs = Annotated[
    Kort, Field(description="Waar het bewijs ligt bij de begeleider; het stuk zelf blijft daar.")
]


class Statuutmelding(Command):
    """The statuut of the participant ends or changes: what it is from now on, and since when."""

    code: Statuutcode
    vanaf: date
    eindigt: Statuutcode | None = Field(None, description="Het statuut dat daarmee ophoudt.")
    verwacht_einde: date | None = None


class ToestemmingVragen(Command):
    """The begeleider asked the benefit agency for its permission."""

    opdracht: Kort = Field(description="Sleutel van de opdracht, bijvoorbeeld toestemming/1.")
    gevraagd_op: date
    instantie: Instantie | None = Field(None, description="Alleen als het een andere is dan voorgesteld.")


class ToestemmingMelden(Answer):
    """What the benefit agency answered: since when, for how long, for how many hours and for which activity."""

    antwoord: Permissie
    vanaf: date | None = None
    tot: date | None = Field(None, description="Laatste dag van de toestemming, als die genoemd is.")
    uren_per_week: Uren | None = Field(None, description="Hoogstens zoveel uren; leeg = geen grens genoemd.")
    bevoegd: Instantie | None = Field(None, description="Bij niet_bevoegd: wie het wel is.")
    bewijs: Bewijs | None = None

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.antwoord in ("toelating", "vaststelling") and self.vanaf is None:
            raise ValueError("vanaf is nodig bij een toestemming")
        if self.vanaf and self.tot and self.tot < self.vanaf:
            raise ValueError("tot ligt voor vanaf")
        if (self.antwoord == "niet_bevoegd") != (self.bevoegd is not None):
            raise ValueError("bevoegd hoort bij niet_bevoegd")
        return self


class ToestemmingHergebruiken(Answer):
    """A permission of at most two years ago for the same activity serves again (incapacity only)."""

    verleend_op: date
    zelfde_activiteit: bool
    uren_per_week: Uren | None = None
    tot: date | None = None
    bewijs: Bewijs | None = None


class ToestemmingIntrekken(Command):
    """A benefit agency takes its permission back from a day on."""

    nummer: int = Field(ge=1, description="Nummer van de toestemming.")
    per: date


class BemiddelingVastleggen(Answer):
    """What came of the mediation after an agency refused: the question is asked anew, or nothing begins."""

    keuze: Literal["opnieuw_vragen", "stopzetten"]
    toelichting: Tekst


class Opbouw(Strict):
    """From when on how many hours a week."""

    vanaf: date
    uren_per_week: Uren


def in_steps(opbouw: tuple[Opbouw, ...], start: date, uren_per_week: Decimal) -> None:
    """Checks that the hours build up by date from the first day on, never beyond those agreed; raises ValueError."""
    days = [each.vanaf for each in opbouw]
    if days != sorted(set(days)):
        raise ValueError("opbouw staat niet op volgorde")
    if days and days[0] < start:
        raise ValueError("opbouw ligt voor start")
    if any(each.uren_per_week > uren_per_week for each in opbouw):
        raise ValueError("opbouw gaat boven uren_per_week")


class OvereenkomstSluiten(Answer):
    """The begeleidingsovereenkomst for one werkpost, signed by three parties."""

    werkpost: Code
    begeleider: Code | None = Field(None, description="Organisatie; leeg = de begeleider van het dossier.")
    activiteit: Kort
    plaatsen: tuple[Kort, ...] = ()
    start: date
    einde: date | None = None
    uren_per_week: Uren
    opbouw: tuple[Opbouw, ...] = Field((), description="Stappen naar de uren per week, met hun dag.")
    getekend_op: date = Field(description="Dag van de laatste handtekening.")
    verzekerd_tot: date = Field(description="Tot wanneer de twee verzekeringen gelden.")
    onkosten: Kort | None = None
    kledij: Kort | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.einde is not None and self.einde < self.start:
            raise ValueError("einde ligt voor start")
        if self.verzekerd_tot < self.start:
            raise ValueError("verzekerd_tot ligt voor start")
        in_steps(self.opbouw, self.start, self.uren_per_week)
        return self


class OvereenkomstToevoegen(Command):
    """A further werkpost comes beside the ones that run: an agreement is owed for it."""


class OvereenkomstWijzigen(Command):
    """Hours, activity or werkpost of an agreement change from a day on; the permissions are checked again."""

    nummer: int = Field(ge=1)
    vanaf: date = Field(description="Vanaf wanneer; tot dan geldt wat er nu staat.")
    uren_per_week: Uren | None = None
    activiteit: Kort | None = None
    werkpost: Code | None = None

    @model_validator(mode="after")
    def _changes_something(self) -> Self:
        if not (self.uren_per_week or self.activiteit or self.werkpost):
            raise ValueError("uren_per_week, activiteit of werkpost is nodig")
        return self


class OvereenkomstBeeindigen(Command):
    """One of several agreements ends; the accompaniment goes on with the others."""

    nummer: int = Field(ge=1)
    einde: date


class UrenMelden(Command):
    """The hours that were really done in a week, where they differ from what was planned."""

    week_van: date
    uren: Uren


class DimonaMelden(Answer):
    """The unpaid activity was declared to social security (type DWD), or its end was."""

    aangegeven_op: date


class VerzekeringMelden(Answer):
    """The insurances were renewed, until a day."""

    verzekerd_tot: date


class Opvolgen(Answer):
    """What was done about something that asked for a human: in order, ask again, or conclude."""

    keuze: Literal["in_orde", "toestemming_vragen", "afsluiten"]
    toelichting: Kort
    einde: date | None = Field(None, description="Bij afsluiten: de laatste dag.")

    @model_validator(mode="after")
    def _has_its_end(self) -> Self:
        if (self.keuze == "afsluiten") != (self.einde is not None):
            raise ValueError("einde hoort bij afsluiten")
        return self


class WatDaarnaVastleggen(Answer):
    """What the participant wants after the last day before the pension; the last day is then planned."""

    wens: Tekst
    einde: date


class BegeleiderWisselen(Command):
    """Another begeleider, in the same or another recognised organisation, is the trekker from now on."""

    organisatie: Code
    medewerker: Code | None = None


class TussentijdsGesprek(Command):
    """A talk before the window of the yearly evaluation: noted, and it moves nothing."""

    verslag: Tekst


AmaEinde = Literal[
    "op_vraag",
    "begeleider",
    "werkpost",
    "voorwaarden",
    "evaluatie",
    "pensioen",
    "overstap",
    "doorstroom",
    "verhuisd",
    "nooit_gestart",
    "andere",
]


class AmaBeeindigen(Command):
    """A named human ends the accompaniment with a last day, for a coded neutral reason."""

    einde: date
    oorzaak: AmaEinde


class AmaEindeIntrekken(Command):
    """The last day that was planned does not come: the accompaniment goes on."""


# AMA in the social economy


class ContingentKiezen(Answer):
    """Which maatwerkbedrijf is asked for a place."""

    houder: Code


class PlaatsOverslaan(Command):
    """The maatwerkbedrijf passes over whoever is first in line, with a reason; the place in line stays."""

    motivering: Kort


class BezoekVastleggen(Answer):
    """The visit to the maatwerkbedrijf was held: the person takes the place, or not."""

    keuze: Literal["neemt_de_plaats", "wil_niet", "past_niet"]
    toelichting: Kort


class Pop(Strict):
    """The personal development plan, with its next step and the day for it, as registered at VDAB."""

    stap: Tekst
    stap_tegen: date
    geregistreerd_op: date


class PopVastleggen(Answer, Pop):
    """The personal development plan was made."""


class Combinatie(Strict):
    """A placement, training or work beside the AMA."""

    soort: Literal["stage", "opleiding", "werk"]
    van: date
    tot: date | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.tot is not None and self.tot < self.van:
            raise ValueError("tot ligt voor van")
        return self


class CombinatieMelden(Command, Combinatie):
    """Something beside the AMA began or ended: a row, never a conflict."""


class HerbeoordelingVastleggen(Answer):
    """VDAB's yearly reassessment: goes on, moves on, or stops with a last day."""

    besluit: Literal["verlengd", "doorstroom", "stop"]
    motivering: Tekst
    einde: date | None = None

    @model_validator(mode="after")
    def _has_its_end(self) -> Self:
        if (self.besluit == "stop") != (self.einde is not None):
            raise ValueError("einde hoort bij stop")
        return self


AMA: dict[str, type[Command]] = {
    "statuut_melden": Statuutmelding,
    "toestemming_vragen": ToestemmingVragen,
    "toestemming_melden": ToestemmingMelden,
    "toestemming_hergebruiken": ToestemmingHergebruiken,
    "ama_toestemming_intrekken": ToestemmingIntrekken,
    "bemiddeling_vastleggen": BemiddelingVastleggen,
    "overeenkomst_sluiten": OvereenkomstSluiten,
    "overeenkomst_toevoegen": OvereenkomstToevoegen,
    "overeenkomst_wijzigen": OvereenkomstWijzigen,
    "overeenkomst_beeindigen": OvereenkomstBeeindigen,
    "uren_melden": UrenMelden,
    "dimona_melden": DimonaMelden,
    "verzekering_melden": VerzekeringMelden,
    "opvolgen": Opvolgen,
    "wat_daarna_vastleggen": WatDaarnaVastleggen,
    "begeleider_wisselen": BegeleiderWisselen,
    "tussentijds_gesprek": TussentijdsGesprek,
    "ama_beeindigen": AmaBeeindigen,
    "ama_einde_intrekken": AmaEindeIntrekken,
    "contingent_kiezen": ContingentKiezen,
    "plaats_overslaan": PlaatsOverslaan,
    "bezoek_vastleggen": BezoekVastleggen,
    "pop_vastleggen": PopVastleggen,
    "combinatie_melden": CombinatieMelden,
    "herbeoordeling_vastleggen": HerbeoordelingVastleggen,
}
"""The commands of arbeidsmatige activiteiten, by name; resting and what every story has come beside them."""
