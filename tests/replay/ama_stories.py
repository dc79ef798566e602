"""The stories of the replay corpus about arbeidsmatige activiteiten, in both variants, and their evaluations."""

from typing import Any

from models.actors import Actor, Rol
from player.story import Stap, Story, Who
from tests.replay.intake_stories import BEGIN, INHOUD, PERSON, asked, decided, screened

HOLDER = "ORG-MAATWERK-DE-KAAI"
HERE, THERE = "arbeidsmatige_activiteiten", "ama_se"
BEGELEIDER = Actor(rol=Rol.BEGELEIDER, organisatie="ORG-DE-MEANDER", medewerker="MW-0503")
AGREED: dict[str, Any] = {
    "opdracht": "overeenkomst",
    "werkpost": "ORG-DE-MEANDER",
    "activiteit": "moestuin",
    "getekend_op": "P1M",
    "uren_per_week": "12",
    "verzekerd_tot": "P11M",
}
TOLD = {"eigen_woorden": "Het gaat.", "begeleider": "Komt graag."}
HELD: dict[str, Any] = {
    "opdracht": "evaluatie",
    **dict.fromkeys(("bezigheid", "structuur", "contacten", "zelfontplooiing"), TOLD),
    **dict.fromkeys(("toestemming_klopt", "verzekering_klopt", "uren_kloppen", "werkpost_past"), True),
    "stap_naar_werk": "Nog niet.",
}


def does(na: str, wat: str, wie: Who | str = "begeleider", traject: str = HERE, /, **met: Any) -> Stap:
    """One step in the AMA, by the begeleider unless somebody else is named."""
    return Stap.model_validate({"na": na, "wie": wie, "wat": wat, "traject": traject, "met": met})


def there(na: str, wat: str, wie: Who | str = "begeleider", /, **met: Any) -> Stap:
    """One step in the AMA of the social economy."""
    return does(na, wat, wie, THERE, **met)


ACCOMPANIED = (
    does("P2D", "toestemming_vragen", opdracht="toestemming/1", gevraagd_op="P2D"),
    does("P20D", "toestemming_melden", opdracht="toestemming/1", antwoord="geweigerd"),
    does(
        "P25D", "bemiddeling_vastleggen", opdracht="toestemming/2", keuze="opnieuw_vragen", toelichting="Ja."
    ),
    does(
        "P28D",
        "toestemming_melden",
        opdracht="toestemming/3",
        antwoord="toelating",
        vanaf="P28D",
        uren_per_week="16",
    ),
    does("P1M", "overeenkomst_sluiten", **AGREED, start="P1M10D"),
    does("P1M10D", "dimona_melden", opdracht="dimona_in/1", aangegeven_op="P1M10D"),
    does("P2M", "overeenkomst_toevoegen"),
    does(
        "P2M1D",
        "overeenkomst_sluiten",
        **{**AGREED, "opdracht": "overeenkomst/2", "getekend_op": "P2M1D", "start": "P2M5D"},
        reden="Wordt gevraagd.",
    ),
    does("P2M10D", "uren_melden", week_van="P2M3D", uren="20"),
    does("P2M12D", "opvolgen", opdracht="opvolging/1", keuze="in_orde", toelichting="Eén week."),
    does("P3M", "overeenkomst_wijzigen", nummer=1, vanaf="P3M", uren_per_week="18", reden="Het gaat goed."),
    does("P3M5D", "toestemming_melden", opdracht="toestemming/4", antwoord="toelating", vanaf="P3M5D"),
    does("P3M10D", "overeenkomst_beeindigen", nummer=2, einde="P3M10D"),
    does("P4M", "opschorten", van="P4M", oorzaak="ziekte"),
    does("P4M20D", "hervatten", per="P4M20D"),
    does("P5M", "statuut_melden", code="arbeidsongeschikt_werknemer", vanaf="P5M", eindigt="leefloon"),
    does(
        "P5M1D",
        "toestemming_hergebruiken",
        opdracht="toestemming/5",
        verleend_op="-P6M",
        zelfde_activiteit=True,
    ),
    does("P5M3D", "opvolgen", opdracht="opvolging/2", keuze="in_orde", toelichting="Nagekeken."),
    does("P6M", "tussentijds_gesprek", verslag="Een goed gesprek."),
    does("P10M15D", "verzekering_melden", opdracht="verzekering/1/2027-12-04", verzekerd_tot="P3Y"),
    Stap.model_validate(
        {
            **{"na": "P12M", "wie": "begeleider", "wat": "evaluatie_vastleggen", "traject": "evaluatie"},
            "met": {**HELD, "oordeel": "bijsturen"},
        }
    ),
    does("P12M5D", "opvolgen", opdracht="opvolging/3", keuze="in_orde", toelichting="Bijgestuurd."),
    does("P13M", "ama_beeindigen", einde="P13M10D", oorzaak="op_vraag"),
    does("P13M12D", "dimona_melden", opdracht="dimona_uit/1", aangegeven_op="P13M12D"),
)
"""A refusal and its mediation, two werkposten, more hours, a rest, another statuut, an evaluation, an end."""
PLACED = (
    screened("P10D"),
    decided("P15D", "ama_se", ama_contingent=HOLDER),
    there(
        "P20D",
        "bezoek_vastleggen",
        "maatwerkbedrijf",
        opdracht="bezoek/1",
        keuze="neemt_de_plaats",
        toelichting="Goed.",
    ),
    there("P22D", "toestemming_melden", opdracht="toestemming/1", antwoord="toelating", vanaf="P22D"),
    there(
        "P25D", "overeenkomst_sluiten", **{**AGREED, "werkpost": HOLDER, "getekend_op": "P25D"}, start="P1M"
    ),
    there("P1M", "dimona_melden", opdracht="dimona_in/1", aangegeven_op="P1M"),
    there("P2M", "pop_vastleggen", opdracht="pop", stap="Stage", stap_tegen="P6M", geregistreerd_op="P2M"),
    there("P3M", "overleden", overleden_op="P3M"),
    there("P3M3D", "overleden_ongedaan"),
    Stap(na="P4M", wie="operaties", wat="checkpoint", traject=THERE),
    there("P4M5D", "ama_beeindigen", einde="P4M5D", oorzaak="doorstroom"),
    there("P4M8D", "dimona_melden", opdracht="dimona_uit/1", aangegeven_op="P4M8D"),
)
"""A place through VDAB's decision, a plan, a death that was none, and an end that gives the place back."""
NOTIFIED: dict[str, Any] = {
    "soort": HERE,
    "nis_code": "44021",
    "begeleider": BEGELEIDER.model_dump(mode="json", exclude_none=True),
    "persoon": {**PERSON, "voornaam": "Begeleid"},
    "statuut": [{"code": "leefloon", "van": "-P2Y", "bron": "OCMW"}],
}
AMA: tuple[Story, ...] = (
    Story.model_validate(
        {
            **{"naam": "ama", "begin": BEGIN, "tot": "P13M20D"},
            **{"aanmelding": NOTIFIED, "stappen": ACCOMPANIED},
        }
    ),
    asked(
        "ama geplaatst",
        INHOUD,
        *PLACED,
        tot="P4M10D",
        statuut=[{"code": "leefloon", "van": "-P2Y", "bron": "OCMW"}],
    ),
)
