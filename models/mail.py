"""What the post office is asked and answers, and what a mail prints: references and dates, no names."""

from datetime import date, timedelta
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from models.printed import Printed


class Ronde(BaseModel):
    """A round of the post office or of the digests: on the clock of its schedule, or for a given day."""

    model_config = ConfigDict(frozen=True)

    as_of: date | None = None
    """The business day; without it the day on which the schedule meant the round to run."""
    hele_dag: bool = False
    """Everything of the day at once, whatever the hour: for stories, where no wall clock counts."""
    silence_seconds: float = 60
    """How long a round may give no sign of life before another worker takes it over."""


class PostOrder(BaseModel):
    """Send at most so many mails of a day, to those whose hour has come, after a given recipient."""

    model_config = ConfigDict(frozen=True)

    as_of: date
    hour: int | None = None
    """The hour it is in Brussels; none = everyone."""
    after: str = ""
    at_most: int = 200


class Bounce(BaseModel):
    """A message that the world refused for good; operations should look for a way to reach the addressee."""

    model_config = ConfigDict(frozen=True)

    workflow_id: str
    key: str
    """The key of the outbox row."""


class PostResult(BaseModel):
    """What a round did: mails and letters sent, rows cancelled or put off, bounces, and where to go on."""

    model_config = ConfigDict(frozen=True)

    sent: int = 0
    cancelled: int = 0
    deferred: int = 0
    bounced: tuple[Bounce, ...] = ()
    next_after: str | None = None
    """The recipient to go on after; none when the day is done."""

    def __add__(self, later: "PostResult") -> "PostResult":
        """The sum of two parts of a round, which goes on where the later one stopped."""
        return PostResult(
            sent=self.sent + later.sent,
            cancelled=self.cancelled + later.cancelled,
            deferred=self.deferred + later.deferred,
            bounced=self.bounced + later.bounced,
            next_after=later.next_after,
        )


class DigestOrder(BaseModel):
    """Draw up at most so many digests of a day, after a given recipient."""

    model_config = ConfigDict(frozen=True)

    as_of: date
    after: str = ""
    at_most: int = 1000


class DigestResult(BaseModel):
    """How many digests were new, and where to go on."""

    model_config = ConfigDict(frozen=True)

    written: int = 0
    next_after: str | None = None

    def __add__(self, later: "DigestResult") -> "DigestResult":
        """The sum of two parts of a round, which goes on where the later one stopped."""
        return DigestResult(written=self.written + later.written, next_after=later.next_after)


class Rubriek(StrEnum):
    """The sections of a mail, in the order in which they are printed; the value is the title."""

    TE_LAAT = "Te laat"
    TEAM = "Te laat in uw team"
    LEIDING = "Te laat bij uw medewerkers"
    OPERATIES = "Te laat en zonder antwoord, voor operaties"
    DEZE_WEEK = "Deze week"
    VOLGENDE_WEKEN = "Volgende twee weken"
    NIEUW = "Nieuw"

    @property
    def late(self) -> bool:
        """Whether what stands here has passed its date."""
        return self in (Rubriek.TE_LAAT, Rubriek.TEAM, Rubriek.LEIDING, Rubriek.OPERATIES)

    @classmethod
    def of(cls, due: date | None, opened_on: date, day: date) -> "Rubriek | None":
        """Where a reader's own duty stands in the overview of a day; none when it is neither near nor new."""
        sunday = day + timedelta(days=6 - day.weekday())
        if due is not None and due <= sunday:
            return cls.TE_LAAT if due < day else cls.DEZE_WEEK
        if due is not None and due <= sunday + timedelta(weeks=2):
            return cls.VOLGENDE_WEKEN
        return cls.NIEUW if day - opened_on < timedelta(weeks=1) else None


class Regel(Printed):
    """One duty in a mail: the dossier, the addressee's own reference, what is asked and by when."""

    rubriek: Rubriek
    kenmerk: str | None
    """None for what is about no dossier."""
    eigen_kenmerk: str | None
    opdracht: str | None
    """None for what asks no answer."""
    vraag: str
    tegen: date | None
    bij: str | None = None
    """With whom it is late, by reference, when the reader is somebody else."""
    fiche: bool = False
    """Whether it is a talk for which a preparation sheet can be printed."""
    in_vervanging_van: str | None = None
    """The reference of the colleague or organisation whose duty it is, when the reader takes over."""


class Bericht(Printed):
    """A mail to one person or team on one day, with everything there is to say that day."""

    aanhef: str | None
    """The reader's own name; none for a team's mailbox."""
    regels: tuple[Regel, ...]
    antwoord_link: str | None

    @property
    def onderwerp(self) -> str:
        """The subject: how many duties, and how many of them late."""
        count, late = len(self.regels), sum(regel.rubriek.late for regel in self.regels)
        duties = "1 opdracht" if count == 1 else f"{count} opdrachten"
        return f"Werkzorg: {duties}" + (f" ({late} te laat)" if late else "")

    @property
    def rubrieken(self) -> tuple[tuple[Rubriek, tuple[Regel, ...]], ...]:
        """The sections that have something in them, each with its earliest date first."""
        found = ((rubriek, self._under(rubriek)) for rubriek in Rubriek)
        return tuple((rubriek, regels) for rubriek, regels in found if regels)

    def _under(self, rubriek: Rubriek) -> tuple[Regel, ...]:
        regels = (regel for regel in self.regels if regel.rubriek is rubriek)
        return tuple(sorted(regels, key=lambda r: (r.tegen or date.max, r.kenmerk or "", r.opdracht or "")))
