"""The commands people send to a trajectory; field and message names are Dutch because histories keep them for ever."""

from datetime import date
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from models import begeleiding as b
from models import vergoeding as v
from models.actie import Actie as Actie
from models.actors import Actor, Code, Rol
from models.command import Answer as Answer
from models.command import Bron as Bron
from models.command import Command as Command
from models.command import Kort as Kort
from models.command import Strict as Strict
from models.command import Tekst as Tekst


class PlanAkkoord(Answer):
    """The trajectplan is drawn up and agreed, with its six elements (art. 15)."""

    doel: Tekst
    start: date
    einde: date
    acties: tuple[Actie, ...] = Field(min_length=1)
    afspraken: Tekst = Field(description="Rechten en plichten van ieder.")
    periodiciteit_maanden: int = Field(ge=1, description="Om de hoeveel maanden een evaluatie.")
    vorm: Literal["schriftelijk", "mondeling", "niet_akkoord"] = "schriftelijk"
    eigen_woorden: Tekst | None = Field(None, description="Nodig bij niet_akkoord.")

    @model_validator(mode="after")
    def _agreed_on_something(self) -> Self:
        if self.vorm == "niet_akkoord" and self.eigen_woorden is None:
            raise ValueError("eigen_woorden zijn nodig bij niet_akkoord")
        return self


class ActieReview(Strict):
    """What became of one action: explored, acted, result."""

    actie: Kort
    verkend: Kort
    gedaan: Kort
    resultaat: Kort


class ReviewVastleggen(Answer):
    """A review was held on `datum`; per action what happened, the participant's own words, what next."""

    acties: tuple[ActieReview, ...] = ()
    eigen_woorden: Tekst
    tevredenheid: Kort | None = Field(None, description="Hoe tevreden, in woorden.")
    gezicht: Literal["blij", "gewoon", "niet_blij"] | None = None
    vervolg: Tekst
    niveau: b.Trede | None = Field(None, description="Trede van de participatieladder, 1 tot 6.")


class NogOpgeschort(Answer):
    """The suspension goes on; somebody asked and knows."""

    toelichting: Tekst


class Hervatten(Command):
    """The trajectory runs again from this day on."""

    per: date = Field(description="Eerste dag waarop het traject weer loopt.")


class EindverslagIndienen(Answer):
    """The end documents: eindverslag with its five elements and the reasoned eindadvies (art. 22, 14 §2 8°)."""

    vorm: Literal["volledig", "vroegtijdig_met_gesprek", "zonder_gesprek"]
    acties: Tekst
    resultaten: Tekst
    informatie_team: Tekst
    informatie_dienstverleners: Tekst
    gesprek: Tekst
    eindadvies: Tekst | None = None
    alinea_deelnemer: Tekst | None = None
    uitkomst: b.Uitkomst | None = None
    niveau: b.Trede | None = Field(None, description="Trede van de participatieladder, 1 tot 6.")

    @model_validator(mode="after")
    def _no_advice_without_talk(self) -> Self:
        if self.vorm == "zonder_gesprek" and self.eindadvies is not None:
            raise ValueError(
                "eindadvies: zonder gesprek komt er geen eindadvies; het eindverslag zegt waarom"
            )
        return self


class AfrondenZonderBetrokkene(Answer):
    """The closing note after a death; the only thing still owed then."""

    notitie: Tekst


class HerstelBeslissen(Answer):
    """What operations decide about a call that kept failing: try again, leave it out, or corrected elsewhere."""

    keuze: Literal["opnieuw", "overslaan", "gecorrigeerd"]
    toelichting: Kort


class ToewijzingBeslissen(Answer):
    """A person names the tandem that the tables could not give (art. 14 §2 1°)."""

    casemanager_werk: Actor
    casemanager_zorg: Actor
    leiding_werk: Actor | None = None
    leiding_zorg: Actor | None = None


class OpdrachtBezig(Answer):
    """The addressee is busy with it and says when it will be there; the ladder rests until then."""

    verwacht_op: date
    toelichting: Kort


class OpdrachtBesluiten(Answer):
    """A named human ends the duty without its answer: the exit that silence never takes."""

    toelichting: Tekst


class Opschorten(Command):
    """The trajectory rests from a day on, until a known day or until somebody says so."""

    van: date
    tot: date | None = Field(None, description="Eerste dag waarop het weer loopt; leeg = onbekend.")
    oorzaak: Literal["ziekte", "opname", "detentie", "moederschap", "andere"]


class Verlengen(Command):
    """Team and participant agree on a later planned end, within the legal maximum."""

    einde: date
    motivering: Tekst


class Stopzetten(Command):
    """A named human stops the trajectory before its planned end, for a coded neutral reason."""

    einde: date
    oorzaak: Literal["op_vraag", "geen_contact", "verhuisd", "ander_aanbod", "gezondheid", "andere"]


class Rechtzetten(Command):
    """A fact that was entered wrongly gets its right value; dates follow, nothing is sent again by itself."""

    veld: Kort = Field(description="Bijvoorbeeld plan.start, opschorting/1.tot of review/2.datum.")
    oud: Kort
    nieuw: Kort
    waarom: Kort


class Afspraak(Command):
    """An appointment and what became of it; never a measure of anybody."""

    gepland_op: date
    waar: Kort
    hoe: Literal["gesprek", "telefoon", "video", "huisbezoek", "andere"]
    uitkomst: Literal[
        "gepland",
        "doorgegaan",
        "verplaatst",
        "afwezig_verwittigd",
        "afwezig_niet_verwittigd",
        "door_ons_niet_doorgegaan",
    ] = "gepland"


class Contactnota(Command):
    """One line about a contact."""

    nota: Kort


class Overleden(Command):
    """The person died; letters to the person stop and one duty remains."""

    overleden_op: date


class OverledenOngedaan(Command):
    """The death was entered by mistake; everything it withdrew comes back."""


class Heropenen(Command):
    """A closed trajectory goes on, within the same legal maximum."""

    einde: date


class Herverdelen(Command):
    """Another person, or another organisation, takes a role in the tandem."""

    rol: Literal[Rol.CASEMANAGER_WERK, Rol.CASEMANAGER_ZORG]
    organisatie: Code
    medewerker: Code | None = None
    leiding: Actor | None = None


class HerzieParameters(Command):
    """The case takes over the law tables as they are now, and records what changed."""


class Outcome(BaseModel):
    """What the sender of an accepted command hears, the same at every repeat."""

    model_config = ConfigDict(frozen=True)

    command_id: str
    samenvatting: str
    gevolgen: tuple[str, ...] = ()


COMMANDS: dict[str, type[Command]] = {
    "toewijzing_beslissen": ToewijzingBeslissen,
    "plan_akkoord": PlanAkkoord,
    "review_vastleggen": ReviewVastleggen,
    "nog_opgeschort": NogOpgeschort,
    "eindverslag_indienen": EindverslagIndienen,
    "afronden_zonder_betrokkene": AfrondenZonderBetrokkene,
    "herstel_beslissen": HerstelBeslissen,
    "opdracht_bezig": OpdrachtBezig,
    "opdracht_besluiten": OpdrachtBesluiten,
    "opschorten": Opschorten,
    "hervatten": Hervatten,
    "verlengen": Verlengen,
    "stopzetten": Stopzetten,
    "rechtzetten": Rechtzetten,
    "afspraak": Afspraak,
    "contactnota": Contactnota,
    "overleden": Overleden,
    "overleden_ongedaan": OverledenOngedaan,
    "heropenen": Heropenen,
    "herverdelen": Herverdelen,
    "herzie_parameters": HerzieParameters,
    "eerste_gesprek": b.EersteGesprek,
    "informeren": b.Informeren,
    "verkennen": b.Verkennen,
    "participatieladder": b.Participatieladder,
    "meting_vastleggen": b.MetingVastleggen,
    "voorfase_actie": b.VoorfaseActie,
    "andere_casemanager_vragen": b.AndereCasemanagerVragen,
    "verhuizen": b.Verhuizen,
    "overdracht_bevestigen": b.OverdrachtBevestigen,
    "aanbod_antwoorden": b.AanbodAntwoorden,
    "actie_herzien": b.ActieHerzien,
    "plan_wijzigen": b.PlanWijzigen,
    "wijziging_voorstellen": b.WijzigingVoorstellen,
    "voorstel_beslissen": b.VoorstelBeslissen,
    "pakket_starten": b.PakketStarten,
    "pakket_evalueren": b.PakketEvalueren,
    "opschorting_bespreken": b.OpschortingBespreken,
    "beslispunt_beslissen": b.BeslispuntBeslissen,
    "verlenging_beslissen": b.VerlengingBeslissen,
    "stopgesprek": b.Stopgesprek,
    "contactpoging": b.Contactpoging,
    "uitkomst_vastleggen": b.UitkomstVastleggen,
    "nazorg_vastleggen": b.NazorgVastleggen,
    "vdab_registratie": b.VdabRegistratie,
    "andere_vergoeding": v.AndereVergoeding,
    "verdeelstaat_indienen": v.VerdeelstaatIndienen,
    "vergoeding_betwisten": v.VergoedingBetwisten,
    "hoorzitting": v.Hoorzitting,
    "terugvordering_beslissen": v.TerugvorderingBeslissen,
}
"""Every command by the name under which operators type it, the CLI offers it and histories keep it."""

COMMAND_ID_PREFIX = "cmd-"
"""Commands that came through the inbox carry this prefix; anything else was typed into the Temporal UI."""
