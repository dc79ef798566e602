"""What a rule answers: a value with its reason, so that every date and refusal can be explained later."""

from enum import StrEnum
from typing import Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict

from models.law import Parameter

T = TypeVar("T")


class Verdict(StrEnum):
    """How a finding weighs on a command: nothing against it, a reason is asked, or the law refuses."""

    OK = "ok"
    ZACHT = "zacht"
    HARD = "hard"


class Finding(BaseModel, Generic[T]):
    """A value, the article it executes, the parameters and facts it used, and one Dutch sentence that says why."""

    model_config = ConfigDict(frozen=True)

    value: T
    rule: str
    article: str
    reden: str
    parameters: tuple[Parameter, ...] = ()
    facts: dict[str, str] = {}
    verdict: Verdict = Verdict.OK

    @property
    def status(self) -> Literal["law", "assumed"]:
        """`law` only if every parameter used was seen in law; one assumption makes the whole assumed."""
        return "assumed" if any(p.status == "assumed" for p in self.parameters) else "law"
