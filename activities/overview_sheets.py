"""The quarter overview as it leaves: what the paper prints, the workbook with everybody's days, and the CSV file.

It goes to the holder's own organisation: participants by reference, periods and days, the begeleiders of its
partnership by name; no name of a person, no activity and no reason of a suspension (D2022 art. 32).
"""

from collections.abc import Iterator, Mapping
from datetime import date

from activities.jaarstaten import assumptions
from activities.overview_facts import SOORT
from activities.sheets import Cell, Sheet, comma_separated, workbook
from activities.statement_rows import statement_id
from models.kwartaal import Kwartaalcijfers, Kwartaalfeiten, Kwartaalregel, Persoonsdagen
from models.staten import Kwartaaloverzicht, KwartaalPost
from models.vergoedingsstaat import euro
from rules.kwartaaloverzicht import quarter_of

Names = Mapping[str, str]
HEAD = ("Dossier", "Begeleider", "Van", "Tot", "Dagen kwartaal", "Dagen jaar tot nu")
COUNTED = ("Wat", "Bedrag", "Waarom", "Steunt op")
CSV_HEAD = (
    "soort", "dossier", "begeleider", "van", "tot", "dagen_kwartaal", "dagen_jaar", "bedrag", "waarom",
)  # fmt: skip
TOGETHER = "Samen"


def overview(on: date, name: str, nummer: int, feiten: Kwartaalfeiten) -> Kwartaaloverzicht:
    """What the paper prints: the figures."""
    cijfers = feiten.cijfers
    van, tot = quarter_of(cijfers.jaar, cijfers.kwartaal)
    return Kwartaaloverzicht(
        kenmerk=statement_id(SOORT, cijfers.houder, cijfers.jaar, cijfers.kwartaal),
        datum=on,
        organisatie=name,
        nummer=nummer,
        aannames=assumptions(line.bedrag for line in cijfers.regels),
        jaar=cijfers.jaar,
        kwartaal=cijfers.kwartaal,
        van=van,
        tot=tot,
        deelnemers=cijfers.deelnemers,
        dagen=cijfers.dagen,
        dagen_jaar=cijfers.dagen_jaar,
        opgeschort=cijfers.opgeschort,
        posten=tuple(
            KwartaalPost(wat=_what(line), bedrag=euro(line.bedrag.value), waarom=line.bedrag)
            for line in cijfers.regels
        ),
        recht=euro(cijfers.recht),
        correcties=euro(cijfers.correcties),
        voorschotten=euro(cijfers.voorschotten),
        saldo=euro(cijfers.saldo),
        jaar_tot_nu=euro(cijfers.jaar_tot_nu.value),
    )


def workbook_of(made: Kwartaaloverzicht, feiten: Kwartaalfeiten, names: Names) -> bytes:
    """Two sheets: the days of everybody with what they come to, and the lines of money with the balance."""
    days = Sheet("Deelnemers", HEAD, _everybody(feiten, names), (18, 34, 12, 12, 16, 18))
    money = Sheet("Berekening", COUNTED, _money(feiten.cijfers), (34, 16, 90, 34))
    return workbook([days, money], made.datum, made.kenmerk)


def csv_of(feiten: Kwartaalfeiten, names: Names) -> bytes:
    """Everybody's days, then the lines of money with the balance, each row with what it is."""
    return comma_separated(CSV_HEAD, _csv_rows(feiten, names))


def _what(line: Kwartaalregel) -> str:
    match line.soort:
        case "recht":
            return f"Recht kwartaal {line.kwartaal} van {line.jaar}"
        case "correctie":
            return f"Correctie {line.jaar} tot en met kwartaal {line.kwartaal}"
        case "voorschot":
            return f"Voorschot {line.jaar}"


def _everybody(feiten: Kwartaalfeiten, names: Names) -> Iterator[tuple[Cell, ...]]:
    for each in feiten.personen:
        yield _person(each, names)
    yield (TOGETHER, None, None, None, feiten.cijfers.dagen, feiten.cijfers.dagen_jaar)


def _person(each: Persoonsdagen, names: Names) -> tuple[Cell, ...]:
    who = ", ".join(names.get(code, code) for code in each.begeleiders)
    return each.kenmerk, who, each.van, each.tot, each.dagen, each.dagen_jaar


def _money(cijfers: Kwartaalcijfers) -> Iterator[tuple[Cell, ...]]:
    for line in cijfers.regels:
        yield _what(line), line.bedrag.value, line.bedrag.reden, line.bedrag.article
    for what, amount in totals(cijfers).items():
        yield what, amount, None, None


def totals(cijfers: Kwartaalcijfers) -> dict[str, Cell]:
    """What the lines come to; the balance is rights and corrections less advances."""
    return {
        "Recht in dit kwartaal": cijfers.recht,
        "Correcties": cijfers.correcties,
        "Voorschotten, gaan eraf": cijfers.voorschotten,
        "Saldo": cijfers.saldo,
        f"Het jaar {cijfers.jaar} tot nu": cijfers.jaar_tot_nu.value,
    }


def _csv_rows(feiten: Kwartaalfeiten, names: Names) -> Iterator[tuple[Cell, ...]]:
    for each in feiten.personen:
        yield ("deelnemer", *_person(each, names), None, None)
    cijfers = feiten.cijfers
    yield ("samen", None, None, None, None, cijfers.dagen, cijfers.dagen_jaar, None, None)
    for line in cijfers.regels:
        yield (line.soort, None, None, None, None, None, None, line.bedrag.value, line.bedrag.reden)
    for what, amount in totals(cijfers).items():
        yield ("totaal", None, None, None, None, None, None, amount, what)
