"""How the codes of an onthaaltraject are said in plain Dutch."""

from models.onthaal import Drempel, Recht

EINDREDENEN: dict[str, str] = {
    "georienteerd_en_aangekomen": "de persoon koos waar het verder gaat en is daar aangekomen",
    "alleen_informatie": "de persoon kreeg de informatie die nodig was",
    "op_vraag": "de persoon vroeg om te stoppen",
    "onbereikbaar": "de persoon was niet te bereiken",
    "geweigerd": "de persoon wilde geen contact",
    "verhuisd": "de persoon is verhuisd",
    "door_hulpverlener": "de hulpverlener rondde het onthaal af",
    "overlijden": "de persoon is overleden",
}
METINGEN = {"nul": "bij het begin", "eind": "bij het einde"}
METHODEN = {
    "gesprek": "in een gesprek",
    "werkbank": "samen aan de computer",
    "infosessie": "in een infosessie",
    "huisbezoek": "bij de persoon thuis",
    "telefoon": "aan de telefoon",
    "digitaal": "digitaal",
}
RECHT = {
    "ja": "heeft er recht op",
    "nee": "heeft er geen recht op",
    "onzeker": "misschien recht",
    "niet_nagegaan": "niet nagegaan",
    "wil_niet": "wil dit niet nagaan",
}
RESULTATEN = {"toegekend": "toegekend", "geweigerd": "niet toegekend", "loopt": "aanvraag loopt nog"}
DREMPELS: dict[Drempel, str] = {
    "persoon": "drempel bij de persoon",
    "hulpverlener": "drempel bij de hulpverlener",
    "organisatie": "drempel bij de organisatie",
    "samenleving": "drempel in de samenleving",
}


def measured(recht: Recht) -> str:
    """One benefit at one measurement, on one line: entitled, received, asked, its result, what stood in the way."""
    said = [
        RECHT[recht.recht],
        "krijgt het" if recht.ontvangt else None,
        "aangevraagd" if recht.aangevraagd else None,
        RESULTATEN.get(recht.resultaat),
        DREMPELS[recht.drempel] if recht.drempel else None,
    ]
    return ", ".join(part for part in said if part)
