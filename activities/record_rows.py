"""What a step tells, as rows of the record; a row holds nothing that its step does not say."""

import hashlib
import json
from datetime import date, datetime
from typing import Any

from models.actors import Actor, Rol, Team
from models.duties import Duty, DutyStatus
from models.steps import Event, MessageOrder, Stand, Step, Toestemmingsregel

Row = dict[str, Any]


def digest(event: Event) -> str:
    """The digest of an event's contents; fields left at their default do not count, so some can be added."""
    contents = event.model_dump(mode="json", exclude_defaults=True)
    return hashlib.sha256(json.dumps(contents, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def event_row(workflow_id: str, event: Event, recorded_at: datetime) -> Row:
    """An event as it is kept for ever."""
    told = event.model_dump(mode="json", include={"door", "namens", "findings", "gegevens"})
    return {
        "workflow_id": workflow_id,
        "seq": event.seq,
        "soort": event.soort,
        "datum": event.datum,
        "ingevoerd_op": event.ingevoerd_op,
        "recorded_at": recorded_at,
        "tekst": event.tekst,
        "opdracht": event.opdracht,
        "command_id": event.command_id,
        "digest": digest(event),
        **told,
    }


def duty_row(workflow_id: str, duty: Duty, recorded_at: datetime) -> Row:
    """A duty as it stands now."""
    return {
        "workflow_id": workflow_id,
        "key": duty.key,
        "kind": duty.kind.value,
        "vraag": duty.vraag,
        **_who(duty.addressee),
        "status": duty.status.value,
        "opened_on": duty.opened_on,
        "due": duty.due.value,
        "due_version": duty.version,
        "due_finding": duty.due.model_dump(mode="json"),
        "overdue_since": duty.overdue_since,
        "verwacht_op": _promised(duty),
        "closed_on": duty.closed_on,
        "happened_on": duty.happened_on,
        "command_id": duty.command_id,
        "reden": duty.reden,
        "passed": list(duty.passed),
        "recorded_at": recorded_at,
    }


def permission_row(workflow_id: str, told: Toestemmingsregel, recorded_at: datetime) -> Row:
    """A permission as the organisation of the begeleider may read it."""
    return {
        "workflow_id": workflow_id,
        "nummer": told.toestemming.nummer,
        "org": told.organisatie,
        "contents": told.toestemming.model_dump(mode="json"),
        "recorded_at": recorded_at,
    }


def _promised(duty: Duty) -> date | None:
    return duty.bezig[-1].verwacht_op if duty.status is DutyStatus.BEZIG and duty.bezig else None


def outbox_row(step: Step, message: MessageOrder, held_by: str | None, recorded_at: datetime) -> Row:
    """A message to send once; a letter while letters are held is stored as cancelled by that command."""
    cancelled_by = held_by if is_letter(message) else None
    return {
        "key": message.key,
        "workflow_id": step.workflow_id,
        "reference": step.reference,
        "soort": message.soort,
        "opdracht": message.opdracht,
        "vraag": message.vraag,
        "due": message.due,
        **_who(message.to),
        "document_key": message.document,
        "as_of": message.as_of,
        "status": "cancelled" if cancelled_by else "ready",
        "cancelled_by": cancelled_by,
        "recorded_at": recorded_at,
    }


def is_letter(message: MessageOrder) -> bool:
    """Whether it goes to the participant, and not to somebody who works on the trajectory."""
    return message.to.rol is Rol.DEELNEMER


def traject_row(step: Step, recorded_at: datetime) -> Row:
    """Where the trajectory stands after a step."""
    stand: Stand = step.stand
    due = stand.ama.evaluatie if stand.ama else None
    row = {
        "fase": stand.fase,
        "stand": stand.model_dump(mode="json"),
        "started_on": stand.start,
        "einde": stand.einde,
        "opgeschort": stand.opgeschort,
        "te_laat": stand.te_laat,
        "volgende_opdracht": stand.volgende_opdracht,
        "volgende_termijn": stand.volgende_termijn,
        "as_of": step.as_of,
        "evaluatie_nummer": due.nummer if due else None,
        "evaluatie_vanaf": due.vanaf if due else None,
        "recorded_at": recorded_at,
    }
    area = stand.team.werkingsgebied if stand.team else stand.werkingsgebied
    return row | ({"werkingsgebied": area} if area else {})


HELPER = "hulpverlener"
"""The role in the mini-team of who guides the participant from outside."""


def team_rows(workflow_id: str, team: Team, since: date) -> list[Row]:
    """The mini-team, from a day on: the tandem sees everything, a helper from outside what is agreed."""
    since_then: Row = {"workflow_id": workflow_id, "valid_from": since, "valid_to": None}
    tandem = (team.casemanager_werk, team.casemanager_zorg)
    return [
        *({**since_then, **_who(member), "sees": "alles"} for member in tandem),
        *(
            {**since_then, "rol": HELPER, "org": org, "worker": None, "sees": "afgesproken"}
            for org in team.mini_team
        ),
    ]


def _who(actor: Actor) -> Row:
    return {"rol": actor.rol.value, "org": actor.organisatie, "worker": actor.medewerker}
