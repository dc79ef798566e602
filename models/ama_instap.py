"""AMA that ran before Werkzorg knew it, as a file describes it at go-live: of both kinds (art. 28-33)."""

from datetime import date
from typing import Literal, Self

from pydantic import Field, model_validator

from models.aanvraag import Persoon, Statuut, Statuutcode
from models.actors import Actor, Code, Rol
from models.ama import Bewijs, Combinatie, Instantie, Opbouw, Pop, Uren, in_steps
from models.ama_aanmelding import AmaAanmelding, VaphPeriode
from models.ama_stand import Variant
from models.command import Kort, Strict
from models.instap import Opschorting
from models.words import Dag, NisCode, Woord


class Instapovereenkomst(Strict):
    """An agreement for one werkpost, that runs or ran."""

    werkpost: Code
    begeleider: Code | None = Field(None, description="Organisatie; leeg = de begeleider van het dossier.")
    activiteit: Kort
    plaatsen: tuple[Kort, ...] = ()
    start: date
    einde: date | None = Field(None, description="Laatste dag, als die voorbij is.")
    uren_per_week: Uren
    opbouw: tuple[Opbouw, ...] = ()
    getekend_op: date | None = Field(None, description="Leeg = op de eerste dag.")
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


class Instaptoestemming(Strict):
    """A permission that was granted for a statuut; only the organisation of the begeleider will see it."""

    statuut: Statuutcode
    instantie: Instantie | None = None
    antwoord: Literal["toelating", "vaststelling", "niet_nodig"]
    verleend_op: date
    vanaf: Dag | None = Field(None, description="Leeg = vanaf de dag dat ze verleend is.")
    tot: Dag | None = None
    uren_per_week: Uren | None = None
    bewijs: Bewijs | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.tot is not None and self.tot < (self.vanaf or self.verleend_op):
            raise ValueError("tot ligt voor vanaf")
        return self


class Instapplaats(Strict):
    """The place in a contingent that the person has (D2022 art. 33)."""

    houder: Code = Field(description="Maatwerkbedrijf dat het contingent houdt.")
    sinds: date = Field(description="Eerste dag van deze plaats.")
    beslist_op: date | None = Field(None, description="Dag van de beslissing van VDAB; leeg = `sinds`.")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.beslist_op is not None and self.beslist_op > self.sinds:
            raise ValueError("beslist_op ligt na sinds")
        return self


class AmaInstap(Strict):
    """Running AMA at go-live: since when, with whom, where, under which permissions, and last evaluated when."""

    sleutel: Woord = Field(description="Door de afzender gekozen; dezelfde sleutel is dezelfde instap.")
    soort: Literal["arbeidsmatige_activiteiten", "ama_se"]
    nis_code: NisCode = Field(description="Gemeente waar de persoon woont.")
    persoon: Persoon
    statuut: tuple[Statuut, ...] = ()
    eigen_kenmerk: Woord | None = Field(None, description="Kenmerk van de afzender, zonder naam.")
    dossier: Woord | None = Field(None, description="Nummer van het dossier dat deze persoon al heeft.")
    start: date = Field(description="De echte eerste dag, ook als het toen een andere werkpost was.")
    begeleider: Code = Field(description="Organisatie die begeleidt.")
    medewerker: Code | None = Field(None, description="Leeg = het team krijgt de vragen.")
    overeenkomsten: tuple[Instapovereenkomst, ...] = Field(min_length=1)
    toestemmingen: tuple[Instaptoestemming, ...] = ()
    laatste_evaluatie: date | None = Field(None, description="Dag van het laatste jaarlijkse gesprek.")
    opschortingen: tuple[Opschorting, ...] = ()
    vaph: tuple[VaphPeriode, ...] = ()
    plaats: Instapplaats | None = Field(None, description="Bij ama_se: de plaats die de persoon heeft.")
    pop: Pop | None = Field(None, description="Bij ama_se; leeg = het POP wordt gevraagd.")
    laatste_herbeoordeling: date | None = Field(None, description="Bij ama_se: de laatste door VDAB.")
    combinaties: tuple[Combinatie, ...] = ()

    @model_validator(mode="after")
    def _of_its_kind(self) -> Self:
        if self.variant == "se" and self.plaats is None:
            raise ValueError("plaats is nodig bij ama_se")
        if self.variant == "wvg" and (
            self.plaats or self.pop or self.laatste_herbeoordeling or self.combinaties
        ):
            raise ValueError("plaats, pop, laatste_herbeoordeling en combinaties horen bij ama_se")
        return self

    @property
    def variant(self) -> Variant:
        """Which AMA it is: in welfare policy, or in the social economy."""
        return "se" if self.soort == "ama_se" else "wvg"

    @property
    def trekker(self) -> Actor:
        """Who accompanies."""
        return Actor(rol=Rol.BEGELEIDER, organisatie=self.begeleider, medewerker=self.medewerker)

    @property
    def aanmelding(self) -> AmaAanmelding:
        """The notice that the register would have got on the first day; it asks the same of a person for both kinds."""
        return AmaAanmelding(
            sleutel=self.sleutel,
            soort="arbeidsmatige_activiteiten",
            ingediend_op=self.start,
            nis_code=self.nis_code,
            persoon=self.persoon,
            statuut=self.statuut,
            eigen_kenmerk=self.eigen_kenmerk,
            dossier=self.dossier,
            begeleider=self.trekker,
            vaph=self.vaph,
        )
