"""Sister cities, friendship cities and what ties them: typed, sourced, offline.

Ask the bundled data with the functions of this module; make a :class:`Dataset` of your own to ask the same of that.
Importing this module reads no data and costs next to nothing: a name is loaded when it is first used.

Example:
    >>> import friendcities as fc
    >>> fc.partners_of("Shanghai")
    (<City nz-dunedin: Dunedin, NZ>,)
"""

__version__ = "26.1.0"

data_version = "2026-11-24"
"""The day whose state the bundled data is in, as ISO 8601 text; a release that changes the data sets it."""

TYPE_CHECKING = False  # importing typing takes longer than all else here; type checkers know the name

if TYPE_CHECKING:
    from friendcities.datasets.bundled import (
        cities,
        city,
        cooperation,
        cooperations,
        cooperations_of,
        count_partnerships,
        dataset,
        event,
        events,
        events_of,
        find_cities,
        find_partnerships,
        memoranda,
        memoranda_of,
        memorandum,
        official,
        officials,
        officials_of,
        partners_of,
        partnership_between,
        partnerships,
        partnerships_of,
        parts_of,
        source,
        sources,
        sources_of,
        statistic,
        statistics,
        statistics_of,
        timeline,
    )
    from friendcities.datasets.dataset import Dataset
    from friendcities.datasets.timeline import TimelineEntry
    from friendcities.errors import (
        AmbiguousCityError,
        DataError,
        FetchError,
        FriendcitiesError,
        InvalidQueryError,
        InvalidRecordError,
        MissingExtraError,
        NoPathError,
        Problem,
        UnknownCityError,
        UnknownPartnershipError,
        UnknownRecordError,
    )
    from friendcities.model import (
        City,
        CityId,
        Cooperation,
        CooperationId,
        CooperationStage,
        Coordinates,
        DateLike,
        DocumentKind,
        Event,
        EventId,
        Evidence,
        FrozenMap,
        Level,
        Memorandum,
        MemorandumId,
        Name,
        NameKind,
        Office,
        Official,
        OfficialId,
        PartialDate,
        Participant,
        Partnership,
        PartnershipId,
        PartnershipKind,
        Party,
        Period,
        PeriodUnit,
        RecurringPeriod,
        Reliability,
        Source,
        SourceId,
        SourceKind,
        SourceTerm,
        State,
        StatedCount,
        Statistic,
        StatisticBasis,
        StatisticChange,
        StatisticId,
        Status,
        Step,
        StepAction,
        ValueQualifier,
        parse_city_id,
        parse_partnership_id,
        parse_source_id,
    )

__all__ = [
    "AmbiguousCityError",
    "City",
    "CityId",
    "Cooperation",
    "CooperationId",
    "CooperationStage",
    "Coordinates",
    "DataError",
    "Dataset",
    "DateLike",
    "DocumentKind",
    "Event",
    "EventId",
    "Evidence",
    "FetchError",
    "FriendcitiesError",
    "FrozenMap",
    "InvalidQueryError",
    "InvalidRecordError",
    "Level",
    "Memorandum",
    "MemorandumId",
    "MissingExtraError",
    "Name",
    "NameKind",
    "NoPathError",
    "Office",
    "Official",
    "OfficialId",
    "PartialDate",
    "Participant",
    "Partnership",
    "PartnershipId",
    "PartnershipKind",
    "Party",
    "Period",
    "PeriodUnit",
    "Problem",
    "RecurringPeriod",
    "Reliability",
    "Source",
    "SourceId",
    "SourceKind",
    "SourceTerm",
    "State",
    "StatedCount",
    "Statistic",
    "StatisticBasis",
    "StatisticChange",
    "StatisticId",
    "Status",
    "Step",
    "StepAction",
    "TimelineEntry",
    "UnknownCityError",
    "UnknownPartnershipError",
    "UnknownRecordError",
    "ValueQualifier",
    "__version__",
    "cities",
    "city",
    "cooperation",
    "cooperations",
    "cooperations_of",
    "count_partnerships",
    "data_version",
    "dataset",
    "event",
    "events",
    "events_of",
    "find_cities",
    "find_partnerships",
    "memoranda",
    "memoranda_of",
    "memorandum",
    "official",
    "officials",
    "officials_of",
    "parse_city_id",
    "parse_partnership_id",
    "parse_source_id",
    "partners_of",
    "partnership_between",
    "partnerships",
    "partnerships_of",
    "parts_of",
    "source",
    "sources",
    "sources_of",
    "statistic",
    "statistics",
    "statistics_of",
    "timeline",
]

_ORIGINS = ("errors", "model", "datasets.dataset", "datasets.timeline", "datasets.bundled")
"""The modules behind this one, the quickest to import first."""


def __getattr__(name: str) -> object:
    """Load a public name when it is first used (PEP 562)."""
    if name in __all__:
        from importlib import import_module  # noqa: PLC0415 - importing friendcities imports nothing

        from friendcities.collector import collector_paused  # noqa: PLC0415

        with collector_paused():
            for origin in _ORIGINS:
                module = import_module(f"{__name__}.{origin}")
                if name in module.__all__:
                    value: object = getattr(module, name)
                    globals()[name] = value
                    return value
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
