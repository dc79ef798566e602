"""Which command may be sent in which phase, and by whom."""

from models import begeleiding as b
from models import messages as m
from models import vergoeding as v
from models.actors import Actor, Rol
from models.case import CaseState
from models.duties import Duty, DutyKind
from models.phases import Afgesloten
from rules import agenda

RUNNING = ("voorbereiding", "lopend")
GUIDED = (*RUNNING, "einde_onbeslist")
OPEN = ("toewijzing", *GUIDED, "afronding")
AFTER = ("afronding", "afgesloten")
ANY = (*OPEN, "afgesloten", "zonder_betrokkene")

IN_PHASE: dict[type[m.Command], tuple[str, ...]] = {
    m.ToewijzingBeslissen: ("toewijzing",),
    m.PlanAkkoord: ("voorbereiding",),
    m.ReviewVastleggen: ("lopend", "einde_onbeslist"),
    m.NogOpgeschort: GUIDED,
    m.EindverslagIndienen: ("lopend", "einde_onbeslist", "afronding"),
    m.AfrondenZonderBetrokkene: ("zonder_betrokkene",),
    m.HerstelBeslissen: ANY,
    m.OpdrachtBezig: ANY,
    m.OpdrachtBesluiten: ANY,
    m.Opschorten: GUIDED,
    m.Hervatten: GUIDED,
    m.Verlengen: ("lopend",),
    m.Stopzetten: ("toewijzing", *GUIDED),
    m.Rechtzetten: ANY,
    m.Afspraak: OPEN,
    m.Contactnota: ANY,
    m.Overleden: (*OPEN, "afgesloten"),
    m.OverledenOngedaan: ("zonder_betrokkene", "afgesloten"),
    m.Heropenen: ("afgesloten",),
    m.Herverdelen: (*GUIDED, "afronding"),
    m.HerzieParameters: ANY,
    b.EersteGesprek: GUIDED,
    b.Informeren: GUIDED,
    b.Verkennen: GUIDED,
    b.Participatieladder: (*GUIDED, *AFTER),
    b.MetingVastleggen: (*GUIDED, *AFTER),
    b.VoorfaseActie: ("voorbereiding",),
    b.AndereCasemanagerVragen: GUIDED,
    b.Verhuizen: GUIDED,
    b.OverdrachtBevestigen: (*GUIDED, *AFTER),
    b.AanbodAntwoorden: GUIDED,
    b.ActieHerzien: GUIDED,
    b.PlanWijzigen: ("lopend",),
    b.WijzigingVoorstellen: ("lopend",),
    b.VoorstelBeslissen: GUIDED,
    b.PakketStarten: ("lopend",),
    b.PakketEvalueren: (*GUIDED, *AFTER),
    b.OpschortingBespreken: GUIDED,
    b.BeslispuntBeslissen: ("lopend",),
    b.VerlengingBeslissen: ("lopend", "einde_onbeslist"),
    b.Stopgesprek: GUIDED,
    b.Contactpoging: OPEN,
    b.UitkomstVastleggen: AFTER,
    b.NazorgVastleggen: ("afgesloten",),
    b.VdabRegistratie: (*GUIDED, *AFTER),
    v.AndereVergoeding: (*GUIDED, *AFTER),
    v.VerdeelstaatIndienen: AFTER,
    v.VergoedingBetwisten: AFTER,
    v.Hoorzitting: AFTER,
    v.TerugvorderingBeslissen: AFTER,
}

TANDEM = (Rol.CASEMANAGER_WERK, Rol.CASEMANAGER_ZORG)
DESK = (*TANDEM, Rol.VDAB, Rol.OPERATIES)

WHO_MAY: dict[type[m.Command], tuple[Rol, ...]] = {
    m.Opschorten: TANDEM,
    m.Hervatten: TANDEM,
    m.Verlengen: TANDEM,
    m.Stopzetten: (*TANDEM, Rol.VDAB),
    m.Rechtzetten: DESK,
    m.Afspraak: TANDEM,
    m.Contactnota: DESK,
    m.Overleden: DESK,
    m.OverledenOngedaan: DESK,
    m.Heropenen: (*TANDEM, Rol.VDAB),
    m.Herverdelen: (Rol.TEAMCOORDINATOR, Rol.OPERATIES),
    m.HerzieParameters: (Rol.OPERATIES,),
    b.Verkennen: TANDEM,
    b.Participatieladder: TANDEM,
    b.VoorfaseActie: TANDEM,
    b.AndereCasemanagerVragen: (*TANDEM, Rol.OPERATIES),
    b.Verhuizen: DESK,
    b.PlanWijzigen: TANDEM,
    b.WijzigingVoorstellen: (Rol.DIENSTVERLENER,),
    b.PakketStarten: (*TANDEM, Rol.DIENSTVERLENER),
    b.Stopgesprek: TANDEM,
    b.Contactpoging: TANDEM,
    b.UitkomstVastleggen: (*TANDEM, Rol.VDAB),
    b.VdabRegistratie: (*TANDEM, Rol.VDAB),
    v.AndereVergoeding: (*TANDEM, Rol.NETWERKCOORDINATOR, Rol.OPERATIES),
    v.VergoedingBetwisten: (Rol.OPERATIES, Rol.NETWERKCOORDINATOR, *TANDEM, Rol.VDAB),
    v.Hoorzitting: (Rol.VDAB, Rol.OPERATIES),
    v.TerugvorderingBeslissen: (Rol.VDAB, Rol.OPERATIES),
}
"""Unsolicited commands by role; a duty is answered by whoever owes it, or by operations *namens*."""

ANSWERS: dict[type[m.Command], tuple[DutyKind, ...]] = {
    m.ToewijzingBeslissen: (DutyKind.TOEWIJZING,),
    m.PlanAkkoord: (DutyKind.TRAJECTPLAN,),
    m.ReviewVastleggen: (DutyKind.REVIEW,),
    m.NogOpgeschort: (DutyKind.HERVATTING,),
    m.EindverslagIndienen: (DutyKind.EINDVERSLAG,),
    m.AfrondenZonderBetrokkene: (DutyKind.AFRONDING,),
    m.HerstelBeslissen: (DutyKind.HERSTEL,),
    m.OpdrachtBezig: tuple(DutyKind),
    m.OpdrachtBesluiten: (
        DutyKind.EERSTE_GESPREK,
        DutyKind.INFORMEREN,
        DutyKind.AANBOD,
        DutyKind.ACTIE,
        DutyKind.VOORSTEL,
        DutyKind.PAKKET,
        DutyKind.REVIEW,
        DutyKind.OPSCHORTINGSGESPREK,
        DutyKind.OPSCHORTINGSBESLISSING,
        DutyKind.BESLISPUNT,
        DutyKind.EINDVERSLAG,
        DutyKind.VERDEELSTAAT,
        DutyKind.NAZORG,
        DutyKind.METING,
        DutyKind.HERVERDELING,
        DutyKind.OVERDRACHT,
        DutyKind.AFRONDING,
    ),
    b.EersteGesprek: (DutyKind.EERSTE_GESPREK,),
    b.Informeren: (DutyKind.INFORMEREN,),
    b.MetingVastleggen: (DutyKind.METING,),
    b.OverdrachtBevestigen: (DutyKind.OVERDRACHT,),
    b.AanbodAntwoorden: (DutyKind.AANBOD,),
    b.ActieHerzien: (DutyKind.ACTIE,),
    b.VoorstelBeslissen: (DutyKind.VOORSTEL,),
    b.PakketEvalueren: (DutyKind.PAKKET,),
    b.OpschortingBespreken: (DutyKind.OPSCHORTINGSGESPREK, DutyKind.OPSCHORTINGSBESLISSING),
    b.BeslispuntBeslissen: (DutyKind.BESLISPUNT,),
    b.VerlengingBeslissen: (DutyKind.VERLENGING,),
    b.NazorgVastleggen: (DutyKind.NAZORG,),
    v.VerdeelstaatIndienen: (DutyKind.VERDEELSTAAT,),
}
"""Which kinds of duty a command can answer; the others end only by their own answer or by another command."""


def in_phase(command: m.Command, state: CaseState) -> bool:
    """Whether the phase the trajectory is in knows this command."""
    phase = state.phase
    if isinstance(command, m.OverledenOngedaan) and isinstance(phase, Afgesloten):
        return phase.overlijden is not None
    if isinstance(command, m.Heropenen | m.Overleden) and isinstance(phase, Afgesloten):
        return phase.overlijden is None
    if isinstance(command, m.Hervatten | m.NogOpgeschort) and state.facts.open_rest is None:
        return False
    if isinstance(command, m.Opschorten) and state.facts.open_rest is not None:
        return False
    return phase.fase in IN_PHASE[type(command)]


def may_answer(speaker: Actor, duty: Duty, command: m.Command, state: CaseState) -> bool:
    """Whether this actor may answer this duty: the one who owes it, or the next in line where a person decides."""
    if speaker.speaks_for(duty.addressee):
        return True
    if isinstance(command, m.OpdrachtBesluiten):
        team = state.facts.team
        next_in_line = agenda.next_in_line(duty.addressee, team) if team else None
        return speaker.rol is Rol.OPERATIES or (next_in_line is not None and speaker.speaks_for(next_in_line))
    return False


def may_send(speaker: Actor, command: m.Command, state: CaseState) -> bool:
    """Whether this actor may send an unsolicited command in this case."""
    if speaker.rol not in WHO_MAY[type(command)]:
        return False
    if speaker.rol is Rol.DIENSTVERLENER:
        of_speaker = (s.nummer for s in state.facts.acties if s.actie.dienstverlener == speaker.organisatie)
        return isinstance(command, b.WijzigingVoorstellen | b.PakketStarten) and command.actie in of_speaker
    if speaker.rol not in (*TANDEM, Rol.TEAMCOORDINATOR, Rol.NETWERKCOORDINATOR):
        return True
    team = state.facts.team
    if team is None:
        return False
    of_case = [team.casemanager_werk, team.casemanager_zorg, *team.leiding.values()]
    of_case += [team.netwerkcoordinator] if team.netwerkcoordinator else []
    return any(speaker.speaks_for(each) for each in of_case)
