"""The story that the chaos tests disturb: half a year with every effect a trajectory has."""

from datetime import date

from player.story import Story

PERSON = {
    "voornaam": "Mieke",
    "achternaam": "Verhaeghe",
    "geboortedatum": "1991-05-17",
    "adres": "Sleepstraat 210",
    "postcode": "9000",
}
PLAN = {
    "opdracht": "trajectplan",
    "doel": "Weer een dagritme vinden.",
    "start": "P0D",
    "einde": "P4M",
    "periodiciteit_maanden": 2,
    "afspraken": "Ieder komt op tijd of verwittigt.",
    "acties": [{"domein": "zorg", "omschrijving": "Wekelijks gesprek.", "dienstverlener": "ORG-CAW-LEIE"}],
}
REVIEW = {"opdracht": "review/1", "eigen_woorden": "Ik sta weer op voor acht uur.", "vervolg": "Verdergaan."}
EINDVERSLAG = {
    "opdracht": "eindverslag",
    "vorm": "volledig",
    "acties": "Gesprekken bij het CAW.",
    "resultaten": "Een vast dagritme.",
    "informatie_team": "De deelnemer kan starten met een opleiding.",
    "informatie_dienstverleners": "Geen.",
    "gesprek": "Besproken met de deelnemer.",
    "eindadvies": "Een opleiding met begeleiding.",
}
STEPS = (
    {"na": "P21D", "wie": "casemanager_werk", "wat": "plan_akkoord", "met": PLAN},
    {"na": "P2M8D", "wie": "casemanager_werk", "wat": "review_vastleggen", "met": REVIEW},
    {
        "na": "P2M15D",
        "wie": "casemanager_zorg",
        "wat": "opschorten",
        "met": {"van": "P2M14D", "oorzaak": "opname"},
    },
    {"na": "P2M25D", "wie": "casemanager_zorg", "wat": "hervatten", "met": {"per": "P2M24D"}},
    {"na": "P4M20D", "wie": "casemanager_werk", "wat": "eindverslag_indienen", "met": EINDVERSLAG},
)


def story(steps: int = len(STEPS)) -> Story:
    """The story, or its beginning."""
    return Story.model_validate(
        {
            "naam": "half jaar",
            "begin": date(2027, 3, 1),
            "aanvraag": {
                "soort": "activeringstraject",
                "nis_code": "44021",
                "persoon": PERSON,
                "statuut": [{"code": "leefloon", "van": "-P8M", "bron": "aanvraag"}],
            },
            "stappen": STEPS[:steps],
        }
    )
