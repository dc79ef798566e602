"""What the request says of a person stays with VDAB: a canary in each restricted field is heard nowhere else."""

import base64
import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import select

from models.schema import Base
from models.tables import AanvraagRow, DocumentRow, DutyRow, EventRow, MailRow, OutboxRow, TrajectRow
from player.rounds import Rounds
from player.stage import Stage
from tests.documents.pdfs import words
from tests.replay.chain import runs
from tests.workflows.desk import BEGIN
from tests.workflows.intake_desk import (
    CAW,
    DECIDED,
    DMW,
    REQUESTER,
    SCREENED,
    TO_ONTHAAL,
    VDAB,
    IntakeDesk,
)

CANARY = "KANARIE"
OF_REQUEST = {
    name: f"{CANARY}-{name.upper()}"
    for name in ("motivering", "eigen_woorden", "sterktes", "hindernissen", "kenmerk", "bij", "door", "bron")
}
"""A canary of its own in every restricted text of a request."""
INHOUD: dict[str, Any] = {
    **{name: OF_REQUEST[name] for name in ("motivering", "eigen_woorden", "sterktes", "hindernissen")},
    "ladder": {"niveau": 2, "op": "2029-01-08", "door": OF_REQUEST["door"], "bron": OF_REQUEST["bron"]},
    "documenten": [
        {"soort": soort, "kenmerk": OF_REQUEST["kenmerk"], "bij": OF_REQUEST["bij"]}
        for soort in ("diagnostisch", "andere")
    ],
}
JUDGED = {"aanwezig": True, "motivering": f"{CANARY}-REDEN"}
REQUESTER_MAILBOX = "gent@gtb.example"
RECORD: tuple[type[Base], ...] = (AanvraagRow, TrajectRow, EventRow, DutyRow, OutboxRow, DocumentRow)
"""What the record holds of one trajectory."""


async def test_no_word_of_the_request_goes_to_the_gbo(sqlite_stage: Stage) -> None:
    """Neither the canaries nor the number of VDAB's dossier are in its history, its record or its papers (art. 5)."""
    desk = await decided(sqlite_stage)
    welcome = await desk.follower("onthaaltraject")
    await welcome.accepted("ontvangst_teruggeven", CAW, opdracht="ontvangst", oorzaak="geen_plaats")
    await welcome.accepted("ontvangst_bevestigen", DMW, opdracht="ontvangst/2")
    await welcome.accepted("contact_weigeren", DMW)
    await send_post(sqlite_stage)
    told = [*await of_engine(welcome), *of_record(sqlite_stage, welcome.workflow_id)]
    assert len(told) > 20
    for each in told:
        assert CANARY not in each
        assert desk.reference not in each
    assert any(OF_REQUEST["bij"] in each for each in await of_engine(desk))
    assert any(f"{CANARY}-HULP" in each for each in of_record(sqlite_stage, desk.workflow_id))


async def test_what_vdab_judged_is_not_told_to_the_requester(sqlite_stage: Stage) -> None:
    """The requester hears the outcome only; no mail, message or search attribute repeats a word of the request."""
    desk = await decided(sqlite_stage, aanvrager=REQUESTER.model_dump(mode="json"))
    await send_post(sqlite_stage)
    (paper,) = [row for row in rows(sqlite_stage, DocumentRow) if row.key == "beslissing_aanvrager"]
    said = words(paper.pdf)
    assert "welzijnsdienst" in said
    assert CANARY not in said + paper.html + json.dumps(paper.facts)
    assert [m.org for m in desk.messages("kennisgeving")] == [REQUESTER.organisatie]
    mails = [path.read_text("utf-8", "replace") for path in sqlite_stage.settings.home.glob("mails/*.eml")]
    assert any(REQUESTER_MAILBOX in mail for mail in mails)
    sent = [whole(row) for kind in (MailRow, OutboxRow) for row in rows(sqlite_stage, kind)]
    described = await desk.handle.describe()
    shown = [
        str(described.raw_description),
        repr(described.typed_search_attributes),
        repr(await described.memo()),
    ]
    for each in (*mails, *sent, *shown):
        assert CANARY not in each


async def test_the_candidate_hears_the_reasons_and_no_word_of_others(sqlite_stage: Stage) -> None:
    """The letter gives VDAB's own reasons, and nothing that the requester or the screener wrote."""
    desk = await decided(sqlite_stage)
    (letter,) = [row for row in rows(sqlite_stage, DocumentRow) if row.key == "beslissing"]
    said = words(letter.pdf)
    assert f"{CANARY}-REDEN" in said
    assert not [name for name in (*OF_REQUEST.values(), f"{CANARY}-HULP") if name in said]
    assert desk.documents == ["beslissing", "screeningsverslag"]


async def test_diagnostic_documents_are_forgotten_after_the_decision(sqlite_stage: Stage) -> None:
    """What the toeleiding hands to its next run no longer says where a diagnosis lies, nor that there is one."""
    desk = await decided(sqlite_stage)
    await desk.checkpoint()
    started = (await desk.handle.fetch_history()).events[0].workflow_execution_started_event_attributes
    state = json.loads(started.input.payloads[0].data)["state"]
    assert [each["soort"] for each in state["facts"]["inhoud"]["documenten"]] == ["andere"]


async def decided(stage: Stage, **request: Any) -> IntakeDesk:
    """A request full of canaries that VDAB decided to welfare with an onthaaltraject."""
    helper = {"naam": "Een Huisarts", "telefoon": "0470 00 00 09"}
    desk = await IntakeDesk.filed(stage, INHOUD, hulpverlener=helper, **request)
    await desk.screened(**{name: f"{CANARY}-{name.upper()}" for name in SCREENED if name != "opdracht"})
    judged = {**DECIDED, "problematiek": JUDGED, "groeimogelijkheden": JUDGED}
    await desk.accepted("toeleiding_beslissen", VDAB, **judged, **TO_ONTHAAL)
    return desk


async def send_post(stage: Stage) -> None:
    """Sends the post of the first days."""
    await Rounds(stage, BEGIN, "kanarie").until(date(2029, 1, 10))


async def of_engine(desk: IntakeDesk) -> list[str]:
    """Everything the engine keeps of a trajectory: each run with its payloads in plain text, and what it shows."""
    told = [history.to_json() for history in await runs(desk.stage.client, desk.workflow_id)]
    described = await desk.handle.describe()
    plain = ["\n".join(_plain(json.loads(each))) for each in told]
    return [*told, *plain, str(described.raw_description), repr(await described.memo())]


def _plain(node: Any) -> Iterator[str]:
    """The payloads of a history, which stand encoded in its JSON."""
    if isinstance(node, dict):
        if isinstance(node.get("data"), str):
            yield base64.b64decode(node["data"]).decode("utf-8", "replace")
        for each in node.values():
            yield from _plain(each)
    elif isinstance(node, list):
        for each in node:
            yield from _plain(each)


def of_record(stage: Stage, workflow_id: str) -> list[str]:
    """Every row of the record about a trajectory, the text of its papers, and the mails that carry its messages."""
    own = [row for kind in RECORD for row in rows(stage, kind) if row.workflow_id == workflow_id]
    papers = [words(row.pdf) for row in own if isinstance(row, DocumentRow)]
    carried = {row.mail_id for row in own if isinstance(row, OutboxRow)}
    mails = [whole(row) for row in rows(stage, MailRow) if row.id in carried]
    return [*map(whole, own), *papers, *mails]


def rows(stage: Stage, kind: type[Any]) -> list[Any]:
    """All rows of a table."""
    with stage.collaborators.database.read() as session:
        return list(session.scalars(select(kind)))


def whole(row: Base) -> str:
    """A row with every column of it."""
    columns = row.__table__.columns.keys()
    return repr({name: getattr(row, name) for name in columns})
