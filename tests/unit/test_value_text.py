"""Values of a record in a few words."""

from decimal import Decimal

import pytest

import friendcities as fc
from friendcities.model.format_values import format_claim, format_evidence, format_statistic, format_value, shorten
from tests.worlds import a_name, a_step, changed, told


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param(None, "nothing", id="None"),
        pytest.param((), "nothing", id="empty"),
        pytest.param(("a", "b"), "a, b", id="several"),
        pytest.param(True, "yes", id="true"),
        pytest.param(False, "no", id="false"),
        pytest.param(Decimal("1234567.5"), "1,234,567.5", id="decimal"),
        pytest.param(12, "12", id="int"),
        pytest.param(fc.FrozenMap({"wikidata": "Q1", "geonames": "2"}), "wikidata Q1, geonames 2", id="identifiers"),
        pytest.param(fc.FrozenMap[str, str](), "nothing", id="no identifiers"),
        pytest.param("new_foreign_ventures", "new foreign ventures", id="slug"),
        pytest.param("word " * 30, f"“{'word ' * 15}word…”", id="long text"),
        pytest.param(a_name("Leningrad"), "Leningrad (en, alias)", id="name"),
        pytest.param(
            changed(a_name("Leningrad"), until=fc.PartialDate(1991)),
            "Leningrad (en, alias, until 1991)",
            id="until",
        ),
        pytest.param(fc.Participant(city=fc.CityId("it-milan")), "it-milan", id="participant"),
        pytest.param(told("gazette", "action"), "gazette, page 1", id="evidence"),
        pytest.param(fc.Period(end=fc.PartialDate(1990)), "until 1990", id="until a year"),
        pytest.param(fc.Period(wording="three years"), "“three years”", id="period as stated"),
        pytest.param(
            fc.Period(start=fc.PartialDate(2001), each=fc.RecurringPeriod(number=3, unit=fc.PeriodUnit.YEAR)),
            "each of 3 years, from 2001",
            id="each",
        ),
        pytest.param(fc.RecurringPeriod(number=1, unit=fc.PeriodUnit.DAY), "1 day", id="one day"),
        pytest.param(fc.StatedCount(counted="cities", number=1300), "1,300 cities", id="count"),
        pytest.param(
            fc.StatedCount(counted="memoranda", wording="several"), "“several” memoranda", id="count as stated"
        ),
        pytest.param(
            fc.StatedCount(counted="cities", number=13, wording="a dozen"), "13 (“a dozen”) cities", id="both"
        ),
        pytest.param(fc.Party(city=fc.CityId("it-milan")), "it-milan", id="city as party"),
        pytest.param(fc.Party(organisation="Port"), "Port", id="organisation"),
        pytest.param(
            fc.Party(
                organisation="universities",
                named=False,
                based_in=fc.CityId("it-milan"),
                on_behalf_of=fc.CityId("cn-shanghai"),
                count=fc.StatedCount(counted="universities", number=2),
            ),
            "universities (unnamed), of it-milan, acting for cn-shanghai, 2 universities",
            id="organisations",
        ),
        pytest.param(
            fc.StatisticChange(percent=Decimal(-3), compared_with=fc.Period(start=fc.PartialDate(2022))),
            "-3 % against from 2022",
            id="change",
        ),
        pytest.param(
            fc.StatisticChange(
                percent=Decimal(35), qualifier=fc.ValueQualifier.ABOUT, compared_with=fc.Period(wording="last year")
            ),
            "about +35 % against “last year”",
            id="about",
        ),
    ],
)
def test_values(value: object, expected: str) -> None:
    """Every value that a record may hold has its words, and long ones are cut."""
    assert expected == format_value(value)


def test_cut() -> None:
    """Text is cut to a length, and left whole where it is not longer."""
    assert ("abc", "ab…", "ab…") == (shorten("abc", 3), shorten("abcd", 3), shorten("ab cd", 4))


@pytest.mark.parametrize(
    ("name", "said", "expected"),
    [
        ("date", fc.PartialDate(1994), "date 1994"),
        ("kind", fc.PartnershipKind.SISTER_CITY, "kind “sister city”"),
        ("action", fc.StepAction.LISTED, "only lists it"),
        ("action", fc.StepAction.ENDED, "what happened “ended”"),
        ("initiator", "nz-dunedin", "who acted nz-dunedin"),
        ("part_of", "cn-shanghai", "part of cn-shanghai"),
    ],
)
def test_said_of(name: str, said: object, expected: str) -> None:
    """What a source claims instead, in words."""
    assert expected == format_claim(name, said)


def test_amount() -> None:
    """A value is said with its bound, its unit and its change."""
    assert "more than 4,321 foreign ventures (about +35 %)" == format_statistic(
        fc.Statistic(
            id=fc.StatisticId("ventures"),
            city=fc.CityId("cn-shanghai"),
            measure="ventures",
            value=Decimal(4321),
            qualifier=fc.ValueQualifier.MORE_THAN,
            unit="foreign_ventures",
            period=fc.Period(start=fc.PartialDate(2023)),
            change=fc.StatisticChange(
                percent=Decimal(35),
                qualifier=fc.ValueQualifier.ABOUT,
                compared_with=fc.Period(start=fc.PartialDate(2022)),
            ),
        )
    )


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ({"date": fc.PartialDate(1979)}, ("claims date 1979", False)),
        ({"date": fc.PartialDate(1991)}, ("contrary claim: date 1991", True)),
        ({"action": fc.StepAction.LISTED}, ("only lists it", False)),
    ],
)
def test_claims_of_evidence(claims: dict[str, object], expected: tuple[str, bool]) -> None:
    """A less precise claim has a label, and so has a contrary claim."""
    step = a_step("1979-05-03", told("gazette", **claims))

    assert [expected] == format_evidence(step, step.evidence[0])
