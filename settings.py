"""Everything that can be set from outside: the only module that reads the environment."""

import os
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import Field, PositiveFloat, PositiveInt, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent
"""The checkout that this product runs from."""


class Queues(NamedTuple):
    """The three task queues: a backlog of documents never delays a ladder (design §4)."""

    trajecten: str
    documenten: str
    buitenwereld: str


def environment() -> dict[str, str]:
    """A copy of the process environment, for the programs that the engine starts."""
    return dict(os.environ)


def _user_cache() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "werkzorg"


class Settings(BaseSettings):
    """What an installation can set, each as `WERKZORG_` followed by the name in capitals."""

    model_config = SettingsConfigDict(env_prefix="WERKZORG_", frozen=True, hide_input_in_errors=True)

    home: Path = ROOT / "var"
    """Where this installation keeps its own database, documents and engine."""
    cache: Path = Field(default_factory=_user_cache)
    """What can be made again: the compiled engine, by version."""
    database_url: str | None = Field(default=None, repr=False)
    documents: Path = Field(default_factory=lambda data: data["home"] / "documenten")
    parameters: Path = ROOT / "data" / "parameters.yaml"
    days_off: Path = ROOT / "data" / "dagen_vrij.yaml"

    smtp_host: str = "127.0.0.1"
    smtp_port: PositiveInt = 1025
    mail_from: str = "werkzorg@werkzorg.example"
    answer_link: str = "https://werkzorg.example/antwoord"
    """The target of the link in mails, until there is an answer page."""

    temporal_port: PositiveInt = 7233
    ui_port: PositiveInt = 8233
    ui_url: str | None = None
    """The Web UI of a Temporal server that is not ours."""

    activity_timeout_seconds: PositiveFloat = 60
    sticky_timeout_seconds: PositiveFloat = 10
    activity_attempts: PositiveInt = 10
    build_id: str | None = None
    queue_suffix: str = ""
    """Keeps the task queues of tests apart."""

    @field_validator("home", "cache", "documents", "parameters", "days_off")
    @classmethod
    def _absolute(cls, path: Path) -> Path:
        return path.expanduser().absolute()

    @property
    def database(self) -> str:
        """The URL of the record: the one that was set, else an SQLite file at home."""
        return self.database_url or f"sqlite:///{self.home / 'werkzorg.db'}"

    @property
    def engine_folder(self) -> Path:
        """Where the engine of `up` keeps its database, ports and logs."""
        return self.home / "engine"

    @property
    def queues(self) -> Queues:
        """The names of the task queues, each with the suffix."""
        return Queues(*(f"{name}{self.queue_suffix}" for name in Queues._fields))

    def changed(self, **values: Any) -> "Settings":
        """These settings with some values replaced, checked as if they were set from outside."""
        return Settings(**{**self.model_dump(exclude_unset=True), **values})
