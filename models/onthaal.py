"""The words of the onthaaltraject: the closed list of art. 5, and what a kernpartner of the GBO tells (art. 4-6)."""

from datetime import date
from typing import Literal, Self

from pydantic import Field, model_validator

from models.actors import Code
from models.command import Answer, Command, Kort, Strict, Tekst
from models.words import NisCode, Woord


class Hulpverlener(Strict):
    """The contact data of who helps the person (art. 5 2°)."""

    naam: Woord
    telefoon: Woord | None = None
    email: Woord | None = None
    organisatie: Code | None = None


class Onthaalgegevens(Strict):
    """Everything VDAB may send to the GBO, and nothing else: the type holds no other field (art. 5)."""

    voornaam: Woord
    achternaam: Woord
    adres: Woord | None = None
    postcode: Woord | None = None
    nis_code: NisCode = Field(description="Gemeente van het adres.")
    email: Woord | None = None
    telefoon: Woord | None = None
    geboortedatum: date
    hulpverlener: Hulpverlener | None = None


class OntvangstBevestigen(Answer):
    """The kernpartner takes the person on, and says who will make contact."""

    medewerker: Code | None = None


class OntvangstTeruggeven(Answer):
    """The kernpartner gives the file back, for a coded reason without text."""

    oorzaak: Literal["buiten_werking", "geen_plaats", "belangenconflict", "al_elders_gekend"]


class KernpartnerAanduiden(Answer):
    """A person names the kernpartner that the tables could not give."""

    organisatie: Code
    medewerker: Code | None = None


class OnthaalContactpoging(Command):
    """An attempt to reach the person: by what channel, at what moment of the day, and whether it worked."""

    kanaal: Literal["telefoon", "brief", "mail", "sms", "huisbezoek", "hulpverlener"]
    moment: Literal["voormiddag", "namiddag", "avond", "weekend"]
    gelukt: bool = False
    bezoek_aangeboden: bool = Field(False, description="Een huisbezoek of een andere plek is aangeboden.")


class OnthaalStarten(Answer):
    """The first face-to-face talk was held: the onthaaltraject has started."""

    waar: Literal["kantoor", "thuis", "andere_plek"]


class ContactWeigeren(Command):
    """The person does not want contact; the file closes gently and one call reopens it."""


class OnbereikbaarVaststellen(Command):
    """A named human says that the person could not be reached, after every attempt that is due."""

    toelichting: Kort | None = None


class ToestemmingGeven(Command):
    """The person agrees, explicitly, that data are kept or shared, for what and with whom (LSB art. 11)."""

    reikwijdte: tuple[Literal["levensdomeinen", "rechten", "overdracht"], ...] = Field(min_length=1)
    met: tuple[Code, ...] = ()


class ToestemmingIntrekken(Command):
    """The person takes the consent back; from now on nothing more is kept or shared under it."""

    reikwijdte: tuple[Literal["levensdomeinen", "rechten", "overdracht"], ...] = Field(min_length=1)


class LevensdomeinVastleggen(Command):
    """One life domain: explored, acted and result apart."""

    domein: Kort
    verkend: bool = True
    actie: Kort | None = None
    resultaat: Kort | None = None


Drempel = Literal["persoon", "hulpverlener", "organisatie", "samenleving"]


class Recht(Strict):
    """One social benefit at one measurement; what was not looked at is said so."""

    code: Kort
    recht: Literal["ja", "nee", "onzeker", "niet_nagegaan", "wil_niet"]
    ontvangt: bool = False
    aangevraagd: bool = False
    resultaat: Literal["toegekend", "geweigerd", "loopt", "geen"] = "geen"
    drempel: Drempel | None = None


class RechtenMeten(Command):
    """The zero or the end measurement of the social benefits, with method, minutes and version of the fiche."""

    meting: Literal["nul", "eind"]
    methode: Literal["gesprek", "werkbank", "infosessie", "huisbezoek", "telefoon", "digitaal"]
    minuten: int = Field(ge=0)
    fiche: Kort = Field(description="Versie van de infofiches.")
    rechten: tuple[Recht, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        codes = [recht.code for recht in self.rechten]
        if len(codes) != len(set(codes)):
            raise ValueError("rechten noemt een recht twee keer")
        return self


class Orienteren(Command):
    """The person chose where to go on, from at least two options."""

    opties: tuple[Kort, ...] = Field(min_length=2)
    keuze: Kort
    ontvanger: Code | None = Field(None, description="Het loket dat zegt of de persoon is aangekomen.")

    @model_validator(mode="after")
    def _one_of_the_options(self) -> Self:
        if self.keuze not in self.opties:
            raise ValueError("keuze staat niet bij de opties")
        return self


class AankomstMelden(Answer):
    """Whether the person arrived where they were oriented to; asked once."""

    aangekomen: Literal["ja", "nee", "onbekend"]


class WarmeOverdracht(Command):
    """The three-way talk between the person, the kernpartner and who goes on."""

    organisatie: Code
    gesprek_op: date
    afspraken: Tekst


class NogNodigAntwoorden(Answer):
    """Whether the onthaaltraject is still needed; after a year also why."""

    nodig: bool
    waarom: Kort | None = None


Eindreden = Literal[
    "georienteerd_en_aangekomen",
    "alleen_informatie",
    "op_vraag",
    "onbereikbaar",
    "geweigerd",
    "verhuisd",
    "door_hulpverlener",
    "overlijden",
]


class OnthaalBeeindigen(Command):
    """The onthaaltraject ends, for a coded reason; only giving information is a good ending."""

    oorzaak: Literal[
        "georienteerd_en_aangekomen", "alleen_informatie", "op_vraag", "verhuisd", "door_hulpverlener"
    ]


class OnthaalHeropenen(Command):
    """One call of the person reopens a closed onthaaltraject, until it is erased."""


ONTHAAL: dict[str, type[Command]] = {
    "ontvangst_bevestigen": OntvangstBevestigen,
    "ontvangst_teruggeven": OntvangstTeruggeven,
    "kernpartner_aanduiden": KernpartnerAanduiden,
    "onthaal_contactpoging": OnthaalContactpoging,
    "onthaal_starten": OnthaalStarten,
    "contact_weigeren": ContactWeigeren,
    "onbereikbaar_vaststellen": OnbereikbaarVaststellen,
    "toestemming_geven": ToestemmingGeven,
    "toestemming_intrekken": ToestemmingIntrekken,
    "levensdomein_vastleggen": LevensdomeinVastleggen,
    "rechten_meten": RechtenMeten,
    "orienteren": Orienteren,
    "aankomst_melden": AankomstMelden,
    "warme_overdracht": WarmeOverdracht,
    "nog_nodig_antwoorden": NogNodigAntwoorden,
    "onthaal_beeindigen": OnthaalBeeindigen,
    "onthaal_heropenen": OnthaalHeropenen,
}
"""The commands of an onthaaltraject, by name."""
