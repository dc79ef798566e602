"""How the codes of arbeidsmatige activiteiten are said in plain Dutch."""

from decimal import Decimal
from typing import Final

from models.aanvraag import Statuutcode
from models.ama import Instantie, Permissie
from models.evaluatie import Oordeel

INSTANTIES: Final[dict[Instantie, str]] = {
    "vdab": "VDAB",
    "ocmw": "de sociale dienst van het OCMW, en waar nodig het bijzonder comité",
    "adviserend_arts": "de adviserend arts van het ziekenfonds",
    "rva": "de RVA",
    "andere": "de instantie die de uitkering betaalt",
}
"""To whom a request goes; the kind of agency, never a person there."""
UITKERINGEN: Final[dict[Statuutcode, str | None]] = {
    "werkzoekend": "ingeschreven als werkzoekende",
    "leefloon": "leefloon of een gelijkgestelde steun",
    "arbeidsongeschikt_werknemer": "uitkering bij arbeidsongeschiktheid, als werknemer",
    "arbeidsongeschikt_zelfstandige": "uitkering bij arbeidsongeschiktheid, als zelfstandige",
    "ivt_it": "inkomensvervangende of integratietegemoetkoming",
    "groeipakket": "Groeipakket",
    "rva": "werkloosheidsuitkering",
    "inschakelingsuitkering": "inschakelingsuitkering",
    "beschermingsuitkering": "beschermingsuitkering",
    "arbeidsongeval": "uitkering na een arbeidsongeval",
    "geen": None,
    "onbekend": None,
}
"""The benefit that a request is about; read by the agency that pays it, and nobody else."""
ANTWOORDEN: Final[dict[Permissie, tuple[str, str]]] = {
    "toelating": ("Toelating", "De activiteit mag, zoals ze hier beschreven is of onder voorwaarden."),
    "vaststelling": ("Vaststelling", "U stelt vast dat de activiteit naast de uitkering kan."),
    "geweigerd": ("Geweigerd", "De activiteit mag niet. Zeg ons waarom: we zoeken samen een oplossing."),
    "niet_bevoegd": ("Niet bevoegd", "Een andere instantie beslist. Zeg ons welke, dan vragen we het daar."),
    "niet_nodig": ("Niet nodig", "Voor deze activiteit is uw toestemming niet nodig."),
}
FUNCTIES: Final[dict[str, tuple[str, str]]] = {
    "bezigheid": ("Bezigheid", "Iets te doen hebben dat de moeite is."),
    "structuur": ("Structuur", "Ritme in de dag en in de week."),
    "contacten": ("Contacten", "Andere mensen zien en erbij horen."),
    "zelfontplooiing": ("Zelfontplooiing", "Leren, groeien en tonen wat men kan."),
}
"""The four latent functions of work in the order in which they are talked about, each with what it is."""
BESLUITEN: Final[dict[Oordeel, tuple[str, str]]] = {
    "verder": (
        "De activiteiten gaan verder zoals ze zijn.",
        "De begeleidingsovereenkomst loopt door. Er hoeft niets opnieuw getekend te worden.",
    ),
    "bijsturen": (
        "De activiteiten gaan verder, maar anders.",
        "De begeleider past met de deelnemer en de werkpost de overeenkomst aan en legt de nieuwe afspraken vast.",
    ),
    "doorstromen": (
        "Er komt een volgende stap.",
        "De begeleider zoekt met de deelnemer uit welke stap dat wordt en wie daarbij helpt. "
        "Tot die stap er is, gaan de activiteiten door.",
    ),
    "stoppen": (
        "De activiteiten stoppen.",
        "De begeleider rondt de overeenkomst af en bespreekt met de deelnemer wat daarna komt.",
    ),
}
"""What an evaluation concludes, and what follows from it."""


def hours(number: Decimal) -> str:
    """A number of hours as people write it: 7,5."""
    return f"{number.normalize():f}".replace(".", ",")
