"""What should become of a command to an AMA or to its evaluation, worked out from what its people know.

The product's rules are not asked. Where its people cannot know, the oracle does not say.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from dateutil.relativedelta import relativedelta

from models.actors import Actor, Rol
from models.duties import Duty, DutyKind
from models.errors import Refusal
from tests.simulation.ama_file import OF_AGREEMENT, Agreement, recognised_on
from tests.simulation.ama_known import OPEN, AmaKnown
from tests.simulation.chance import Chance, Move
from tests.simulation.draws import Draw
from tests.simulation.known import Known

K = DutyKind
HORIZON = date(2040, 1, 1)
"""Until when the tables of a simulation know the days."""
FIRST_OF_LAW = date(2029, 1, 1)
"""From when on they surely know them."""
RECENT = relativedelta(months=12)
"""So long a file that runs for years surely keeps what was answered."""
LEAST_HOURS, SERVES_AGAIN = Decimal(12), relativedelta(years=2)
INCAPACITY = ("arbeidsongeschikt_werknemer", "arbeidsongeschikt_zelfstandige")
ALWAYS = ("herstel_beslissen", "opdracht_bezig", "opdracht_besluiten", "rechtzetten", "contactnota")
BEGUN = ("begeleid",)
PHASES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(
        (
            *("statuut_melden", "toestemming_vragen", "toestemming_melden", "toestemming_hergebruiken"),
            *("ama_toestemming_intrekken", "bemiddeling_vastleggen", "verzekering_melden", "opvolgen"),
            *("begeleider_wisselen", "ama_beeindigen", "contingent_kiezen", "bezoek_vastleggen"),
        ),
        OPEN,
    ),
    **dict.fromkeys(
        (
            "ama_einde_intrekken",
            *("overeenkomst_toevoegen", "overeenkomst_beeindigen", "uren_melden", "wat_daarna_vastleggen"),
            *("tussentijds_gesprek", "pop_vastleggen", "combinatie_melden", "herbeoordeling_vastleggen"),
            *("opschorten", "nog_opgeschort", "opschorting_bespreken", "hervatten"),
        ),
        BEGUN,
    ),
    "overeenkomst_sluiten": ("aangemeld", "begeleid"),
    "overeenkomst_wijzigen": ("gepland", "begeleid"),
    "dimona_melden": (*OPEN, "uitstroom"),
    "plaats_overslaan": ("aangemeld",),
    "evaluatie_voorbereiden": ("evalueren",),
    "evaluatie_raadplegen": ("evalueren",),
    "evaluatie_vastleggen": ("evalueren",),
}
ASKED_BY: dict[str, tuple[DutyKind, ...]] = {
    "toestemming_melden": (K.TOESTEMMING,),
    "toestemming_hergebruiken": (K.TOESTEMMING,),
    "bemiddeling_vastleggen": (K.TOESTEMMING,),
    "overeenkomst_sluiten": (K.OVEREENKOMST,),
    "dimona_melden": (K.DIMONA_IN, K.DIMONA_UIT),
    "verzekering_melden": (K.VERZEKERING,),
    "opvolgen": (K.OPVOLGING,),
    "wat_daarna_vastleggen": (K.WAT_DAARNA,),
    "contingent_kiezen": (K.CONTINGENT,),
    "bezoek_vastleggen": (K.BEZOEK,),
    "pop_vastleggen": (K.POP,),
    "herbeoordeling_vastleggen": (K.HERBEOORDELING,),
    "nog_opgeschort": (K.HERVATTING,),
    "opschorting_bespreken": (K.OPSCHORTINGSGESPREK, K.OPSCHORTINGSBESLISSING),
    "evaluatie_raadplegen": (K.VOORWAARDEN,),
    "evaluatie_vastleggen": (K.EVALUATIE,),
    "afronden_zonder_betrokkene": (K.AFRONDING,),
    "herstel_beslissen": (K.HERSTEL,),
    "opdracht_bezig": tuple(K),
    "opdracht_besluiten": tuple({*K} - {K.HERSTEL, K.TOESTEMMING, K.CONTINGENT, K.BEZOEK}),
}
"""The duties that a command answers; some end by their own answer only."""
PAST = (
    *("datum", "overleden_op", "geregistreerd_op", "gevraagd_op", "getekend_op", "aangegeven_op"),
    "verleend_op",
)
AHEAD = ("start", "einde", "verzekerd_tot", "vanaf", "tot", "stap_tegen", "verwacht_einde", "verwacht_op")
OF_DUTY = re.compile(r"[a-z_]+(/[\w#-]+)*")
WRONG, LAW, REASON = Refusal.ONGELDIG, Refusal.HARDE_REGEL, Refusal.REDEN_NODIG


class Unsure(Exception):
    """The people around the file cannot know."""


def foretold(draw: Draw) -> Draw:
    """A draw of which is said what should become of it, where that was left open and can be known."""

    def drawn(chance: Chance, known: Known) -> Move | None:
        move = draw(chance, known)
        if move is None or move.expected != "either":
            return move
        assert isinstance(known, AmaKnown)
        try:
            why = refusal(move, known)
        except Unsure:
            return move
        return replace(move, expected="refused" if why else "accepted", refused_as=why)

    return drawn


def refusal(move: Move, known: AmaKnown) -> Refusal | None:
    """Why a command must be refused, or none when it must be accepted; raises Unsure."""
    if move.name == "evaluatie_vastleggen" and known.fase == "geevalueerd":
        raise Unsure  # a talk that was held before the AMA ended may still be told
    if not in_phase(move.name, known):
        return Refusal.VERKEERDE_FASE
    if "opdracht" in move.payload and move.name != "toestemming_vragen":
        duty = next((each for each in known.live if each.key == move.payload["opdracht"]), None)
        if duty is None:
            return Refusal.NIET_OPEN
        if duty.kind not in ASKED_BY[move.name]:
            return WRONG
        if not may_answer(move, duty):
            return Refusal.NIET_VAN_U
    elif not may_tell(move, known):
        return Refusal.NIET_VAN_U
    return next(_against(move, known), None)


def in_phase(name: str, known: AmaKnown) -> bool:
    """Whether the phase knows a command."""
    if name in (*ALWAYS, "herzie_parameters"):
        return True
    if name in ("overleden", "afspraak"):
        return not known.died
    if name == "overleden_ongedaan":
        return known.died
    if name == "afronden_zonder_betrokkene":
        return known.fase == "zonder_betrokkene"
    if (
        known.died
        or (name == "opschorten" and known.open_rest)
        or (name == "hervatten" and not known.open_rest)
    ):
        return False
    return known.fase in PHASES[name]


def may_answer(move: Move, duty: Duty) -> bool:
    """Whoever owes it, and operations for them; a duty that ends without its answer also by operations."""
    namens = move.payload.get("namens")
    speaker = Actor.model_validate(namens) if namens else move.by
    if move.by.rol is Rol.OPERATIES and (not namens or move.name == "opdracht_besluiten"):
        return True
    if move.name == "opdracht_besluiten" and speaker.rol is Rol.TEAMCOORDINATOR:
        raise Unsure
    return speaker.speaks_for(duty.addressee)


def may_tell(move: Move, known: AmaKnown) -> bool:
    """Operations, whoever accompanies, and for some things VDAB and the maatwerkbedrijf."""
    by = move.by
    if by.rol is Rol.OPERATIES:
        return True
    if move.name == "herzie_parameters":
        return False
    if move.name == "plaats_overslaan":
        return by.rol is Rol.MAATWERKBEDRIJF and by.organisatie == known.houder
    if by.rol is Rol.VDAB:
        if move.name in ("ama_beeindigen", "ama_einde_intrekken") and known.variant == "se":
            raise Unsure
        return False
    trekker = {known.begeleider.organisatie} if known.begeleider else set()
    still = (e for e in known.file.agreements.values() if e.einde is None or e.einde >= known.today)
    others = set() if move.name == "begeleider_wisselen" else {each.begeleider for each in still}
    return by.rol is Rol.BEGELEIDER and by.organisatie in trekker | others


def _against(move: Move, known: AmaKnown) -> Iterator[Refusal]:
    """What is wrong with what a command says: the first of it is what is told."""
    days = {name: _day(value) for name, value in move.payload.items() if _is_day(value)}
    yield from (WRONG for name in PAST if name in days and days[name] > known.today)
    yield from (WRONG for name in AHEAD if name in days and days[name] > HORIZON)
    own = OWN.get(move.name)
    if own is not None:
        yield from own(move.payload, days, known)


def _is_day(value: object) -> bool:
    try:
        date.fromisoformat(str(value))
    except ValueError:
        return False
    return True


def _day(value: object) -> date:
    return date.fromisoformat(str(value))


Told, Days = dict[str, Any], dict[str, date]


def _asked(told: Told, days: Days, known: AmaKnown) -> Iterator[Refusal]:
    if not any(duty.key == told["opdracht"] and duty.kind is K.TOESTEMMING for duty in known.live):
        yield WRONG


def _again(told: Told, days: Days, known: AmaKnown) -> Iterator[Refusal]:
    recent = days["verleend_op"] + SERVES_AGAIN >= known.today
    if known.statuut_of(told["opdracht"]) not in INCAPACITY:
        yield LAW
    if not (told["zelfde_activiteit"] and recent) and not told.get("reden"):
        yield REASON


def _mediated(told: Told, days: Days, known: AmaKnown) -> Iterator[Refusal]:
    if known.file.permissions[int(told["opdracht"].split("/")[1])].na_weigering is None:
        yield WRONG


def _withdrawn(told: Told, days: Days, known: AmaKnown) -> Iterator[Refusal]:
    if told["nummer"] not in known.granted_by:
        yield WRONG


def _signed(told: Told, days: Days, known: AmaKnown) -> Iterator[Refusal]:
    """Every permission of the first day and the place are hard; age, recognition and hours ask for a reason."""
    start, hours = days["start"], Decimal(told["uren_per_week"])
    if known.variant == "se" and known.file.first_day is None and not known.file.placed:
        yield LAW
    if known.file.missing_on(start) or not known.file.statuten_on(start):
        yield LAW
    if told.get("reden"):
        return
    organisation = told.get("begeleider") or (known.begeleider.organisatie if known.begeleider else "")
    mine = known.begeleider is not None and known.begeleider.organisatie == organisation
    unknown = known.variant == "wvg" and mine and not recognised_on(organisation, start)
    aged = known.day("achttien_op") <= start < known.day("pensioen_op")
    if unknown or not aged or _hours_ask(hours, start, known, but=None):
        yield REASON


def _hours_ask(hours: Decimal, day: date, known: AmaKnown, but: int | None) -> bool:
    """The hours of all agreements together, with those of this one as they are said now."""
    most, total = known.file.most_hours_on(day), hours + known.file.hours_on(day, but)
    return (known.variant == "se" and total < LEAST_HOURS) or (most is not None and total > most)


def _changed(told: Told, days: Days, known: AmaKnown) -> Iterator[Refusal]:
    if told["nummer"] not in known.file.open_agreements:
        yield WRONG
        return
    last = known.file.agreements[told["nummer"]].signed_end, known.einde
    if days["vanaf"] > min(day for day in (*last, date.max) if day is not None):
        yield WRONG
    hours = told.get("uren_per_week")
    if (
        hours
        and not told.get("reden")
        and _hours_ask(Decimal(hours), days["vanaf"], known, but=told["nummer"])
    ):
        yield REASON


def _ended(told: Told, days: Days, known: AmaKnown) -> Iterator[Refusal]:
    still = known.file.open_agreements
    number = told["nummer"]
    if number not in still or len(still) == 1 or days["einde"] < known.file.agreements[number].start:
        yield WRONG


def _insured(told: Told, days: Days, known: AmaKnown) -> Iterator[Refusal]:
    each: Agreement = known.file.agreements[int(told["opdracht"].split("/")[1])]
    if days["verzekerd_tot"] <= each.verzekerd_tot:
        yield WRONG


def _last_day(told: Told, days: Days, known: AmaKnown) -> Iterator[Refusal]:
    first = known.file.first_day
    if "einde" in days and first is not None and days["einde"] < first:
        yield WRONG


def _goes_on(told: Told, days: Days, known: AmaKnown) -> Iterator[Refusal]:
    """A last day was planned, and an agreement goes on after it whose own last day did not pass."""
    signed = (each.signed_end for each in known.file.agreements.values() if each.begun and each.einde is None)
    over = any(day is not None and day < known.today for day in signed)
    if known.einde is None or not known.file.open_agreements or over:
        yield WRONG


def _another(told: Told, days: Days, known: AmaKnown) -> Iterator[Refusal]:
    now = known.begeleider
    if now is None or (now.organisatie, now.medewerker) == (told["organisatie"], told.get("medewerker")):
        yield WRONG


def _passed_over(told: Told, days: Days, known: AmaKnown) -> Iterator[Refusal]:
    if known.place != "reserved":
        yield WRONG


def _grows(told: Told, days: Days, known: AmaKnown) -> Iterator[Refusal]:
    if days["stap_tegen"] <= days["geregistreerd_op"]:
        yield WRONG


def _rests(told: Told, days: Days, known: AmaKnown) -> Iterator[Refusal]:
    van, tot = days["van"], days.get("tot")
    overlaps = any(van < (rest.tot or van) for rest in known.rests)
    if (tot is not None and tot <= van) or van > known.today or van < known.start or overlaps:
        yield WRONG


def _resumes(told: Told, days: Days, known: AmaKnown) -> Iterator[Refusal]:
    assert known.open_rest is not None
    if not known.open_rest.van <= days["per"] <= known.today:
        yield WRONG


def _promises(told: Told, days: Days, known: AmaKnown) -> Iterator[Refusal]:
    if days["verwacht_op"] <= known.today:
        yield WRONG
    if not told.get("reden"):
        raise Unsure


def _held(told: Told, days: Days, known: AmaKnown) -> Iterator[Refusal]:
    assert known.opens is not None
    if days.get("datum", known.today) < known.opens:
        yield WRONG
    if "reden" not in told and any(duty.kind is K.VOORWAARDEN for duty in known.live):
        yield REASON


def _corrects(told: Told, days: Days, known: AmaKnown) -> Iterator[Refusal]:
    """A day that the file knows so is put right to one that came or was agreed, and ends nothing before it began."""
    new, mine = days.get("nieuw"), OF_AGREEMENT.fullmatch(told["veld"])
    each = known.file.agreements.get(int(mine[1])) if mine else None
    if mine and known.fase not in OPEN:
        raise Unsure  # a last day that is shown may be that of the whole
    now = _known_day(told["veld"], known) if mine is None else getattr(each, str(mine[2]), None)
    never = each is not None and not each.begun and each.einde == each.start
    latest = HORIZON if each is not None and mine and _may_come(each, mine[2], known) else known.today
    if now is None or str(now) != told["oud"] or new is None or new > latest or never:
        yield WRONG
        return
    if each is not None and mine and mine[2] == "start":
        last = each.einde or each.signed_end
        yield from [WRONG] if last is not None and last < new else []
        yield from _begins_then(new, each, told, known)
    elif each is not None:
        yield from [WRONG] if new < each.start else []
    if new < FIRST_OF_LAW or known.start < FIRST_OF_LAW:
        raise Unsure


def _may_come(each: Agreement, field: str, known: AmaKnown) -> bool:
    """A first day that has not come, and a last day while the whole goes on, were agreed and may be later."""
    return known.fase in ("gepland", *BEGUN) and (field == "einde" or not each.begun)


def _begins_then(day: date, each: Agreement, told: Told, known: AmaKnown) -> Iterator[Refusal]:
    """As when it was signed; of what has begun, what was permitted then is not all known here."""
    if known.file.missing_on(day) or not known.file.statuten_on(day):
        if each.begun:
            raise Unsure
        yield LAW
    if not (known.day("achttien_op") <= day < known.day("pensioen_op")):
        raise Unsure
    if known.variant == "wvg" and not recognised_on(each.begeleider, day):
        raise Unsure


def _known_day(veld: str, known: AmaKnown) -> date | None:
    if veld == "start":
        return known.start
    if veld == "evaluatie.datum":
        raise Unsure  # it answers to a window
    duty = next((each for each in known.closed if f"{each.key}.datum" == veld), None)
    long_ago = duty is not None and duty.closed_on is not None and duty.closed_on + RECENT < known.today
    if duty is None or long_ago or not OF_DUTY.fullmatch(duty.key):
        raise Unsure
    return duty.happened_on


OWN: dict[str, Callable[[Told, Days, AmaKnown], Iterator[Refusal]]] = {
    "toestemming_vragen": _asked,
    "toestemming_hergebruiken": _again,
    "bemiddeling_vastleggen": _mediated,
    "ama_toestemming_intrekken": _withdrawn,
    "overeenkomst_sluiten": _signed,
    "overeenkomst_wijzigen": _changed,
    "overeenkomst_beeindigen": _ended,
    "verzekering_melden": _insured,
    "opvolgen": _last_day,
    "herbeoordeling_vastleggen": _last_day,
    "ama_beeindigen": _last_day,
    "ama_einde_intrekken": _goes_on,
    "wat_daarna_vastleggen": _last_day,
    "begeleider_wisselen": _another,
    "plaats_overslaan": _passed_over,
    "pop_vastleggen": _grows,
    "opschorten": _rests,
    "hervatten": _resumes,
    "opdracht_bezig": _promises,
    "evaluatie_vastleggen": _held,
    "rechtzetten": _corrects,
}
"""What each command has that can be wrong."""
