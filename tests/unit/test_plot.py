"""Figures: what is drawn is what the library answers."""

import importlib
import math
import re
import shutil
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable
from functools import partial
from itertools import combinations, pairwise, product
from pathlib import Path
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
import pytest
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure
from matplotlib.font_manager import fontManager

import friendcities as fc
from friendcities import Coordinates, Dataset, InvalidQueryError, MissingExtraError, UnknownCityError, plot
from friendcities.extras import install_command
from friendcities.plot import names
from friendcities.plot.figure import COLOURS, year_of
from tests.cases import for_each_case
from tests.worlds import a_city, a_source, a_step, a_tie, told

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MAKERS: list[Callable[..., Figure]] = [plot.map_of, plot.growth_of, plot.timeline_of]
HOSTILE = "<script>$x^2$</script>&\"'{}\\"


def placed(id_: str, latitude: float, longitude: float, name: str | None = None) -> fc.City:
    """A city with a point."""
    return a_city(id_, name, coordinates=Coordinates(latitude=latitude, longitude=longitude, point="city"))


HOME = placed("is-home", 64.0, -22.0)
NEAR = placed("jp-near", 35.0, 135.0)
FAR = placed("nz-far", -46.0, 170.5, HOSTILE)
LOST = a_city("zz-lost")
VAGUE = a_city("pt-vague")
WORLD = Dataset(
    [
        HOME,
        NEAR,
        FAR,
        LOST,
        VAGUE,
        a_source("lists-2020", "2020"),
        a_tie("is-home", "jp-near", a_step("1990-06-30"), a_step("2000-06-30", action="ended")),
        a_tie("is-home", "nz-far", a_step("1994", kind="friendly_exchange"), a_step("2005-03-01")),
        a_tie("is-home", "zz-lost", a_step("1985-01-01", action="proposed", kind="contact")),
        a_tie("is-home", "pt-vague", a_step(None, told("lists-2020", "action"), action="listed")),
    ]
)


def arcs(figure: Figure) -> dict[str, Any]:
    """The lines of partnerships on a map, by their ids."""
    return {str(patch.get_gid()): patch for patch in figure.axes[0].patches if "--" in str(patch.get_gid())}


def texts(figure: Figure) -> list[str]:
    """Everything that is written on a figure."""
    axes: Axes = figure.axes[0]
    return [text.get_text() for text in (*figure.texts, *axes.texts, *axes.get_yticklabels())]


def credit(figure: Figure) -> str:
    """What a figure says of itself."""
    (found,) = (text.get_text() for text in figure.texts if text.get_gid() == "credit")
    return found


def legend(figure: Figure) -> list[str]:
    """What is explained."""
    return [text.get_text() for each in figure.legends for text in each.get_texts()]


@pytest.mark.parametrize(("on", "expected"), [("1985", 15), (None, 79), ("1970", 0)])
def test_the_map_has_an_arc_for_each_partnership(on: str | None, expected: int) -> None:
    """As many as the library answers, each under the id of its partnership."""
    figure = plot.map_of("Shanghai", on=on)

    assert {tie.id for tie in fc.partnerships_of("Shanghai", on=on)} == set(arcs(figure))
    assert expected == len(arcs(figure))
    assert credit(figure).startswith(f"{expected} partnerships of Shanghai, ")


def test_filters_are_those_of_the_library() -> None:
    """Whatever is asked for is drawn, and no more."""
    asked: dict[str, Any] = {
        "kind": ["friendly_exchange"],
        "country": ["JP", "KR"],
        "level": "any",
        "reliability": "official",
        "include_parts": True,
    }

    expected = {tie.id for tie in fc.partnerships_of("Shanghai", **asked)}
    assert expected
    assert expected == set(arcs(plot.map_of("Shanghai", **asked)))


def test_colours_tell_kinds_and_pale_lines_what_is_not_active() -> None:
    """And a legend says so, of what is there."""
    figure = plot.map_of("is-home", status="any", data=WORLD)
    drawn = arcs(figure)

    assert COLOURS[fc.PartnershipKind.SISTER_CITY] == to_hex(drawn["is-home--nz-far"].get_edgecolor())
    assert drawn["is-home--jp-near"].get_alpha() < drawn["is-home--nz-far"].get_alpha()
    assert ["sister city", "not active"] == legend(figure)[:1] + legend(figure)[-1:]


def test_kinds_differ_without_colours() -> None:
    """Each has its own dashes on a map, and its own hatch on the charts over time; the legend shows both."""
    kinds = list(fc.PartnershipKind)
    partners = [placed(f"jp-{kind.value.replace('_', '-')}", 35.0, 130.0 + at) for at, kind in enumerate(kinds)]
    ties = [a_tie("is-home", each.id, a_step("1990", kind=kind)) for each, kind in zip(partners, kinds, strict=True)]
    data = Dataset([HOME, *partners, *ties])
    on_map, growth, timeline = (make("is-home", data=data) for make in MAKERS)

    dashes = [str(arcs(on_map)[str(each.id)].get_linestyle()) for each in ties]
    keys = [line._unscaled_dash_pattern for line in on_map.legends[0].get_lines()]  # type: ignore[attr-defined]
    assert len(kinds) == len(set(dashes))
    assert len(kinds) == len(set(map(str, keys)))
    for chart, shown in ((timeline, timeline.axes[0].patches), (growth, growth.axes[0].collections)):
        assert len(kinds) == len({each.get_hatch() for each in shown})
        assert {each.get_hatch() for each in shown} == {each.get_hatch() for each in chart.legends[0].get_patches()}


def test_arcs_do_not_leave_the_map() -> None:
    """The outline cuts off what lies beyond the edge."""
    for arc in arcs(plot.map_of("Shanghai")).values():
        assert arc.get_clip_path() is not None


def test_a_city_that_is_not_known_to_lie_anywhere_is_told_of() -> None:
    """Its partnership is counted, and said not to be drawn; a city near its place has a hollow dot."""
    figure = plot.map_of("is-home", status="any", data=WORLD)
    dots = {str(line.get_gid()): line for line in figure.axes[0].lines}

    assert "is-home--zz-lost" not in arcs(figure)
    assert (
        "4 partnerships of Home, after the last recorded step, 1 of them not drawn, because no coordinates are known."
        in credit(figure)
    )
    assert ("white", "white") == (dots["pt-vague"].get_markerfacecolor(), dots["is-home"].get_markeredgecolor())
    assert "zz-lost" not in dots


def test_a_city_without_a_place_has_a_map_without_arcs() -> None:
    """Nothing can be drawn from nowhere."""
    figure = plot.map_of("zz-lost", status="any", data=WORLD)

    assert {} == arcs(figure)
    assert credit(figure).startswith("1 partnership of Lost, ")


def test_names_are_written_where_there_is_room() -> None:
    """No two of them lie over one another, so some are left out; the city itself is always named."""
    figure = plot.map_of("Shanghai", labels=True)
    named = texts(figure)
    figure.draw_without_rendering()
    boxes = [text.get_window_extent() for text in figure.axes[0].texts]
    bare = texts(plot.map_of("Shanghai"))

    assert "Shanghai" in bare
    assert "Dunedin" not in bare
    assert {"Shanghai", "Dunedin"} <= set(named)
    assert len(named) < 79
    assert f", after the last recorded step; no room for {80 - len(boxes)} names." in credit(figure)
    assert "no room" not in credit(plot.map_of("Shanghai", labels=True, on="1985"))
    assert not any(one.overlaps(other) for one, other in combinations(boxes, 2))
    assert all(0 <= box.x0 and box.x1 <= figure.bbox.x1 for box in boxes)


def test_the_curve_is_the_count_of_each_day() -> None:
    """At the end of every year it is as high as ``partnerships_of`` is long."""
    curve = plot.growth_of("Shanghai").axes[0].lines[0]
    drawn: Any = curve.get_xydata()
    points = [(float(x), int(y)) for x, y in drawn]
    for year in range(1973, 2026):
        end = year_of(fc.PartialDate(year).latest.toordinal())
        height = [y for x, y in points if x <= end][-1]

        assert len(fc.partnerships_of("Shanghai", on=str(year))) == height


def test_the_curve_falls_where_partnerships_end() -> None:
    """It has an area for each kind, one over the other."""
    figure = plot.growth_of("is-home", data=WORLD)
    axes = figure.axes[0]

    assert [1, 2, 1, 1, 2, 2] == [int(each) for each in axes.lines[0].get_ydata()]  # type: ignore[arg-type, union-attr]
    assert ["sister_city", "friendly_exchange"] == [each.get_gid() for each in axes.collections]
    assert ["sister city", "friendly exchange"] == legend(figure)
    assert "2 at the end of the curve" in credit(figure)


def test_the_timeline_has_a_row_for_each_partner() -> None:
    """The earliest first, and bars as long as each state."""
    axes = plot.timeline_of("is-home", data=WORLD).axes[0]
    rows = [label.get_text() for label in axes.get_yticklabels()]
    bars = [str(patch.get_gid()) for patch in axes.patches]

    assert ["Lost, ZZ", "Near, JP", f"{HOSTILE}, NZ", "Vague, PT"] == rows
    assert [
        "is-home--zz-lost proposed",
        "is-home--jp-near active",
        "is-home--nz-far active",
        "is-home--nz-far active",
        "is-home--pt-vague active",
    ] == bars


def test_the_timeline_shows_what_is_not_sure() -> None:
    """A date of a year alone has a line as long as the year; an undated partnership a hollow dot."""
    figure = plot.timeline_of("is-home", data=WORLD)
    axes = figure.axes[0]
    lines = [[float(x) for x in line.get_xdata()] for line in axes.lines]  # type: ignore[arg-type, union-attr]
    assert ["date not exact", "date unknown"] == legend(figure)[-2:]

    assert [1994, 1995] == [round(each) for each in lines[0]]
    assert [[2021]] == [[round(each) for each in line] for line in lines[1:]]


def test_the_timeline_names_the_part_of_the_city() -> None:
    """Where partnerships of parts are asked for, each row says whose it is."""
    rows = texts(plot.timeline_of("Shanghai", country="NZ", include_parts=True, status="active"))
    more = texts(plot.timeline_of("Shanghai", country="JP", include_parts=True))

    assert "Dunedin, NZ" in rows
    assert "Yao, JP (Jiading District)" in more


def test_long_names_are_cut() -> None:
    """A name takes no more than half of a column."""
    data = Dataset([HOME, placed("is-long", 2.0, 2.0, "W" * 60), a_tie("is-home", "is-long")])

    assert f"{'W' * 27}…, IS" in texts(plot.timeline_of("is-home", data=data))


@pytest.mark.parametrize("make", MAKERS)
def test_a_city_without_partnerships_has_an_empty_figure(make: Callable[..., Figure]) -> None:
    """What was asked for is shown: nothing."""
    figure = make("is-home", data=Dataset([HOME]))

    assert "Home" in credit(figure)
    assert "no matching partnership on record" in texts(figure)
    assert plot.as_bytes(figure, "svg")


@pytest.mark.slow
@pytest.mark.parametrize("make", MAKERS)
@pytest.mark.parametrize("format_", ["svg", "pdf", "png"])
def test_the_same_question_makes_the_same_bytes(make: Callable[..., Figure], format_: str) -> None:
    """No hour and no name drawn by lot is in a file."""
    made = [
        plot.as_bytes(make("Shanghai", on="1985") if make is plot.map_of else make("Dunedin"), format_) for _ in "ab"
    ]

    assert made[0] == made[1]


@pytest.mark.parametrize("make", MAKERS)
def test_names_are_text_and_no_formula(make: Callable[..., Figure]) -> None:
    """A name with dollar signs, braces and markup is written as it is, and the SVG of it is well formed."""
    figure = make("nz-far", data=WORLD)
    with mpl.rc_context({"svg.fonttype": "none"}):
        svg = plot.as_bytes(figure, "svg").decode()

    assert any(HOSTILE in text for text in texts(figure))
    assert "<script" not in svg
    assert ET.fromstring(svg).tag.endswith("svg")  # noqa: S314 - it is our own


@pytest.mark.parametrize("make", MAKERS)
def test_a_figure_says_what_its_data_are(make: Callable[..., Figure]) -> None:
    """The bundled data by its day and licence, another register as one's own."""
    assert f"friendcities {fc.__version__}, data of {fc.data_version}, CC BY 4.0" in credit(make("Dunedin"))
    assert "own dataset" in credit(make("is-home", data=WORLD))


@pytest.mark.parametrize("make", MAKERS)
def test_figures_belong_to_nobody_else(make: Callable[..., Figure]) -> None:
    """Pyplot knows nothing of them, and no setting is changed."""
    before = dict(mpl.rcParams)
    plot.as_bytes(make("Dunedin"), "svg")

    assert before == dict(mpl.rcParams)
    assert "matplotlib.pyplot" not in sys.modules or [] == sys.modules["matplotlib.pyplot"].get_fignums()


@for_each_case(product(MAKERS, [0, 1.9, 21, float("nan"), "wide", None]))
def test_a_width_that_cannot_be_is_refused(make: Callable[..., Figure], width: Any) -> None:
    """And the widths that can be are told."""
    with pytest.raises(InvalidQueryError, match="number of inches"):
        make("Dunedin", width=width)


@pytest.mark.parametrize("make", MAKERS)
def test_the_width_is_that_of_the_figure(make: Callable[..., Figure]) -> None:
    """In inches, as a journal asks for it."""
    assert 5 == make("Dunedin", width=5).get_size_inches()[0]


@pytest.mark.parametrize("make", MAKERS)
def test_questions_that_make_no_sense_are_refused(make: Callable[..., Figure]) -> None:
    """As everywhere: by the same errors."""
    with pytest.raises(UnknownCityError):
        make("Atlantis")
    with pytest.raises(InvalidQueryError, match="status"):
        make("Dunedin", status="activ")
    with pytest.raises(InvalidQueryError, match="kind"):
        make("Dunedin", kind="sister")
    with pytest.raises(InvalidQueryError, match="include_parts"):
        make("Dunedin", include_parts="yes")


def test_the_colour_blind_can_tell_the_colours_apart() -> None:
    """Seen without red or without green (Viénot, Brettel and Mollon, 1999), no two colours come near one another."""
    without_red = ((0.1124, 0.8876, 0.0), (0.1124, 0.8876, 0.0), (0.004, -0.004, 1.0))
    without_green = ((0.2928, 0.7072, 0.0), (0.2928, 0.7072, 0.0), (-0.0223, 0.0223, 1.0))
    for seen in (without_red, without_green):
        colours = [
            [max(sum(a * b**2.2 for a, b in zip(row, to_rgb(colour), strict=True)), 0) ** (1 / 2.2) for row in seen]
            for colour in COLOURS.values()
        ]

        assert min(math.dist(one, other) for one, other in combinations(colours, 2)) > 0.14


def test_saves_by_the_ending_of_the_name(tmp_path: Path) -> None:
    """And replaces what was there."""
    path = tmp_path / "figure.svg"
    path.write_text("before", encoding="utf-8")
    figure = plot.growth_of("Dunedin")
    plot.save(figure, path)

    assert plot.as_bytes(figure, "svg") == path.read_bytes()


def test_a_format_that_cannot_be_is_refused(tmp_path: Path) -> None:
    """And the formats that can be are told."""
    with pytest.raises(InvalidQueryError, match="expected one of 'pdf', 'png', 'svg'") as caught:
        plot.save(plot.growth_of("Dunedin"), tmp_path / "figure.docx")

    assert ("pdf", "png", "svg") == caught.value.candidates
    assert [] == list(tmp_path.iterdir())


@pytest.mark.parametrize("make", MAKERS)
def test_a_notebook_shows_a_figure(make: Callable[..., Figure]) -> None:
    """The figure has a picture of itself."""
    assert make("Dunedin")._repr_png_().startswith(b"\x89PNG")  # type: ignore[attr-defined]


@pytest.mark.parametrize("make", MAKERS)
def test_nothing_covers_anything(make: Callable[..., Figure]) -> None:
    """Title, axes, legend and credit are one below the other, and a second line of the title has its own room."""
    figure = make("Shanghai", title="Partners of Shanghai\nin all years", width=6, status="any")
    figure.draw_without_rendering()
    (title,) = (text for text in figure.texts if text.get_gid() == "title")
    (note,) = (text for text in figure.texts if text.get_gid() == "credit")
    (key,) = figure.legends
    boxes = [
        title.get_window_extent(),
        figure.axes[0].get_tightbbox(),
        key.get_window_extent(),
        note.get_window_extent(),
    ]

    assert "Partners of Shanghai\nin all years" == title.get_text()
    for upper, lower in pairwise(boxes):
        assert upper is not None
        assert lower is not None
        assert upper.y0 >= lower.y1 - 2
    assert boxes[-1] is not None
    assert boxes[-1].y0 >= 0


@pytest.fixture
def _some_font(monkeypatch: pytest.MonkeyPatch) -> None:
    """The only installed font has the characters of Yokohama's name, and is matplotlib's own one."""
    monkeypatch.setattr(names, "_installed_fonts", lambda: (("STIXGeneral", "stix"), ("DejaVu Serif", "serif")))
    own = names._letters_of

    def letters_of(path: str) -> frozenset[str]:
        return {"stix": frozenset(), "serif": frozenset("横浜市")}[path] if path in {"stix", "serif"} else own(path)

    monkeypatch.setattr(names, "_letters_of", letters_of)


@pytest.mark.filterwarnings("ignore:Glyph")  # the font does not have them
@pytest.mark.usefixtures("_some_font")
@pytest.mark.parametrize("make", MAKERS)
def test_cities_have_names_in_a_language(make: Callable[..., Figure]) -> None:
    """Those that are recorded, in a font that has their letters; others keep their English names."""
    figure = make("Yokohama", language="ja", country="CN")

    assert "横浜市" in credit(figure)
    assert ["DejaVu Sans", "DejaVu Serif"] == figure.texts[-1].get_fontfamily()


def test_a_former_name_is_no_name_in_a_language() -> None:
    """And a name in Chinese is in one of its scripts."""
    old = fc.Name(text="Alt", language="de", kind=fc.NameKind.FORMER)
    past = fc.Name(text="Damals", language="de", kind=fc.NameKind.EXONYM, until=fc.PartialDate(1990))
    local = fc.Name(text="家", language="zh-Hans", kind=fc.NameKind.ENDONYM)
    city = a_city("is-home", None, old, past, local)

    assert ["Home", "家", "Home", "Home"] == [names.name_of(city, each) for each in ("de", "zh", "z", None)]


def test_a_missing_font_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """The warning has the letters, their script, and a font to install."""
    monkeypatch.setattr(names, "_installed_fonts", lambda: ())

    with pytest.warns(UserWarning, match=r"'京東' \(CJK\); .*; install a font such as Noto Sans CJK"):
        assert ["DejaVu Sans"] == names.find_fonts("東京", "ja")
    with pytest.warns(UserWarning, match="Noto Sans CJK and Noto Sans Thai"):
        assert ["DejaVu Sans"] == names.find_fonts("Seoul 서울 กรุงเทพ\n", None)


def test_fonts_that_were_installed_later_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also if the list that matplotlib keeps lacks them; a file that is no font does not matter."""
    later = tmp_path / "later.ttf"
    shutil.copy(fontManager.findfont("DejaVu Serif"), later)
    (tmp_path / "broken.ttf").write_bytes(b"no font")
    monkeypatch.setattr(fontManager, "ttflist", fontManager.ttflist.copy())
    monkeypatch.setattr(names, "findSystemFonts", lambda: [str(tmp_path / "broken.ttf"), str(later)])

    found = names._installed_fonts.__wrapped__()

    assert ("DejaVu Serif", str(later)) in found
    assert not any("Last Resort" in family for family, _ in found)


@for_each_case(product([*MAKERS, partial(plot.dispute_of, "Shanghai")], ["Japanese", "", 5]))
def test_a_language_is_a_tag(make: Callable[..., Figure], language: Any) -> None:
    """Anything else is an error that shows a tag."""
    with pytest.raises(InvalidQueryError, match="a BCP 47 tag like 'zh-Hans'"):
        make("Dunedin", language=language)


# Disputes ------------------------------------------------------------------------------------------------------------

SOURCES = [a_source(each, "2020") for each in ("exact", "wrong", "vague", "silent", "w" * 60)]


def disputed(*evidence: fc.Evidence, date: str | None = "1990-06-30") -> Figure:
    """The figure of the dates of a partnership."""
    tie = a_tie("is-home", "jp-near", a_step(date, *evidence))
    return plot.dispute_of("Home", "Near", data=Dataset([HOME, NEAR, *SOURCES, tie]))


def test_a_dispute_has_a_dot_for_each_stated_date() -> None:
    """The earliest first, by publisher, with its agreement; the recorded date is a line."""
    vague = told("vague", "action", date=fc.PartialDate(1990))
    wrong = told("wrong", "action", date=fc.PartialDate(1989, 6, 30))
    figure = disputed(told("exact", "date", "action"), wrong, vague, told("silent", "action"), told("w" * 60, "date"))
    axes = figure.axes[0]
    rows = [label.get_text() for label in axes.get_yticklabels()]

    assert ["wrong", "vague", "exact", f"{'w' * 44}…"] == rows
    assert ["1989-06-30", "1990", "1990-06-30", "1990-06-30"] == [text.get_text() for text in axes.texts]
    marks = [(line.get_gid(), line.get_marker()) for line in axes.lines if line.get_marker() != "None"]
    same, coarse, other = ("same date", "o"), ("less precise date", "s"), ("other date", "^")
    assert [other, coarse, same, same] == marks
    assert ["same date", "less precise date", "other date", "recorded: 1990-06-30"] == legend(figure)
    assert ["recorded"] == [patch.get_gid() for patch in axes.patches]
    assert "Dates of the first step (established) of Home and Near, according to 4 sources." in credit(figure)


def test_a_dispute_without_dates_says_so() -> None:
    """Nothing is recorded, and no source states a date."""
    figure = disputed(told("silent", "action"), date=None)

    assert ["no source states a date"] == [text.get_text() for text in figure.axes[0].texts]
    assert [] == legend(figure)


def test_a_dispute_has_a_title_and_names_in_a_language(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the other figures have."""
    monkeypatch.setattr(names, "_installed_fonts", lambda: (("DejaVu Sans", "own"),))
    monkeypatch.setattr(names, "_letters_of", lambda _: frozenset(map(chr, range(0x20000))))
    figure = plot.dispute_of("Shanghai", "Yokohama", title="上海", language="ja")

    assert {"上海"} < set(texts(figure))
    assert "横浜市" in credit(figure)
    with pytest.raises(fc.UnknownPartnershipError):
        plot.dispute_of("Dunedin", "Yokohama")


def fresh(monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    """Import the figures anew where a package is missing."""
    for name in [each for each in sys.modules if each.split(".")[0] == "matplotlib" or "friendcities.plot" in each]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, missing, None)
    importlib.import_module("friendcities.plot")


@pytest.mark.parametrize("missing", ["matplotlib", "textalloc"])
def test_without_a_package_the_extra_is_named(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message is the command that installs it."""
    message = f"figures need the package {missing}; install it with: {install_command('plot')}"
    with pytest.raises(MissingExtraError, match=re.escape(message)):
        fresh(monkeypatch, missing)


def test_what_else_is_missing_is_not_blamed_on_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """An error of ours is not taken for one of the installation."""
    with pytest.raises(ModuleNotFoundError, match=r"friendcities\.web_assets"):
        fresh(monkeypatch, "friendcities.web_assets")
