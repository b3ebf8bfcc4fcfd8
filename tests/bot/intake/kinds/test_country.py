"""Countries and regions by whatever name people use."""

import pytest

from bot.intake.kinds import KINDS, FieldKind
from bot.intake.kinds.base import Asked, Rejected
from bot.intake.kinds.country import origin, shown_country
from knowledge.model import LANGUAGES
from tests.bot.intake.asking import TODAY, kept, parse, problem

COUNTRY = FieldKind.COUNTRY


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Italy", "IT"),
        (" italy. ", "IT"),
        ("ＩＴＡＬＹ", "IT"),
        ("it's Italy", "IT"),
        ("We are based in Italy!", "IT"),
        ("an Italian company", "IT"),
        ("意大利", "IT"),
        ("意大利米兰", "IT"),
        ("IT", "IT"),
        ("it", "IT"),
        ("🇮🇹", "IT"),
        ("Hong Kong", "HK"),
        ("HK", "HK"),
        ("Hong Kong SAR, China", "HK"),
        ("香港", "HK"),
        ("中国香港", "HK"),
        ("Macau", "MO"),
        ("澳門", "MO"),
        ("Taiwan, China", "TW"),
        ("Taiwan", "TW"),
        ("臺灣", "TW"),
        ("中国台湾", "TW"),
        ("UK", "GB"),
        ("the U.K.", "GB"),
        ("England", "GB"),
        ("Northern Ireland", "GB"),
        ("英国", "GB"),
        ("阿联酋", "AE"),
        ("Dubai", "AE"),
        ("UAE", "AE"),
        ("USA", "US"),
        ("the States", "US"),
        ("美国", "US"),
        ("South Korea", "KR"),
        ("韩国", "KR"),
        ("Holland", "NL"),
        ("Czech Republic", "CZ"),
        ("Türkiye", "TR"),
        ("PRC", "CN"),
        ("中国", "CN"),
        ("中国大陆", "CN"),
        ("浙江义乌", "CN"),
        ("Shenzhen", "CN"),
        ("Nigeria", "NG"),
        ("Papua New Guinea", "PG"),
        ("Dominican Republic", "DO"),
    ],
)
def test_a_country_is_known_by_its_names(text: str, code: str) -> None:
    assert kept(COUNTRY, text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Via Roma 1, 20121 Milano, Italy", "IT"),
        ("China Street 5, London, United Kingdom", "GB"),
        ("Room 5, Nathan Road, Kowloon, Hong Kong, China", "HK"),
        ("法国巴黎市中心", "FR"),
        ("上海市浦东新区某路1号", "CN"),
    ],
)
def test_an_address_ends_with_its_country(text: str, code: str) -> None:
    assert kept(COUNTRY, text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("France, not Italy", "FR"),
        ("not Italy but France", "FR"),
        ("it is not in the Netherlands, it is in Belgium", "BE"),
        ("是法国，不是意大利", "FR"),
    ],
)
def test_a_country_that_is_denied_is_not_the_answer(text: str, code: str) -> None:
    assert kept(COUNTRY, text) == code


@pytest.mark.parametrize("text", ["", "12", "😀", "no", "NO", "in", "yes", "不", "European Union"])
def test_what_names_no_country_is_refused(text: str) -> None:
    assert problem(COUNTRY, text) == "no_country"


@pytest.mark.parametrize("text", ["Narnia", "Congo", "某国"])
def test_a_name_that_we_do_not_know_is_believed_when_it_comes_again(text: str) -> None:
    assert parse(COUNTRY, text) == Rejected("no_country", doubted=text)


@pytest.mark.parametrize("text", ["no", "yes", "好的", "12", "x" * 61])
def test_a_yes_or_a_number_is_never_believed_to_be_a_country(text: str) -> None:
    assert parse(COUNTRY, text) == Rejected("no_country")


def test_every_country_is_shown_by_a_name_that_means_it() -> None:
    from babel import Locale  # noqa: PLC0415 - slow to import

    every = map(str, Locale("en").territories)
    codes = [code for code in every if len(code) == 2 and code.isalpha()]
    unions = {"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"}
    for code in set(codes) - unions:
        for language in LANGUAGES:
            assert kept(COUNTRY, shown_country(code, language)) == code


def test_a_name_that_was_believed_is_shown_as_it_was_typed() -> None:
    assert shown_country("Narnia", "zh") == "Narnia"


def test_towards_chinese_authorities_the_regions_are_of_china() -> None:
    assert shown_country("HK", "en") == "Hong Kong, China"
    assert shown_country("TW", "zh") == "中国台湾"


def test_in_a_longer_message_only_a_bare_name_is_found() -> None:
    find, asked = KINDS[COUNTRY].find, Asked(TODAY)
    assert find is not None
    italy = find("Italy", asked)
    assert italy is not None
    assert italy.value == "IT"
    assert find("Rossi Italy S.p.A.", asked) is None
    assert find("in", asked) is None


def test_the_law_tells_mainland_china_from_abroad() -> None:
    assert [origin(code) for code in ("CN", "HK", "IT")] == ["mainland", "abroad", "abroad"]
