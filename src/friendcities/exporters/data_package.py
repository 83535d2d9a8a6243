"""A whole dataset as a Frictionless data package (version 1): CSV files, and ``datapackage.json``, which tells of them.

The package also has ``friendcities.json``, from which :meth:`friendcities.Dataset.load` makes the same dataset.
"""

from typing import Any, Final

from friendcities import __version__
from friendcities.codec.writer import dumps
from friendcities.datasets.partnership_questions import Dataset
from friendcities.datasets.storage import as_one_file
from friendcities.errors import InvalidQueryError
from friendcities.exporters.csv_files import MARKS, csv_files
from friendcities.exporters.tables import SHAPES, CellType, Shape
from friendcities.model import RECORD_TYPES, AnyRecord, DateLike, Source
from friendcities.model.record import short

__all__ = ["BUNDLED", "LICENCES", "data_package", "package_files"]

LICENCES: Final = {
    "CC-BY-4.0": ("Creative Commons Attribution 4.0", "https://creativecommons.org/licenses/by/4.0/"),
    "CC-BY-SA-4.0": (
        "Creative Commons Attribution Share-Alike 4.0",
        "https://creativecommons.org/licenses/by-sa/4.0/",
    ),
    "CC0-1.0": ("CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
    "ODC-BY-1.0": (
        "Open Data Commons Attribution License 1.0",
        "https://opendefinition.org/licenses/odc-by/",
    ),
    "ODbL-1.0": ("Open Data Commons Open Database License 1.0", "https://opendefinition.org/licenses/odc-odbl/"),
}
"""The licences that a package can be handed on under, by their ids of the Open Definition: title and address."""
BUNDLED: Final = "CC-BY-4.0"
"""The licence of the data that comes with the package."""
_WHOLE: Final = "friendcities.json"
_TYPES: Final = {
    CellType.TEXT: "string",
    CellType.INTEGER: "integer",
    CellType.NUMBER: "number",
    CellType.DECIMAL: "number",
    CellType.BOOLEAN: "boolean",
    CellType.DATE: "date",
}


def package_files(data: Dataset, *, licence: str | None = None, on: DateLike | None = None) -> dict[str, bytes]:
    """The files of a data package, by name."""
    records: dict[type[AnyRecord], dict[str, AnyRecord]] = {cls: {} for cls in RECORD_TYPES.values()}
    for each in data:
        records[type(each)][each.id] = each
    return {
        "datapackage.json": dumps(data_package(data, licence)).encode(),
        **csv_files(data, on=on),
        _WHOLE: as_one_file(records, data.redirects),
    }


def data_package(data: Dataset, licence: str | None = None) -> dict[str, Any]:
    """What is in a data package: its files, with the columns of each; its licence and its sources.

    Args:
        data: The dataset.
        licence: Under which licence it is handed on; ``None``: under its own, where it is the bundled data.

    Raises:
        InvalidQueryError: If this is no licence that we know; ``candidates`` are those we do.

    Example:
        >>> import friendcities as fc
        >>> told = data_package(fc.dataset())
        >>> told["licenses"][0]["name"], told["resources"][0]["schema"]["fields"][0]["name"]
        ('CC-BY-4.0', 'id')
    """
    described: dict[str, Any] = {
        "profile": "data-package",
        "name": "friendcities",
        "title": "Sister cities, friendship cities and what ties them",
        "description": MARKS,
        "resources": [*map(_resource, SHAPES.values()), _RECORDS],
    }
    version = data._version  # noqa: SLF001 - that of the data that comes with the package; no other has one
    if version:
        described |= {"version": f"{__version__}+data.{version}"}
        licence = BUNDLED if licence is None else licence
    if licence is not None:
        if not isinstance(licence, str) or licence not in LICENCES:
            message = f"{short(licence)} is no licence that we know; it can be {', '.join(map(repr, LICENCES))}"
            raise InvalidQueryError(message, licence, tuple(LICENCES))
        title, address = LICENCES[licence]
        described["licenses"] = [{"name": licence, "title": title, "path": address}]
    sources = [_source(source) for source in data.sources()]
    return described | ({"sources": sources} if sources else {})


_RECORDS: Final = {
    "name": "records",
    "path": _WHOLE,
    "description": "The same records, with nothing left out, as friendcities reads them",
    "format": "json",
    "mediatype": "application/json",
    "encoding": "utf-8",
}


def _resource(shape: Shape) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [
            {"name": column.name, "type": _TYPES[column.type], "description": column.meaning}
            for column in shape.columns
        ],
        "missingValues": [""],
    }
    if not _may_be_empty(shape):
        schema["primaryKey"] = list(shape.key)
    keys = [
        {"fields": column.name, "reference": {"resource": column.refers_to, "fields": "id"}}
        for column in shape.columns
        if column.refers_to is not None
    ]
    if keys:
        schema["foreignKeys"] = keys
    return {
        "profile": "tabular-data-resource",
        "name": shape.name.replace("_", "-"),
        "path": f"{shape.name}.csv",
        "description": shape.meaning,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "schema": schema,
    }


def _may_be_empty(shape: Shape) -> bool:
    """Whether a part of the key of a table is empty in some rows, as it is for evidence of a whole record."""
    return "part" in shape.key


def _source(source: Source) -> dict[str, str]:
    told = {"title": f"{source.publisher}: {source.title}"}
    address = source.address or source.archived
    return told if address is None else {**told, "path": address}
