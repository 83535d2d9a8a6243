"""Graphs and maps of other people: that every edge, line and feature is a row, numbered as the file has them."""

import json
from pathlib import Path
from typing import Any

import pytest

import friendcities as fc
from friendcities.importers import ImportResult, Profile, Reason, read_table, suggest_profile
from friendcities.importers.formats.tables import open_file, open_table

ENDS = '[source]\npublisher = "Me"\nas_of = "2026"\n[cities]\nlevel = "town"\n'
PAIRS = Profile.parse(
    f'{ENDS}[first]\nname = "first"\ncountry_is = "IS"\n[second]\nname = "second"\ncountry_is = "FR"\n'
)
SINCE = Profile.parse(
    f'{ENDS}[first]\nname = "first"\ncountry_is = "IS"\n[second]\nname = "second"\ncountry_is = "FR"\n'
    '[steps]\ndate = "since"\n'
)
POINTS = Profile.parse(
    f'{ENDS}[first]\nname = "a"\ncountry_is = "IS"\nlatitude = "first.latitude"\nlongitude = "first.longitude"\n'
    '[second]\nname = "b"\ncountry_is = "FR"\nlatitude = "second.latitude"\nlongitude = "second.longitude"\n'
)
KEYS = '<key id="s" for="edge" attr.name="since" attr.type="int"><default>1994</default></key>'
SINCES = '<attributes class="edge"><attribute id="s" title="since" type="integer"/></attributes>'


def graphml(edges: str, *, keys: str = KEYS, default: str = "undirected", more: str = "") -> str:
    """A document with a graph of two nodes and these edges."""
    nodes = '<node id="Lyon"/><node id="Vík"/>'
    graph = f'<graph edgedefault="{default}">{nodes}{edges}</graph>{more}'
    return f'<graphml xmlns="http://graphml.graphdrawing.org/xmlns">{keys}{graph}</graphml>'


def gexf(edges: str) -> str:
    """A document with a graph of two nodes and these edges."""
    nodes = '<nodes><node id="Lyon"/><node id="Vík"/></nodes>'
    graph = f'<graph defaultedgetype="undirected">{SINCES}{nodes}<edges>{edges}</edges></graph>'
    return f'<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">{graph}</gexf>'


def written(path: Path, content: str, encoding: str = "utf-8") -> Path:
    """A file with this in it."""
    path.write_text(content, encoding=encoding)
    return path


def rows(path: Path, profile: Profile) -> list[tuple[int, tuple[str, ...], str | None]]:
    """The rows of a file: number, cells and why it could not be read."""
    with open_table(path, profile) as table:
        return [(row.number, tuple(row.cells.values()), row.error) for row in table.rows]


def unread(found: ImportResult) -> list[tuple[int, str]]:
    """The rows that could not be read, with what is said of each."""
    return [
        (row.number, row.remarks[0].detail.partition(": ")[2]) for row in found.report.rows_with(Reason.UNREADABLE_ROW)
    ]


class TestEdgeLists:
    """Two names a line, and all that a line may be else."""

    def test_every_line_is_a_row(self, tmp_path: Path) -> None:
        """Rows have the numbers of their lines. A ``#`` begins no comment, and a line without two names is rejected."""
        content = "# made by me\nVík\tLyon\n\nVík\nBær\tNo. #1, Bar\t1994\n\tLyon\nVík\tBar\n\n \n"
        found = read_table(written(tmp_path / "a.edgelist", content), profile=PAIRS)

        said = "the line needs two names with '\\t' between them"
        assert [(1, f"{said}: '# made by me'"), (4, f"{said}: 'Vík'")] == unread(found)
        assert [3] == [row.number for row in found.report.rows_with(Reason.BLANK_ROW)]
        assert [2, 7] == [row.number for row in found.report.rows if row.partnership]
        assert [6] == [row.number for row in found.report.rows_with(Reason.BLANK_CITY)]
        (marked,) = found.report.rows_with(Reason.MARKUP)
        assert (5, "'No. #1, Bar' contains markup or a footnote mark") == (marked.number, marked.remarks[-1].detail)

    def test_what_follows_the_names_has_a_column(self, tmp_path: Path) -> None:
        """The third cell is column 3, so that a profile can name it."""
        profile = Profile.parse(
            f'{ENDS}[first]\nname = "first"\ncountry_is = "IS"\n[second]\nname = "second"\ncountry_is = "FR"\n'
            '[steps]\ndate = "3"\n'
        )
        path = written(tmp_path / "a.edgelist", "Vík\tLyon\t1994\nVík\tBar\n")

        assert [(1, ("Vík", "Lyon", "1994"), None), (2, ("Vík", "Bar", ""), None)] == rows(path, profile)

    @pytest.mark.parametrize(("encoding", "said"), [("utf-8-sig", ""), ("latin-1", 'encoding = "latin-1"')])
    def test_encodings(self, tmp_path: Path, encoding: str, said: str) -> None:
        """A byte-order mark is no part of the first name, and an encoding can be said."""
        profile = Profile.parse(
            f'{ENDS}[first]\nname = "first"\ncountry_is = "IS"\n[second]\nname = "second"\ncountry_is = "FR"\n'
            f'[file]\ndelimiter = ";"\n{said}\n'
        )
        path = written(tmp_path / "a.edgelist", "Vík;Lyon\n", encoding)

        assert [(1, ("Vík", "Lyon"), None)] == rows(path, profile)

    def test_an_encoding_that_was_not_said(self, tmp_path: Path) -> None:
        """The error says where the file is not what was taken for granted, and where to say what it is."""
        path = written(tmp_path / "a.edgelist", "Vík\tLyon\n", "latin-1")

        with pytest.raises(
            fc.DataError, match=r"byte 1 is not valid utf-8; .*set encoding in .file. of the profile, such as 'latin-1'"
        ):
            read_table(path, profile=PAIRS)

    def test_a_line_that_is_too_long(self, tmp_path: Path) -> None:
        """It is not taken, and the next one is."""
        path = written(tmp_path / "a.edgelist", f"Vík\t{'x' * 200_000}\nVík\tLyon\n")

        found = read_table(path, profile=PAIRS)
        assert [(1, "the line has more than 131,072 characters")] == unread(found)
        assert 1 == found.report.imported

    def test_nothing_in_it(self, tmp_path: Path) -> None:
        """A list without a line is a list of none."""
        assert 0 == read_table(written(tmp_path / "a.edgelist", ""), profile=PAIRS).report.total


class TestNetworks:
    """GraphML and GEXF."""

    @pytest.mark.parametrize(
        ("name", "content"),
        [
            (
                "a.graphml",
                graphml(
                    '<edge id="e" source="Vík" target="Lyon" directed="true"><data key="s">1980</data></edge>'
                    '<edge id="e" source="Vík" target="Lyon"><data key="s">about 1990</data></edge>'
                    '<edge source="Lyon" target="Vík"/>'
                ),
            ),
            (
                "a.gexf",
                gexf(
                    '<edge id="e" source="Vík" target="Lyon" type="mutual">'
                    '<attvalues><attvalue for="s" value="1980"/></attvalues></edge>'
                    '<edge id="e" source="Vík" target="Lyon" weight="heavy">'
                    '<attvalues><attvalue for="s" value="about 1990"/></attvalues></edge>'
                    '<edge source="Lyon" target="Vík" type="directed">'
                    '<attvalues><attvalue for="s" value="1994"/></attvalues></edge>'
                ),
            ),
        ],
    )
    def test_every_edge_is_a_row(self, tmp_path: Path, name: str, content: str) -> None:
        """Also with the id and the ends of another; in the order of the file, ends as they stand, values as text."""
        expected = [
            (1, ("Vík", "Lyon", "1980"), None),
            (2, ("Vík", "Lyon", "about 1990"), None),
            (3, ("Lyon", "Vík", "1994"), None),
        ]
        assert expected == rows(written(tmp_path / name, content), SINCE)

    def test_what_an_edge_says_of_itself_is_kept(self, tmp_path: Path) -> None:
        """Its id and its weight are columns, as found."""
        profile = Profile.parse(
            f'{ENDS}[first]\nname = "id"\ncountry_is = "IS"\n[second]\nname = "weight"\ncountry_is = "FR"\n'
        )
        path = written(tmp_path / "a.gexf", gexf('<edge id="e" source="Vík" target="Lyon" weight="1.50"/>'))

        assert [(1, ("e", "1.50"), None)] == rows(path, profile)

    def test_edges_without_two_ends_are_reported(self, tmp_path: Path) -> None:
        """The others are read, those of a second graph too."""
        edges = '<edge source="Vík"/><edge source="Vík" target="Lyon"/><edge target="Lyon"/>'
        path = written(tmp_path / "a.graphml", graphml(edges, more='<graph><edge source="Vík" target="Bar"/></graph>'))

        found = read_table(path, profile=PAIRS)
        assert [(1, "the edge needs a source and a target"), (3, "the edge needs a source and a target")] == unread(
            found
        )
        assert ["fr-bar--is-vik", "fr-lyon--is-vik"] == [tie.id for tie in found.dataset.partnerships()]

    @pytest.mark.parametrize(
        ("name", "content"),
        [
            (
                "a.graphml",
                graphml('<edge source="Vík" target="Lyon"/>', keys='<key id="s" for="all" attr.name="since"/>'),
            ),
            ("a.graphml", graphml('<edge source="Vík" target="Lyon"/>', keys='<key id="since" for="edge"/>')),
            ("a.gexf", gexf('<edge source="Vík" target="Lyon"/>')),
        ],
    )
    def test_an_attribute_that_is_only_declared_is_a_column(self, tmp_path: Path, name: str, content: str) -> None:
        """No edge has a value for it, so its cells are blank."""
        assert [(1, ("Vík", "Lyon", ""), None)] == rows(written(tmp_path / name, content), SINCE)

    def test_defaults_of_nodes_and_edges(self, tmp_path: Path) -> None:
        """Elements without a value have the default of the attribute, of nodes too."""
        keys = KEYS + '<key id="c" for="node" attr.name="land"><default>IS</default></key>'
        edges = '<node id="Bar"><data key="c">ME</data></node><edge source="Vík" target="Bar"/>'
        profile = Profile.parse(
            f'{ENDS}[first]\nname = "first"\ncountry = "first.land"\n[second]\nname = "second"\n'
            'country = "second.land"\n[steps]\ndate = "since"\n'
        )

        path = written(tmp_path / "a.graphml", graphml(edges, keys=keys))
        assert [(1, ("Vík", "IS", "Bar", "ME", "1994"), None)] == rows(path, profile)

    def test_labels_of_gexf(self, tmp_path: Path) -> None:
        """The label of a node is a column of each end."""
        nodes = '<nodes><node id="0" label="Vík"/><node id="1" label="Lyon"/></nodes>'
        path = written(
            tmp_path / "a.gexf", f'<gexf><graph>{nodes}<edges><edge source="0" target="1"/></edges></graph></gexf>'
        )
        profile = Profile.parse(
            f'{ENDS}[first]\nname = "first.label"\ncountry_is = "IS"\n[second]\nname = "second.label"\n'
            'country_is = "FR"\n'
        )

        assert [(1, ("Vík", "Lyon"), None)] == rows(path, profile)

    def test_many_declared_attributes_and_many_edges(self, tmp_path: Path) -> None:
        """The cells of an edge are looked up when they are read: no copy of all defaults for each edge."""
        keys = "".join(f'<key id="k{n}" for="all" attr.name="k{n}"><default>{n}</default></key>' for n in range(3000))
        path = written(tmp_path / "a.graphml", graphml('<edge source="Vík" target="Lyon"/>' * 6000, keys=keys))

        assert 6000 == len(rows(path, PAIRS))

    def test_an_edge_with_empty_ends_is_reported(self, tmp_path: Path) -> None:
        """It is no blank row, not even at the end of the file."""
        found = read_table(
            written(tmp_path / "a.graphml", graphml('<edge source="" target=""/>', keys="")), profile=PAIRS
        )

        assert [(1, "the edge needs a source and a target")] == unread(found)

    def test_parts_that_tell_nothing_of_an_edge(self, tmp_path: Path) -> None:
        """A port and a key without a type are no reason to warn."""
        edge = '<edge source="Vík" target="Lyon"><port/><data key="s">1980</data></edge>'
        path = written(tmp_path / "a.graphml", graphml(edge, keys='<key id="s" for="edge" attr.name="since"/>'))

        assert [(1, ("Vík", "Lyon", "1980"), None)] == rows(path, SINCE)

    def test_an_attribute_of_a_graph_is_no_column(self, tmp_path: Path) -> None:
        """Only nodes and edges have cells."""
        keys = '<key id="g" for="graph" attr.name="title"/>' + KEYS
        path = written(tmp_path / "a.graphml", graphml('<edge source="Vík" target="Lyon"/>', keys=keys))

        with open_file(path, SINCE) as opened:
            assert ["first", "second", "since"] == opened.heading
            assert [["first", "second"]] == [list(cells) for _, cells, _ in opened.rows]

    def test_a_graph_without_edges(self, tmp_path: Path) -> None:
        """It is read, and has no rows."""
        assert [] == rows(written(tmp_path / "a.graphml", graphml("")), SINCE)

    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("a.graphml", graphml("<hyperedge/>")),
            ("a.graphml", "<a/>"),
            ("a.gexf", "<gexf/>"),
        ],
    )
    def test_what_is_no_graph(self, tmp_path: Path, name: str, content: str) -> None:
        """The error names the file and says why."""
        with pytest.raises(fc.DataError, match=rf"{name}: readable: invalid {name[2:]}: "):
            read_table(written(tmp_path / name, content), profile=PAIRS)


def of_map(*features: Any) -> str:
    """A map of these features."""
    return json.dumps({"type": "FeatureCollection", "features": features})


def line(coordinates: Any, kind: str = "LineString", **properties: Any) -> dict[str, Any]:
    """A feature that joins two cities."""
    return {
        "type": "Feature",
        "properties": {"a": "Vík", "b": "Lyon"} | properties,
        "geometry": {"type": kind, "coordinates": coordinates},
    }


class TestMaps:
    """GeoJSON."""

    @pytest.mark.parametrize(
        ("feature", "said"),
        [
            ("a line", "invalid geometry 'a line'; expected a line of two points"),
            (None, "invalid geometry None; expected a line of two points"),
            ({"properties": {"a": "x"}}, "invalid geometry None; expected a line of two points"),
            ({"properties": "x"}, "invalid properties 'x'; expected an object"),
            ({"geometry": "a line"}, "invalid geometry 'a line'; expected a line of two points"),
            (
                line([[1, 2], [3, 4]], "Polygon"),
                "invalid geometry {'coordinates': [[...], [...]], 'type': 'Polygon'}; expected a line of two points",
            ),
            (
                line([[1, 2]]),
                "invalid geometry {'coordinates': [[...]], 'type': 'LineString'}; expected a line of two points",
            ),
            (
                line("far"),
                "invalid geometry {'coordinates': 'far', 'type': 'LineString'}; expected a line of two points",
            ),
            (
                line([5], "MultiLineString"),
                "invalid geometry {'coordinates': [5], 'type': 'MultiLineString'}; expected a line of two points",
            ),
        ],
    )
    def test_a_feature_that_is_no_line_does_not_stop_the_others(self, tmp_path: Path, feature: Any, said: str) -> None:
        """It is a row that is not taken, with its number and what it is."""
        whole = line([[-19.0, 63.4], [4.84, 45.76]])
        found = read_table(written(tmp_path / "a.geojson", of_map(whole, feature, whole)), profile=POINTS)

        assert [(2, said)] == unread(found)
        assert (3, 1, 1) == (found.report.total, found.report.imported, found.report.merged)

    @pytest.mark.parametrize("point", ["far", [], [4.84], ["east", "north"], [float("nan"), 45.76], [1e400, 1], None])
    def test_a_point_that_is_none_is_remarked(self, tmp_path: Path, point: Any) -> None:
        """The line is taken, without the point."""
        found = read_table(written(tmp_path / "a.geojson", of_map(line([point, [4.84, 45.76]]))), profile=POINTS)

        assert {Reason.COORDINATES_UNREADABLE: 1} == dict(found.report.reasons)
        assert 1 == found.report.imported

    def test_one_feature_is_a_map(self, tmp_path: Path) -> None:
        """A feature may stand alone; values that are no text are told as JSON has them."""
        profile = Profile.parse(
            f'{ENDS}[first]\nname = "x"\ncountry_is = "IS"\n[second]\nname = "y"\ncountry_is = "FR"\n'
        )
        path = written(tmp_path / "a.geojson", json.dumps(line([[1, 2], [3, 4]], x={"é": [None]}, y=True)))

        assert [(1, ('{"é": [null]}', "true"), None)] == rows(path, profile)

    def test_a_map_without_a_line(self, tmp_path: Path) -> None:
        """Its features are told one by one, whatever the profile names."""
        path = written(tmp_path / "a.geojson", of_map({"geometry": {"type": "Point", "coordinates": [1, 2]}}))

        assert (1, 1) == ((found := read_table(path, profile=POINTS)).report.total, found.report.rejected)
        with pytest.raises(fc.DataError, match="no row can be read: invalid geometry"):
            suggest_profile(path)

    @pytest.mark.parametrize("content", ["[]", "5", "{}", '{"type": "FeatureCollection"}', '{"type": "Topology"}'])
    def test_other_json(self, tmp_path: Path, content: str) -> None:
        """What has no features is no map."""
        with pytest.raises(fc.DataError, match="invalid geojson: no features found"):
            read_table(written(tmp_path / "a.geojson", content), profile=POINTS)
