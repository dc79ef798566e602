"""Contents with which each command is well formed, by its name; the days are those of the desk."""

from typing import Any

from tests.rules import cases
from tests.workflows.desk import ACTION, TALK

AMOUNT = "120.50"
LINE = {"lijn": "netwerk", "organisatie": "ORG-NETWERK-GENT"}

GUIDANCE: dict[str, dict[str, Any]] = {
    "eerste_gesprek": TALK,
    "informeren": {"opdracht": "informeren", "geinformeerd": ["einddoel", "duur"]},
    "verkennen": {
        "rechten": "leefloon",
        "competenties": "koken",
        "voorkeur": "in een keuken",
        "groeimogelijkheden": "halve dagen",
        "noden": "vervoer",
    },
    "participatieladder": {"niveau": 3, "groeipotentieel": 4},
    "meting_vastleggen": {"opdracht": "meting/6", "niveau": 3},
    "voorfase_actie": {"actie": ACTION},
    "andere_casemanager_vragen": {"rol": "casemanager_werk"},
    "verhuizen": {"nis_code": "44021", "per": "2029-01-08"},
    "overdracht_bevestigen": {"opdracht": "overdracht/casemanager_werk"},
    "aanbod_antwoorden": {"opdracht": "aanbod/1", "antwoord": "geen_aanbod"},
    "actie_herzien": {"opdracht": "actie/1", "keuze": "wachten", "toelichting": "x"},
    "plan_wijzigen": {"aard": "wezenlijk", "wat": "x", "doel": "een halve dag werk"},
    "wijziging_voorstellen": {"actie": 1, "voorstel": "x"},
    "voorstel_beslissen": {"opdracht": "voorstel/1", "besluit": "aanvaard", "motivering": "x"},
    "pakket_starten": {"actie": 1, "eerste_gesprek_op": "2029-01-08", "reden": "x"},
    "pakket_evalueren": {
        "opdracht": "pakket/1",
        "doel": "rust",
        "gedaan": "gesprekken",
        "resultaat": "een ritme",
        "eigen_woorden": "goed",
        "vervolg": "verder",
    },
    "opschorting_bespreken": {"opdracht": "opschortingsgesprek/1", "keuze": "wachten", "toelichting": "x"},
    "beslispunt_beslissen": {"opdracht": "beslispunt", "keuze": "afronden", "motivering": "x"},
    "verlenging_beslissen": {"opdracht": "verlenging", "besluit": "geweigerd", "motivering": "x"},
    "stopgesprek": {"stap": "motiverend", "verslag": "x"},
    "contactpoging": {"kanaal": "telefoon"},
    "uitkomst_vastleggen": {"uitkomst": "betaald_werk_regulier", "nazorg": True},
    "nazorg_vastleggen": {"opdracht": "nazorg/1", "nota": "x"},
    "vdab_registratie": {"wat": "trajectplan", "geregistreerd_op": "2029-01-08"},
    "andere_vergoeding": {"bedrag": AMOUNT, "waarvoor": "x", "van_wie": "x"},
    "verdeelstaat_indienen": {"opdracht": "verdeelstaat", "verdelingen": []},
    "vergoeding_betwisten": {**LINE, "waarom": "x"},
    "hoorzitting": {**LINE, "verweer": "x"},
    "terugvordering_beslissen": {**LINE, "bedrag": AMOUNT, "motivering": "x"},
}
CONTENTS: dict[str, dict[str, Any]] = {**cases.CONTENTS, **GUIDANCE}
