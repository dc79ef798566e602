"""What each letter prints: one context per template of the same name in `templates/letters/`."""

from datetime import date

from models.printed import Contact, Geadresseerde, Printed


class Letter(Printed):
    """What every letter has: its sheets, the person it is about, the reference and its date."""

    kenmerk: str
    datum: date
    geadresseerden: tuple[Geadresseerde, ...]
    deelnemer: str


class KennismakingTandem(Letter):
    """The letter in which two case managers introduce themselves (art. 14 §2 1°-2°)."""

    casemanagers: tuple[Contact, Contact]
    klachten: tuple[Contact, ...]
    """Who hears a complaint besides the two themselves: the next in line of each organisation."""
