"""What each report prints: one context per template of the same name in `templates/reports/`."""

from datetime import date
from typing import Literal

from models.messages import ActieReview
from models.printed import Contact, Printed, Waarom


class Report(Printed):
    """What every report has: the reference, its date, whom it is about and who wrote it."""

    kenmerk: str
    datum: date
    deelnemer: str
    geboortedatum: date | None
    casemanagers: tuple[Contact, ...]


class Uren(Printed):
    """From a day on, so many hours a week."""

    vanaf: date
    uren_per_week: int


class Werkplekafspraak(Printed):
    """What is agreed about a workplace, in words."""

    stage: bool
    """Whether it is a werkervaringsstage."""
    statuut: str
    verzekering: str
    begeleider: str
    uren: tuple[Uren, ...]
    mag_weten: str


class PlanActie(Printed):
    """One action of the plan in full, as the participant reads it."""

    nummer: int
    omschrijving: str
    domein: str
    vorm: str | None
    soort: str | None
    aanbod: str | None
    met: str | None
    plaats: str | None
    van: date | None
    tot: date | None
    waarom: str | None
    resultaat: str | None
    mijn_aandeel: str | None
    aandeel_anderen: str | None
    pakket: str | None
    werkplek: Werkplekafspraak | None


class AndermansAandeel(Printed):
    """What somebody else does in the plan."""

    wie: str
    wat: tuple[str, ...]


class Trajectplan(Report):
    """The integrated plan with its six elements (art. 15), in the participant's voice."""

    versie: int
    wijziging: str | None
    doel: str
    acties: tuple[PlanActie, ...]
    niet_aanvaard: tuple[PlanActie, ...]
    dit_doen_anderen: tuple[AndermansAandeel, ...]
    start: date
    einde: date
    einde_waarom: Waarom
    periodiciteit_maanden: int
    evaluaties: tuple[date, ...]
    afspraken: str
    akkoord_op: date
    vorm: Literal["schriftelijk", "mondeling", "niet_akkoord"]
    eigen_woorden: str | None
    toegelicht_door: str | None


class NetwerkActie(Printed):
    """An action as the coordinator needs it: what is to be organised, where, when and with whom."""

    nummer: int
    omschrijving: str
    domein: str
    aanbod: str | None
    met: str | None
    plaats: str | None
    van: date | None
    tot: date | None
    pakket: str | None
    antwoord: str


class AfgeschermdeActie(Printed):
    """An action about care: the coordinator learns that it is there and where its offer comes from."""

    nummer: int
    aanbod: str | None
    pakket: str | None


class TrajectplanCoordinator(Report):
    """The plan for the network coordinator: no actions about care, and no free text about the person."""

    versie: int
    acties: tuple[NetwerkActie, ...]
    afgeschermd: tuple[AfgeschermdeActie, ...]
    start: date
    einde: date
    periodiciteit_maanden: int
    evaluaties: tuple[date, ...]


class ActieInPakket(Printed):
    """An action in an overview: since when, with whom, and where it stands."""

    nummer: int
    omschrijving: str
    met: str | None
    sinds: date
    stand: str


class Reviewverslag(Report):
    """One evaluation talk: the participant's own words, what became of each action, what next."""

    nummer: int
    gehouden_op: date
    voorzien_op: date | None
    voorzien_waarom: Waarom
    eigen_woorden: str
    tevredenheid: str | None
    gezicht: str | None
    acties: tuple[ActieReview, ...]
    jaarpakket: tuple[ActieInPakket, ...] | None
    """The whole package after one year, where this evaluation looks at it."""
    vervolg: str
    volgende_op: date | None
    volgende_waarom: Waarom | None


class Pakketevaluatie(Report):
    """The closing evaluation of a welzijnspakket, in five lines."""

    nummer: int
    omschrijving: str
    pakket: str | None
    met: str | None
    eerste_gesprek_op: date | None
    einde: date
    einde_waarom: Waarom
    besproken_op: date
    doel: str
    gedaan: str
    resultaat: str
    eigen_woorden: str
    vervolg: str


class Opdracht(Printed):
    """Something that is owed now, and by when."""

    wat: str
    tegen: date | None


class Rust(Printed):
    """A period in which the trajectory rested; it still rests while nobody said from when it runs again."""

    van: date
    weer_vanaf: date | None


class Verkenning(Printed):
    """What was explored before the plan: the participant's wish first, strengths and obstacles side by side."""

    op: date
    voorkeur: str
    competenties: str
    groeimogelijkheden: str
    noden: str
    rechten: str


class PlanKort(Printed):
    """The plan in a few lines."""

    doel: str
    start: date
    einde: date
    periodiciteit_maanden: int
    afspraken: str


class Overdrachtsfiche(Report):
    """The pack of a hand-over: the participant's wish first, then what is owed, then how it came so."""

    rol: str
    van: Contact
    naar: Contact
    fase: str
    verkenning: Verkenning | None
    open_opdrachten: tuple[Opdracht, ...]
    plan: PlanKort | None
    acties: tuple[ActieInPakket, ...]
    reviews: tuple[date, ...]
    opschortingen: tuple[Rust, ...]


class Eindverslag(Report):
    """The end report with its five elements (art. 22); the advice is a document of its own."""

    vorm: Literal["volledig", "vroegtijdig_met_gesprek", "zonder_gesprek"]
    start: date | None
    einde: date
    doel: str | None
    evaluaties: tuple[date, ...]
    acties: str
    resultaten: str
    informatie_team: str
    informatie_dienstverleners: str
    gesprek: str
    alinea_deelnemer: str | None
    met_eindadvies: bool


class Trede(Printed):
    """A value on the participatieladder on a day, and where the person could grow to."""

    op: date
    niveau: int
    groeipotentieel: int | None


class Eindadvies(Report):
    """The reasoned advice to VDAB on the prospects of paid work (art. 14 §2 8°-9°)."""

    vorm: Literal["volledig", "vroegtijdig_met_gesprek", "zonder_gesprek"]
    start: date
    einde: date
    alinea_deelnemer: str | None
    eindadvies: str
    vervolg: str | None
    resultaten: str
    gesprek: str
    metingen: tuple[Trede, ...]


class Slotnota(Report):
    """The closing note of a trajectory that ended by death: short and sober."""

    overleden_op: date
    notitie: str
