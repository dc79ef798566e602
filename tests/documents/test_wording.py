"""How a text is told in short: whole sentences, no levels, no labels, and honest about what is left out."""

from typing import get_args

import pytest

from activities.wording import AANBOD, FASEN, PAKKETTEN, STOPREDENEN, VERVOLGEN, VORMEN, in_short, unlabelled
from models.actie import Aanbod, Activeringsvorm, Pakket
from models.begeleiding import Uitkomst
from models.letters import InHetKort
from models.messages import Stopzetten
from rules.admission import IN_PHASE


@pytest.mark.parametrize(
    "sentence",
    [
        "Op trede 3 van de ladder.",
        "De Participatieladder is hier nuttig.",
        "Dat is niveau 4.",
        "Er is sprake van MMPPS.",
        "U bent niet-toeleidbaar.",
        "De arbeidshandicap is erkend.",
    ],
)
def test_a_sentence_with_a_level_or_a_label_is_left_out(sentence: str) -> None:
    """The sentences around it stay, and the letter knows that something is missing."""
    text = f"U werkt graag. {sentence} U bent op tijd."
    assert unlabelled(text) == "U werkt graag. U bent op tijd."
    assert in_short(text, 500) == InHetKort(tekst="U werkt graag. U bent op tijd.", volledig=False)


def test_words_that_only_look_alike_stay() -> None:
    """Somebody may perform, and stand on a ladder."""
    text = "U wilt optreden in het koor.\n\nU klimt op een ladder. Het niveauverschil is klein."
    assert unlabelled(text) == text


def test_nothing_is_left_of_a_text_of_levels() -> None:
    """The letter then says it otherwise."""
    assert in_short("Trede 4.", 100) is None


def test_own_words_are_kept_as_they_are() -> None:
    """Nobody strikes out what a person says of themselves."""
    assert in_short("Ik sta op trede 4.", 100, own_words=True) == InHetKort(
        tekst="Ik sta op trede 4.", volledig=True
    )


@pytest.mark.parametrize(
    ("text", "at_most", "short"),
    [
        ("Een. Twee. Drie.", 16, "Een. Twee. Drie."),
        ("Een. Twee. Drie.", 15, "Een. Twee."),
        ("Een. Twee. Drie.", 10, "Een. Twee."),
        ("Een. Twee. Drie.", 9, "Een."),
        ("Een lange zin zonder einde", 12, "Een lange …"),
        ("x" * 30, 10, "x" * 9 + " …"),
    ],
)
def test_a_text_is_cut_between_sentences(text: str, at_most: int, short: str) -> None:
    """Else between words, with a mark; whatever fits stays whole."""
    assert in_short(text, at_most) == InHetKort(tekst=short, volledig=short == text)


def test_every_code_has_words() -> None:
    """No code is printed for people; of an outcome that is no next step nothing is said."""
    assert set(VORMEN) == set(get_args(Activeringsvorm))
    assert set(AANBOD) == set(get_args(Aanbod))
    assert set(PAKKETTEN) == set(get_args(Pakket))
    assert set(get_args(Uitkomst)) - set(VERVOLGEN) == {"geen", "overleden"}
    assert set(STOPREDENEN) == set(get_args(Stopzetten.model_fields["oorzaak"].annotation))
    assert set(FASEN) == {phase for phases in IN_PHASE.values() for phase in phases}
