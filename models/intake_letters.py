"""What the letters and reports of toeleiding and onthaal print: one context per template of the same name."""

from datetime import date

from models.letters import InHetKort, Letter
from models.printed import Contact, Printed, Waarom
from models.toeleiding import Element, Route


class Dienstbrief(Letter):
    """A letter from one organisation, before there is a tandem: whom the person can turn to."""

    contact: Contact


class Onvolledig(Dienstbrief):
    """The letter that says what a request still lacks, by when, and that nothing is refused."""

    ontbreekt: tuple[Element, ...]
    tegen: date | None
    tegen_waarom: Waarom


class Beoordeling(Printed):
    """One judged element of the decision, with its reason as far as a letter has room for it."""

    aanwezig: bool
    motivering: InHetKort | None
    """None where nothing of it can stand in a letter; then it is explained in a talk."""


class Beslissing(Dienstbrief):
    """The letter with VDAB's decision: outcome, two reasons, what comes next and the remedies (art. 9)."""

    beslist_op: date
    route: Route
    problematiek: Beoordeling
    groeimogelijkheden: Beoordeling
    ingekort: bool
    """Whether something of the decision did not fit, and can be read by asking."""
    start: date | None
    """The first day of an activeringstraject; none where it begins at once."""
    onthaal: bool
    kernpartner: str | None
    """The kernpartner that the person chose, by name."""
    ama_begeleider: str | None
    orientatie: InHetKort | None
    gesprek: str | None
    """When and where the decision is explained, where that is known."""


class OnthaalKennismaking(Dienstbrief):
    """The letter that says which kernpartner will make contact, and why it knows the person (art. 4-5)."""

    vorige: bool
    """Whether another kernpartner was announced before."""
    doorgegeven: tuple[str, ...] | None
    """What VDAB passed on, in words; none where the person came by another way."""
    klachten: tuple[Contact, ...]


class Onbereikbaar(Dienstbrief):
    """The letter that says that nobody could reach the person, and that one call is enough."""

    heropenen_tot: date | None
    heropenen_waarom: Waarom
    klachten: tuple[Contact, ...]


class Verslag(Printed):
    """What a report of toeleiding or onthaal has: its reference and date, whom it is about, who answers for it."""

    kenmerk: str
    datum: date
    deelnemer: str
    geboortedatum: date | None
    """None where the reader has no need of it."""
    contact: Contact


class Niveau(Printed):
    """Where the person stands on the participatieladder and could grow to; this never leaves VDAB."""

    niveau: int | None
    groeipotentieel: int | None


class Screeningsverslag(Verslag):
    """What the screening found: what the person does and wants, strengths, obstacles, help, advice."""

    screener: Contact | None
    gescreend_op: date
    doet_en_wil: str
    sterktes: str
    hindernissen: str
    hulp: str
    advies: str
    niveau: Niveau | None


class BeslissingAanvrager(Verslag):
    """What the requester hears: the outcome, and the reasons only where the candidate agreed."""

    aanvrager: Contact
    eigen_kenmerk: str | None
    """The reference that the requester gave."""
    uitkomst: str
    redenen: tuple[InHetKort, ...]


class Domein(Printed):
    """One life domain: explored, action and result apart."""

    naam: str
    op: date
    verkend: bool
    actie: str | None
    resultaat: str | None


class Meting(Printed):
    """How a measurement of the rights was done."""

    meting: str
    op: date
    methode: str
    minuten: int
    fiche: str


class Voordeel(Printed):
    """One social benefit at the start and at the end, side by side; none where it was not asked then."""

    naam: str
    begin: str | None
    einde: str | None


class Orientatie(Printed):
    """Where the person chose to go on, beside what else there was."""

    op: date
    keuze: str
    andere: tuple[str, ...]
    ontvanger: str | None


class Onthaaldossier(Verslag):
    """What was done in an onthaaltraject, as far as the person agreed that it is kept (LSB art. 11)."""

    start: date
    einde: date
    reden: str
    levensdomeinen: tuple[Domein, ...]
    metingen: tuple[Meting, ...]
    voordelen: tuple[Voordeel, ...]
    orientaties: tuple[Orientatie, ...]


class OverdrachtOnthaal(Verslag):
    """The fiche of a warm hand-over: what was agreed with three, and what the person lets pass on."""

    naar: str
    gesprek_op: date
    afspraken: str
    levensdomeinen: tuple[Domein, ...]
