"""The request for a trajectory as its sender writes it, and what the register answers."""

from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from models.actors import Actor
from models.findings import Finding
from models.messages import Strict
from models.onthaal import Hulpverlener
from models.toeleiding import Aanvraaginhoud
from models.words import Adresblok, Dag
from models.words import NisCode as NisCode
from models.words import Woord as Woord

Soort = Literal[
    "toeleiding", "activeringstraject", "onthaaltraject", "arbeidsmatige_activiteiten", "ama_se", "evaluatie"
]
"""The kinds of trajectory of the record; arbeidsmatige_activiteiten is that of welfare policy, ama_se the other."""
Gevraagd = Literal["toeleiding", "activeringstraject"]
"""What a request can ask for: the way to a decision, or a trajectory that was decided elsewhere."""
Statuutcode = Literal[
    "werkzoekend",
    "leefloon",
    "arbeidsongeschikt_werknemer",
    "arbeidsongeschikt_zelfstandige",
    "ivt_it",
    "groeipakket",
    "rva",
    "inschakelingsuitkering",
    "beschermingsuitkering",
    "arbeidsongeval",
    "geen",
    "onbekend",
]
Hoofdnood = Literal["welzijn", "beperking", "geestelijke_gezondheid"]
"""What weighs most for the person: it decides which kind of member of the samenwerkingsverband fits."""
BriefAan = Literal["zelf", "bewindvoerder_en_zelf", "ouder_of_voogd", "per_adres", "geen_brief"]


class Persoon(Strict):
    """The person the request is about."""

    voornaam: Woord
    achternaam: Woord
    geboortedatum: date
    adres: Woord | None = None
    adres_vervolg: Woord | None = None
    postcode: Annotated[str, StringConstraints(pattern=r"^[1-9]\d{3}$")] | None = None
    email: Woord | None = None
    telefoon: Woord | None = None
    brief_aan: BriefAan = "zelf"
    brief_aan_adres: Adresblok | None = Field(None, description="Nodig als de brief naar iemand anders gaat.")
    beschermd_adres: bool = False
    kanaal: Literal["brief", "mail", "telefoon", "sms"] = "brief"
    taal: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")] = "nl"
    tolk: bool = False

    @model_validator(mode="after")
    def _has_where_to_write(self) -> Self:
        if self.brief_aan not in ("zelf", "geen_brief") and self.brief_aan_adres is None:
            raise ValueError(f"brief_aan_adres is nodig bij {self.brief_aan}")
        return self


class Statuut(Strict):
    """A period in which the person has a statuut, with where that is known from."""

    code: Statuutcode
    van: Dag
    tot: Dag | None = Field(None, description="Laatste dag; leeg = loopt nog.")
    bron: Woord
    verwacht_einde: Dag | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.tot is not None and self.tot < self.van:
            raise ValueError("tot ligt voor van")
        return self


class Verzoek(Strict):
    """What everybody says who asks the register for a trajectory of somebody; the same `sleutel` is the same."""

    sleutel: Woord = Field(description="Door de afzender gekozen; dezelfde sleutel is dezelfde aanvraag.")
    soort: Soort
    ingediend_op: date
    nis_code: NisCode = Field(description="Gemeente waar de persoon woont.")
    persoon: Persoon
    statuut: tuple[Statuut, ...] = ()
    eigen_kenmerk: Woord | None = Field(None, description="Kenmerk van de aanvrager, zonder naam.")
    dossier: Woord | None = Field(None, description="Nummer van het dossier dat deze persoon al heeft.")
    hulpverlener: Hulpverlener | None = Field(
        None, description="Wie de persoon bijstaat, met contactgegevens."
    )

    @model_validator(mode="after")
    def _can_be(self) -> Self:
        if self.persoon.geboortedatum > self.ingediend_op:
            raise ValueError("geboortedatum ligt na ingediend_op")
        keys = [(statuut.code, statuut.van) for statuut in self.statuut]
        if len(keys) != len(set(keys)):
            raise ValueError("statuut noemt twee keer dezelfde code vanaf dezelfde dag")
        return self


class Aanvraag(Verzoek):
    """A request for a trajectory; the same `sleutel` again is the same request."""

    soort: Gevraagd
    begin: date | None = Field(None, description="Eerste dag van het traject; leeg = de dag van de aanvraag.")
    begeleidt_al: Woord | None = Field(None, description="Organisatie die de persoon al begeleidt.")
    hoofdnood: Hoofdnood | None = Field(
        None, description="Wat het zwaarst weegt; bepaalt welke casemanager zorg past. Leeg = niet gekend."
    )
    aanvrager: Actor | None = Field(None, description="Wie voor de persoon indient; leeg = de persoon zelf.")
    inhoud: Aanvraaginhoud | None = Field(None, description="Wat een toeleiding moet weten.")

    @model_validator(mode="after")
    def _possible(self) -> Self:
        if (self.inhoud or self.aanvrager) and self.soort != "toeleiding":
            raise ValueError("inhoud en aanvrager horen bij een toeleiding")
        return self

    @property
    def eerste_dag(self) -> date:
        """The first day of the trajectory."""
        return self.begin or self.ingediend_op


class AanvraagOngeldig(ValueError):
    """A request that cannot be registered: names the field and the rule, never what was filled in."""

    def __init__(self, veld: str, regel: str) -> None:
        super().__init__(f"{veld}: {regel}")
        self.veld = veld
        self.regel = regel


class Registered(BaseModel):
    """A registered request: what its trajectory starts with, and what a person should look at."""

    model_config = ConfigDict(frozen=True)

    reference: str
    workflow_id: str
    soort: Soort
    begin: date
    nis_code: str
    waarschuwingen: tuple[Finding[None], ...] = ()
    meegegeven: dict[str, Any] = {}
    """What a toeleiding or an onthaaltraject starts with besides."""


class AlreadyRunning(BaseModel):
    """The answer to a request for a second trajectory of a kind while the first runs; nothing was stored."""

    model_config = ConfigDict(frozen=True)

    reference: str
    workflow_id: str
    """Of the trajectory that runs."""
    bevinding: Finding[None]
