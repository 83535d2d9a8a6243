"""What a record is: the classes, their vocabularies and their rules. Knows nothing of files, JSON or datasets."""

from types import MappingProxyType
from typing import Final

from friendcities.model.city import City, Coordinates, Name
from friendcities.model.cooperation import Cooperation
from friendcities.model.dates import DateLike, Each, PartialDate, Period, PeriodUnit, as_date
from friendcities.model.event import Event, Participant
from friendcities.model.evidence import Evidence, Sourced
from friendcities.model.grammar import (
    CityId,
    CooperationId,
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
from friendcities.model.memorandum import Count, Memorandum, Party
from friendcities.model.official import Office, Official
from friendcities.model.partnership import Partnership, Step, Term
from friendcities.model.record import FrozenMap, Problems, Record, record
from friendcities.model.source import Source
from friendcities.model.statistic import Change, Statistic
from friendcities.model.vocabulary import (
    Assurance,
    Basis,
    Bound,
    Instrument,
    Level,
    NameKind,
    Occurrence,
    PartnershipKind,
    SourceKind,
    Stage,
    Status,
)

__all__ = [
    "RECORD_TYPES",
    "AnyRecord",
    "Assurance",
    "Basis",
    "Bound",
    "Change",
    "City",
    "CityId",
    "Cooperation",
    "CooperationId",
    "Coordinates",
    "Count",
    "DateLike",
    "Each",
    "Event",
    "EventId",
    "Evidence",
    "FrozenMap",
    "Instrument",
    "Level",
    "Memorandum",
    "MemorandumId",
    "Name",
    "NameKind",
    "Occurrence",
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
    "Source",
    "SourceId",
    "SourceKind",
    "Sourced",
    "Stage",
    "State",
    "Statistic",
    "StatisticId",
    "Status",
    "Step",
    "Term",
    "as_date",
    "parse_city_id",
    "parse_partnership_id",
    "parse_source_id",
    "record",
]

AnyRecord = City | Partnership | Memorandum | Official | Statistic | Event | Cooperation | Source
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
        "sources": Source,
    },
)
"""The record types by the name of their folder; registering a new one is one line here."""
