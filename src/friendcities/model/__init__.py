"""Internal. The record classes and their vocabularies."""

from types import MappingProxyType
from typing import Final

from friendcities.model.city import City as City
from friendcities.model.city import Coordinates as Coordinates
from friendcities.model.city import Name as Name
from friendcities.model.cooperation import Cooperation as Cooperation
from friendcities.model.coverage import Coverage as Coverage
from friendcities.model.dates import DateLike as DateLike
from friendcities.model.dates import PartialDate as PartialDate
from friendcities.model.dates import Period as Period
from friendcities.model.dates import PeriodUnit as PeriodUnit
from friendcities.model.dates import RecurringPeriod as RecurringPeriod
from friendcities.model.dates import as_date as as_date
from friendcities.model.event import Event as Event
from friendcities.model.event import Participant as Participant
from friendcities.model.evidence import Evidence as Evidence
from friendcities.model.evidence import Sourced as Sourced
from friendcities.model.grammar import CityId as CityId
from friendcities.model.grammar import CooperationId as CooperationId
from friendcities.model.grammar import CoverageId as CoverageId
from friendcities.model.grammar import EventId as EventId
from friendcities.model.grammar import MemorandumId as MemorandumId
from friendcities.model.grammar import OfficialId as OfficialId
from friendcities.model.grammar import PartnershipId as PartnershipId
from friendcities.model.grammar import SourceId as SourceId
from friendcities.model.grammar import StatisticId as StatisticId
from friendcities.model.grammar import parse_city_id as parse_city_id
from friendcities.model.grammar import parse_partnership_id as parse_partnership_id
from friendcities.model.grammar import parse_source_id as parse_source_id
from friendcities.model.memorandum import Memorandum as Memorandum
from friendcities.model.memorandum import Party as Party
from friendcities.model.memorandum import StatedCount as StatedCount
from friendcities.model.official import Office as Office
from friendcities.model.official import Official as Official
from friendcities.model.partnership import Partnership as Partnership
from friendcities.model.partnership import SourceTerm as SourceTerm
from friendcities.model.partnership import Step as Step
from friendcities.model.partnership_state import State as State
from friendcities.model.record import FrozenMap as FrozenMap
from friendcities.model.record import Problems as Problems
from friendcities.model.record import Record as Record
from friendcities.model.record import record as record
from friendcities.model.source import Source as Source
from friendcities.model.statistic import Statistic as Statistic
from friendcities.model.statistic import StatisticChange as StatisticChange
from friendcities.model.vocabulary import *  # noqa: F403 - all vocabularies

AnyRecord = City | Partnership | Memorandum | Official | Statistic | Event | Cooperation | Coverage | Source
"""The record types with their own files."""

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
"""The record type of each folder of the data."""
