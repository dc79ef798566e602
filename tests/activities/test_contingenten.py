"""Places in a contingent: never more than there are, in the order of the decisions, whatever is asked at once."""

import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from pydantic import ValidationError
from ruamel.yaml import YAML
from sqlalchemy import func, select, update

from activities.contingent_rows import places_of
from activities.contingenten import Contingenten, PlaatsGeweigerd
from activities.database import Database, RecordRefused, seed
from activities.reference_data import DATA
from activities.reference_file import Bestand
from activities.reference_file import Contingenten as Houders
from models.actors import Actor, Rol
from models.contingent import (
    Overgeslagen,
    Overslaan,
    Plaats,
    PlaatsInnemen,
    PlaatsVraag,
    PlaatsVrijgeven,
    Vrijgegeven,
    WieGesloten,
    WieNu,
)
from models.findings import Verdict
from models.tables import ContingentRow, PlaceRow, SkipRow
from settings import ROOT
from tests.activities.record_steps import clock

KAAI, SLUIS, DUIN = "ORG-MAATWERK-DE-KAAI", "ORG-MAATWERK-SLUISWERK", "ORG-MAATWERK-DUINKANT"
"""Ten places; three, from 2027 two and from 2028 four; one, until 30 June 2028."""
DAY = date(2026, 11, 2)
HALFWAY = """
import sys, time
from datetime import date
from activities.contingenten import Contingenten
from activities.database import Database
from models.contingent import PlaatsVraag
from tests.activities.record_steps import clock

class Stuck(Contingenten):
    def _join(self, session, vraag):
        row = super()._join(session, vraag)
        print("written", flush=True)
        time.sleep(60)
        return row

day = date(2026, 11, 2)
order = PlaatsVraag(workflow_id="ama/a", houder="ORG-MAATWERK-DUINKANT", beslist_op=day, as_of=day)
Stuck(Database.at(sys.argv[1]), clock).ask(order)
"""
"""A worker that has written its request and does not come to the end of its transaction."""
ILSE = Actor(rol=Rol.MAATWERKBEDRIJF, organisatie=KAAI, medewerker="MW-0702")


@pytest.fixture
def contingenten(database: Database) -> Contingenten:
    return Contingenten(database, clock)


class Desk:
    """Asks for trajectories that are named by one letter or number."""

    def __init__(self, contingenten: Contingenten) -> None:
        self.contingenten = contingenten

    def ask(self, who: object, houder: str = SLUIS, decided: date = DAY, **more: object) -> Plaats:
        contents = {"workflow_id": f"ama/{who}", "houder": houder, "beslist_op": decided, "as_of": DAY}
        return self.contingenten.ask(PlaatsVraag.model_validate(contents | more))

    def occupy(self, who: object, van: date = DAY, ronde: int = 1) -> Plaats:
        order = PlaatsInnemen(workflow_id=f"ama/{who}", ronde=ronde, van=van, as_of=van)
        return self.contingenten.occupy(order)

    def release(self, who: object, on: date = DAY, ronde: int = 1) -> Vrijgegeven:
        order = PlaatsVrijgeven(workflow_id=f"ama/{who}", ronde=ronde, reden="einde", as_of=on)
        return self.contingenten.release(order)

    def skip(self, who: object, key: str = "cmd-1") -> Overgeslagen:
        order = {
            "workflow_id": f"ama/{who}",
            "sleutel": key,
            "reden": "past nu niet",
            "door": ILSE,
            "as_of": DAY,
        }
        return self.contingenten.skip(Overslaan.model_validate(order))

    def turn(self, houder: str | None = SLUIS, on: date = DAY) -> list[str]:
        told = self.contingenten.whose_turn(WieNu(houder=houder, as_of=on))
        return [each.removeprefix("ama/") for each in told.workflow_ids]

    def fill(self, *names: object) -> None:
        for who in names:
            assert self.ask(who).status == "gereserveerd"


@pytest.fixture
def desk(contingenten: Contingenten) -> Desk:
    return Desk(contingenten)


def _held(database: Database, houder: str = SLUIS) -> int:
    with database.read() as session:
        held = select(func.count()).where(PlaceRow.holder == houder, PlaceRow.number.is_not(None))
        return session.scalar(held) or 0


def _together(calls: list[Callable[[], object]]) -> list[object]:
    """All at once, each in a thread of its own; what one raises fails the test."""
    answers: list[object] = []
    ready = threading.Barrier(len(calls))

    def run(call: Callable[[], object]) -> None:
        ready.wait(30)
        try:
            answers.append(call())
        except Exception as error:
            answers.append(error)

    racing = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in racing:
        thread.start()
    for thread in racing:
        thread.join(60)
    assert len(answers) == len(calls)
    assert not [each for each in answers if isinstance(each, Exception)]
    return answers


def test_a_free_place_is_reserved_and_a_full_contingent_says_no(desk: Desk) -> None:
    """The fourth on three places waits, and the refusal is hard: it is the contingent itself that says it."""
    desk.fill("a", "b", "c")
    answer = desk.ask("d")
    assert (answer.status, answer.positie, answer.sinds) == ("wachtlijst", 1, None)
    assert (answer.reden.value, answer.reden.verdict) == (False, Verdict.HARD)
    assert (answer.reden.rule, answer.reden.article) == ("contingent.may_reserve", "D2022 art. 33")
    assert answer.reden.facts == {"op": "2026-11-02", "bezet": "3", "plaatsen": "3"}
    assert [str(p.value) for p in answer.reden.parameters] == ["3"]


def test_asking_again_gives_the_same_place(database: Database, desk: Desk) -> None:
    """Also the same reason and the same day, however much later it is repeated; in line once."""
    first = desk.ask("a")
    assert (first.status, first.sinds, first.reden.value) == ("gereserveerd", DAY, True)
    desk.fill("b", "c")
    assert desk.ask("a", as_of=date(2026, 12, 1)) == first
    waiting = desk.ask("d")
    assert desk.ask("d") == waiting
    assert _held(database) == 3


def test_fifty_at_once_on_ten_places(database: Database, desk: Desk) -> None:
    """Exactly ten get one, the others wait, each at a position of its own, by the date of their decision."""
    days = {n: date(2026, 1 + n % 10, 1 + n % 28) for n in range(50)}
    answers = _together([lambda n=n: desk.ask(n, KAAI, days[n]) for n in range(50)])  # type: ignore[misc]
    told = [each for each in answers if isinstance(each, Plaats)]
    assert sorted(each.status for each in told) == ["gereserveerd"] * 10 + ["wachtlijst"] * 40
    again = [desk.ask(n, KAAI, days[n]) for n in range(50)]
    waiting = {n: each.positie for n, each in enumerate(again) if each.status == "wachtlijst"}
    assert sorted(waiting, key=lambda n: (days[n], f"ama/{n}")) == sorted(
        waiting, key=lambda n: waiting[n] or 0
    )
    assert sorted(filter(None, waiting.values())) == list(range(1, 41))
    assert _held(database, KAAI) == 10


def test_one_that_asks_many_times_at_once_has_one_place(database: Database, desk: Desk) -> None:
    """A call that is repeated while the first still runs."""
    answers = _together([lambda: desk.ask("a") for _ in range(12)])
    assert all(each == answers[0] for each in answers)
    assert _held(database) == 1


def test_places_given_back_and_asked_at_once_are_never_double(database: Database, desk: Desk) -> None:
    """Releases, asks and repeats through one another: as many as there are, and no more."""
    for n in range(30):
        desk.ask(n, KAAI, date(2026, 1, 1 + n))
    storm: list[Callable[[], object]] = [lambda n=n: desk.release(n) for n in range(5)]  # type: ignore[misc]
    storm += [lambda n=n: desk.ask(n, KAAI, date(2026, 1, 1 + n)) for n in range(10, 30)]  # type: ignore[misc]
    storm += [lambda n=n: desk.occupy(n) for n in range(5, 10)]  # type: ignore[misc]
    _together(storm)
    for who in desk.turn(KAAI):
        assert desk.ask(who, KAAI, date(2026, 1, 1 + int(who))).status == "gereserveerd"
    assert _held(database, KAAI) == 10
    with database.read() as session:
        held = session.scalars(select(PlaceRow.workflow_id).where(PlaceRow.status == "reserved"))
        assert sorted(held) == [f"ama/{n}" for n in range(10, 15)]


def test_a_worker_killed_halfway_leaves_nothing(database: Database, database_url: str, desk: Desk) -> None:
    """Killed after its writes and before its end: whoever waited for it gets the place, and so does its repeat."""
    command = [sys.executable, "-c", HALFWAY, database_url]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as worker:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "written\n"
        answers: list[Plaats] = []
        other = threading.Thread(target=lambda: answers.append(desk.ask("b", DUIN)))
        other.start()
        other.join(0.5)
        assert answers == []
        worker.kill()
    other.join(30)
    assert [each.status for each in answers] == ["gereserveerd"]
    assert desk.ask("a", DUIN).status == "wachtlijst"
    assert _held(database, DUIN) == 1


def test_the_line_follows_the_decisions(desk: Desk) -> None:
    """Not who asked first, but whose decision is older; on one day the trajectory's own name."""
    desk.fill("a", "b", "c")
    for who, day in (("late", 20), ("z", 10), ("y", 10), ("early", 5)):
        desk.ask(who, decided=date(2026, 10, day))
    assert [
        desk.ask(who, decided=date(2026, 10, day)).positie
        for who, day in (("early", 5), ("y", 10), ("z", 10), ("late", 20))
    ] == [1, 2, 3, 4]
    assert desk.release("a").volgende == ("ama/early",)
    assert desk.turn() == ["early"]
    answer = desk.ask("late", decided=date(2026, 10, 20))
    assert (answer.status, answer.reden.rule) == ("wachtlijst", "contingent.place_for")
    assert (answer.reden.value, answer.reden.verdict) == (False, Verdict.OK)
    assert desk.ask("early", decided=date(2026, 10, 5)).status == "gereserveerd"
    assert desk.turn() == []


def test_two_free_places_are_for_the_first_two(desk: Desk) -> None:
    """The second need not wait until the first has asked."""
    desk.fill("a", "b", "c")
    for who in "def":
        desk.ask(who)
    desk.release("a")
    assert desk.release("b").volgende == ("ama/d", "ama/e")
    assert desk.ask("e").status == "gereserveerd"
    assert desk.ask("f").status == "wachtlijst"
    assert desk.ask("d").status == "gereserveerd"


def test_whoever_lost_a_place_goes_first(desk: Desk) -> None:
    """Priority before the date of the decision."""
    desk.fill("a", "b", "c")
    desk.ask("d", decided=date(2025, 1, 1))
    assert desk.ask("closed", voorrang=True).positie == 1
    assert desk.release("a").volgende == ("ama/closed",)


def test_a_corrected_decision_moves_the_line(desk: Desk) -> None:
    """What was asked last counts for as long as there is no place."""
    desk.fill("a", "b", "c")
    desk.ask("d", decided=date(2026, 5, 1))
    desk.ask("e", decided=date(2026, 6, 1))
    assert desk.ask("e", decided=date(2026, 4, 1)).positie == 1


def test_a_reserved_place_is_taken(desk: Desk) -> None:
    """From the first day of the agreement; saying so again changes nothing, another day corrects it."""
    desk.fill("a")
    start = date(2026, 11, 16)
    answer = desk.occupy("a", start)
    assert (answer.status, answer.sinds, answer.reden.rule) == ("ingenomen", start, "contingent.may_occupy")
    assert desk.occupy("a", start) == answer
    assert desk.ask("a") == answer
    assert desk.occupy("a", date(2026, 11, 17)).sinds == date(2026, 11, 17)


def test_a_place_is_not_taken_from_a_day_on_which_somebody_else_had_it(desk: Desk) -> None:
    """It can be told late that it began; on the days before it was promised it has to have been free."""
    desk.ask("a", DUIN), desk.occupy("a")
    given_back = date(2027, 3, 1)
    desk.release("a", given_back)
    desk.ask("b", DUIN, as_of=given_back)
    for day in (date(2027, 1, 4), date(2027, 2, 28)):
        refused = desk.occupy("b", day)
        assert (refused.status, refused.reden.value, refused.reden.verdict) == (
            "gereserveerd",
            False,
            Verdict.HARD,
        )
        assert "zijn van de 1 plaatsen er 1 bezet" in refused.reden.reden
    assert desk.occupy("b", given_back).status == "ingenomen"
    assert desk.occupy("b", date(2027, 1, 4)).reden.value is False
    assert desk.occupy("b", given_back).sinds == given_back
    desk.fill("c")
    assert desk.occupy("c", date(2026, 10, 5)).status == "ingenomen"


def test_where_there_is_no_contingent_nobody_is_refused(desk: Desk) -> None:
    """Whoever asks a closed holder again, where the old place still is, hears that there are no places."""
    desk.ask("a", DUIN), desk.occupy("a")
    assert desk.ask("a", DUIN, ronde=2, as_of=date(2028, 7, 1)).status == "geen_contingent"


def test_who_waits_cannot_take_a_place(desk: Desk) -> None:
    """The answer says where they stand; nothing is taken."""
    desk.fill("a", "b", "c")
    desk.ask("d")
    assert desk.occupy("d").status == "wachtlijst"
    with pytest.raises(PlaatsGeweigerd, match="ronde"):
        desk.occupy("nobody")


def test_what_was_given_back_stays_given_back(database: Database, desk: Desk) -> None:
    """A call that was underway all that time brings no place back; a new request has the next number."""
    desk.fill("a")
    first = desk.release("a")
    assert first == Vrijgegeven(houder=SLUIS)
    assert desk.release("a") == first
    for answer in (desk.ask("a"), desk.occupy("a"), desk.skip("a").plaats):
        assert (answer.status, answer.sinds, answer.reden.value) == ("vrijgegeven", DAY, False)
        assert answer.reden.reden == "Teruggegeven op 2026-11-02: einde."
    assert _held(database) == 0
    assert desk.ask("a", ronde=2).status == "gereserveerd"
    assert desk.release("nobody") == Vrijgegeven(houder=None)


def test_who_leaves_the_line_makes_room_for_nobody_but_the_next(desk: Desk) -> None:
    """Somebody withdraws while waiting: those behind move up."""
    desk.fill("a", "b", "c")
    desk.ask("d"), desk.ask("e")
    assert desk.release("d").volgende == ()
    assert desk.ask("e").positie == 1


def test_one_claim_at_a_time(desk: Desk) -> None:
    """A second request, or the same one elsewhere, is a mistake that a person looks at; it names no person."""
    desk.fill("a")
    with pytest.raises(PlaatsGeweigerd, match="ronde 1 bij ORG-MAATWERK-SLUISWERK loopt nog"):
        desk.ask("a", KAAI, ronde=2)
    with pytest.raises(PlaatsGeweigerd, match="staat al bij ORG-MAATWERK-SLUISWERK"):
        desk.ask("a", KAAI)
    desk.occupy("a")
    with pytest.raises(PlaatsGeweigerd, match="heeft al een plaats bij ORG-MAATWERK-SLUISWERK"):
        desk.ask("a", ronde=2)


def test_a_holder_without_contingent(desk: Desk) -> None:
    """Before its first day, after its last, or never: there is no line to stand in."""
    for houder, day in ((SLUIS, date(2023, 12, 31)), (DUIN, date(2028, 7, 1)), ("ORG-OCMW-GENT", DAY)):
        answer = desk.ask("a", houder, as_of=day)
        assert (answer.status, answer.reden.verdict, answer.positie) == (
            "geen_contingent",
            Verdict.HARD,
            None,
        )
    assert desk.ask("a", DUIN, as_of=date(2028, 6, 30)).status == "gereserveerd"


def test_a_cut_makes_nobody_leave(database: Database, desk: Desk) -> None:
    """Three on two places stay; a promise may be taken; the next comes when there are fewer than two."""
    later = date(2027, 1, 4)
    desk.fill("a", "b", "c")
    desk.occupy("a"), desk.occupy("b"), desk.ask("d")
    taken = desk.occupy("c", later)
    assert (taken.status, taken.reden.value) == ("ingenomen", True)
    assert "verlaagd tot 2" in taken.reden.reden
    assert desk.release("a", later).volgende == ()
    assert desk.ask("d", as_of=later).status == "wachtlijst"
    assert desk.release("b", later).volgende == ("ama/d",)
    assert desk.ask("d", as_of=later).status == "gereserveerd"
    assert _held(database) == 2


def test_a_contingent_that_grows_has_a_turn_for_the_next(desk: Desk) -> None:
    """Nothing was given back: the places of the new year are there for who waits."""
    desk.fill("a", "b", "c")
    for who in "defg":
        desk.ask(who)
    assert desk.turn(on=date(2027, 6, 1)) == []
    assert desk.turn(None, date(2028, 1, 1)) == ["d"]
    assert desk.ask("d", as_of=date(2028, 1, 1)).status == "gereserveerd"


def test_a_closure_names_everybody_it_touches(desk: Desk) -> None:
    """Who has a place, who was promised one, and who waits; until the last day nobody."""
    desk.ask("a", DUIN), desk.occupy("a")
    desk.ask("b", DUIN)
    desk.fill("elsewhere")
    last, closed = date(2028, 6, 30), date(2028, 7, 1)
    assert desk.contingenten.closed(WieGesloten(as_of=last)).geplaatst == ()
    told = desk.contingenten.closed(WieGesloten(as_of=closed))
    assert (told.geplaatst, told.wachtend) == (("ama/a",), ("ama/b",))
    assert desk.contingenten.closed(WieGesloten(houder=SLUIS, as_of=closed)).geplaatst == ()
    assert desk.ask("b", DUIN, as_of=closed).status == "geen_contingent"
    assert desk.ask("a", DUIN, as_of=closed).status == "ingenomen"


def test_a_promise_of_a_closed_contingent_cannot_be_taken(desk: Desk) -> None:
    """There is nothing left to take from that day on."""
    desk.ask("a", DUIN)
    answer = desk.occupy("a", date(2028, 7, 1))
    assert (answer.status, answer.reden.verdict) == ("geen_contingent", Verdict.HARD)
    assert desk.occupy("a", date(2028, 6, 30)).status == "ingenomen"


def test_after_a_closure_a_new_place_replaces_the_old(database: Database, desk: Desk) -> None:
    """Claimed with priority while the old one is still taken; taking it ends the old one on that day."""
    desk.ask("a", DUIN), desk.occupy("a")
    desk.ask("b", DUIN)
    assert desk.ask("a", ronde=2, voorrang=True).status == "gereserveerd"
    moved = date(2028, 6, 1)
    answer = desk.occupy("a", moved, ronde=2)
    assert (answer.status, answer.houder, answer.volgende) == ("ingenomen", SLUIS, ("ama/b",))
    old = desk.ask("a", DUIN)
    assert (old.status, old.sinds) == ("vrijgegeven", moved)
    assert (_held(database), _held(database, DUIN)) == (1, 0)


def test_who_is_passed_over_keeps_the_place_in_line(database: Database, desk: Desk) -> None:
    """This place is for the next; the following one is for who was passed over. Reason and name are kept."""
    desk.fill("a", "b", "c")
    for who in "de":
        desk.ask(who)
    desk.release("a")
    desk.fill("d")
    answer = desk.skip("d")
    assert (answer.plaats.status, answer.plaats.positie, answer.volgende) == ("wachtlijst", 1, ("ama/e",))
    assert desk.skip("d") == answer
    assert desk.ask("d").status == "wachtlijst"
    desk.fill("e")
    assert desk.release("b").volgende == ("ama/d",)
    assert desk.ask("d").status == "gereserveerd"
    with database.read() as session:
        (skip,) = session.scalars(select(SkipRow))
        assert (skip.reden, skip.worker, skip.passed_to) == ("past nu niet", "MW-0702", "ama/e")
    assert desk.skip("d").plaats.status == "gereserveerd"


def test_a_place_that_nobody_else_wants_is_for_who_was_passed_over(desk: Desk) -> None:
    """No place stays empty while somebody waits for it."""
    desk.fill("a", "b", "c")
    assert desk.skip("c").volgende == ()
    assert desk.turn() == ["c"]
    assert desk.ask("c").status == "gereserveerd"


def test_passing_over_somebody_who_has_a_place_does_nothing(database: Database, desk: Desk) -> None:
    """Nobody loses a place by it."""
    desk.fill("a")
    desk.occupy("a")
    assert desk.skip("a").plaats.status == "ingenomen"
    with database.read() as session:
        assert session.scalars(select(SkipRow)).all() == []


def test_the_database_itself_knows_no_place_twice(database: Database, desk: Desk) -> None:
    """Whoever writes: the same number, a second claim or a place without a number is refused."""
    desk.fill("a", "b")
    b = update(PlaceRow).where(PlaceRow.workflow_id == "ama/b")
    for wrong in ({"number": 1}, {"number": None}, {"workflow_id": "ama/a", "ronde": 2}, {"status": "kwijt"}):
        with pytest.raises(RecordRefused), database.begin() as session:
            session.execute(b.values(**wrong))
    with pytest.raises(RecordRefused), database.begin() as session:
        session.execute(update(ContingentRow).values(places=-1))


def test_a_contingent_of_the_file_is_brought_up_to_date(database: Database, tmp_path: Path) -> None:
    """The yearly update is a row more, a closure a last day on the row that is there; nothing is lost."""
    folder = shutil.copytree(DATA, tmp_path / "data")
    file = folder / "contingenten.yaml"
    row, closed = "{van: 2025-01-01, aantal: 10,", "{van: 2025-01-01, tot: 2026-12-31, aantal: 9,"
    file.write_text(file.read_text("utf-8").replace(row, closed), "utf-8")
    seed(database.engine, folder)
    seed(database.engine, folder)
    with database.read() as session:
        assert [places_of(session, KAAI, date(year, 6, 1)).value for year in range(2023, 2028)] == [
            None,
            8,
            9,
            9,
            None,
        ]


def test_the_holders_of_the_file_are_maatwerkbedrijven() -> None:
    """Each has the role, somebody to ask, and a partnership of organisations that exist."""
    read = YAML(typ="safe").load
    known = {o.code: o for o in Bestand.model_validate(read(DATA / "organisaties.yaml")).organisaties}
    for each in Houders.model_validate(read(DATA / "contingenten.yaml")).contingenten:
        holder = known[each.houder]
        assert Rol.MAATWERKBEDRIJF in holder.rollen
        assert Rol.MAATWERKBEDRIJF in [worker.rol for worker in holder.medewerkers]
        assert {partner.org for partner in each.partners} <= known.keys()


@pytest.mark.parametrize("days", [["2025-01-01", "2024-01-01"], ["2025-01-01", "2025-01-01"]])
def test_rows_of_the_file_follow_each_other(days: list[str]) -> None:
    """Two numbers from one day, or an older one below a newer one, are a slip of the pen."""
    rows = [{"van": day, "aantal": 3, "bron": "toekenning", "status": "law"} for day in days]
    with pytest.raises(ValidationError, match="volgen elkaar op"):
        Houders.model_validate({"contingenten": [{"houder": SLUIS, "plaatsen": rows}]})
