"""Recognitions that end: their organisation hears of it in time, and those that ended stand in a list."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session
from temporalio import activity

from activities.database import Clock, Database
from activities.law_tables import LawTables
from activities.notices import Notice, notify
from models.actors import Actor, Rol
from models.law import Law
from models.sweeps import Melding, Part, Probleem, Swept
from models.tables import ErkenningRow, OrganisationRow
from rules.erkenningen import reminder_due

ONE_DAY = timedelta(days=1)


class Erkenningen:
    """Looks at the recognitions of one organisation after another."""

    def __init__(self, database: Database, laws: LawTables, clock: Clock) -> None:
        self._database = database
        self._laws = laws
        self._clock = clock

    @activity.defn(name="controle_erkenningen")
    def look(self, part: Part) -> Swept:
        """Looks at a bounded number of organisations; each moment of a recognition is told once."""
        law = Law(parameters=self._laws.parameters(), days_off=(), horizon=part.as_of)
        with self._database.begin() as session:
            organisations = _page(session, part)
            ending = list(_ending(session, organisations))
            notices = [notice for row in ending if (notice := _notice(row, part.as_of, law))]
            told = 0 if part.alleen_tonen else notify(session, notices, self._clock())
        return Swept(
            bekeken=len(organisations),
            gedaan={"herinnerd": told} if told else {},
            meldingen=tuple(_expired(row) for row in ending if _last_day(row) < part.as_of),
            next_after=organisations[-1] if len(organisations) == part.at_most else None,
        )


def _page(session: Session, part: Part) -> Sequence[str]:
    """The next organisations with a recognition."""
    codes = select(ErkenningRow.org).distinct().where(ErkenningRow.org > part.after)
    return session.scalars(codes.order_by(ErkenningRow.org).limit(part.at_most)).all()


def _ending(session: Session, organisations: Sequence[str]) -> Iterator[ErkenningRow]:
    """The recognitions with an end that no other one takes over, of organisations that go on after it."""
    rows = (
        select(ErkenningRow, OrganisationRow.valid_to)
        .join(OrganisationRow, OrganisationRow.code == ErkenningRow.org)
        .where(ErkenningRow.org.in_(organisations))
        .order_by(ErkenningRow.org, ErkenningRow.kind, ErkenningRow.valid_from, ErkenningRow.number)
    )
    found = session.execute(rows).all()
    for _, alike in groupby(found, key=lambda pair: (pair[0].org, pair[0].kind)):
        pairs = list(alike)
        every = [row for row, _ in pairs]
        for row, organisation_ends in pairs:
            if row.valid_to is None or (organisation_ends and organisation_ends <= row.valid_to):
                continue
            if not any(_takes_over(other, row.valid_to) for other in every):
                yield row


def _takes_over(other: ErkenningRow, last_day: date) -> bool:
    """Whether a recognition holds on the day after another one ended."""
    next_day = last_day + ONE_DAY
    return other.valid_from <= next_day and (other.valid_to is None or other.valid_to >= next_day)


def _last_day(row: ErkenningRow) -> date:
    assert row.valid_to is not None
    return row.valid_to


def _notice(row: ErkenningRow, day: date, law: Law) -> Notice | None:
    """The message of the moment that came, to the mailbox of the organisation's team."""
    found = reminder_due(_last_day(row), day, law)
    if found.value is None:
        return None
    return Notice(
        key=f"erkenning/{row.org}/{row.kind}/{row.number}/{found.value}",
        to=Actor(rol=Rol.BEGELEIDER, organisatie=row.org),
        text=f"Uw erkenning {row.number} eindigt: vraag op tijd een nieuwe aan.",
        as_of=day,
        due=row.valid_to,
    )


def _expired(row: ErkenningRow) -> Melding:
    return Melding(
        onderwerp=f"{row.org} {row.number}",
        probleem=Probleem.ERKENNING,
        uitleg=f"eindigde op {row.valid_to:%d-%m-%Y} zonder nieuwe erkenning",
    )
