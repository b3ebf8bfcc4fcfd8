"""Files are sent, not typed."""

from bot.intake.kinds import KINDS, FieldKind
from bot.intake.kinds.base import Asked
from bot.intake.kinds.files import files, kept, shown_files
from tests.bot.intake.asking import TODAY, problem


def test_words_are_no_file() -> None:
    assert problem(FieldKind.FILES, "certificate.pdf") == "send_a_file"
    find = KINDS[FieldKind.FILES].find
    assert find is not None
    assert find("certificate.pdf", Asked(TODAY)) is None


def test_files_are_kept_by_id_and_shown_by_name() -> None:
    sent = (("f1", "certificate.pdf"), ("f2", "photo of\tthe goods.jpg"))
    assert files(kept(sent)) == sent
    assert shown_files(kept(sent), "en") == "certificate.pdf, photo of\tthe goods.jpg"
    assert shown_files(kept(sent[:1] * 2), "zh") == "certificate.pdf、certificate.pdf"
    assert files("") == ()
