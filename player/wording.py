"""Says in Dutch what is wrong with a field; the values that somebody filled in are never repeated."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from pydantic import ValidationError

from models.duties import DutyStatus

STATUS: Mapping[str, str] = {
    DutyStatus.OPEN: "open",
    DutyStatus.BEZIG: "bezig",
    DutyStatus.ANSWERED: "beantwoord",
    DutyStatus.EXITED: "besloten",
    DutyStatus.WITHDRAWN: "ingetrokken",
}
"""Where a duty stands, in the words of a screen; the record and JSON keep the codes."""
SENTENCES = {
    "missing": "ontbreekt",
    "extra_forbidden": "is geen bekend veld",
    "date_type": "is geen datum (JJJJ-MM-DD)",
    "date_parsing": "is geen datum (JJJJ-MM-DD)",
    "date_from_datetime_parsing": "is geen datum (JJJJ-MM-DD)",
    "date_from_datetime_inexact": "is geen datum (JJJJ-MM-DD)",
    "string_type": "is geen tekst",
    "string_too_short": "is leeg",
    "string_too_long": "is langer dan {max_length} tekens",
    "string_pattern_mismatch": "heeft niet de juiste vorm",
    "int_type": "is geen getal",
    "int_parsing": "is geen getal",
    "int_from_float": "is geen geheel getal",
    "greater_than": "is niet groter dan {gt}",
    "greater_than_equal": "is kleiner dan {ge}",
    "less_than_equal": "is groter dan {le}",
    "decimal_type": "is geen bedrag",
    "decimal_parsing": "is geen bedrag",
    "decimal_max_digits": "heeft meer dan {max_digits} cijfers",
    "decimal_max_places": "heeft meer dan {decimal_places} cijfers na de komma",
    "decimal_whole_digits": "heeft meer dan {whole_digits} cijfers voor de komma",
    "bool_type": "is geen ja of nee",
    "bool_parsing": "is geen ja of nee",
    "literal_error": "kies uit {expected}",
    "enum": "kies uit {expected}",
    "dict_type": "is geen groep van velden",
    "model_type": "is geen groep van velden",
    "model_attributes_type": "is geen groep van velden",
    "tuple_type": "is geen lijst",
    "list_type": "is geen lijst",
    "too_short": "heeft minder dan {min_length} rij(en)",
}
"""By pydantic's own kind of error; a rule of our own models speaks Dutch already."""


class FieldError(NamedTuple):
    """One field that cannot be accepted, and the rule it breaks."""

    loc: tuple[int | str, ...]
    rule: str

    @property
    def field(self) -> str:
        """Where it stands, as people write it: acties.0.domein."""
        return ".".join(str(part) for part in self.loc) or "geheel"

    def __str__(self) -> str:
        return f"{self.field}: {self.rule}"


def field_errors(invalid: ValidationError) -> list[FieldError]:
    """What is wrong, field by field, in the order of the model."""
    found = invalid.errors(include_input=False, include_url=False)
    return [FieldError(error["loc"], _rule(error)) for error in found]


def _rule(error: Mapping[str, Any]) -> str:
    context = error.get("ctx", {})
    if error["type"] == "value_error":
        return str(context.get("error", "kan niet"))
    sentence = SENTENCES.get(error["type"], "kan niet zo")
    return sentence.format(**{**context, "expected": _choices(context)})


def _choices(context: Mapping[str, Any]) -> str:
    return str(context.get("expected", "")).replace("'", "").replace(" or ", " of ")
