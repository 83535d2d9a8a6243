"""Sister cities and city partnerships as typed Python records, with a source for every fact.

For help on one function or class, call for example ``help(friendcities.partners_of)``.

The functions of this module query the bundled data. A :class:`Dataset` has the same methods for your own data.
The data is loaded on first use.

===================  ===========================================================================================
cities               city, find_cities, parts_of
partners             partners_of, partnerships_of, partnership_between, common_partners, shortest_path,
                     find_partnerships
history and numbers  timeline, count_partnerships, coverage_of, statistics_of
other records        memoranda_of, officials_of, events_of, cooperations_of
sources              sources_of, cite
one record by id     source, memorandum, official, statistic, event, cooperation
all records          cities, partnerships, sources, memoranda, officials, statistics, events, cooperations, coverage
own data             dataset, Dataset (load, from_dict, save, to_dict, merge, to_pandas and other exports)
records              City, Partnership, Memorandum, Official, Statistic, Event, Cooperation, Coverage, Source
parts of records     Step, State, Evidence, PartialDate, Name, Coordinates, Office, Party, Period and others
results              Results, TimelineEntry, FrozenMap
words of a field     Status, PartnershipKind, StepAction, Level, Reliability, Completeness and others
errors               FriendcitiesError, UnknownCityError, AmbiguousCityError, InvalidQueryError and others
packages             friendcities.plot, .graph, .importers, .exporters, .merge, .diff, .checks
===================  ===========================================================================================

Example:
    >>> import friendcities as fc
    >>> fc.partners_of("Porto")
    (<City cn-shanghai: Shanghai, CN>,)
"""

# ruff: noqa: F405 - a test looks up every name in `__all__`

__version__ = "26.1.0"

data_version = "2026-11-30"
"""The date of the bundled data, as ISO 8601 text."""

TYPE_CHECKING = False  # type checkers treat this name as true; importing it from typing is slow

if TYPE_CHECKING:
    from friendcities.datasets.bundled import dataset
    from friendcities.datasets.dataset import Dataset, Results
    from friendcities.datasets.timeline import TimelineEntry
    from friendcities.errors import *  # noqa: F403 - `__all__` lists the public names
    from friendcities.exporters.citations import cite
    from friendcities.model import *  # noqa: F403

    _BUNDLED = dataset()
    cities = _BUNDLED.cities
    city = _BUNDLED.city
    common_partners = _BUNDLED.common_partners
    cooperation = _BUNDLED.cooperation
    cooperations = _BUNDLED.cooperations
    cooperations_of = _BUNDLED.cooperations_of
    count_partnerships = _BUNDLED.count_partnerships
    coverage = _BUNDLED.coverage
    coverage_of = _BUNDLED.coverage_of
    event = _BUNDLED.event
    events = _BUNDLED.events
    events_of = _BUNDLED.events_of
    find_cities = _BUNDLED.find_cities
    find_partnerships = _BUNDLED.find_partnerships
    memoranda = _BUNDLED.memoranda
    memoranda_of = _BUNDLED.memoranda_of
    memorandum = _BUNDLED.memorandum
    official = _BUNDLED.official
    officials = _BUNDLED.officials
    officials_of = _BUNDLED.officials_of
    partners_of = _BUNDLED.partners_of
    partnership_between = _BUNDLED.partnership_between
    partnerships = _BUNDLED.partnerships
    partnerships_of = _BUNDLED.partnerships_of
    parts_of = _BUNDLED.parts_of
    shortest_path = _BUNDLED.shortest_path
    source = _BUNDLED.source
    sources = _BUNDLED.sources
    sources_of = _BUNDLED.sources_of
    statistic = _BUNDLED.statistic
    statistics = _BUNDLED.statistics
    statistics_of = _BUNDLED.statistics_of
    timeline = _BUNDLED.timeline

# fmt: off
__all__ = [
    "AmbiguousCityError", "City", "CityId", "Completeness", "Cooperation", "CooperationId", "CooperationStage",
    "Coordinates", "Coverage", "CoverageId", "DataError", "Dataset", "DateLike", "DocumentKind", "Event", "EventId",
    "Evidence", "FetchError", "FriendcitiesError", "FrozenMap", "InvalidQueryError", "InvalidRecordError", "Level",
    "Memorandum", "MemorandumId", "MissingExtraError", "Name", "NameKind", "NoPathError", "Office", "Official",
    "OfficialId", "PartialDate", "Participant", "Partnership", "PartnershipId", "PartnershipKind", "Party",
    "Period", "PeriodUnit", "Problem", "RecurringPeriod", "Reliability", "Results", "Source", "SourceId",
    "SourceKind", "SourceTerm", "State", "StatedCount", "Statistic", "StatisticBasis", "StatisticChange",
    "StatisticId", "Status", "Step", "StepAction", "TimelineEntry", "UnknownCityError", "UnknownPartnershipError",
    "UnknownRecordError", "ValueQualifier", "__version__", "cite", "cities", "city", "common_partners",
    "cooperation", "cooperations", "cooperations_of", "count_partnerships", "coverage", "coverage_of",
    "data_version", "dataset", "event", "events", "events_of", "find_cities", "find_partnerships", "memoranda",
    "memoranda_of", "memorandum", "official", "officials", "officials_of", "parse_city_id", "parse_partnership_id",
    "parse_source_id", "partners_of", "partnership_between", "partnerships", "partnerships_of", "parts_of",
    "shortest_path", "source", "sources", "sources_of", "statistic", "statistics", "statistics_of", "timeline",
]
# fmt: on


def _module_of(name: str) -> str:
    if name in {"Dataset", "Results", "TimelineEntry"}:
        return "datasets.timeline" if name == "TimelineEntry" else "datasets.dataset"
    if name.endswith("Error") or name == "Problem":
        return "errors"
    if name == "cite":
        return "exporters.citations"
    return "model" if name[0].isupper() or name.startswith("parse_") else "datasets.bundled"


def __getattr__(name: str) -> object:
    """Load a public name when it is first used (PEP 562)."""
    if name not in __all__:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    from importlib import import_module  # noqa: PLC0415 - importing friendcities imports nothing

    from friendcities.garbage_collector import pause_garbage_collector  # noqa: PLC0415

    with pause_garbage_collector():
        value: object = getattr(import_module(f"{__name__}.{_module_of(name)}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    import sys  # noqa: PLC0415 - importing friendcities imports nothing
    from traceback import walk_stack  # noqa: PLC0415

    if any(frame.f_globals.get("__name__") == "pydoc" for frame, _ in walk_stack(sys._getframe())):  # noqa: SLF001
        return ["__doc__"]  # otherwise help(friendcities) prints every class in full, 11,000 lines
    return sorted({*globals(), *__all__})
