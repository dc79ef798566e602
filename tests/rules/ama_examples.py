"""Facts of arbeidsmatige activiteiten for the rule tests: one participant, and what agencies said."""

from datetime import date
from decimal import Decimal
from typing import Any

from models.actors import Actor, Rol
from models.ama_case import AmaFacts, AmaState
from models.ama_verloop import Overeenkomst, Statuutperiode, Toestemming
from models.law import Law
from models.phases import Begeleid, Phase

START = date(2026, 3, 2)
MEANDER = "ORG-DE-MEANDER"
BEGELEIDER = Actor(rol=Rol.BEGELEIDER, organisatie=MEANDER)


def facts(**other: Any) -> AmaFacts:
    """The facts of somebody of forty who is about to begin."""
    told: dict[str, Any] = {
        "reference": "WZ-2026-000001",
        "nis_code": "44021",
        "start": START,
        "begeleider": BEGELEIDER,
        "achttien_op": date(2004, 2, 29),
        "vijfentwintig_op": date(2011, 2, 28),
        "pensioen_op": date(2053, 3, 1),
    }
    return AmaFacts.model_validate(told | other)


def statuut(code: str, van: date = date(2020, 1, 1), tot: date | None = None, **other: Any) -> Statuutperiode:
    """A period of statuut."""
    return Statuutperiode.model_validate({"code": code, "van": van, "tot": tot, **other})


def permission(number: int, code: str, **other: Any) -> Toestemming:
    """A permission that was given, without limits unless said otherwise."""
    told = {"nummer": number, "statuut": code, "instantie": None, "sinds": START, "antwoord": "toelating"}
    return Toestemming.model_validate(told | other)


def agreement(start: date = START, **other: Any) -> Overeenkomst:
    """An agreement whose activities began."""
    told = {
        "nummer": 1,
        "werkpost": MEANDER,
        "begeleider": MEANDER,
        "activiteit": "moestuin",
        "start": start,
        "uren_per_week": Decimal(12),
        "getekend_op": start,
        "verzekerd_tot": date(2032, 12, 31),
        "begonnen": True,
    }
    return Overeenkomst.model_validate(told | other)


def accompanied(law: Law, start: date, phase: Phase | None = None, **other: Any) -> AmaState:
    """The state of somebody whose activities began on a day."""
    told = facts(overeenkomsten=(agreement(start),), **other)
    return AmaState(law=law, facts=told, phase=phase or Begeleid())
