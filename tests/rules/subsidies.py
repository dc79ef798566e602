"""The golden examples of the subsidies, read from their table, with the arithmetic it spells out."""

import ast
import operator
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from activities.bedragen import AmountTable
from models.ama_stand import Begeleidingsperiode, Rustperiode
from models.kwartaal import Plaatsen
from models.subsidie import Begeleid
from models.vergoedingsstaat import Bedragen

TABLE = YAML(typ="safe").load(Path(__file__).with_suffix(".yaml").read_text("utf-8"))
SHIPPED = AmountTable().read()
CODES = {"LEIE": "ORG-CAW-LEIE", "BRUG": "ORG-BW-DE-BRUG", "KAAI": "ORG-MAATWERK-DE-KAAI"}
LEIE, BRUG, KAAI = CODES.values()
WERKPOST = "ORG-WZC-DE-LINDE"
OPERATORS: Mapping[type[ast.operator], Callable[[Fraction, Fraction], Fraction]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


def worked_out(som: object) -> Decimal:
    """What a written sum comes to, exactly, then rounded to the cent with half a cent upwards."""
    tree = ast.parse(str(som).replace("×", "*").replace("÷", "/"), mode="eval")
    exact = _value(tree.body)
    cents = Decimal(abs(exact).numerator) * 100 / Decimal(exact.denominator)
    return cents.quantize(Decimal(1), ROUND_HALF_UP) / 100 * (-1 if exact < 0 else 1)


def _value(node: ast.expr) -> Fraction:
    match node:
        case ast.Constant(value=int() | float() as number):
            return Fraction(str(number))
        case ast.BinOp(left=left, op=op, right=right):
            return OPERATORS[type(op)](_value(left), _value(right))
    raise AssertionError(ast.dump(node))


def examples(kind: str) -> list[Any]:
    """The examples of one kind."""
    return list(TABLE[kind])


def names(kind: str) -> list[str]:
    """What the examples of one kind are about."""
    return [each["naam"] for each in TABLE[kind]]


def participant(told: Mapping[str, Any], number: int = 1) -> Begeleid:
    """A participant as an example tells it."""
    return Begeleid(
        kenmerk=f"WZ-2026-{number:06}",
        overeenkomsten=tuple(
            Begeleidingsperiode(
                nummer=n, werkpost=WERKPOST, **{**each, "begeleider": CODES[each["begeleider"]]}
            )
            for n, each in enumerate(told["overeenkomsten"], 1)
        ),
        rusten=tuple(Rustperiode(oorzaak="ziekte", **each) for each in told.get("rusten", ())),
    )


def participants(example: Mapping[str, Any]) -> tuple[Begeleid, ...]:
    """Everybody of an example; `maal` is so many of the same."""
    told = [each for each in example["deelnemers"] for _ in range(each.get("maal", 1))]
    return tuple(participant(each, number) for number, each in enumerate(told, 1))


def amounts_of(example: Mapping[str, Any]) -> Bedragen:
    """The shipped amounts with those that the example adds."""
    return amounts((row["naam"], row["bedrag"], row["vanaf"]) for row in example.get("bedragen", ()))


def amounts(rows: Iterable[tuple[str, str, date]]) -> Bedragen:
    """The shipped amounts with some rows added: name, value, from when."""
    added = tuple(
        SHIPPED.at(name, date.max).model_copy(update={"value": value, "geldig_van": van})
        for name, value, van in rows
    )
    return SHIPPED.model_copy(update={"parameters": SHIPPED.parameters + added})


def places_of(example: Mapping[str, Any]) -> tuple[Plaatsen, ...]:
    """The contingent of an example."""
    return tuple(Plaatsen(**each) for each in example["plaatsen"])


def accompanied(*periods: tuple[str, date, date | None], number: int = 1, rusten: Any = ()) -> Begeleid:
    """A participant by begeleider and period."""
    return Begeleid(
        kenmerk=f"WZ-2026-{number:06}",
        overeenkomsten=tuple(
            Begeleidingsperiode(nummer=n, werkpost=WERKPOST, begeleider=who, van=van, tot=tot)
            for n, (who, van, tot) in enumerate(periods, 1)
        ),
        rusten=tuple(Rustperiode(oorzaak="ziekte", van=van, tot=tot) for van, tot in rusten),
    )
