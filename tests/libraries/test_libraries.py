import pytest

from portal_app import libraries
from portal_app.domain.catalogue import MaterialClass
from portal_app.domain.policies import ContactMethod, RenewalBase
from portal_app.libraries import UnreadableLibrary, read, text_of


@pytest.fixture(params=libraries.PRESETS)
def preset(request):
    return libraries.load(request.param)


def test_every_preset_can_be_read(preset):
    assert preset.name["ja"].endswith("図書館")
    assert len(preset.branches) == 3


def test_kagoshima_decides_as_its_guide_says():
    kagoshima = libraries.load("kagoshima")

    assert kagoshima.session.idle_seconds == 3600
    assert kagoshima.holds.block_if_overdue  # K-25
    assert kagoshima.holds.contact_methods[0] is ContactMethod.NONE  # K-26
    renewals = kagoshima.loans.renewals  # K-16, K-17
    assert (renewals.base, renewals.days, renewals.limit) == (RenewalBase.NOW, 14, 1)
    assert renewals.opens_days_before_due is None
    assert renewals.closes_days_after_due == 0
    assert renewals.not_when_waited_for
    assert kagoshima.words.cart["ja"] == "予約かご"
    assert kagoshima.words.card_number["ja"] == "利用者カードの番号"  # K-03


def test_koganei_decides_as_its_guide_says():
    koganei = libraries.load("koganei")

    assert koganei.session.idle_seconds == 3600  # G-12
    assert koganei.holds.limits.total == 10  # G-30
    assert koganei.holds.limits.by_class == {MaterialClass.CD: 5}
    assert koganei.loans.limits.total == 9999  # G-21
    renewals = koganei.loans.renewals  # G-25
    assert (renewals.base, renewals.days, renewals.limit) == (RenewalBase.DUE_DATE, 7, 1)
    assert (renewals.opens_days_before_due, renewals.closes_days_after_due) == (7, 7)
    assert renewals.not_classes == {MaterialClass.CD}
    assert renewals.not_interlibrary
    assert koganei.password.min_length == 6  # G-41
    assert koganei.password.needs_letters_and_digits
    assert koganei.words.cart["ja"] == "予約カート"


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("days                  = 7", "dayz = 7", "line {}: loans.renewals.dayz: no such key."),
        ('"due_date"', '"dew"', "line {}: loans.renewals.base: Input should be 'now' or"),
        ("min_length               = 6", "min_length = 3", "line {}: password.min_length: "),
        ('code = "higashi"', 'code = "nishi"', "branches.2.code: another branch is called nishi."),
        ("closes = 20:00:00", "closes = 08:00:00", "branches.0.hours.wed: it closes before"),
        ("by_class.cd = 5", "by_class.lp = 5", "line {}: holds.limits.by_class.lp: "),
        ('ja        = "延長"', "", "words.renew: no word in ja."),
        ("[words.renew]", "[words.renews]", "line {}: words.renews: no such key."),
        ('"seven_dr"', '"seven"', "line {}: card.barcode.check_digit: Input should be 'none', "),
        ('stop        = "B"', 'stop = "E"', "line {}: card.barcode.stop: Input should be 'A', "),
        ("[name]", "[name", "Expected ']'"),
    ],
)
def test_a_mistake_is_named_by_key_and_line(right, wrong, said):
    file, text = text_of("koganei")
    assert right in text

    with pytest.raises(UnreadableLibrary) as mistake:
        read(file, text.replace(right, wrong, 1))

    assert str(mistake.value).startswith("koganei.toml")
    assert said.format(line_of(right, text)) in str(mistake.value)


def line_of(words: str, text: str) -> int:
    return text[: text.index(words)].count("\n") + 1


def test_an_unknown_library_is_named_with_the_presets():
    with pytest.raises(UnreadableLibrary, match=r"tokio: no such library.*kagoshima or koganei"):
        libraries.load("tokio")


def test_a_library_writes_a_file_of_its_own(tmp_path):
    file = tmp_path / "ours.toml"
    file.write_text(text_of("koganei")[1].replace("total       = 10", "total = 12"), "utf-8")

    assert libraries.load(str(file)).holds.limits.total == 12


def test_a_file_that_is_not_text_is_refused_in_a_sentence(tmp_path):
    file = tmp_path / "ours.toml"
    file.write_bytes(b"\xff\xfe\x00")

    with pytest.raises(UnreadableLibrary, match="is not UTF-8 text"):
        libraries.load(str(file))
