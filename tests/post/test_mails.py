"""What a mail looks like: the template fits its model, subjects count, lines stay readable."""

from datetime import date

import pytest
from jinja2 import Environment, meta

from activities.mail_desk import TEMPLATE, dutch_day
from activities.rendering import TEMPLATES
from models.mail import Bericht, Regel, Rubriek


def _line(rubriek: Rubriek, number: int = 1, tegen: date | None = None) -> Regel:
    return Regel(
        rubriek=rubriek,
        kenmerk=f"WZ-2027-{number:06}",
        eigen_kenmerk=None,
        opdracht="review/1",
        vraag="Leg vast",
        tegen=tegen,
    )


def _mail(*lines: Regel) -> Bericht:
    return Bericht(aanhef=None, regels=lines, antwoord_link=None)


@pytest.mark.parametrize(
    ("rubrieken", "subject"),
    [
        ((Rubriek.NIEUW,), "Werkzorg: 1 opdracht"),
        ((Rubriek.NIEUW, Rubriek.DEZE_WEEK), "Werkzorg: 2 opdrachten"),
        ((Rubriek.TE_LAAT, Rubriek.LEIDING, Rubriek.NIEUW), "Werkzorg: 3 opdrachten (2 te laat)"),
    ],
)
def test_a_subject_counts_and_names_nobody(rubrieken: tuple[Rubriek, ...], subject: str) -> None:
    """How many, and how many of them late."""
    assert _mail(*(_line(each, number) for number, each in enumerate(rubrieken))).onderwerp == subject


def test_sections_come_in_order_and_empty_ones_not_at_all() -> None:
    """Within a section the earliest date comes first, and no date last."""
    dates = (None, date(2027, 3, 5), date(2027, 3, 2))
    mail = _mail(_line(Rubriek.NIEUW, 9), *(_line(Rubriek.TE_LAAT, n, day) for n, day in enumerate(dates)))
    titles = [rubriek for rubriek, _ in mail.rubrieken]
    assert titles == [Rubriek.TE_LAAT, Rubriek.NIEUW]
    assert [line.tegen for line in mail.rubrieken[0][1]] == [date(2027, 3, 2), date(2027, 3, 5), None]


def test_the_template_asks_what_its_model_has() -> None:
    """And nothing else."""
    tree = Environment(autoescape=True).parse((TEMPLATES / TEMPLATE).read_text())
    properties = {name for name, value in vars(Bericht).items() if isinstance(value, property)}
    assert meta.find_undeclared_variables(tree) <= properties | set(Bericht.model_fields)


def test_dates_are_written_as_people_say_them() -> None:
    """With the day of the week."""
    assert dutch_day(date(2027, 3, 14)) == "zondag 14 maart 2027"
