"""Makes a document when somebody asks for it, from what the record knows; nothing of it is kept."""

from collections.abc import Callable, Mapping
from datetime import date

from activities.contexts import Drawn
from activities.database import Database
from activities.directory import Directory, DocumentIncomplete, full_name
from activities.op_vraag_record import Known, NotNow, known
from activities.rendering import Rendered, Templates
from activities.voorbereiding import voorbereidingsfiche
from models.actors import OPERATIES, Team
from models.letters import Letter, Teambrief
from models.lines import TrajectLine
from models.op_vraag import EvaluatieUitnodiging, Ontvangst, Opschorting, Uitnodiging, Verlenging
from models.printed import Waarom

MAXIMUM, PLANNED = "uiterste einde", "gepland einde"
"""The names of two dates among those the trajectory goes by."""


class OpVraag:
    """The documents that are made on request, each from the record as it is now."""

    def __init__(self, database: Database, templates: Templates) -> None:
        self._database = database
        self._templates = templates

    def kinds(self, traject: TrajectLine, on: date) -> tuple[str, ...]:
        """What can be made for a trajectory on a day."""
        return tuple(kind for kind in KINDS if self._can(kind, traject, on))

    def render(self, kind: str, traject: TrajectLine, on: date) -> Rendered:
        """One document of a day; raises NotNow or DocumentIncomplete when the record lacks what it tells."""
        drawn = self._draw(kind, traject, on)
        return self._templates.render(drawn.template, drawn.context, f"{kind}/{traject.workflow_id}/{on}")

    def _draw(self, kind: str, traject: TrajectLine, on: date) -> Drawn:
        with self._database.read() as session:
            directory = Directory(session, kind, traject.reference)
            return KINDS[kind](known(session, directory, traject, on))

    def _can(self, kind: str, traject: TrajectLine, on: date) -> bool:
        try:
            self._draw(kind, traject, on)
        except (NotNow, DocumentIncomplete):
            return False
        return True


def _letter(record: Known) -> Letter:
    if record.letters_held:
        raise NotNow("brieven aan de persoon worden tegengehouden")
    return Letter(
        kenmerk=record.traject.reference,
        datum=record.on,
        geadresseerden=record.directory.addressees(),
        deelnemer=full_name(record.directory.person()),
    )


def _team(record: Known) -> Team:
    if record.team is None:
        raise NotNow("er is nog geen team")
    return record.team


def _of_team(record: Known) -> Teambrief:
    team = _team(record)
    return Teambrief(
        **dict(_letter(record)),
        casemanagers=record.directory.team(team),
        klachten=record.directory.next_in_line(team),
    )


def _ontvangst(record: Known) -> Drawn:
    """Somebody of the tandem answers questions; before there is one, the back office does."""
    who, functie = OPERATIES, "Back office"
    if record.team is not None:
        who, functie = record.team.casemanager_werk, "Casemanager Werk"
    context = Ontvangst(
        **dict(_letter(record)),
        aangevraagd_op=record.created_on,
        contact=record.directory.contact(who, functie),
    )
    return Drawn("letters/ontvangst.nl.html.j2", context)


def _uitnodiging(record: Known) -> Drawn:
    review, planned = record.next_review(), record.planned_appointment()
    if planned is None and (review is None or review.op.value is None):
        raise NotNow("er is geen afspraak en geen evaluatie gepland")
    day = date.fromisoformat(planned["gepland_op"]) if planned else review and review.op.value
    assert day is not None
    context = Uitnodiging(
        **dict(_letter(record)),
        casemanagers=record.directory.team(_team(record)),
        aanleiding="evaluatie" if review and (review.open or planned is None) else "gesprek",
        op=day,
        waar=planned["waar"] if planned else None,
        hoe=planned["hoe"] if planned else None,
    )
    return Drawn("letters/uitnodiging.nl.html.j2", context)


def _evaluatie_uitnodiging(record: Known) -> Drawn:
    """Whoever owes the evaluation invites to it: on the day of the talk, or by when it is held."""
    owed = record.evaluation()
    if owed is None:
        raise NotNow("er is nu geen evaluatie te houden")
    begeleider, due = owed
    planned, talk = record.planned_appointment(), record.planned_evaluation()
    day = date.fromisoformat(planned["gepland_op"]) if planned else talk
    context = EvaluatieUitnodiging(
        **dict(_letter(record)),
        contact=record.directory.contact(begeleider, "Begeleider"),
        gepland=day is not None,
        op=day or (due if due and due >= record.on else None),
        waar=planned["waar"] if planned else None,
        hoe=planned["hoe"] if planned else None,
    )
    return Drawn("letters/evaluatie_uitnodiging.nl.html.j2", context)


def _opschorting(record: Known) -> Drawn:
    rest = record.open_rest()
    if rest is None:
        raise NotNow("het traject rust niet")
    end = record.dates.get(MAXIMUM)
    context = Opschorting(
        **dict(_of_team(record)),
        van=date.fromisoformat(rest["van"]),
        verwacht=date.fromisoformat(rest["tot"]) if rest.get("tot") else None,
        uiterste_einde=end.value if end else None,
        uiterste_waarom=Waarom.of(end) if end else None,
    )
    return Drawn("letters/opschorting.nl.html.j2", context)


def _verlenging(record: Known) -> Drawn:
    """The agreed end as it is now; a suspension since the decision has moved it."""
    longer, end = record.last_extension(), record.dates.get(PLANNED)
    if longer is None:
        raise NotNow("het traject is niet verlengd")
    if end is None or end.value is None:
        raise NotNow("het traject loopt niet meer")
    context = Verlenging(
        **dict(_of_team(record)),
        beslist_op=longer.datum,
        door="vdab" if longer.soort == "verlenging_beslissen" else "team",
        einde=end.value,
        einde_waarom=Waarom.of(end),
    )
    return Drawn("letters/verlenging.nl.html.j2", context)


KINDS: Mapping[str, Callable[[Known], Drawn]] = {
    "voorbereidingsfiche": voorbereidingsfiche,
    "uitnodiging": _uitnodiging,
    "evaluatie_uitnodiging": _evaluatie_uitnodiging,
    "opschorting": _opschorting,
    "verlenging": _verlenging,
    "ontvangst": _ontvangst,
}
"""How each document on request is drawn up, by the name under which it is asked."""
ABOUT: Mapping[str, str] = {"evaluatie_uitnodiging": "evaluatie"}
"""The kind of trajectory that a document is about, where it runs beside another one."""
