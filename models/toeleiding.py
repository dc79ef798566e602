"""The words of the toeleiding: what a request says, and the commands that bring it to a decision (art. 7-9)."""

from datetime import date
from typing import Literal, Self

from pydantic import Field, model_validator

from models.actors import Code
from models.begeleiding import Trede
from models.command import Answer, Command, Kort, Strict, Tekst

Route = Literal["activeringstraject", "ama_se", "advies_welzijn", "geweigerd"]
Element = Literal["motivering", "eigen_woorden", "niveau", "documenten"]
"""What a request must have before somebody can screen it."""
Handicap = Literal["fysiek", "zintuiglijk", "verstandelijk", "psychisch", "andere", "onbekend"]


class Documentverwijzing(Strict):
    """A document that the request rests on, by reference: the paper itself stays where it is."""

    soort: Literal["diagnostisch", "andere"]
    kenmerk: Kort
    bij: Kort = Field(description="Waar het document ligt.")


class Ladderwaarde(Strict):
    """Where somebody stands on the participatieladder and could grow to, with who says so."""

    niveau: Trede
    groeipotentieel: Trede | None = None
    op: date
    door: Kort
    bron: Kort


class Statistiek(Strict):
    """The optional coded fields that only the yearly figures use."""

    duur_werkloosheid: Literal["geen", "tot_1_jaar", "1_tot_2_jaar", "2_tot_5_jaar", "meer", "onbekend"] = (
        "onbekend"
    )
    diploma: Literal["geen", "lager", "lager_secundair", "hoger_secundair", "hoger", "onbekend"] = "onbekend"
    arbeidshandicap: tuple[Handicap, ...] = ("onbekend",)


class AnderTraject(Strict):
    """Another trajectory that the person has, as the request tells it."""

    soort: Literal["activeringstraject", "arbeidsmatige_activiteiten", "ama_se"]
    van: date
    tot: date | None = Field(None, description="Laatste dag, als die is afgesproken.")


class Aanvraaginhoud(Strict):
    """What a request says about the person: two voices, strengths beside obstacles."""

    motivering: Tekst | None = Field(None, description="Waarom de aanvrager dit vraagt.")
    eigen_woorden: Tekst | None = Field(None, description="Wat de persoon zelf zegt.")
    sterktes: Tekst | None = None
    hindernissen: Tekst | None = None
    ladder: Ladderwaarde | None = None
    documenten: tuple[Documentverwijzing, ...] = ()
    statistiek: Statistiek = Statistiek()
    lopend: tuple[AnderTraject, ...] = Field((), description="Andere trajecten die nog lopen.")
    voorkeur: Route | None = Field(None, description="Wat de persoon zelf zou kiezen.")
    dakloos: bool = Field(
        False, description="Wie geen woning heeft, houdt in een onthaaltraject de eigen hulpverlener."
    )
    mag_redenen_horen: bool = Field(
        False, description="De persoon vindt het goed dat de aanvrager ook de redenen hoort."
    )

    @property
    def ontbreekt(self) -> tuple[Element, ...]:
        """What the request still lacks."""
        there: dict[Element, object] = {
            "motivering": self.motivering,
            "eigen_woorden": self.eigen_woorden,
            "niveau": self.ladder,
            "documenten": self.documenten,
        }
        return tuple(element for element, value in there.items() if not value)


class AanvraagAanvullen(Answer):
    """What was lacking in the request; what is left out stays as it was."""

    motivering: Tekst | None = None
    eigen_woorden: Tekst | None = None
    sterktes: Tekst | None = None
    hindernissen: Tekst | None = None
    ladder: Ladderwaarde | None = None
    documenten: tuple[Documentverwijzing, ...] = ()

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not (self.model_fields_set & set(Aanvraaginhoud.model_fields)):
            raise ValueError("noem minstens één element dat wordt aangevuld")
        return self


class WachtenOpDerde(Command):
    """A third party's document is awaited: completing the request rests until it is known what came of it."""

    document: Kort
    bij: Kort


class DerdeOpvolgen(Answer):
    """What became of the document that a third party should send."""

    keuze: Literal["ontvangen", "nog_wachten", "zonder_verder"]


class OnvolledigBeslissen(Answer):
    """VDAB goes on with what there is, or gives the requester more time."""

    keuze: Literal["verder_met_wat_er_is", "meer_tijd"]
    toelichting: Tekst


class BevindingenBekijken(Answer):
    """A person looked at what the request was registered with, and says what is done about it."""

    toelichting: Tekst


class AdviesVragen(Command):
    """A partner who is already involved is asked for advice."""

    organisatie: Code


class AdviesGeven(Answer):
    """The advice of a partner."""

    advies: Tekst


class ScreeningVastleggen(Answer):
    """The screening, in the order of its report: what the person does and wants comes first."""

    doet_en_wil: Tekst
    sterktes: Tekst
    hindernissen: Tekst
    hulp: Tekst = Field(description="Welke hulp er nodig is.")
    advies: Tekst
    niveau: Trede | None = None
    groeipotentieel: Trede | None = None


class Beoordeeld(Strict):
    """One judged element of the decision, with its reason."""

    aanwezig: bool
    motivering: Tekst


class ToeleidingBeslissen(Answer):
    """VDAB decides on exactly two judged elements and a route (art. 9)."""

    problematiek: Beoordeeld = Field(description="Cognitieve, medische, psychische of sociale problemen.")
    groeimogelijkheden: Beoordeeld
    route: Route
    start: date | None = Field(None, description="Eerste dag van het activeringstraject; leeg = vandaag.")
    onthaal: bool = Field(False, description="Bij advies welzijn: de persoon wil een onthaaltraject.")
    kernpartner: Code | None = Field(None, description="De kernpartner die de persoon zelf kiest.")
    dakloos: bool | None = Field(
        None, description="Bij een onthaaltraject: de persoon heeft geen woning; leeg = zoals in de aanvraag."
    )
    contact_aanvaard: bool = Field(
        False, description="De persoon weet van de doorgifte en aanvaardt contact."
    )
    ama_begeleider: Code | None = Field(None, description="Bij advies welzijn: de gekozen begeleider AMA.")
    ama_contingent: Code | None = Field(
        None, description="Bij AMA in de sociale economie: het maatwerkbedrijf dat de persoon kiest."
    )
    orientatie: Tekst | None = Field(None, description="Waar de persoon dan wel terechtkan.")
    gesprek: Kort | None = Field(None, description="Wanneer en waar de beslissing wordt toegelicht.")

    @model_validator(mode="after")
    def _one_route(self) -> Self:
        if self.route == "geweigerd" and self.orientatie is None:
            raise ValueError("orientatie is nodig bij een weigering")
        if self.start is not None and self.route != "activeringstraject":
            raise ValueError("start hoort bij een activeringstraject")
        if (self.onthaal or self.ama_begeleider) and self.route != "advies_welzijn":
            raise ValueError("onthaal en ama_begeleider horen bij advies_welzijn")
        if self.dakloos is not None and not self.onthaal:
            raise ValueError("dakloos hoort bij een onthaaltraject")
        if self.ama_contingent and self.route != "ama_se":
            raise ValueError("ama_contingent hoort bij ama_se")
        if self.onthaal and not self.contact_aanvaard:
            raise ValueError("contact_aanvaard is nodig voor een onthaaltraject")
        return self


class AanvraagIntrekken(Command):
    """The person withdraws the request, at any time and without a reason."""


class BezwaarNoteren(Command):
    """A complaint or an objection against the decision, also an oral one; it suspends nothing."""

    soort: Literal["klacht", "heroverweging", "andere"]
    mondeling: bool = False
    inhoud: Tekst


class BezwaarBeantwoorden(Answer):
    """What VDAB answers to a complaint or an objection."""

    antwoord: Tekst


TOELEIDING: dict[str, type[Command]] = {
    "aanvraag_aanvullen": AanvraagAanvullen,
    "wachten_op_derde": WachtenOpDerde,
    "derde_opvolgen": DerdeOpvolgen,
    "onvolledig_beslissen": OnvolledigBeslissen,
    "bevindingen_bekijken": BevindingenBekijken,
    "advies_vragen": AdviesVragen,
    "advies_geven": AdviesGeven,
    "screening_vastleggen": ScreeningVastleggen,
    "toeleiding_beslissen": ToeleidingBeslissen,
    "aanvraag_intrekken": AanvraagIntrekken,
    "bezwaar_noteren": BezwaarNoteren,
    "bezwaar_beantwoorden": BezwaarBeantwoorden,
}
"""The commands of a toeleiding, by name."""
