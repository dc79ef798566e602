"""What the documents of a toeleiding print: the reasons of VDAB in short, without levels, labels or codes."""

import re

from activities.directory import Directory, full_name
from activities.wording import SENTENCE, in_short
from models import documents, intake_letters
from models.actors import OPERATIES, Actor
from models.documents import DocumentOrder
from models.letters import InHetKort
from models.printed import Contact, Waarom
from models.tables import DossierRow
from models.toeleiding import Beoordeeld, Route, ScreeningVastleggen

REASON, ORIENTATION, TALK = 300, 150, 200
"""How many signs of each reason, of where else to go and of the talk fit on one page."""
REASON_TO_REQUESTER = 1500
"""How many signs of a reason the requester reads, where the candidate agreed to it."""
UITKOMSTEN: dict[Route, str] = {
    "activeringstraject": "De kandidaat kan een activeringstraject volgen.",
    "ama_se": "De kandidaat kan arbeidsmatige activiteiten doen in een maatwerkbedrijf.",
    "advies_welzijn": "De kandidaat krijgt het advies om hulp te zoeken bij een welzijnsdienst.",
    "geweigerd": "De kandidaat krijgt nu geen werk- en zorgtraject.",
}
"""What the requester hears, and no more than that."""
CODE = re.compile(r"(?i:\b(icd|icf|dsm|cmpp\w*)\b)|\b([A-Z]\d\d\.\d+|[FG]\d\d|[bdes]\d{3,5})\b")
"""How the codes of diagnoses and of instruments look: F32, M54.5, ICF b152."""


def onvolledig(
    order: DocumentOrder, facts: documents.Onvolledig, directory: Directory
) -> intake_letters.Onvolledig:
    """What the request still lacks, and by when."""
    return intake_letters.Onvolledig(
        **dict(_brief(order, facts.vdab, directory)),
        ontbreekt=facts.ontbreekt,
        tegen=facts.tegen.value,
        tegen_waarom=Waarom.of(facts.tegen),
    )


def beslissing(
    order: DocumentOrder, facts: documents.Beslissing, directory: Directory
) -> intake_letters.Beslissing:
    """The outcome with its two judged elements, as the candidate reads it (art. 9)."""
    chosen = facts.beslissing
    problems, growth = _judged(chosen.problematiek), _judged(chosen.groeimogelijkheden)
    elsewhere = reason(chosen.orientatie, ORIENTATION) if chosen.orientatie else None
    talk = reason(chosen.gesprek, TALK) if chosen.gesprek else None
    told = (problems.motivering, growth.motivering, elsewhere)
    return intake_letters.Beslissing(
        **dict(_brief(order, facts.vdab, directory)),
        beslist_op=chosen.datum,
        route=chosen.route,
        problematiek=problems,
        groeimogelijkheden=growth,
        ingekort=any(text is not None and not text.volledig for text in told),
        start=chosen.start,
        onthaal=chosen.onthaal,
        kernpartner=_named(chosen.kernpartner, directory),
        ama_begeleider=_named(chosen.ama_begeleider, directory),
        orientatie=elsewhere,
        gesprek=talk.tekst.rstrip(".") if talk else None,
    )


def screeningsverslag(
    order: DocumentOrder, facts: documents.Screeningsverslag, directory: Directory
) -> intake_letters.Screeningsverslag:
    """The screening in its fixed order; it stays at VDAB."""
    said = facts.screening
    return intake_letters.Screeningsverslag(
        **dict(_verslag(order, facts.vdab, directory)),
        screener=directory.contact(facts.screener, "Screener") if facts.screener else None,
        gescreend_op=said.datum,
        doet_en_wil=said.doet_en_wil,
        sterktes=said.sterktes,
        hindernissen=said.hindernissen,
        hulp=said.hulp,
        advies=said.advies,
        niveau=_niveau(said),
    )


def beslissing_aanvrager(
    order: DocumentOrder, facts: documents.BeslissingAanvrager, directory: Directory
) -> intake_letters.BeslissingAanvrager:
    """The outcome for the requester; without the birth date, which the outcome does not need."""
    base = _verslag(order, facts.vdab, directory).model_copy(update={"geboortedatum": None})
    dossier = directory.session.get(DossierRow, order.reference)
    reasons = (reason(text, REASON_TO_REQUESTER) for text in facts.redenen)
    return intake_letters.BeslissingAanvrager(
        **dict(base),
        aanvrager=directory.contact(facts.aanvrager, "Aanvrager"),
        eigen_kenmerk=dossier.own_reference if dossier else None,
        uitkomst=UITKOMSTEN[facts.route],
        redenen=tuple(text for text in reasons if text),
    )


def reason(text: str, at_most: int) -> InHetKort | None:
    """A reason in one short paragraph, without sentences that name a level, a label or a diagnosis code."""
    plain = " ".join(filter(None, map(_uncoded, text.splitlines())))
    short = in_short(plain, at_most)
    return short and short.model_copy(update={"volledig": short.tekst.split() == text.split()})


def _uncoded(line: str) -> str:
    return " ".join(said for said in SENTENCE.split(line) if not CODE.search(said))


def _judged(element: Beoordeeld) -> intake_letters.Beoordeling:
    return intake_letters.Beoordeling(
        aanwezig=element.aanwezig, motivering=reason(element.motivering, REASON)
    )


def _niveau(said: ScreeningVastleggen) -> intake_letters.Niveau | None:
    if said.niveau is None and said.groeipotentieel is None:
        return None
    return intake_letters.Niveau(niveau=said.niveau, groeipotentieel=said.groeipotentieel)


def _named(code: str | None, directory: Directory) -> str | None:
    return directory.provider(code) if code else None


def _brief(order: DocumentOrder, vdab: Actor | None, directory: Directory) -> intake_letters.Dienstbrief:
    return intake_letters.Dienstbrief(
        kenmerk=order.reference,
        datum=order.as_of,
        geadresseerden=directory.addressees(),
        deelnemer=full_name(directory.person()),
        contact=_vdab(vdab, directory),
    )


def _verslag(order: DocumentOrder, vdab: Actor | None, directory: Directory) -> intake_letters.Verslag:
    person = directory.person()
    return intake_letters.Verslag(
        kenmerk=order.reference,
        datum=order.as_of,
        deelnemer=full_name(person),
        geboortedatum=person.birth_date,
        contact=_vdab(vdab, directory),
    )


def _vdab(vdab: Actor | None, directory: Directory) -> Contact:
    """Who answers at VDAB; where the tables name nobody the back office does, so that no letter waits for it."""
    return directory.contact(vdab, "VDAB") if vdab else directory.contact(OPERATIES, "Back office")
