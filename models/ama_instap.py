"""AMA in welfare policy that ran before Werkzorg knew it, as a file describes it at go-live (art. 28-31)."""

from datetime import date
from typing import Literal, Self

from pydantic import Field, model_validator

from models.aanvraag import Persoon, Statuut, Statuutcode
from models.actors import Actor, Code, Rol
from models.ama import Bewijs, Instantie, Opbouw, Uren
from models.ama_aanmelding import AmaAanmelding, VaphPeriode
from models.command import Kort, Strict
from models.instap import Opschorting
from models.words import NisCode, Woord


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
        return self


class Instaptoestemming(Strict):
    """A permission that was granted for a statuut; only the organisation of the begeleider will see it."""

    statuut: Statuutcode
    instantie: Instantie | None = None
    antwoord: Literal["toelating", "vaststelling", "niet_nodig"]
    verleend_op: date
    vanaf: date | None = Field(None, description="Leeg = vanaf de dag dat ze verleend is.")
    tot: date | None = None
    uren_per_week: Uren | None = None
    bewijs: Bewijs | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.tot is not None and self.tot < (self.vanaf or self.verleend_op):
            raise ValueError("tot ligt voor vanaf")
        return self


class AmaInstap(Strict):
    """Running AMA at go-live: since when, with whom, where, under which permissions, and last evaluated when."""

    sleutel: Woord = Field(description="Door de afzender gekozen; dezelfde sleutel is dezelfde instap.")
    soort: Literal["arbeidsmatige_activiteiten"]
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

    @property
    def trekker(self) -> Actor:
        """Who accompanies."""
        return Actor(rol=Rol.BEGELEIDER, organisatie=self.begeleider, medewerker=self.medewerker)

    @property
    def aanmelding(self) -> AmaAanmelding:
        """The notice that the register would have got on the first day."""
        return AmaAanmelding(
            sleutel=self.sleutel,
            soort=self.soort,
            ingediend_op=self.start,
            nis_code=self.nis_code,
            persoon=self.persoon,
            statuut=self.statuut,
            eigen_kenmerk=self.eigen_kenmerk,
            dossier=self.dossier,
            begeleider=self.trekker,
            vaph=self.vaph,
        )
