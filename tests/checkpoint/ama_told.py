"""The stories of arbeidsmatige activiteiten that are disturbed: as short as an evaluation and a waiting list allow."""

from typing import Any

from player.story import Stap, Story
from tests.replay.ama_stories import AGREED, HELD, HERE, NOTIFIED, does, there
from tests.replay.intake_stories import BEGIN, INHOUD, asked, decided, screened

ONE_PLACE = "ORG-MAATWERK-DUINKANT"
NEEDS_NO_PERMISSION = [{"code": "geen", "van": "-P1Y", "bron": "eigen verklaring"}]


def permitted(na: str, number: int, **hours: str) -> Stap:
    """The agency permits, with or without a number of hours."""
    key = f"toestemming/{number}"
    return does(na, "toestemming_melden", opdracht=key, antwoord="toelating", vanaf=na, **hours)


BEGUN = (
    permitted("P2D", 1),
    does(
        "P3D", "overeenkomst_sluiten", **{**AGREED, "getekend_op": "P3D", "verzekerd_tot": "P3Y"}, start="P4D"
    ),
    does("P4D", "dimona_melden", opdracht="dimona_in/1", aangegeven_op="P4D"),
)
CHANGED = (
    does("P20D", "overeenkomst_wijzigen", nummer=1, vanaf="P20D", uren_per_week="18"),
    permitted("P22D", 2, uren_per_week="20"),
    does("P1M", "opschorten", van="P1M", oorzaak="ziekte"),
    does("P1M5D", "hervatten", per="P1M5D"),
)
CONCLUDED = (
    does("P10M", "evaluatie_vastleggen", "begeleider", "evaluatie", **HELD, oordeel="bijsturen"),
    does("P10M1D", "opvolgen", opdracht="opvolging/1", keuze="in_orde", toelichting="Bijgestuurd."),
    does("P10M2D", "ama_beeindigen", einde="P10M3D", oorzaak="op_vraag"),
    does("P10M4D", "dimona_melden", opdracht="dimona_uit/1", aangegeven_op="P10M4D"),
)


def notified(naam: str, *stappen: Stap, tot: str) -> Story:
    """A story that a begeleider begins with a notice."""
    told = {"naam": naam, "begin": BEGIN, "tot": tot, "aanmelding": NOTIFIED, "stappen": stappen}
    return Story.model_validate(told)


ACCOMPANIED = notified(HERE, *BEGUN, *CHANGED, *CONCLUDED, tot="P10M5D")
"""A permission, an agreement, more hours that ask another permission, a rest, an evaluation and an end."""
JUST_BEGUN = notified("net begonnen", *BEGUN, tot="P6D")


def _received(visited: str, agreed: str, starts: str) -> tuple[Stap, ...]:
    """The visit, the agreement and its declaration."""
    works = {**AGREED, "werkpost": ONE_PLACE, "getekend_op": agreed, "verzekerd_tot": "P1Y", "start": starts}
    taken = {"opdracht": "bezoek/1", "keuze": "neemt_de_plaats", "toelichting": "Goed."}
    return (
        there(visited, "bezoek_vastleggen", "maatwerkbedrijf", **taken),
        there(agreed, "overeenkomst_sluiten", **works),
        there(starts, "dimona_melden", opdracht="dimona_in/1", aangegeven_op=starts),
    )


def _decided(naam: str, on: str, *stappen: Stap, tot: str) -> Story:
    request: dict[str, Any] = {"nis_code": "31005", "statuut": NEEDS_NO_PERMISSION}
    begun = screened("P1D"), decided(on, "ama_se", ama_contingent=ONE_PLACE)
    return asked(naam, INHOUD, *begun, *stappen, tot=tot, **request)


IN_LINE = (
    _decided(
        "plaats eerste",
        "P2D",
        *_received("P4D", "P5D", "P7D"),
        there("P8D", "ama_beeindigen", einde="P9D", oorzaak="verhuisd"),
        tot="P11D",
    ),
    _decided("plaats tweede", "P3D", *_received("P11D", "P12D", "P14D"), tot="P15D"),
)
"""Two people for one place: who was decided later waits until the first one leaves, and is then received."""
