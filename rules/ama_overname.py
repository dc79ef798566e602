"""Who takes over arbeidsmatige activiteiten: an organisation that there is, and that is recognised or has a reason."""

from models.ama_orders import Opgezocht
from models.ama_stand import Variant
from models.ama_verloop import Overname
from models.findings import Finding, Verdict
from rules.grounded import D2022, finding, grounded_in


@grounded_in(D2022.article(30))
def may_take_over(new: Overname, variant: Variant, told: Opgezocht) -> Finding[bool]:
    """Nobody takes over whom the tables do not know; in welfare policy, without a recognition only with a reason."""
    known = any(each.van <= new.vanaf and (each.tot is None or new.vanaf <= each.tot) for each in told.erkend)
    verdict, reden = Verdict.OK, "De organisatie kan overnemen."
    if not told.bekend:
        verdict, reden = Verdict.HARD, "Deze organisatie is niet gekend."
    elif variant == "wvg" and not known:
        verdict, reden = Verdict.ZACHT, f"Voor {new.vanaf:%d-%m-%Y} is geen erkenning gekend: geef een reden."
    return finding(
        may_take_over,
        verdict is Verdict.OK or (verdict is Verdict.ZACHT and new.met_reden),
        reden,
        facts={"vanaf": new.vanaf},
        verdict=verdict,
    )
