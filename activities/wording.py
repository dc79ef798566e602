"""How codes are said in plain Dutch, and how a text is told in short without levels and labels."""

import re

from models.actie import Aanbod, Actie, Activeringsvorm, Pakket
from models.actors import Rol
from models.begeleiding import Uitkomst
from models.letters import InHetKort
from models.verloop import ActieStand

VORMEN: dict[Activeringsvorm, str] = {
    "hulpverlening_en_zorg": "hulpverlening en zorg",
    "taal": "taal",
    "sociaal": "onder de mensen komen",
    "arbeid": "werken",
    "extern": "bij een andere dienst",
    "studie": "leren",
}
AANBOD: dict[Aanbod, str] = {
    "regulier": "gewoon aanbod, voor iedereen",
    "netwerk": "aanbod van het netwerk",
    "ad_hoc": "aanbod op maat",
}
PAKKETTEN: dict[Pakket, str] = {
    "integraal": "integraal welzijnspakket",
    "partieel": "partieel welzijnspakket",
}
STATUTEN = {
    "in_orde": "nagekeken en in orde",
    "niet_nodig": "geen toestemming nodig",
    "aangevraagd": "toestemming aangevraagd",
}
VERZEKERINGEN = {"in_orde": "in orde", "aangevraagd": "aangevraagd"}
GEZICHTEN = {"blij": "een blij gezicht", "gewoon": "een gewoon gezicht", "niet_blij": "een droevig gezicht"}
ANTWOORDEN = {
    "bevestigd": "bevestigd",
    "wachtlijst": "op de wachtlijst",
    "geen_aanbod": "geen aanbod",
    "geweigerd": "geweigerd",
}
ROLLEN: dict[str, str] = {Rol.CASEMANAGER_WERK: "Casemanager Werk", Rol.CASEMANAGER_ZORG: "Casemanager Zorg"}
FASEN = {
    "toewijzing": "het team wordt samengesteld",
    "voorbereiding": "het plan wordt gemaakt",
    "lopend": "het plan loopt",
    "einde_onbeslist": "de laatste dag is bereikt, VDAB beslist nog over een verlenging",
    "afronding": "het traject wordt afgerond",
    "afgesloten": "het traject is afgesloten",
    "zonder_betrokkene": "de deelnemer is overleden",
}
STOPREDENEN = {
    "op_vraag": "U hebt zelf gevraagd om te stoppen.",
    "geen_contact": "We konden u al een hele tijd niet bereiken. Misschien kregen onze berichten u niet.",
    "verhuisd": "U bent verhuisd.",
    "ander_aanbod": "Een ander aanbod past nu beter bij u.",
    "gezondheid": "Dit is voor u nu niet het goede moment voor een traject.",
    "andere": "Het traject kan nu niet verder lopen. We leggen u graag uit waarom.",
}
"""Said to the person, neutral: a letter can lie open on a table."""
VERVOLGEN: dict[Uitkomst, str] = {
    "betaald_werk_regulier": "betaald werk",
    "betaald_werk_met_ondersteuning": "betaald werk met ondersteuning",
    "individueel_maatwerk": "betaald werk met ondersteuning op de werkvloer (individueel maatwerk)",
    "collectief_maatwerk": "betaald werk in een maatwerkbedrijf",
    "lokale_diensteneconomie": "betaald werk in de lokale diensteneconomie",
    "artikel_60": "tijdelijk werk via het OCMW",
    "opleiding_of_studie": "een opleiding of studie",
    "vrijwilligerswerk": "vrijwilligerswerk",
    "ama_se": "arbeidsmatige activiteiten in een maatwerkbedrijf",
    "ama_wvg": "arbeidsmatige activiteiten met een begeleider uit zorg of welzijn",
    "advies_welzijn": "verdere hulp van een welzijnsdienst",
    "zorg_of_dagbesteding": "zorg of dagbesteding",
    "pensioen": "pensioen",
    "verhuisd": "een nieuwe start na de verhuizing",
    "andere": "een ander vervolg",
}
"""What comes next, as the end of a sentence; an outcome without words here is not printed."""

SENTENCE = re.compile(r"(?<=[.!?…])\s+")
LEVEL_OR_LABEL = re.compile(
    r"\b(trede[ns]?|participatieladder|niveau\s+\w+|mmpp\w*|arbeidshandicap\w*|niet[- ]toeleidbaar\w*)\b",
    re.IGNORECASE,
)


def told(actie: Actie) -> str | None:
    """The kind of an action in words: from the catalogue, or the team's own."""
    return actie.soort.replace("_", " ") if actie.soort else None


def standing(stand: ActieStand) -> str:
    """Where an action stands, as its provider answered last."""
    if stand.vervallen:
        return "vervallen"
    if not stand.actie.aanvaard:
        return "de deelnemer is niet akkoord"
    if stand.antwoord is None:
        return "nog geen antwoord van de dienstverlener" if stand.actie.aanbod else "afgesproken"
    since = f", {_until_or_from(stand)} {stand.vanaf:%d-%m-%Y}" if stand.vanaf else ""
    return ANTWOORDEN[stand.antwoord] + since


def _until_or_from(stand: ActieStand) -> str:
    return "tot ongeveer" if stand.antwoord == "wachtlijst" else "vanaf"


def unlabelled(text: str) -> str:
    """The text without the sentences that name a level of the participatieladder or a label."""
    lines = (_kept(line) for line in text.splitlines())
    return "\n".join(lines).strip()


def _kept(line: str) -> str:
    return " ".join(said for said in SENTENCE.split(line) if not LEVEL_OR_LABEL.search(said))


def in_short(text: str, at_most: int, *, own_words: bool = False) -> InHetKort | None:
    """The first whole sentences that fit; own words keep what they say of levels; None when nothing is left."""
    plain = text.strip() if own_words else unlabelled(text)
    if not plain:
        return None
    short = plain if len(plain) <= at_most else _beginning(plain, at_most)
    return InHetKort(tekst=short, volledig=short.split() == text.split())


def _beginning(text: str, at_most: int) -> str:
    """Whole sentences of a text, or whole words of its first sentence when that alone is too long."""
    fitting = [found.start() for found in SENTENCE.finditer(text) if found.start() <= at_most]
    if fitting:
        return text[: fitting[-1]]
    words = text[: at_most - 1]
    return f"{words.rsplit(maxsplit=1)[0] if ' ' in words else words} …"
