"""The duty (opdracht): something that somebody owes by a date, with the reason of that date and its ladder."""

from datetime import date
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from models.actors import Actor
from models.findings import Finding


class DutyKind(StrEnum):
    """What kind of thing is owed; the ladder and the answer's form follow from it."""

    TOEWIJZING = "toewijzing"
    EERSTE_GESPREK = "eerste_gesprek"
    INFORMEREN = "informeren"
    TRAJECTPLAN = "trajectplan"
    AANBOD = "aanbod"
    ACTIE = "actie"
    VOORSTEL = "voorstel"
    PAKKET = "pakket"
    REVIEW = "review"
    HERVATTING = "hervatting"
    OPSCHORTINGSGESPREK = "opschortingsgesprek"
    OPSCHORTINGSBESLISSING = "opschortingsbeslissing"
    BESLISPUNT = "beslispunt"
    VERLENGING = "verlenging"
    EINDVERSLAG = "eindverslag"
    VERDEELSTAAT = "verdeelstaat"
    NAZORG = "nazorg"
    METING = "meting"
    HERVERDELING = "herverdeling"
    OVERDRACHT = "overdracht"
    AANVULLEN = "aanvullen"
    DERDE = "derde"
    ONVOLLEDIG = "onvolledig"
    BEVINDINGEN = "bevindingen"
    ADVIES = "advies"
    SCREENING = "screening"
    BESLISSING = "beslissing"
    BEZWAAR = "bezwaar"
    KERNPARTNER = "kernpartner"
    ONTVANGST = "ontvangst"
    CONTACT = "contact"
    AANKOMST = "aankomst"
    NOG_NODIG = "nog_nodig"
    TOESTEMMING = "toestemming"
    OVEREENKOMST = "overeenkomst"
    DIMONA_IN = "dimona_in"
    DIMONA_UIT = "dimona_uit"
    VERZEKERING = "verzekering"
    OPVOLGING = "opvolging"
    WAT_DAARNA = "wat_daarna"
    CONTINGENT = "contingent"
    BEZOEK = "bezoek"
    POP = "pop"
    HERBEOORDELING = "herbeoordeling"
    EVALUATIE = "evaluatie"
    VOORWAARDEN = "voorwaarden"
    AFRONDING = "afronding_zonder_betrokkene"
    HERSTEL = "herstel"


class DutyStatus(StrEnum):
    """Where a duty stands; the last three are final but for a withdrawal that is undone."""

    OPEN = "open"
    BEZIG = "bezig"
    ANSWERED = "answered"
    EXITED = "exited"
    WITHDRAWN = "withdrawn"


LIVE = (DutyStatus.OPEN, DutyStatus.BEZIG)


def number_of(key: str) -> int:
    """The number in a key such as review/3, or the second part of aanbod/2/3."""
    return int(key.split("/")[1].partition("#")[0])


class Bezig(BaseModel):
    """A promise of the addressee: busy, expected on a date, with a reason; it rests the ladder until then."""

    model_config = ConfigDict(frozen=True)

    verwacht_op: date
    reden: str


class Duty(BaseModel):
    """One thing owed: by whom, since when, due when and why, what rungs were passed, and how it ended."""

    key: str
    kind: DutyKind
    vraag: str
    addressee: Actor
    opened_on: date
    due: Finding[date | None]
    version: int = 1
    rests_with_ledger: bool = True
    status: DutyStatus = DutyStatus.OPEN
    bezig: tuple[Bezig, ...] = ()
    passed: tuple[str, ...] = ()
    overdue_since: date | None = None
    closed_on: date | None = None
    happened_on: date | None = None
    command_id: str | None = None
    reden: str | None = None

    @property
    def live(self) -> bool:
        """Whether somebody still owes it."""
        return self.status in LIVE

    @property
    def anchor(self) -> date | None:
        """The day the ladder counts from: the due date, or the later day that the addressee promised."""
        if self.due.value is None or self.status is not DutyStatus.BEZIG:
            return self.due.value
        return max(self.due.value, self.bezig[-1].verwacht_op)


class Alarm(BaseModel):
    """A date the trajectory itself wakes on, with its owner and reason, so that it never waits for nothing."""

    key: str
    owner: Actor
    on: Finding[date | None]
