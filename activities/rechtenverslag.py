"""Draws up the rights report from the measurements that the onthaaltrajecten told: figures, and a chart of them."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple
from xml.etree import ElementTree

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from activities.catalogus import Catalogus
from activities.database import Database
from activities.intake_wording import DREMPELS, METHODEN
from activities.law_tables import LawTables
from activities.mandates import werkingsgebied_of
from models.gbo import Recht
from models.law import Law
from models.printed import Waarom
from models.rechtenverslag import Aantal, Intrekking, Meting, Rechtenverslag, Vergelijking, Voordeel
from models.tables import EventRow, GboGemeenteRow, GboRow, TrajectRow
from rules.rechtenverslag import compared, figures, longest_list, only_started, smallest_cell

SOORT = "onthaaltraject"
MEASURED, TAKEN_BACK = "rechten_meten", "toestemming_intrekken"
EVERY_GBO, EVERYWHERE = "alle GBO's", "alle onthaaltrajecten"
BEFORE, AFTER = "Ontvangt bij de nulmeting", "Ontvangt bij de eindmeting"
COLOURS = {
    "background": "white",
    "plot_background": "white",
    "foreground": "#1a1a1a",
    "foreground_strong": "#10384f",
    "foreground_subtle": "#c9d3d8",
    "colors": ("#f0b323", "#10384f"),
}
WIDTH, FRAME, ROW = 660, 80, 23
"""Of the chart, in pixels: how wide, how high around its bars, and how high for each benefit."""


class UnknownGbo(LookupError):
    """No GBO has this code; the message says in Dutch which codes there are."""


class Vraag(NamedTuple):
    """Which measurements are asked for: of one GBO or of all, in a period with both its days."""

    gbo: str | None
    van: date
    tot: date


class _Told(NamedTuple):
    metingen: tuple[Meting, ...]
    intrekkingen: tuple[Intrekking, ...]


class Rechtenverslagen:
    """The rights report, from the event log."""

    def __init__(self, database: Database, tables: LawTables, catalogus: Catalogus | None = None) -> None:
        self._database = database
        self._tables = tables
        self._catalogus = catalogus or Catalogus()

    def draw_up(self, asked: Vraag, on: date) -> Rechtenverslag:
        """The report over a period, drawn up on a day; raises UnknownGbo."""
        law = Law(parameters=self._tables.parameters(), days_off=(), horizon=max(on, asked.tot))
        smallest = smallest_cell(law, on)
        with self._database.read() as session:
            gebied = _gebied(session, asked.gbo)
            told = _told(session, asked)
        period = (told.metingen, told.intrekkingen, asked.van, asked.tot)
        persons = compared(*period)
        cijfers = figures(
            persons,
            len(only_started(*period)),
            self._listed(persons, asked.tot),
            smallest.value,
            longest_list(law, on).value,
        )
        return Rechtenverslag(
            kenmerk=asked.gbo or EVERY_GBO,
            datum=on,
            gebied=gebied,
            van=asked.van,
            tot=asked.tot,
            kleinste_cel=smallest.value,
            cel_waarom=Waarom.of(smallest),
            cijfers=cijfers,
            werkwijzen=METHODEN,
            drempels=DREMPELS,
            grafiek=chart(cijfers.voordelen),
        )

    def _listed(self, persons: Sequence[Vergelijking], tot: date) -> tuple[Recht, ...]:
        """The benefits on the list at the end of the period, then those that were on it when they were measured.

        A code that was never on the list is left out: it could be any words.
        """
        measured = {each.op for person in persons for each in (person.nul, person.eind)}
        newest: dict[str, Recht] = {}
        for day in (tot, *sorted(measured, reverse=True)):
            for recht in self._catalogus.rechten(day):
                newest.setdefault(recht.code, recht)
        return tuple(newest.values())


def _gebied(session: Session, gbo: str | None) -> str:
    if gbo is None:
        return EVERYWHERE
    found = session.get(GboRow, gbo)
    if found is None:
        known = ", ".join(session.scalars(select(GboRow.code).order_by(GboRow.code)))
        raise UnknownGbo(f"er is geen GBO met deze code; kies uit {known}")
    return found.name


def _told(session: Session, asked: Vraag) -> _Told:
    """The measurements up to the last day of the period, and every consent that was taken back since."""
    wanted = or_(
        and_(EventRow.soort == MEASURED, EventRow.datum <= asked.tot),
        EventRow.soort == TAKEN_BACK,
    )
    rows = (
        select(TrajectRow.reference, TrajectRow.nis_code, EventRow)
        .join(EventRow, EventRow.workflow_id == TrajectRow.workflow_id)
        .where(TrajectRow.soort == SOORT, wanted)
        .order_by(EventRow.workflow_id, EventRow.seq)
    )
    found = [(reference, nis_code, event) for reference, nis_code, event in session.execute(rows)]
    inside = _inside(session, {nis_code for _, nis_code, _ in found}, asked)
    here = [(reference, event) for reference, nis_code, event in found if nis_code in inside]
    return _Told(
        metingen=tuple(_meting(reference, event) for reference, event in here if event.soort == MEASURED),
        intrekkingen=tuple(_taken_back(event for _, event in here)),
    )


def _inside(session: Session, gemeenten: set[str], asked: Vraag) -> set[str]:
    """The municipalities of the GBO on the last day of the period, an old code by its successor."""
    if asked.gbo is None:
        return gemeenten
    return {code for code in gemeenten if _gbo_of(session, code, asked.tot) == asked.gbo}


def _gbo_of(session: Session, nis_code: str, on: date) -> str | None:
    area = werkingsgebied_of(session, nis_code, on)
    row = GboGemeenteRow
    member = select(row.gbo).where(
        row.nis_code == (area.nis_code if area else nis_code),
        row.valid_from <= on,
        or_(row.valid_to.is_(None), row.valid_to >= on),
    )
    return session.scalar(member)


def _meting(reference: str, event: EventRow) -> Meting:
    told: dict[str, Any] = event.gegevens
    return Meting(
        dossier=reference,
        traject=event.workflow_id,
        nummer=event.seq,
        op=event.datum,
        meting=told["meting"],
        methode=told["methode"],
        minuten=told["minuten"],
        rechten=told["rechten"],
    )


def _taken_back(events: Iterable[EventRow]) -> Iterator[Intrekking]:
    for event in events:
        if event.soort == TAKEN_BACK and "rechten" in event.gegevens["reikwijdte"]:
            yield Intrekking(traject=event.workflow_id, nummer=event.seq, op=event.datum)


def chart(voordelen: Sequence[Voordeel]) -> str | None:
    """Who received each benefit before and after, as bars in SVG; None without any bar.

    Deterministic: no random name and no comment with the day on which it was drawn.
    """
    drawn = [each for each in voordelen if _bar(each.ontvangt_nul) or _bar(each.ontvangt_eind)]
    if not drawn:
        return None
    upwards = drawn[::-1]
    made = _bars(len(drawn))
    made.x_labels = [each.naam for each in upwards]
    made.add(BEFORE, [_bar(each.ontvangt_nul) for each in upwards])
    made.add(AFTER, [_bar(each.ontvangt_eind) for each in upwards])
    made.add_xml_filter(lambda root: _described(root, drawn))
    return str(made.render(is_unicode=True))


def _bars(rows: int) -> Any:
    """An empty chart for so many benefits, imported here so that only who draws one waits for the library."""
    import pygal  # type: ignore[import-untyped]
    from pygal.style import Style  # type: ignore[import-untyped]

    letters = {"font_family": '"DejaVu Sans", sans-serif', "label_font_size": 11, "legend_font_size": 11}
    made = pygal.HorizontalBar(
        style=Style(**COLOURS, **letters, opacity="1"),
        js=(),
        disable_xml_declaration=True,
        explicit_size=True,
        width=WIDTH,
        height=FRAME + ROW * rows,
        margin=6,
        legend_at_bottom=True,
        legend_at_bottom_columns=1,
        truncate_legend=-1,
        truncate_label=-1,
        spacing=4,
        formatter=lambda value: f"{value:.0f}",
    )
    made.uuid = "rechten"
    return made


def _bar(aantal: Aantal) -> int | None:
    """How long a bar is; none for what is not told, or for nobody."""
    return aantal if isinstance(aantal, int) and aantal else None


def _described(root: ElementTree.Element, drawn: Sequence[Voordeel]) -> ElementTree.Element:
    """The drawing with every bar in words for who cannot see it, without the comments and script of the library."""
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag == "script" or not isinstance(child.tag, str):
                parent.remove(child)
    told = [f"{each.naam}: eerst {each.ontvangt_nul}, daarna {each.ontvangt_eind}" for each in drawn]
    root.set("role", "img")
    title = root.find("title")
    assert title is not None
    title.text = f"Staven: hoeveel personen elk voordeel ontvingen, eerst en daarna. {'; '.join(told)}."
    return root
