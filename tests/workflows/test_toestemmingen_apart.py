"""What an agency said of a permission stays with the organisation of the begeleider: a canary is heard nowhere else."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

from temporalio.api.sdk.v1 import WorkflowMetadata

from activities.reading import TrajectFilter
from models.tables import DocumentRow, DutyRow, EventRow, MailRow, OutboxRow, TrajectRow
from player.rounds import Rounds
from player.stage import Stage
from tests.cli.conftest import run_in
from tests.documents.pdfs import words
from tests.workflows.ama_desk import AGREED, BEGELEIDER, HELD, OTHER, YES, AmaDesk, registered
from tests.workflows.desk import BEGIN
from tests.workflows.intake_desk import request
from tests.workflows.test_canary import rows, whole

PROOF, HOURS = "KANARIE-BEWIJS", "13.37"
SECRET = (PROOF, HOURS, "adviserend_arts", "adviserend arts", "arbeidsongeschikt")
"""The proof, the hours, the agency and the statuut, none of which the house has any other use for here."""
INCAPACITY = [{"code": "arbeidsongeschikt_werknemer", "van": "2020-01-01", "verwacht_einde": "2029-06-30"}]
ANSWERED: dict[str, Any] = {"opdracht": "toestemming/1", **YES, "bewijs": PROOF, "uren_per_week": HOURS}
LOOKED = "Wat veranderde, is bekeken."
"""All that is told of a follow-up, whatever was chosen."""
ASKS = "toestemmingsaanvraag"
"""The one paper that names the agency: it is what the begeleider sends there."""
COLLEAGUE, STRANGER, OPERATIONS = "MW-0503", "MW-0404", "MW-0001"


async def permitted(stage: Stage) -> AmaDesk:
    """An AMA that runs with a permission full of canaries, a refusal before it, and a day of silence after it."""
    desk = await AmaDesk.notified(stage, statuten=INCAPACITY)
    asked = {"opdracht": "toestemming/1", "gevraagd_op": BEGIN}
    await desk.accepted("toestemming_vragen", BEGELEIDER, **asked, instantie="adviserend_arts")
    await desk.accepted("toestemming_melden", BEGELEIDER, **ANSWERED)
    refused = (await desk.refusal("overeenkomst_sluiten", OTHER, **AGREED))["tekst"]
    assert not found_in(refused)
    more = {**AGREED, "uren_per_week": "14", "reden": PROOF}
    await desk.accepted("overeenkomst_sluiten", BEGELEIDER, **more)
    withdrawn = {"nummer": 1, "per": "2029-01-20"}
    await desk.accepted("ama_toestemming_intrekken", BEGELEIDER, **withdrawn)
    looked = {"opdracht": "opvolging/1", "keuze": "in_orde", "toelichting": PROOF}
    await desk.accepted("opvolgen", BEGELEIDER, **looked)
    assert [(each.tekst, each.gegevens) for each in desk.events("opvolgen")] == [(LOOKED, {})]
    assert desk.duty("opvolging/1").reden is None
    await desk.go(date(2029, 2, 20))
    await Rounds(stage, BEGIN, "toestemmingen").until(date(2029, 2, 20))
    return desk


def found_in(told: str) -> list[str]:
    """Which of the secrets a text betrays."""
    return [secret for secret in SECRET if secret in told]


async def test_nothing_of_a_permission_leaves_the_organisation_of_the_begeleider(sqlite_stage: Stage) -> None:
    """No event, duty, outbox row, mail, list, search attribute, memo or details; of the papers only the request."""
    desk = await permitted(sqlite_stage)
    reading = sqlite_stage.collaborators.reading
    kept = [
        whole(row) for kind in (EventRow, DutyRow, OutboxRow, MailRow) for row in rows(sqlite_stage, kind)
    ]
    stands = [json.dumps(row.stand) for row in rows(sqlite_stage, TrajectRow)]
    lists = [reading.trajecten(), reading.trajecten(TrajectFilter(q=desk.reference)), reading.opdrachten()]
    about = (reading.tijdlijn, reading.berichten, reading.mails, reading.documenten)
    listed = [
        repr(each) for each in (*lists, reading.dossier(desk.reference), *(f(desk.reference) for f in about))
    ]
    mails = [path.read_text("utf-8", "replace") for path in sqlite_stage.settings.home.glob("mails/*.eml")]
    assert mails
    assert stands
    for told in (*kept, *stands, *listed, *mails, *await shown(desk)):
        assert not found_in(told), told
    papers = {
        row.key: words(row.pdf) + row.html + json.dumps(row.facts) for row in rows(sqlite_stage, DocumentRow)
    }
    assert "begeleidingsovereenkomst/1/1" in papers
    assert {key for key, told in papers.items() if found_in(told)} == {f"{ASKS}/1", f"{ASKS}/2"}


async def shown(desk: AmaDesk, title: str = "Toestemmingen") -> list[str]:
    """What the engine shows of the AMA to anybody: search attributes, memo, and the details of its page."""
    described = await desk.handle.describe()
    query = "__temporal_workflow_metadata"
    details = (await desk.handle.query(query, result_type=WorkflowMetadata)).current_details
    assert title in details
    return [repr(described.typed_search_attributes), repr(await described.memo()), details]


async def test_the_organisation_of_the_begeleider_reads_it(sqlite_stage: Stage) -> None:
    """Whoever reads names an organisation, and sees what is its own; the next begeleider takes it over."""
    desk = await permitted(sqlite_stage)
    reading = sqlite_stage.collaborators.reading
    mine, again = reading.toestemmingen(desk.reference, BEGELEIDER.organisatie)
    assert again.bewijs is None
    assert (mine.bewijs, str(mine.uren_per_week), mine.ingetrokken_per) == (PROOF, HOURS, date(2029, 1, 20))
    for other in (OTHER.organisatie, "ORG-OPERATIES", "ORG-VDAB-GENT", "ORG-OCMW-GENT"):
        assert reading.toestemmingen(desk.reference, other) == []
    await desk.accepted("begeleider_wisselen", BEGELEIDER, organisatie=OTHER.organisatie)
    assert reading.toestemmingen(desk.reference, BEGELEIDER.organisatie) == []
    assert [each.bewijs for each in reading.toestemmingen(desk.reference, OTHER.organisatie)] == [PROOF, None]


async def test_the_desk_shows_it_to_a_colleague_only(sqlite_stage: Stage) -> None:
    """Somebody of another organisation is refused, and so are operations and a worker whom nobody knows."""
    desk = await permitted(sqlite_stage)
    home = sqlite_stage.settings.home
    asked = ("dossier", "toestemmingen", desk.reference, "--door")
    told = run_in(home, *asked, COLLEAGUE)
    assert told.exit_code == 0, told.output
    assert PROOF in told.stdout
    assert PROOF in run_in(home, *asked, COLLEAGUE, "--json").stdout
    for stranger in (STRANGER, OPERATIONS, "MW-9999"):
        refused = run_in(home, *asked, stranger)
        assert refused.exit_code != 0
        assert "door: " in refused.output
        assert not found_in(refused.output)


async def test_the_request_is_written_for_a_colleague_only(sqlite_stage: Stage) -> None:
    """It names the statuut and the agency: by its number and by its kind, nobody else gets it on paper."""
    desk = await AmaDesk.notified(sqlite_stage, statuten=INCAPACITY)
    home = sqlite_stage.settings.home
    papers = sqlite_stage.collaborators.reading.documenten(desk.reference)
    (paper,) = [line for line in papers if line.soort == ASKS]
    for asked in (("document", "schrijven", paper.id), ("report", "render", ASKS, desk.reference)):
        written = run_in(home, *asked, "--door", COLLEAGUE)
        assert written.exit_code == 0, written.output
        path = Path(written.stdout.strip())
        assert "adviserend arts" in words(path.read_bytes())
        path.unlink()
        for stranger in ((), ("--door", STRANGER), ("--door", OPERATIONS), ("--door", "MW-9999")):
            refused = run_in(home, *asked, *stranger)
            assert (refused.exit_code, refused.stdout) == (1, "")
            assert "door: " in refused.stderr
            assert not path.exists()


async def test_the_own_organisation_sees_what_a_question_is_about(sqlite_stage: Stage) -> None:
    """The one after a refusal is the mediation: only in this list that is to be seen."""
    desk = await AmaDesk.notified(sqlite_stage)
    await desk.accepted("toestemming_melden", BEGELEIDER, opdracht="toestemming/1", antwoord="geweigerd")
    asked = ("dossier", "toestemmingen", desk.reference, "--door", COLLEAGUE)
    told = run_in(sqlite_stage.settings.home, *asked).stdout
    assert "geweigerd" in told
    assert "bemiddeling" in told


async def test_whose_benefit_ends_is_a_list_of_the_own_organisation(sqlite_stage: Stage) -> None:
    """Since 2026 some benefits end or disappear: their begeleider sees who has one, and nobody else does."""
    ends = [{"code": "beschermingsuitkering", "van": "2020-01-01"}]
    desk = await AmaDesk.notified(sqlite_stage, statuten=ends)
    reading = desk.stage.collaborators.reading
    (line,) = reading.eindigende_uitkeringen(BEGELEIDER.organisatie)
    assert (line.workflow_id, line.statuut) == (desk.workflow_id, "beschermingsuitkering")
    assert reading.eindigende_uitkeringen(OTHER.organisatie) == []
    await desk.accepted(
        "statuut_melden", BEGELEIDER, code="leefloon", vanaf=BEGIN, eindigt="beschermingsuitkering"
    )
    assert reading.eindigende_uitkeringen(BEGELEIDER.organisatie) == []


ASKED = {"gevraagd_op": BEGIN}
OTHERWISE: dict[str, Any] = {"antwoord": "niet_bevoegd", "bevoegd": "ocmw"}
PATHS: dict[str, tuple[tuple[str, dict[str, Any]], ...]] = {
    "refused, mediated and asked anew": (
        ("toestemming_melden", {"opdracht": "toestemming/1", "antwoord": "geweigerd"}),
        (
            "bemiddeling_vastleggen",
            {"opdracht": "toestemming/2", "keuze": "opnieuw_vragen", "toelichting": "Ja."},
        ),
        ("toestemming_vragen", {"opdracht": "toestemming/3", **ASKED, "instantie": "adviserend_arts"}),
        (
            "toestemming_hergebruiken",
            {"opdracht": "toestemming/3", "verleend_op": BEGIN, "zelfde_activiteit": True},
        ),
    ),
    "sent on twice": (
        ("toestemming_melden", {"opdracht": "toestemming/1", **OTHERWISE}),
        ("toestemming_melden", {"opdracht": "toestemming/2", **OTHERWISE}),
        ("toestemming_vragen", {"opdracht": "toestemming/3", **ASKED, "instantie": "vdab"}),
        ("toestemming_melden", {"opdracht": "toestemming/3", **YES}),
    ),
}
"""Two ways to the same permission: what the agencies said differs in every step."""
TAKEN_BACK = (
    ("ama_toestemming_intrekken", {"nummer": 3, "per": "2029-02-20"}),
    ("statuut_melden", {"code": "rva", "vanaf": "2029-02-20"}),
)
"""Two reasons to look again."""
ITS_OWN = {"id", "person_id", "recorded_at", "created_at", "digest", "sleutel"}
"""The columns in which any two trajectories differ."""


async def test_nobody_else_can_tell_one_answer_from_another(sqlite_stage: Stage) -> None:
    """Refused or sent on, incapacity or job seeker, taken back or another benefit: all others read the same."""
    told = []
    for (sleutel, path), again in zip(PATHS.items(), TAKEN_BACK, strict=True):
        asked = request() | {"sleutel": sleutel}
        ama = registered(sqlite_stage, "arbeidsmatige_activiteiten", asked, statuten=INCAPACITY)
        desk = await AmaDesk.begun(sqlite_stage, ama)
        for name, contents in path:
            await desk.accepted(name, BEGELEIDER, **contents)
        await desk.accepted("overeenkomst_sluiten", BEGELEIDER, **AGREED)
        await desk.accepted(again[0], BEGELEIDER, **again[1])
        await desk.go(date(2029, 2, 27))
        told.append([*of_record(desk), alike(repr(await shown(desk)), desk)])
    refused, sent_on = told
    assert len(refused) > len(PATHS)
    assert refused == sent_on


LOOKED_AT = {"opdracht": "voorwaarden", "antwoord": PROOF}
UNFIT = ("toestemming_klopt", "verzekering_klopt")
UNTIL = "2030-06-30"


async def test_an_evaluation_tells_nobody_which_condition_it_is_about(sqlite_stage: Stage) -> None:
    """A permission that ends, or a statuut that may; a permission that fits no more, or insurance: all read alike."""
    told, ends = [], ({"tot": UNTIL}, {})
    for unfit, limit, may_end in zip(UNFIT, ends, (None, UNTIL), strict=True):
        leefloon = [{"code": "leefloon", "van": "2020-01-01", "verwacht_einde": may_end}]
        asked = request() | {"sleutel": unfit}
        ama = registered(sqlite_stage, "arbeidsmatige_activiteiten", asked, statuten=leefloon)
        desk = await AmaDesk.begun(sqlite_stage, ama)
        await desk.accepted("toestemming_melden", BEGELEIDER, **{"opdracht": "toestemming/1", **YES, **limit})
        await desk.accepted("overeenkomst_sluiten", BEGELEIDER, **AGREED)
        held = await desk.evaluation(1, date(2029, 10, 30))
        assert held.live == ["evaluatie", "voorwaarden"]
        await held.accepted("evaluatie_raadplegen", BEGELEIDER, **LOOKED_AT)
        await held.accepted("evaluatie_vastleggen", BEGELEIDER, **{**HELD, unfit: False})
        await held.settle()
        await desk.settle()
        assert "opvolging/1" in desk.live
        mine = sqlite_stage.collaborators.reading.toestemmingen(desk.reference, BEGELEIDER.organisatie)
        assert [each.evaluatie for each in mine if each.workflow_id == held.workflow_id] == [PROOF]
        heard = [
            alike(event.tekst, desk) for event in desk.events("evaluatie-afgerond", "opvolging-gevraagd")
        ]
        told.append([*of_record(held), *heard, alike(repr(await shown(held, "Evaluatie 1")), held)])
    first, second = told
    assert first == second
    assert not any(found_in(each) or "raadple" in each for each in first)


def of_record(desk: AmaDesk) -> list[str]:
    """What the record tells of one AMA to whoever reads it, but for what differs between any two trajectories."""
    kinds = (EventRow, DutyRow, OutboxRow, TrajectRow)
    return [
        alike(
            repr(
                {
                    name: getattr(row, name)
                    for name in (column.key for column in row.__table__.columns)
                    if name not in ITS_OWN
                }
            ),
            desk,
        )
        for kind in kinds
        for row in rows(desk.stage, kind)
        if row.workflow_id == desk.workflow_id
    ]


def alike(told: str, desk: AmaDesk) -> str:
    """A text with the same name for every dossier, command and run."""
    return re.sub(r"cmd-[\w-]+", "cmd", told.replace(desk.reference, "WZ"))
