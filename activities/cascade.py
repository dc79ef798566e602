"""The three steps by which a samenwerkingsverband Zorg gives a participant its case manager (art. 12 and 14)."""

from collections.abc import Iterable
from typing import NamedTuple

from activities.mandates import Mandated
from models.aanvraag import Hoofdnood


class Kind(NamedTuple):
    """One of the three kinds of members, with the kinds of organisations in it and the need it answers."""

    naam: str
    soorten: frozenset[str]
    hoofdnood: Hoofdnood


WELZIJN = Kind("CAW, OCMW of DMW", frozenset({"CAW", "OCMW", "DMW"}), "welzijn")
BEPERKING = Kind("VAPH-voorziening", frozenset({"VAPH"}), "beperking")
GGZ = Kind("GGZ-voorziening", frozenset({"CGG", "PZ", "REVALIDATIE", "IBW"}), "geestelijke_gezondheid")
KINDS = (WELZIJN, BEPERKING, GGZ)
"""What a samenwerkingsverband Zorg has one of each of (art. 12 §1 1°)."""

STEPS = {
    1: "1: begeleidt de persoon al",
    2: "2: past bij de hoofdnood",
    3: "3: eerste aanspreekpunt, mag één keer doorverwijzen",
}


class Choice(NamedTuple):
    """A member that can take the care side, with the step that gives it and why."""

    stap: int
    org: str
    reden: str


def in_order(members: Iterable[Mandated], guide: str | None, need: str | None) -> list[Choice]:
    """The members, whom the cascade gives first: the guide, then by main need, then the welfare member."""
    welfare_first = sorted(members, key=lambda member: (member.soort not in WELZIJN.soorten, member.org))
    return sorted((_choice(member, guide, need) for member in welfare_first), key=lambda choice: choice.stap)


def missing(members: Iterable[Mandated]) -> list[str]:
    """Which of the three kinds a samenwerkingsverband lacks."""
    there = {member.soort for member in members}
    return [kind.naam for kind in KINDS if there.isdisjoint(kind.soorten)]


def _choice(member: Mandated, guide: str | None, need: str | None) -> Choice:
    if member.org == guide:
        return Choice(1, member.org, f"{member.org} begeleidt de persoon al.")
    kind = next((kind for kind in KINDS if member.soort in kind.soorten), None)
    if kind is not None and kind.hoofdnood == need:
        reden = f"{member.org} is de {kind.naam} van het samenwerkingsverband en past bij de hoofdnood."
        return Choice(2, member.org, reden)
    return Choice(3, member.org, _first_contact(member.org, kind))


def _first_contact(org: str, kind: Kind | None) -> str:
    """True whether the main need is not known, nobody fits it, or art. 13 keeps the one who does away."""
    as_what = f" als {WELZIJN.naam}" if kind is WELZIJN else f", want er is geen {WELZIJN.naam}"
    return (
        "Geen lid dat de persoon al begeleidt of bij een gekende hoofdnood past, kan casemanager zorg zijn: "
        f"{org} neemt het op{as_what}, en mag één keer doorverwijzen."
    )
