"""Internal. What a record is: the classes, their vocabularies and their rules, independent of files and datasets."""

from types import MappingProxyType
from typing import Final

from friendcities.model.city import City, Coordinates, Name
from friendcities.model.cooperation import Cooperation
from friendcities.model.coverage import Coverage
from friendcities.model.dates import DateLike, PartialDate, Period, PeriodUnit, RecurringPeriod, as_date
from friendcities.model.event import Event, Participant
from friendcities.model.evidence import Evidence, Sourced
from friendcities.model.grammar import (
    CityId,
    CooperationId,
    CoverageId,
    EventId,
    MemorandumId,
    OfficialId,
    PartnershipId,
    SourceId,
    StatisticId,
    parse_city_id,
    parse_partnership_id,
    parse_source_id,
)
from friendcities.model.history import State
from friendcities.model.memorandum import Memorandum, Party, StatedCount
from friendcities.model.official import Office, Official
from friendcities.model.partnership import Partnership, SourceTerm, Step
from friendcities.model.record import FrozenMap, Problems, Record, record
from friendcities.model.source import Source
from friendcities.model.statistic import Statistic, StatisticChange
from friendcities.model.vocabulary import (
    Completeness,
    CooperationStage,
    DocumentKind,
    Level,
    NameKind,
    PartnershipKind,
    Reliability,
    SourceKind,
    StatisticBasis,
    Status,
    StepAction,
    ValueQualifier,
)

__all__ = [
    "RECORD_TYPES",
    "AnyRecord",
    "City",
    "CityId",
    "Completeness",
    "Cooperation",
    "CooperationId",
    "CooperationStage",
    "Coordinates",
    "Coverage",
    "CoverageId",
    "DateLike",
    "DocumentKind",
    "Event",
    "EventId",
    "Evidence",
    "FrozenMap",
    "Level",
    "Memorandum",
    "MemorandumId",
    "Name",
    "NameKind",
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
    "Problems",
    "Record",
    "RecurringPeriod",
    "Reliability",
    "Source",
    "SourceId",
    "SourceKind",
    "SourceTerm",
    "Sourced",
    "State",
    "StatedCount",
    "Statistic",
    "StatisticBasis",
    "StatisticChange",
    "StatisticId",
    "Status",
    "Step",
    "StepAction",
    "ValueQualifier",
    "as_date",
    "parse_city_id",
    "parse_partnership_id",
    "parse_source_id",
    "record",
]

AnyRecord = City | Partnership | Memorandum | Official | Statistic | Event | Cooperation | Coverage | Source
"""A record that has a file of its own."""

RECORD_TYPES: Final = MappingProxyType[str, type[AnyRecord]](
    {
        "cities": City,
        "partnerships": Partnership,
        "memoranda": Memorandum,
        "officials": Official,
        "statistics": Statistic,
        "events": Event,
        "cooperations": Cooperation,
        "coverage": Coverage,
        "sources": Source,
    }
)
"""The record types by the name of their folder; registering a new one is one line here."""
