"""The top storey of the dataset: all that it can be handed on as.

The questions are below, in :mod:`friendcities.datasets`, and so are the exporters, which ask them. This storey only
puts the two together. It imports an exporter when one is asked for, so that a look-up pays for none.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Self

from friendcities.datasets import partnership_questions
from friendcities.datasets.closure import Exportable, with_all_they_name
from friendcities.datasets.filters import checked_flag
from friendcities.model import DateLike

if TYPE_CHECKING:
    import pathlib

    import geopandas as gpd
    import networkx as nx
    import pandas as pd
    import polars as pl
    import pyarrow as pa

__all__ = ["Dataset"]


class Dataset(partnership_questions.Dataset):
    """An immutable collection of records, the questions it answers, and the forms in which it is handed on.

    A city is named by its id, by any of its names in any language, by name and country ("Dunedin, NZ"), by its
    Wikidata id, or by a :class:`City`; case, accents, width and punctuation do not matter. Plurals return tuples
    without repeats; singulars return exactly one record or raise.

    What is exported is the whole dataset, or the records of any answer, in their order: those that ``partners_of``,
    ``partnerships_of``, ``timeline``, ``sources`` and the others return. Files and folders are replaced only once the
    new ones are whole, and the same records give the same bytes.

    Args:
        records: The records, in any order.

    Raises:
        DataError: If two records share an id, or a record names another that is not there.
        InvalidQueryError: If something among them is no record.

    Example:
        >>> import friendcities as fc
        >>> mine = fc.Dataset([*fc.cities(), *fc.sources(), fc.partnership_between("Shanghai", "Yokohama")])
        >>> mine.partners_of("Shanghai")
        (<City jp-yokohama: Yokohama, JP>,)
    """

    __slots__ = ()

    def extract(self, records: Iterable[Exportable]) -> Self:
        """Records of an answer, and all that they name, as a dataset of their own.

        Raises:
            InvalidQueryError: If something is neither a record nor an entry of a timeline.
            UnknownRecordError: If they name a record that is not here.
            DataError: If they do not fit together.

        Example:
            >>> import friendcities as fc
            >>> fc.dataset().extract(fc.partnerships_of("Dunedin")).cities()
            (<City cn-shanghai: Shanghai, CN>, <City nz-dunedin: Dunedin, NZ>)
        """
        from friendcities.exporters.tables import check_records  # noqa: PLC0415 - as below: not for a look-up

        return type(self)(with_all_they_name(check_records(self, records), self._one))

    @classmethod
    def load_json_lines(cls, path: "str | pathlib.Path", *, base: partnership_questions.Dataset | None = None) -> Self:
        """Read a file that :meth:`to_json_lines` wrote: the same dataset.

        Args:
            path: The file.
            base: A dataset to lay this one over: what both have, this one has the say in.

        Raises:
            DataError: If anything is wrong with what is there: every problem, with line and field.
            InvalidQueryError: If this is no path, or the base no dataset.
        """
        from friendcities.exporters.json_lines import read_json_lines  # noqa: PLC0415

        located, redirects = read_json_lines(path)
        return cls._of(located, redirects, base, str(path))

    def to_csv(
        self,
        folder: "str | pathlib.Path",
        records: Iterable[Exportable] | None = None,
        *,
        on: DateLike | None = None,
    ) -> None:
        """Write a folder with one CSV file a table: RFC 4180, UTF-8, safe to open in a spreadsheet.

        Args:
            folder: The folder; an earlier export there is replaced.
            records: The records of an answer; ``None``: all.
            on: How partnerships stood at the end of this date, instead of after the last step on record.

        Raises:
            InvalidQueryError: If something cannot be exported, or the folder holds something else.
            OSError: If it cannot be written; what was there before is then as it was.
        """
        from friendcities.exporters.csv_files import csv_files  # noqa: PLC0415
        from friendcities.exporters.output_files import write_folder  # noqa: PLC0415

        write_folder(folder, csv_files(self, records, on=on))

    def to_json_lines(self, path: "str | pathlib.Path", records: Iterable[Exportable] | None = None) -> None:
        """Write a file of JSON Lines, one record a line; :meth:`load_json_lines` makes the same dataset of it.

        Args:
            path: The file.
            records: The records of an answer; ``None``: all.

        Raises:
            InvalidQueryError: If something cannot be exported.
            OSError: If it cannot be written; what was there before is then as it was.
        """
        from friendcities.exporters.json_lines import as_json_lines  # noqa: PLC0415
        from friendcities.exporters.output_files import write_file  # noqa: PLC0415

        write_file(path, as_json_lines(self, records))

    def to_pandas(
        self, records: Iterable[Exportable] | None = None, *, on: DateLike | None = None
    ) -> "dict[str, pd.DataFrame]":
        """Every table as a data frame of pandas, by name; needs the extra ``pandas``.

        Args:
            records: The records of an answer; ``None``: all.
            on: How partnerships stood at the end of this date, instead of after the last step on record.

        Raises:
            MissingExtraError: If pandas is not installed.
            InvalidQueryError: If something cannot be exported.

        Example:
            >>> import friendcities as fc
            >>> frames = fc.dataset().to_pandas(fc.partnerships_of("Shanghai"))
            >>> frames["partnerships"][["name_2", "since"]].iloc[0].tolist()
            ['Yokohama', '1973-11-30']
        """
        from friendcities.exporters.data_frames import to_pandas  # noqa: PLC0415

        return to_pandas(self, records, on=on)

    def to_polars(
        self, records: Iterable[Exportable] | None = None, *, on: DateLike | None = None
    ) -> "dict[str, pl.DataFrame]":
        """Every table as a data frame of polars, by name; needs the extra ``polars``.

        Arguments and errors are those of :meth:`to_pandas`.

        Example:
            >>> import friendcities as fc
            >>> fc.dataset().to_polars(fc.partners_of("Dunedin"))["cities"]["name"].to_list()
            ['Shanghai']
        """
        from friendcities.exporters.data_frames import to_polars  # noqa: PLC0415

        return to_polars(self, records, on=on)

    def to_arrow(
        self, records: Iterable[Exportable] | None = None, *, on: DateLike | None = None
    ) -> "dict[str, pa.Table]":
        """Every table as a table of Arrow, by name; needs the extra ``arrow``.

        Arguments and errors are those of :meth:`to_pandas`.

        Example:
            >>> import friendcities as fc
            >>> fc.dataset().to_arrow()["sources"].num_rows == len(fc.sources())
            True
        """
        from friendcities.exporters.data_frames import to_arrow  # noqa: PLC0415

        return to_arrow(self, records, on=on)

    def to_parquet(
        self,
        folder: "str | pathlib.Path",
        records: Iterable[Exportable] | None = None,
        *,
        on: DateLike | None = None,
        partitioned: bool = False,
    ) -> None:
        """Write a folder of Parquet files, one a table; needs the extra ``arrow``.

        Args:
            folder: The folder; an earlier export there is replaced.
            records: The records of an answer; ``None``: all.
            on: How partnerships stood at the end of this date, instead of after the last step on record.
            partitioned: One folder a table, and in those of cities and ties one a country (``ties/country=CN``), as
                Hive names them, and DuckDB and Spark read them.

        Raises:
            MissingExtraError: If pyarrow is not installed.
            InvalidQueryError: If something cannot be exported, or the folder holds something else.
            OSError: If it cannot be written; what was there before is then as it was.
        """
        from friendcities.exporters.data_frames import parquet_files, partitioned_files  # noqa: PLC0415
        from friendcities.exporters.output_files import write_folder  # noqa: PLC0415

        make = partitioned_files if checked_flag("partitioned", partitioned) else parquet_files
        write_folder(folder, make(self, records, on=on))

    def to_geopandas(
        self, records: Iterable[Exportable] | None = None, *, on: DateLike | None = None
    ) -> "dict[str, gpd.GeoDataFrame]":
        """Cities as points and partnerships as lines: data frames of geopandas, by name; needs the extra ``geo``.

        Arguments and errors are those of :meth:`to_pandas`; the lines are those of :meth:`to_geo_json`.

        Example:
            >>> import friendcities as fc
            >>> frames = fc.dataset().to_geopandas(fc.partnerships_of("Dunedin"))
            >>> frames["partnerships"].geometry.geom_type.tolist()
            ['LineString']
        """
        from friendcities.exporters.data_frames import to_geopandas  # noqa: PLC0415

        return to_geopandas(self, records, on=on)

    def to_geo_json(
        self,
        path: "str | pathlib.Path",
        records: Iterable[Exportable] | None = None,
        *,
        on: DateLike | None = None,
    ) -> None:
        """Write a file of GeoJSON (RFC 7946): cities as points, partnerships as lines; lines need the extra ``geo``.

        A line is the shortest one on the earth (WGS 84), with a point every 200 km or closer, and is cut where it
        crosses the antimeridian. What has no coordinates is a feature without a place.

        Args:
            path: The file.
            records: The records of an answer; ``None``: all.
            on: How partnerships stood at the end of this date, instead of after the last step on record.

        Raises:
            MissingExtraError: If there are lines to draw and GeographicLib is not installed.
            InvalidQueryError: If something cannot be exported.
            OSError: If it cannot be written; what was there before is then as it was.
        """
        from friendcities.exporters.geojson import as_geojson  # noqa: PLC0415
        from friendcities.exporters.output_files import write_file  # noqa: PLC0415

        write_file(path, as_geojson(self, records, on=on))

    def to_networkx(
        self, records: Iterable[Exportable] | None = None, *, on: DateLike | None = None
    ) -> "nx.Graph[str]":
        """Cities and partnerships as a graph of NetworkX; needs the extra ``graph``.

        Nodes are the ids of cities: those exported, and those whose partnerships are. Attributes are what the tables
        say; what is not known is left out.

        Arguments and errors are those of :meth:`to_pandas`.

        Example:
            >>> import friendcities as fc
            >>> graph = fc.dataset().to_networkx(fc.partnerships_of("Dunedin"))
            >>> graph.edges["cn-shanghai", "nz-dunedin"]["since"]
            '1994-10-21'
        """
        from friendcities.exporters.graphs import to_networkx  # noqa: PLC0415

        return to_networkx(self, records, on=on)

    def to_graphml(
        self,
        path: "str | pathlib.Path",
        records: Iterable[Exportable] | None = None,
        *,
        on: DateLike | None = None,
    ) -> None:
        """Write the graph of :meth:`to_networkx` as GraphML; needs the extra ``graph``.

        Arguments and errors are those of :meth:`to_geo_json`.
        """
        from friendcities.exporters.graphs import as_graphml  # noqa: PLC0415
        from friendcities.exporters.output_files import write_file  # noqa: PLC0415

        write_file(path, as_graphml(self, records, on=on))

    def to_gexf(
        self,
        path: "str | pathlib.Path",
        records: Iterable[Exportable] | None = None,
        *,
        on: DateLike | None = None,
    ) -> None:
        """Write the graph of :meth:`to_networkx` as GEXF, for Gephi; needs the extra ``graph``.

        Arguments and errors are those of :meth:`to_geo_json`.
        """
        from friendcities.exporters.graphs import as_gexf  # noqa: PLC0415
        from friendcities.exporters.output_files import write_file  # noqa: PLC0415

        write_file(path, as_gexf(self, records, on=on))

    def to_sqlite(
        self,
        path: "str | pathlib.Path",
        records: Iterable[Exportable] | None = None,
        *,
        on: DateLike | None = None,
    ) -> None:
        """Write a database of SQLite, with a table for each, and their keys and references.

        Arguments and errors are those of :meth:`to_geo_json`, but nothing needs an extra.
        """
        from friendcities.exporters.output_files import write_file  # noqa: PLC0415
        from friendcities.exporters.sqlite import as_sqlite  # noqa: PLC0415

        write_file(path, as_sqlite(self, records, on=on))

    def to_json_ld(self, path: "str | pathlib.Path", *, on: DateLike | None = None) -> None:
        """Write everything as JSON-LD, in one graph: cities with their active sister cities, and sources.

        A sister city that is no more than listed is left out, for linked data has no word of doubt.

        Args:
            path: The file.
            on: The date at whose end cities are sister cities, instead of after the last step on record.

        Raises:
            InvalidQueryError: If this is no path.
            OSError: If it cannot be written; what was there before is then as it was.
        """
        from friendcities.exporters.json_ld import as_json_ld  # noqa: PLC0415
        from friendcities.exporters.output_files import write_file  # noqa: PLC0415

        write_file(path, as_json_ld(self, on=on))

    def to_data_package(
        self, folder: "str | pathlib.Path", *, licence: str | None = None, on: DateLike | None = None
    ) -> None:
        """Write everything as a Frictionless data package: CSV files, and what they are.

        Args:
            folder: The folder; an earlier export there is replaced.
            licence: Under which licence it is handed on, such as ``"CC-BY-4.0"``; ``None``: that of the bundled data
                where it is they, and else the package does not say.
            on: How partnerships stood at the end of this date, instead of after the last step on record.

        Raises:
            InvalidQueryError: If this is no licence that we know, or the folder holds something else.
            OSError: If it cannot be written; what was there before is then as it was.
        """
        from friendcities.exporters.data_package import package_files  # noqa: PLC0415
        from friendcities.exporters.output_files import write_folder  # noqa: PLC0415

        write_folder(folder, package_files(self, licence=licence, on=on))
