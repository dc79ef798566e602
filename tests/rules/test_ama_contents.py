"""What a command of arbeidsmatige activiteiten may hold: contents that contradict themselves never reach a case."""

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from models.ama import AMA

DAY = {"datum": date(2026, 3, 2)}
SIGNED: dict[str, Any] = {
    "opdracht": "overeenkomst",
    "werkpost": "ORG-DE-MEANDER",
    "activiteit": "moestuin",
    "start": date(2026, 3, 2),
    "uren_per_week": "12",
    "getekend_op": date(2026, 3, 2),
    "verzekerd_tot": date(2026, 12, 31),
    "opbouw": [
        {"vanaf": date(2026, 3, 2), "uren_per_week": "8"},
        {"vanaf": date(2026, 4, 6), "uren_per_week": "12"},
    ],
}
FIRST, SECOND = SIGNED["opbouw"]
ANSWERED = {"opdracht": "toestemming/1", "antwoord": "toelating", "vanaf": date(2026, 3, 2)}
LOOKED = {"opdracht": "opvolging/1", "toelichting": "Besproken."}
JUDGED = {"opdracht": "herbeoordeling/1", "motivering": "Het gaat goed."}
BESIDE = {"soort": "stage", "van": date(2026, 3, 2)}


@pytest.mark.parametrize(
    ("name", "good", "wrong", "said"),
    [
        ("toestemming_melden", ANSWERED, {"vanaf": None}, "vanaf is nodig bij een toestemming"),
        ("toestemming_melden", ANSWERED, {"tot": date(2026, 3, 1)}, "tot ligt voor vanaf"),
        ("toestemming_melden", ANSWERED, {"bevoegd": "ocmw"}, "bevoegd hoort bij niet_bevoegd"),
        ("overeenkomst_sluiten", SIGNED, {"einde": date(2026, 3, 1)}, "einde ligt voor start"),
        (
            "overeenkomst_sluiten",
            SIGNED,
            {"verzekerd_tot": date(2026, 3, 1)},
            "verzekerd_tot ligt voor start",
        ),
        ("overeenkomst_sluiten", SIGNED, {"opbouw": [SECOND, FIRST]}, "opbouw staat niet op volgorde"),
        ("overeenkomst_sluiten", SIGNED, {"opbouw": [FIRST, FIRST]}, "opbouw staat niet op volgorde"),
        ("overeenkomst_sluiten", SIGNED, {"start": date(2026, 3, 3)}, "opbouw ligt voor start"),
        ("overeenkomst_sluiten", SIGNED, {"uren_per_week": "11.5"}, "opbouw gaat boven uren_per_week"),
        (
            "overeenkomst_wijzigen",
            {"nummer": 1, "vanaf": date(2026, 3, 2), "activiteit": "keuken"},
            {"activiteit": None},
            "uren_per_week, activiteit of werkpost is nodig",
        ),
        ("opvolgen", {**LOOKED, "keuze": "in_orde"}, {"keuze": "afsluiten"}, "einde hoort bij afsluiten"),
        (
            "herbeoordeling_vastleggen",
            {**JUDGED, "besluit": "verlengd"},
            {"besluit": "stop"},
            "einde hoort bij stop",
        ),
        ("combinatie_melden", BESIDE, {"tot": date(2026, 3, 1)}, "tot ligt voor van"),
    ],
)
def test_what_contradicts_itself_is_refused(
    name: str, good: dict[str, Any], wrong: dict[str, Any], said: str
) -> None:
    """The contents are good but for one field, and the refusal names the rule."""
    AMA[name].model_validate({**DAY, **good})
    with pytest.raises(ValidationError, match=said):
        AMA[name].model_validate({**DAY, **good, **wrong})
