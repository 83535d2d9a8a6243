"""Exports a dataset as a Frictionless data package (version 1). ``datapackage.json`` describes the CSV files.

The package also contains ``friendcities.json`` for :meth:`friendcities.Dataset.load`.
"""

from typing import TYPE_CHECKING, Any, Final

from friendcities import __version__
from friendcities.codec.dataset_file import dataset_text
from friendcities.codec.writer import dumps
from friendcities.datasets.redirects import redirects_to_plain
from friendcities.errors import InvalidQueryError
from friendcities.exporters.csv_files import MARKING_RULE, csv_files
from friendcities.exporters.tables import TABLE_SCHEMAS, CellType, TableSchema
from friendcities.model import RECORD_TYPES, AnyRecord, DateLike
from friendcities.model.record import short

if TYPE_CHECKING:
    from friendcities.datasets.dataset import Dataset

LICENCES: Final = {
    "CC-BY-4.0": ("Creative Commons Attribution 4.0", "https://creativecommons.org/licenses/by/4.0/"),
    "CC-BY-SA-4.0": ("Creative Commons Attribution Share-Alike 4.0", "https://creativecommons.org/licenses/by-sa/4.0/"),
    "CC0-1.0": ("CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
    "ODC-BY-1.0": ("Open Data Commons Attribution License 1.0", "https://opendefinition.org/licenses/odc-by/"),
    "ODbL-1.0": ("Open Data Commons Open Database License 1.0", "https://opendefinition.org/licenses/odc-odbl/"),
}
"""The title and the address of each licence, by its id in the Open Definition."""
BUNDLED_LICENCE: Final = "CC-BY-4.0"
_RECORDS_FILE: Final = "friendcities.json"
_RECORDS: Final = {
    "name": "records",
    "path": _RECORDS_FILE,
    "description": "The complete records in the format of friendcities",
    "format": "json",
    "mediatype": "application/json",
    "encoding": "utf-8",
}
_TYPES: Final = {CellType.TEXT: "string", CellType.DECIMAL: "number"}
"""The types with different names in Frictionless."""


def package_files(data: "Dataset", *, licence: str | None = None, on: DateLike | None = None) -> dict[str, bytes]:
    """Return the content of the files of a data package, by file name."""
    records: dict[type[AnyRecord], dict[str, AnyRecord]] = {cls: {} for cls in RECORD_TYPES.values()}
    for each in data:
        records[type(each)][each.id] = each
    return {
        "datapackage.json": dumps(describe_package(data, licence)).encode(),
        **csv_files(data, on=on),
        _RECORDS_FILE: dataset_text(records, redirects_to_plain(data.redirects)).encode(),
    }


def describe_package(data: "Dataset", licence: str | None = None) -> dict[str, Any]:
    """Return the content of ``datapackage.json``.

    ``licence`` is a key of ``LICENCES``. By default, the bundled data has its own licence, and other datasets have no
    licence.

    Example:
        >>> import friendcities as fc
        >>> package = describe_package(fc.dataset())
        >>> package["licenses"][0]["name"], package["resources"][0]["schema"]["fields"][0]["name"]
        ('CC-BY-4.0', 'id')
    """
    described: dict[str, Any] = {
        "profile": "data-package",
        "name": "friendcities",
        "title": "Sister cities and city partnerships",
        "description": MARKING_RULE,
        "resources": [*map(_describe_table, TABLE_SCHEMAS.values()), _RECORDS],
    }
    if data.data_version:
        described |= {"version": f"{__version__}+data.{data.data_version}"}
        licence = BUNDLED_LICENCE if licence is None else licence
    if licence is not None:
        if not isinstance(licence, str) or licence not in LICENCES:
            message = f"unknown licence {short(licence)}; expected one of {', '.join(map(repr, LICENCES))}"
            raise InvalidQueryError(message, licence, tuple(LICENCES))
        title, address = LICENCES[licence]
        described["licenses"] = [{"name": licence, "title": title, "path": address}]
    sources = []
    for source in data.sources():
        url = source.address or source.archived
        sources.append({"title": f"{source.publisher}: {source.title}", **({"path": url} if url is not None else {})})
    return described | ({"sources": sources} if sources else {})


def _describe_table(table: TableSchema) -> dict[str, Any]:
    fields = [
        {"name": each.name, "type": _TYPES.get(each.type, each.type), "description": each.meaning}
        for each in table.columns
    ]
    schema: dict[str, Any] = {"fields": fields, "missingValues": [""]}
    if "part" not in table.key:  # the part is empty for evidence of a whole record
        schema["primaryKey"] = list(table.key)
    references = [(each.name, {"resource": each.refers_to, "fields": "id"}) for each in table.columns if each.refers_to]
    if references:
        schema["foreignKeys"] = [{"fields": name, "reference": reference} for name, reference in references]
    return {
        "profile": "tabular-data-resource",
        "name": table.name.replace("_", "-"),
        "path": f"{table.name}.csv",
        "description": table.meaning,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "schema": schema,
    }
