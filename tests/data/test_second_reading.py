"""The records agree with a second reading of what the sources claim, made by somebody who had not seen the records.

``second_reading.csv`` and ``second_steps.csv`` hold what that reader made of the claims, as it was written down then.
They are never made anew from the records: a record that changes has to agree with them, or to be named here with the
reason. ``docs/data/coverage.md`` tells how the reading was done.
"""

import csv
from collections import defaultdict
from pathlib import Path
from typing import Final, NamedTuple

import pytest

import friendcities as fc
from friendcities import Partnership

HERE: Final = Path(__file__).parent


class Difference(NamedTuple):
    """In what a record differs from the second reading, and why."""

    where: set[str]
    why: str


DIFFERENT: Final = {
    "bg-sofia--cn-shanghai": Difference(
        {"kind"}, "A letter of intent aims at a kind; no claim says of what kind the tie is that a list has."
    ),
    "cn-shanghai--id-east-java": Difference({"kind"}, "A newspaper that tells of its kind was found later."),
    "cn-shanghai--id-jakarta": Difference({"kind"}, "A newspaper that tells of its kind was found later."),
    "cn-shanghai--id-yogyakarta": Difference(
        {"status", "kind"}, "A newspaper that tells of a tie in force, and of its kind, was found later."
    ),
    "cn-shanghai--kr-jeonnam": Difference({"established"}, "A broadcaster's report with the year was found later."),
    "cn-shanghai--se-gothenburg": Difference(
        {"status"}, "A page of the city that calls the agreement dormant was found later."
    ),
    "cn-shanghai--us-houston": Difference(
        {"established"}, "An exception to the rule, with its reasons in the record; the reader believed in it too."
    ),
    "cn-shanghai--us-los-angeles": Difference(
        {"disputed"}, "That the registers are silent contradicts nothing: nobody says that there is no such tie."
    ),
    "cn-shanghai-huangpu--kr-seoul-yeongdeungpo": Difference(
        {"kind"}, "The letter of intent is on friendly cooperation, and names no kind of partnership."
    ),
    "cn-shanghai-yangpu--us-winston-salem": Difference(
        {"disputed"}, "An agency calls another city the first sister city of Yangpu, which contradicts it."
    ),
}
"""The partnerships whose state is not what the second reader made of the claims."""

IN_A_LIST: Final = "A list of a district's ties, without dates, lists them; it tells of no establishing."

OTHER_STEPS: Final = {
    "bg-sofia--cn-shanghai": "A newspaper by which it was still to be concluded in 2015 was found later.",
    "cn-shanghai--id-east-java": DIFFERENT["cn-shanghai--id-east-java"].why,
    "cn-shanghai--id-jakarta": "Reports of talks in 2016 and of a memorandum of 2020 were found later too.",
    "cn-shanghai--id-yogyakarta": "A memorandum of 2014 and a newspaper that tells of a tie in force were found later.",
    "cn-shanghai--ir-tabriz": "The day is that of the report; when the mayor agreed is not said.",
    "cn-shanghai--kr-jeonnam": DIFFERENT["cn-shanghai--kr-jeonnam"].why,
    "cn-shanghai--se-gothenburg": DIFFERENT["cn-shanghai--se-gothenburg"].why,
    "cn-shanghai--us-houston": DIFFERENT["cn-shanghai--us-houston"].why,
    "at-leoben--cn-shanghai-minhang": IN_A_LIST,
    "cn-shanghai-huangpu--kr-seoul-yeongdeungpo": DIFFERENT["cn-shanghai-huangpu--kr-seoul-yeongdeungpo"].why,
    "cn-shanghai-maqiao--na-okahandja": IN_A_LIST,
    "cn-shanghai-minhang--fr-aubervilliers": IN_A_LIST,
    "cn-shanghai-minhang--jp-omura": "A letter of intent proposes; that an exchange was renewed by it is not said.",
    "cn-shanghai-minhang--kr-seoul-songpa": IN_A_LIST,
    "cn-shanghai-qingpu--kr-boryeong": "The renewal of 2023 stood in a claim's words alone, not in its date.",
}
"""The partnerships whose steps are not those that the second reader made of the claims."""

NOT_READ: Final = {
    "bf-bobo-dioulasso-5--cn-shanghai": "It is a wish in the article, and in none of the claims.",
    "cn-shanghai--kr-chungnam": "It was found when the claims had been read.",
}
"""The partnerships that the second reader did not see."""


def rows(name: str) -> dict[str, list[dict[str, str]]]:
    """The rows of a table by the partnership that they are of, in their order."""
    found: dict[str, list[dict[str, str]]] = defaultdict(list)
    with (HERE / name).open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table):
            found["--".join(sorted((row["partner"], row["shanghai"])))].append(row)
    return found


READING: Final = {id_: row for id_, [row] in rows("second_reading.csv").items()}
STEPS: Final = rows("second_steps.csv")

each_partnership = pytest.mark.parametrize("id_", READING)


def tie(id_: str) -> Partnership:
    """A partnership of the data."""
    return fc.partnership_between(*id_.split("--"))


def state(id_: str) -> dict[str, str]:
    """What the table has of a partnership, as the data has it."""
    found = tie(id_)
    [shanghai] = {fc.city(city) for city in found.cities if city.startswith("cn-")}
    return {
        "level": "municipal" if shanghai.part_of is None else shanghai.level.value,
        "status": str(found.state.status),
        "kind": str(found.state.kind),
        "established": str(found.established or ""),
        "disputed": str(found.disputed).lower(),
    }


def read_steps(id_: str) -> list[tuple[str, str, str]]:
    """The steps of the second reading that count; a dated one that is claimed is of a source that was not followed."""
    return [
        (step["date"], step["action"], step["kind"])
        for step in STEPS[id_]
        if step["action"] != "unconfirmed" or not step["date"]
    ]


def our_steps(id_: str) -> list[tuple[str, str, str]]:
    """The steps of the data, in the same form."""
    return [(str(step.date or ""), step.action.value, step.kind.value) for step in tie(id_).steps]


def test_the_second_reading_was_found() -> None:
    """There is something to compare with: every partnership but those that the reader could not see."""
    ids = {each.id for each in fc.partnerships()}

    assert 124 == len(READING)
    assert set(READING) == set(STEPS)
    assert set(READING) <= ids
    assert set(NOT_READ) == ids - set(READING)


@each_partnership
def test_a_partnership_stands_as_it_was_read(id_: str) -> None:
    """Level, status, kind, first date and dispute are those of the second reading, but for what is named above."""
    actual = state(id_)
    expected = {name: READING[id_][name] for name in actual}

    assert DIFFERENT.get(id_, Difference(set(), "")).where == {
        name for name in actual if actual[name] != expected[name]
    }, f"read as {expected}, recorded as {actual}"


@each_partnership
def test_the_steps_are_those_that_were_read(id_: str) -> None:
    """So are dates, occurrences and kinds of the steps; an exception that is not needed any more fails too."""
    read, ours = read_steps(id_), our_steps(id_)

    assert (id_ not in OTHER_STEPS) == (read == ours), f"read as {read}, recorded as {ours}"


@pytest.mark.parametrize(
    ("id_", "date"),
    [
        (id_, step["date"])
        for id_, steps in STEPS.items()
        for step in steps
        if step["action"] == "unconfirmed" and step["date"]
    ],
)
def test_what_was_not_followed_stays_on_record(id_: str, date: str) -> None:
    """A date that the reader kept as claimed stands in the record: as a step's, or as what a source says of one."""
    found = tie(id_)
    said = {str(item.claims["date"]) for step in found.steps for item in step.evidence if item.claims.get("date")}

    assert date in said | {str(step.date) for step in found.steps}


def test_exceptions_are_of_partnerships() -> None:
    """None is left over from a partnership that has gone."""
    assert set(DIFFERENT) | set(OTHER_STEPS) <= set(READING)
