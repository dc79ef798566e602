"""Arbeidsmatige activiteiten on the real engine: nothing begins without its permissions, and years go on."""

from datetime import date

from models.actors import Actor, Rol
from models.errors import Refusal
from player.stage import Stage
from tests.cli.conftest import run_in
from tests.workflows.ama_desk import AGREED, BEGELEIDER, HELD, OTHER, YES, AmaDesk
from tests.workflows.desk import BEGIN, OPERATOR

WINDOW, ANNIVERSARY = date(2029, 10, 30), date(2030, 1, 8)


async def test_the_begeleider_is_chased_for_every_permission(sqlite_stage: Stage) -> None:
    """Asked within five working days; once asked, the term of that agency counts."""
    desk = await AmaDesk.notified(sqlite_stage)
    assert (desk.stand.fase, desk.live) == ("aangemeld", ["toestemming/1"])
    assert desk.owes("toestemming/1") == ("begeleider", BEGELEIDER.organisatie)
    assert desk.duty("toestemming/1").due == date(2029, 1, 15)
    await desk.accepted("toestemming_vragen", BEGELEIDER, opdracht="toestemming/1", gevraagd_op=BEGIN)
    assert desk.duty("toestemming/1").due == date(2029, 2, 7)
    await desk.accepted("toestemming_melden", BEGELEIDER, opdracht="toestemming/1", **YES)
    assert desk.live == ["overeenkomst"]


async def test_nothing_begins_without_its_permission(sqlite_stage: Stage) -> None:
    """What is granted for later is in order for later: the agreement is owed, and a start before is refused, hard."""
    desk = await AmaDesk.notified(sqlite_stage)
    later = {**YES, "vanaf": "2029-02-01"}
    await desk.accepted("toestemming_melden", BEGELEIDER, opdracht="toestemming/1", **later)
    assert desk.live == ["overeenkomst"]
    assert (await desk.refusal("overeenkomst_sluiten", BEGELEIDER, **AGREED))["soort"] == Refusal.HARDE_REGEL
    await desk.accepted("overeenkomst_sluiten", BEGELEIDER, **{**AGREED, "start": "2029-02-01"})
    await desk.go(date(2029, 2, 1))
    assert desk.stand.fase == "begeleid"


async def test_a_permission_counts_until_its_successor_does(sqlite_stage: Stage) -> None:
    """A renewed permission that begins later, and a statuut that ends later, take nothing away before that day."""
    desk = await AmaDesk.notified(sqlite_stage)
    ends = {**YES, "tot": "2029-12-31"}
    await desk.accepted("toestemming_melden", BEGELEIDER, opdracht="toestemming/1", **ends)
    await desk.accepted("overeenkomst_sluiten", BEGELEIDER, **AGREED)
    await desk.go(date(2029, 11, 5))
    renewed = {**YES, "vanaf": "2030-01-01"}
    await desk.accepted("toestemming_melden", BEGELEIDER, opdracht="toestemming/2", **renewed)
    ended = {"code": "geen", "eindigt": "leefloon", "vanaf": "2029-12-01"}
    await desk.accepted("statuut_melden", BEGELEIDER, **ended)
    await desk.go(date(2029, 11, 30))
    assert not desk.events("toestemmingen-te-bekijken")


async def test_a_permission_that_is_taken_back_is_asked_again(sqlite_stage: Stage) -> None:
    """From today on as from a later day: a human looks, and whichever they choose the agency is asked once."""
    desk = await AmaDesk.permitted(sqlite_stage)
    await desk.accepted("ama_toestemming_intrekken", BEGELEIDER, nummer=1, per=BEGIN)
    assert desk.live == ["opvolging/1", "overeenkomst", "toestemming/2"]
    look = {"keuze": "toestemming_vragen", "toelichting": "Bekeken."}
    await desk.accepted("opvolgen", BEGELEIDER, opdracht="opvolging/1", **look)
    await desk.settle()
    assert desk.live == ["overeenkomst", "toestemming/2"]


async def test_a_statuut_that_was_announced_takes_its_permission_along(sqlite_stage: Stage) -> None:
    """Who pays next is asked ahead; on its day what was asked of the other goes, and coming back is asked anew."""
    desk = await AmaDesk.accompanied(sqlite_stage)
    moves = {"nummer": 1, "vanaf": BEGIN, "activiteit": "keuken"}
    await desk.accepted("overeenkomst_wijzigen", BEGELEIDER, **moves)
    seeks = {"code": "werkzoekend", "vanaf": "2029-02-01", "eindigt": "leefloon"}
    await desk.accepted("statuut_melden", BEGELEIDER, **seeks)
    look = {"opdracht": "opvolging/1", "keuze": "toestemming_vragen", "toelichting": "Ja."}
    await desk.accepted("opvolgen", BEGELEIDER, **look)
    assert desk.live == ["toestemming/2", "toestemming/3"]
    await desk.accepted("toestemming_melden", BEGELEIDER, opdracht="toestemming/3", **YES)
    await desk.go(date(2029, 2, 1))
    assert desk.live == ["opvolging/2"]
    back = {"code": "leefloon", "vanaf": "2029-02-01", "eindigt": "werkzoekend"}
    await desk.accepted("statuut_melden", BEGELEIDER, **back)
    await desk.settle()
    assert desk.live == ["opvolging/2", "toestemming/4"]


async def test_a_statuut_that_changes_before_the_first_day_is_asked_at_once(sqlite_stage: Stage) -> None:
    """Whoever waits for the first day does not wait for it to be given back."""
    desk = await AmaDesk.permitted(sqlite_stage)
    await desk.accepted("overeenkomst_sluiten", BEGELEIDER, **{**AGREED, "start": "2029-02-01"})
    await desk.accepted("statuut_melden", BEGELEIDER, code="rva", vanaf=BEGIN, eindigt="leefloon")
    assert (desk.stand.fase, desk.live) == ("gepland", ["dimona_in/1", "opvolging/1", "toestemming/2"])


async def test_what_changes_on_a_known_day_is_seen_on_that_day(sqlite_stage: Stage) -> None:
    """A statuut that begins later, or a permission that is taken back from a later day on, waits for nobody else."""
    desk = await AmaDesk.permitted(sqlite_stage)
    await desk.accepted("statuut_melden", BEGELEIDER, code="rva", vanaf="2029-02-05")
    await desk.accepted("ama_toestemming_intrekken", BEGELEIDER, nummer=1, per="2029-02-12")
    await desk.accepted("opvolgen", BEGELEIDER, opdracht="opvolging/1", keuze="in_orde", toelichting="Ja.")
    assert desk.live == ["overeenkomst"]
    await desk.go(date(2029, 2, 4))
    assert desk.live == ["overeenkomst"]
    await desk.go(date(2029, 2, 5))
    assert desk.live == ["overeenkomst", "toestemming/2"]
    assert len(desk.events("toestemmingen-te-bekijken")) == 1
    await desk.go(date(2029, 2, 12))
    assert desk.live == ["overeenkomst", "toestemming/2", "toestemming/3"]


async def test_the_activities_begin_and_are_evaluated_every_year(sqlite_stage: Stage) -> None:
    """The window opens ten weeks before the anniversary; the evaluation reports back and the next one is a year on."""
    desk = await AmaDesk.accompanied(sqlite_stage)
    assert (desk.stand.fase, desk.live) == ("begeleid", [])
    assert desk.date_of("evaluatie 1") == ANNIVERSARY
    held = await desk.evaluation(1, WINDOW)
    assert (held.stand.fase, held.live, held.duty("evaluatie").due) == (
        "evalueren",
        ["evaluatie"],
        ANNIVERSARY,
    )
    invited = run_in(sqlite_stage.settings.home, "report", "render", "evaluatie_uitnodiging", desk.reference)
    assert f"{desk.reference}/evaluatie_uitnodiging-" in invited.stdout
    await held.accepted("evaluatie_vastleggen", BEGELEIDER, **HELD)
    await held.settle()
    await desk.settle()
    assert desk.events("evaluatie-afgerond")[0].tekst == "Evaluatie 1 is gehouden op 30-10-2029: verder."
    assert desk.date_of("evaluatie 2") == date(2031, 1, 8)


async def test_more_hours_are_asked_once(sqlite_stage: Stage) -> None:
    """Hours beyond what was granted ask every agency again; hours it granted since do not, nor does a second look."""
    desk = await AmaDesk.accompanied(sqlite_stage)
    for week in ("2029-02-05", "2029-02-12"):
        await desk.accepted("uren_melden", BEGELEIDER, week_van=week, uren="30")
    assert desk.live == []
    more = {"nummer": 1, "vanaf": "2029-03-01", "uren_per_week": "16"}
    await desk.accepted("overeenkomst_wijzigen", BEGELEIDER, **more)
    assert desk.live == ["toestemming/2"]
    granted = {**YES, "uren_per_week": "20"}
    await desk.accepted("toestemming_melden", BEGELEIDER, opdracht="toestemming/2", **granted)
    await desk.accepted("overeenkomst_wijzigen", BEGELEIDER, **{**more, "uren_per_week": "20"})
    assert desk.live == []
    for week in ("2029-03-05", "2029-03-12"):
        await desk.accepted("uren_melden", BEGELEIDER, week_van=week, uren="24")
    assert desk.live == ["opvolging/1"]
    assert len(desk.events("opvolging-gevraagd")) == 2
    look = {"keuze": "toestemming_vragen", "toelichting": "Gevraagd."}
    await desk.accepted("opvolgen", BEGELEIDER, opdracht="opvolging/1", **look)
    less = {**YES, "uren_per_week": "16"}
    await desk.accepted("toestemming_melden", BEGELEIDER, opdracht="toestemming/3", **less)
    assert desk.live == ["opvolging/2"], "the twenty hours that are agreed"


async def test_an_end_owes_its_declaration_and_closes(sqlite_stage: Stage) -> None:
    """After the last day Dimona OUT is owed; then the dossier stays open for corrections, and ends."""
    desk = await AmaDesk.accompanied(sqlite_stage)
    await desk.accepted("ama_beeindigen", BEGELEIDER, einde="2029-03-02", oorzaak="op_vraag")
    await desk.go(date(2029, 3, 3))
    assert (desk.stand.fase, desk.live) == ("uitstroom", ["dimona_uit/1"])
    assert desk.duty("dimona_uit/1").due == date(2029, 3, 5)
    told = {"opdracht": "dimona_uit/1", "aangegeven_op": "2029-03-03"}
    await desk.accepted("dimona_melden", BEGELEIDER, **told)
    await desk.settle()
    assert (desk.stand.fase, desk.stand.einde) == ("ama_gesloten", date(2029, 3, 2))
    await desk.go(date(2029, 9, 5))
    assert await desk.ended()


async def test_only_the_begeleiders_of_the_file_speak(sqlite_stage: Stage) -> None:
    """Another recognised organisation is a stranger here."""
    desk = await AmaDesk.permitted(sqlite_stage)
    assert (await desk.refusal("overeenkomst_sluiten", OTHER, **AGREED))["soort"] == Refusal.NIET_VAN_U


async def test_nobody_takes_over_from_themselves(sqlite_stage: Stage) -> None:
    """Whoever accompanies already is refused; nothing is announced twice."""
    desk = await AmaDesk.notified(sqlite_stage)
    same = {"organisatie": BEGELEIDER.organisatie, "medewerker": BEGELEIDER.medewerker}
    assert (await desk.refusal("begeleider_wisselen", BEGELEIDER, **same))["soort"] == Refusal.ONGELDIG


async def test_nobody_unknown_takes_over(sqlite_stage: Stage) -> None:
    """Nor whoever is not recognised without a reason: nothing goes along, and whoever said so hears it."""
    desk = await AmaDesk.notified(sqlite_stage)
    latem = Actor(rol=Rol.BEGELEIDER, organisatie="ORG-OCMW-LATEM")
    for unknown in ("ORG-BESTAAT-NIET", latem.organisatie):
        await desk.accepted("begeleider_wisselen", BEGELEIDER, organisatie=unknown)
        assert desk.owes("toestemming/1") == ("begeleider", BEGELEIDER.organisatie)
        assert not sqlite_stage.collaborators.reading.toestemmingen(desk.reference, unknown)
    refused = [each.findings[0]["verdict"] for each in desk.events("overname-geweigerd")]
    assert (refused, len(desk.messages("kennisgeving"))) == (["hard", "zacht"], 2)
    why = {"organisatie": latem.organisatie, "reden": "De erkenning is aangevraagd."}
    await desk.accepted("begeleider_wisselen", BEGELEIDER, **why)
    assert desk.owes("toestemming/1") == ("begeleider", latem.organisatie)
    (told,) = desk.events("begeleider-gewisseld")
    assert told.findings[0]["article"] == "D2022 art. 30"
    assert (await desk.refusal("begeleider_wisselen", BEGELEIDER, organisatie=OTHER.organisatie))[
        "soort"
    ] == Refusal.NIET_VAN_U


async def test_whoever_gets_it_back_the_same_day_hears_it_again(sqlite_stage: Stage) -> None:
    """Each hand-over is announced to who has the question then, also the second of one day."""
    desk = await AmaDesk.notified(sqlite_stage)
    for new in (OTHER, BEGELEIDER, OTHER):
        who = {"organisatie": new.organisatie, **({"medewerker": new.medewerker} if new.medewerker else {})}
        await desk.accepted("begeleider_wisselen", OPERATOR, **who)
    told = [m.org for m in desk.messages("aankondiging", about="toestemming/1")]
    assert told.count(OTHER.organisatie) == 2
    assert told.count(BEGELEIDER.organisatie) == 2  # the opening, and the hand-over back


async def test_an_agreement_with_a_last_day_begins_and_ends_on_it(sqlite_stage: Stage) -> None:
    """The day that the parties signed ends it: nobody has to say so again, and the end is still declared."""
    desk = await AmaDesk.permitted(sqlite_stage)
    await desk.accepted("overeenkomst_sluiten", BEGELEIDER, **AGREED, einde="2029-03-02")
    assert desk.stand.fase == "begeleid"
    await desk.accepted("dimona_melden", BEGELEIDER, opdracht="dimona_in/1", aangegeven_op=BEGIN)
    await desk.go(date(2029, 3, 2))
    assert (desk.stand.fase, desk.live) == ("begeleid", [])
    await desk.go(date(2029, 3, 3))
    assert (desk.stand.fase, desk.stand.einde, desk.live) == ("uitstroom", date(2029, 3, 2), ["dimona_uit/1"])


async def test_the_next_agreement_goes_on_where_the_last_one_ended(sqlite_stage: Stage) -> None:
    """A successor that was signed for the day after keeps the accompaniment going; only the first one ends."""
    desk = await AmaDesk.permitted(sqlite_stage)
    await desk.accepted("overeenkomst_sluiten", BEGELEIDER, **AGREED, einde="2029-03-02")
    await desk.accepted("dimona_melden", BEGELEIDER, opdracht="dimona_in/1", aangegeven_op=BEGIN)
    await desk.accepted("overeenkomst_toevoegen", BEGELEIDER)
    successor = {**AGREED, "opdracht": "overeenkomst/2", "start": "2029-03-03"}
    await desk.accepted("overeenkomst_sluiten", BEGELEIDER, **successor)
    await desk.go(date(2029, 3, 4))
    assert (desk.stand.fase, desk.stand.einde, desk.live) == (
        "begeleid",
        None,
        ["dimona_in/2", "dimona_uit/1"],
    )
    assert desk.stand.ama is not None
    assert [(each.van, each.tot) for each in desk.stand.ama.overeenkomsten] == [
        (BEGIN, date(2029, 3, 2)),
        (date(2029, 3, 3), None),
    ]
