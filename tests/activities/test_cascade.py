"""Every kind of organisation that art. 12 names is a member of its kind, and answers its main need."""

import pytest

from activities.cascade import in_order, missing
from activities.mandates import Mandated

ONE_OF_EACH = (Mandated("ORG-1", "CAW"), Mandated("ORG-2", "VAPH"), Mandated("ORG-3", "CGG"))


@pytest.mark.parametrize(
    ("soort", "need", "place"),
    [
        ("CAW", "welzijn", 0),
        ("OCMW", "welzijn", 0),
        ("DMW", "welzijn", 0),
        ("VAPH", "beperking", 1),
        ("CGG", "geestelijke_gezondheid", 2),
        ("PZ", "geestelijke_gezondheid", 2),
        ("REVALIDATIE", "geestelijke_gezondheid", 2),
        ("IBW", "geestelijke_gezondheid", 2),
    ],
)
def test_each_kind_of_art_12_answers_its_need(soort: str, need: str, place: int) -> None:
    """It completes the partnership, and goes first for a participant with that need whom nobody guides."""
    others = [member for at, member in enumerate(ONE_OF_EACH) if at != place]
    member = Mandated("ORG-9", soort)
    assert missing([*others, member]) == []
    assert missing(others) != []
    first, *rest = in_order([*others, member], None, need)
    assert (first.org, first.stap) == ("ORG-9", 2)
    assert {choice.stap for choice in rest} == {3}


def test_an_organisation_of_no_kind_completes_nothing() -> None:
    """A werkactor with a mandate for care can be asked last, and stands for none of the three."""
    assert len(missing([Mandated("ORG-9", "WERKACTOR")])) == len(ONE_OF_EACH)
    last = in_order([Mandated("ORG-0", "WERKACTOR"), *ONE_OF_EACH], None, None)[-1]
    assert last.stap == 3
    assert in_order([], "ORG-1", "welzijn") == []
