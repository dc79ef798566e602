"""Who is who, looked up at the moment of rendering: the only place where references become names."""

import re
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.actors import Actor, Team
from models.errors import Permanent
from models.printed import Contact, Geadresseerde
from models.tables import DossierRow, GemeenteRow, OrganisationRow, PersonRow, WorkerRow

T = TypeVar("T")


class DocumentIncomplete(Permanent):
    """The record lacks what a document needs; the message names the document and the field, never a value."""


@dataclass(frozen=True)
class Directory:
    """The people and organisations of the record, for one document."""

    session: Session
    document: str
    reference: str

    def person(self) -> PersonRow:
        """The participant of the dossier."""
        query = select(PersonRow).join(DossierRow).where(DossierRow.reference == self.reference)
        return self.required(self.session.scalar(query), "deelnemer")

    def required(self, value: T | None, field: str) -> T:
        """The value, when there is one; raises DocumentIncomplete that names the field."""
        if value is None:
            raise DocumentIncomplete(f"{self.document} voor {self.reference}: {field} ontbreekt")
        return value

    def team(self, team: Team) -> tuple[Contact, Contact]:
        """The two case managers: work first, then care."""
        werk = self.contact(team.casemanager_werk, "Casemanager Werk")
        return werk, self.contact(team.casemanager_zorg, "Casemanager Zorg")

    def contact(self, actor: Actor, functie: str) -> Contact:
        """Somebody with how to reach them; without a name it is the organisation's team and its mailbox."""
        organisation = self.required(
            self.session.get(OrganisationRow, actor.organisatie), f"{functie.lower()}.organisatie"
        )
        worker = self._worker(actor, functie) if actor.medewerker else None
        return Contact(
            functie=functie,
            naam=worker.name if worker else f"het team van {organisation.name}",
            organisatie=organisation.name,
            telefoon=(worker.phone if worker else None) or organisation.phone,
            email=worker.email if worker else organisation.team_mailbox,
            adres=organisation.address,
        )

    def next_in_line(self, team: Team) -> tuple[Contact, ...]:
        """Who hears a complaint besides the two: the teamcoordinator of each of their organisations."""
        tandem = (team.casemanager_werk, team.casemanager_zorg)
        leiding = [team.leiding.get(member.organisatie) for member in tandem]
        return tuple(self.contact(actor, "Teamcoördinator") for actor in leiding if actor)

    def provider(self, named: str) -> str:
        """The name of a provider that is given by its code; another is named as it was written."""
        organisation = self.organisation(named)
        return organisation.name if organisation else named

    def organisation(self, code: str) -> OrganisationRow | None:
        """The organisation with this code, when the record knows it."""
        return self.session.get(OrganisationRow, code)

    def addressees(self) -> tuple[Geadresseerde, ...]:
        """The sheets of a letter to the participant, as `brief_aan` decides."""
        person = self.person()
        if person.brief_aan == "geen_brief":
            return (Geadresseerde(regels=(full_name(person),), bezorging="niet_versturen"),)
        if person.brief_aan == "per_adres":
            return (Geadresseerde(regels=(full_name(person), *self._elsewhere(person))),)
        if person.brief_aan == "ouder_of_voogd":
            return (Geadresseerde(regels=self._elsewhere(person), rol="ouder_of_voogd"),)
        if person.brief_aan == "bewindvoerder_en_zelf":
            return Geadresseerde(regels=self._elsewhere(person), rol="bewindvoerder"), self._self(person)
        return (self._self(person),)

    def _self(self, person: PersonRow) -> Geadresseerde:
        """The person's own sheet; with a protected or unknown address somebody hands it over."""
        if person.protected_address or not person.address_line_1:
            return Geadresseerde(regels=(full_name(person),), bezorging="persoonlijk")
        lines = (person.address_line_1, person.address_line_2, self._town(person))
        return Geadresseerde(regels=(full_name(person), *filter(None, lines)))

    def _town(self, person: PersonRow) -> str:
        gemeente = self.session.get(GemeenteRow, person.nis_code)
        return " ".join(filter(None, [person.postcode, gemeente.name if gemeente else None]))

    def _elsewhere(self, person: PersonRow) -> tuple[str, ...]:
        """The other address block of a person, one line a line or parted by commas."""
        block = self.required(person.brief_aan_adres, "brief_aan_adres")
        return tuple(line.strip() for line in re.split(r"\n|, ", block) if line.strip())

    def _worker(self, actor: Actor, functie: str) -> WorkerRow:
        return self.required(self.session.get(WorkerRow, actor.medewerker), f"{functie.lower()}.medewerker")


def full_name(person: PersonRow) -> str:
    """First and last name."""
    return f"{person.first_name} {person.last_name}"
