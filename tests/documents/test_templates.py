"""Every template has a context of its own name, every context a template, and they ask and give the same."""

import inspect
from pathlib import Path
from types import ModuleType
from typing import get_args

import pytest

from activities.rendering import TEMPLATES, TemplateBroken, Templates
from models import (
    ama_letters,
    documents,
    intake_letters,
    letters,
    op_vraag,
    rechtenverslag,
    reports,
    staten,
    vergoedingsstaat,
)
from models.printed import Contact, Printed
from tests.documents.examples import AS_OF, REFERENCE
from tests.documents.pdfs import words

FOLDERS: dict[type[Printed], str] = {
    letters.Letter: "letters",
    reports.Report: "reports",
    intake_letters.Verslag: "reports",
    vergoedingsstaat.Staat: "reports",
    staten.Subsidiestaat: "reports",
}
BASES = {*FOLDERS, letters.Teambrief, intake_letters.Dienstbrief}


def contexts_of(module: ModuleType) -> dict[str, type[Printed]]:
    """The contexts that a module defines, by the folder and name of their template."""
    return {
        f"{folder}/{name}": model
        for base, folder in FOLDERS.items()
        for name, model in inspect.getmembers(module, inspect.isclass)
        if issubclass(model, base) and model not in BASES and model.__module__ == module.__name__
    }


ORDERED = (
    contexts_of(letters)
    | contexts_of(reports)
    | contexts_of(vergoedingsstaat)
    | contexts_of(intake_letters)
    | contexts_of(ama_letters)
)
ON_REQUEST = contexts_of(op_vraag)
STATED = contexts_of(staten)
CONTEXTS = ORDERED | ON_REQUEST | STATED | {"reports/Rechtenverslag": rechtenverslag.Rechtenverslag}
OURS = [name for name in Templates().names() if name.startswith(("letters/", "reports/"))]


def context_name(template: str) -> str:
    folder, _, name = template.removesuffix(".nl.html.j2").partition("/")
    return f"{folder}/{''.join(part.capitalize() for part in name.split('_'))}"


def contact(naam: str = "An Willems", organisatie: str = "VDAB Gent") -> Contact:
    return Contact(
        functie="Casemanager Werk",
        naam=naam,
        organisatie=organisatie,
        telefoon="09 265 47 11",
        email="an.willems@vdab.example",
        adres="Havenkaai 7, 9000 Gent",
    )


def slotnota() -> reports.Slotnota:
    return reports.Slotnota(
        kenmerk=REFERENCE,
        datum=AS_OF,
        deelnemer="Zoë Vandenbroücke",
        geboortedatum=None,
        casemanagers=(contact(),),
        overleden_op=AS_OF,
        notitie="Alles is afgerond.",
    )


def copied(folder: Path, name: str, source: str) -> Templates:
    """The shipped templates in another folder, with one of them changed."""
    for path in TEMPLATES.rglob("*.*"):
        (folder / path.relative_to(TEMPLATES)).parent.mkdir(parents=True, exist_ok=True)
        (folder / path.relative_to(TEMPLATES)).write_bytes(path.read_bytes())
    (folder / name).write_text(source, encoding="utf-8")
    return Templates(folder)


def test_templates_and_contexts_are_the_same_names() -> None:
    """A letter or report without a context is a mistake, and so is a context without a template."""
    assert {context_name(name) for name in OURS} == set(CONTEXTS)


def test_every_kind_of_facts_has_a_template() -> None:
    """What a workflow can order can be drawn up; the rest is made when somebody asks for it."""
    union = get_args(documents.DocumentFacts)[0]
    kinds = {context_name(f"/{model.model_fields['soort'].default}") for model in get_args(union)}
    assert kinds == {f"/{name.partition('/')[2]}" for name in ORDERED}


@pytest.mark.parametrize("template", OURS)
def test_a_template_asks_what_its_context_gives(template: str, templates: Templates) -> None:
    """A template with its layout and parts asks every field of its context, and no other name."""
    assert templates.variables(template) == set(CONTEXTS[context_name(template)].model_fields)


def test_a_name_that_the_context_lacks_is_an_error(tmp_path: Path) -> None:
    """A missing name never prints as nothing; the error names the template and the field, and no person."""
    name = "reports/slotnota.nl.html.j2"
    source = '{% extends "base/layout.html.j2" %}{% block titel %}{{ onbekend }}{% endblock %}'
    templates = copied(tmp_path, name, source)
    with pytest.raises(TemplateBroken, match=r"slotnota.*'onbekend'") as raised:
        templates.html(name, slotnota())
    assert "Zoë" not in str(raised.value)


def test_an_error_inside_a_template_tells_no_value(tmp_path: Path) -> None:
    """A filter that fails on what somebody wrote names the kind of error only."""
    name = "reports/slotnota.nl.html.j2"
    templates = copied(tmp_path, name, "{{ deelnemer | datum }}")
    with pytest.raises(TemplateBroken, match=r"slotnota.*AttributeError$"):
        templates.html(name, slotnota())


def test_the_version_follows_the_layout_too(tmp_path: Path, templates: Templates) -> None:
    """A changed style sheet is a new version of every document; the same sources are the same version."""
    name = "reports/slotnota.nl.html.j2"
    assert Templates().version(name) == templates.version(name)
    assert copied(tmp_path, "base/stijl.css", "p { margin: 0 }").version(name) != templates.version(name)


def test_what_people_write_is_text_and_never_markup(templates: Templates) -> None:
    """Signs that mean something in HTML are printed as they were written."""
    written = slotnota().model_copy(update={"notitie": "<script>alert('é ë €')</script> & zo"})
    html = templates.html("reports/slotnota.nl.html.j2", written)
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert "é ë €" in html


def test_nothing_is_fetched(tmp_path: Path) -> None:
    """A picture from a file or the network does not get into a document."""
    secret = tmp_path / "secret.svg"
    secret.write_text('<svg xmlns="http://www.w3.org/2000/svg"><text y="20">geheim</text></svg>')
    picture = slotnota().model_copy(update={"notitie": f'<img alt="" src="{secret.as_uri()}">'})
    name = "reports/slotnota.nl.html.j2"
    unsafe = copied(tmp_path / "templates", name, "{{ notitie | safe }} klaar")
    assert words(unsafe.render(name, picture, "DOC-X").pdf).strip() == "klaar"
