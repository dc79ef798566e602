"""What people tell an activeringstraject while they accompany somebody: talks, offers, changes, the end."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from models.actie import Actie
from models.actors import Code, Rol
from models.command import Answer, Command, Kort, Tekst

Informatiepunt = Literal["einddoel", "duur", "werk", "zorg", "samenwerking", "gegevens"]
"""The six things a participant is told (art. 14 §2 2°): goal, duration, work, care, cooperation, use of data."""
Trede = Annotated[int, Field(ge=1, le=6, description="Trede van de participatieladder, 1 tot 6.")]
Keuze = Literal["aanvaard", "geweigerd"]
Tandemrol = Literal[Rol.CASEMANAGER_WERK, Rol.CASEMANAGER_ZORG]
Uitkomst = Literal[
    "betaald_werk_regulier",
    "betaald_werk_met_ondersteuning",
    "individueel_maatwerk",
    "collectief_maatwerk",
    "lokale_diensteneconomie",
    "artikel_60",
    "opleiding_of_studie",
    "vrijwilligerswerk",
    "ama_se",
    "ama_wvg",
    "advies_welzijn",
    "zorg_of_dagbesteding",
    "pensioen",
    "verhuisd",
    "overleden",
    "geen",
    "andere",
]


class EersteGesprek(Answer):
    """The first talk was held, and what the participant was told there (art. 14 §2 2°)."""

    waar: Kort
    hoe: Literal["gesprek", "telefoon", "video", "huisbezoek", "andere"]
    geinformeerd: tuple[Informatiepunt, ...] = Field((), description="Wat van de zes onderwerpen is verteld.")


class Informeren(Answer):
    """The participant was told what was still missing of the six points (art. 14 §2 2°)."""

    geinformeerd: Annotated[tuple[Informatiepunt, ...], Field(min_length=1)]


class Verkennen(Command):
    """What was explored before the plan: rights, competences, wishes, growth and needs (art. 14 §2 3°-4°)."""

    rechten: Tekst
    competenties: Tekst
    voorkeur: Tekst = Field(description='"Wat wil ik", in de woorden van de deelnemer.')
    groeimogelijkheden: Tekst
    noden: Tekst


class Participatieladder(Command):
    """A value on the participatieladder: where the person stands and could grow to, never a judgement."""

    niveau: Trede
    groeipotentieel: Trede | None = None


class MetingVastleggen(Answer):
    """The one question of a measurement: where on the participatieladder the person stands on `datum`."""

    niveau: Trede
    groeipotentieel: Trede | None = None


class VoorfaseActie(Command):
    """A first action that starts before there is a plan."""

    actie: Actie


class AndereCasemanagerVragen(Command):
    """The participant asks for another case manager: once without a reason."""

    rol: Tandemrol


class Verhuizen(Command):
    """The participant lives in another municipality from a day on; another werkingsgebied means another team."""

    nis_code: Annotated[str, Field(pattern=r"^[1-9]\d{4}$")]
    per: date


class OverdrachtBevestigen(Answer):
    """The new case manager has read the pack of a hand-over and takes the case."""

    kennisgemaakt_op: date | None = Field(
        None, description="Dag van het gesprek met de deelnemer, als dat er al was."
    )


class AanbodAntwoorden(Answer):
    """What a provider answers to an action of the plan."""

    antwoord: Literal["bevestigd", "wachtlijst", "geen_aanbod", "geweigerd"]
    vanaf: date | None = Field(
        None, description="Bij bevestigd: vanaf wanneer. Bij wachtlijst: tot ongeveer wanneer."
    )
    toelichting: Kort | None = None

    @model_validator(mode="after")
    def _says_when(self) -> Self:
        if self.antwoord in ("bevestigd", "wachtlijst") and self.vanaf is None:
            raise ValueError("vanaf is nodig bij bevestigd en wachtlijst")
        return self


class ActieHerzien(Answer):
    """What the tandem does about an action that got no offer."""

    keuze: Literal["andere_dienstverlener", "vervalt", "wachten"]
    dienstverlener: Kort | None = None
    toelichting: Tekst

    @model_validator(mode="after")
    def _names_the_other(self) -> Self:
        if (self.keuze == "andere_dienstverlener") != (self.dienstverlener is not None):
            raise ValueError("dienstverlener hoort bij andere_dienstverlener, en alleen daarbij")
        return self


class PlanWijzigen(Command):
    """The plan changes: small things are written down, essential ones make a version that is agreed again."""

    aard: Literal["klein", "wezenlijk"]
    wat: Tekst = Field(description="Wat er verandert en waarom.")
    doel: Tekst | None = None
    acties: tuple[Actie, ...] = Field(
        (), description="Bij een wezenlijke wijziging: alle acties, ook de oude."
    )
    periodiciteit_maanden: Annotated[int, Field(ge=1)] | None = None
    vorm: Literal["schriftelijk", "mondeling", "niet_akkoord"] = "schriftelijk"
    eigen_woorden: Tekst | None = Field(None, description="Nodig bij niet_akkoord.")

    @model_validator(mode="after")
    def _small_is_small(self) -> Self:
        if self.aard == "klein" and (self.doel or self.acties or self.periodiciteit_maanden):
            raise ValueError("een ander doel, andere acties of een andere periodiciteit zijn wezenlijk")
        if self.vorm == "niet_akkoord" and self.eigen_woorden is None:
            raise ValueError("eigen_woorden zijn nodig bij niet_akkoord")
        return self


class WijzigingVoorstellen(Command):
    """A provider proposes to change its action; the tandem decides."""

    actie: int = Field(ge=1, description="Nummer van de actie in het plan.")
    voorstel: Tekst


class VoorstelBeslissen(Answer):
    """The tandem accepts or refuses the proposal of a provider, with its reason."""

    besluit: Keuze
    motivering: Tekst


class PakketStarten(Command):
    """The welzijnspakket of an action starts with its own first talk."""

    actie: int = Field(ge=1, description="Nummer van de actie in het plan.")
    eerste_gesprek_op: date


class PakketEvalueren(Answer):
    """The closing evaluation of a welzijnspakket, in five lines."""

    doel: Kort
    gedaan: Kort
    resultaat: Kort
    eigen_woorden: Kort
    vervolg: Kort


class OpschortingBespreken(Answer):
    """What the talk or the decision about a long suspension gave: go on waiting, or stop by a human's decision."""

    keuze: Literal["wachten", "hervatten_voorbereiden", "stoppen_voorbereiden"]
    toelichting: Tekst


class BeslispuntBeslissen(Answer):
    """What follows towards the end: finish, lengthen within the maximum, or ask VDAB for an exceptional extension."""

    keuze: Literal["afronden", "verlengen", "uitzonderlijk"]
    einde: date | None = Field(None, description="Bij verlengen en uitzonderlijk: het gevraagde einde.")
    motivering: Tekst

    @model_validator(mode="after")
    def _names_the_end(self) -> Self:
        if (self.keuze == "afronden") != (self.einde is None):
            raise ValueError("einde hoort bij verlengen en uitzonderlijk, en alleen daarbij")
        return self


class VerlengingBeslissen(Answer):
    """VDAB decides on an exceptional extension beyond eighteen months (art. 11)."""

    besluit: Literal["toegestaan", "geweigerd"]
    einde: date | None = Field(None, description="Bij toegestaan: de nieuwe laatste dag.")
    motivering: Tekst

    @model_validator(mode="after")
    def _names_the_end(self) -> Self:
        if (self.besluit == "toegestaan") != (self.einde is not None):
            raise ValueError("einde hoort bij toegestaan, en alleen daarbij")
        return self


class Stopgesprek(Command):
    """A step before a stop: the motivating talk, or the confronting talk with the mini-team."""

    stap: Literal["motiverend", "confronterend"]
    verslag: Tekst


class Contactpoging(Command):
    """An attempt to reach a participant who does not answer."""

    kanaal: Literal["telefoon", "brief", "mail", "sms", "huisbezoek", "hulpverlener"]
    gelukt: bool = False


class UitkomstVastleggen(Command):
    """Where the participant went after the trajectory, and whether nazorg was agreed."""

    uitkomst: Uitkomst
    nazorg: bool = Field(False, description="Twee contacten na de start van betaald werk.")
    sinds: date | None = Field(None, description="Eerste dag van het werk of het vervolg, als die bekend is.")
    begeleider: Code | None = Field(
        None, description="Bij ama_wvg: de organisatie naar keuze; haar aanmelding begint na de laatste dag."
    )

    @model_validator(mode="after")
    def _only_of_ama(self) -> Self:
        if self.begeleider is not None and self.uitkomst != "ama_wvg":
            raise ValueError("begeleider hoort bij ama_wvg")
        return self


class NazorgVastleggen(Answer):
    """A contact after paid work began."""

    nota: Tekst


class VdabRegistratie(Command):
    """When something was registered in the VDAB file."""

    wat: Literal["trajectplan", "eindverslag", "eindadvies", "indicering"]
    geregistreerd_op: date
