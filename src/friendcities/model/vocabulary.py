"""The closed vocabularies of the field: one question each, never two in one.

Each member is also its own text, so ``partnership.state.kind == "sister_city"`` is true where it should be.
"""

from enum import StrEnum


class PartnershipKind(StrEnum):
    """Of what kind a partnership is, mapped from the source's words by its language and jurisdiction."""

    SISTER_CITY = "sister_city"
    """Sister city, twin town, jumelage, 姉妹都市, 友好城市; "Partnerschaft" in the register of the RGRE."""
    FRIENDSHIP_CITY = "friendship_city"
    """A weaker tie where a jurisdiction knows both: "Freundschaft" in the register of the RGRE, 우호도시 in Korea."""
    FRIENDLY_EXCHANGE = "friendly_exchange"
    """A friendly exchange relationship, 友好交流关系."""
    PROJECT_PARTNERSHIP = "project_partnership"
    """A partnership for one project and its time."""
    CONTACT = "contact"
    """A contact without a treaty: "Kontakt" in the register of the RGRE."""
    UNSPECIFIED = "unspecified"
    """No source says of what kind."""


class StepAction(StrEnum):
    """What happened in one step of a partnership's history."""

    PROPOSED = "proposed"
    """One side or both wish for it, in a speech, a letter of intent or a memorandum."""
    ESTABLISHED = "established"
    """It came into force."""
    UPGRADED = "upgraded"
    """It went on as a closer kind."""
    RENEWED = "renewed"
    """It was confirmed, or signed again."""
    SUSPENDED = "suspended"
    """It was put on hold."""
    RESUMED = "resumed"
    """It came into force again."""
    ENDED = "ended"
    """It is no more."""
    LISTED = "listed"
    """A source lists it without saying when it began."""
    UNCONFIRMED = "unconfirmed"
    """A source says so against better evidence, or in a way that leaves open whether it is in force."""


class Status(StrEnum):
    """How a partnership stands; derived from its steps."""

    UNCONFIRMED = "unconfirmed"
    PROPOSED = "proposed"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    ENDED = "ended"


class Reliability(StrEnum):
    """On how good a word a partnership stands; derived from its sources."""

    OFFICIAL = "official"
    """The government of one of the two parties says so."""
    REPORTED = "reported"
    """An agency, the press, an association, a yearbook or another government says so."""
    LISTED = "listed"
    """Only third-party lists have it: encyclopaedias, databases, social media."""


class DocumentKind(StrEnum):
    """What kind of document a memorandum is."""

    PARTNERSHIP_AGREEMENT = "partnership_agreement"
    MEMORANDUM_OF_UNDERSTANDING = "memorandum_of_understanding"
    LETTER_OF_INTENT = "letter_of_intent"
    FRIENDSHIP_AGREEMENT = "friendship_agreement"
    COOPERATION_PLAN = "cooperation_plan"
    JOINT_DECLARATION = "joint_declaration"
    COUNCIL_RESOLUTION = "council_resolution"
    OTHER = "other"


class Level(StrEnum):
    """The level of government of a city."""

    MUNICIPALITY = "municipality"
    DISTRICT = "district"
    TOWN = "town"
    COUNTY = "county"
    PROVINCE_OR_STATE = "province_or_state"
    REGION = "region"


class NameKind(StrEnum):
    """What kind of name a name is."""

    OFFICIAL = "official"
    """The name in law."""
    ENDONYM = "endonym"
    """The name in a language spoken there."""
    EXONYM = "exonym"
    """The name in another language."""
    FORMER = "former"
    """A name that the place itself once had."""
    PREDECESSOR = "predecessor"
    """The name of a place that was absorbed into this one."""
    ALIAS = "alias"
    """Another spelling, a short form, a name as one source prints it."""


class SourceKind(StrEnum):
    """Who speaks in a source."""

    CITY_GOVERNMENT = "city_government"
    NATIONAL_GOVERNMENT = "national_government"
    STATISTICAL_YEARBOOK = "statistical_yearbook"
    ASSOCIATION = "association"
    NEWS_AGENCY = "news_agency"
    PRESS = "press"
    COMPANY = "company"
    ACADEMIC = "academic"
    ENCYCLOPAEDIA = "encyclopaedia"
    DATABASE = "database"
    SOCIAL_MEDIA = "social_media"
    OTHER = "other"


class ValueQualifier(StrEnum):
    """How a stated value bounds the true one."""

    EXACTLY = "exactly"
    ABOUT = "about"
    MORE_THAN = "more_than"
    AT_LEAST = "at_least"
    LESS_THAN = "less_than"
    AT_MOST = "at_most"


class StatisticBasis(StrEnum):
    """Whether a statistic tells what was or what is expected."""

    REPORTED = "reported"
    FORECAST = "forecast"


class CooperationStage(StrEnum):
    """Whether a cooperation is told as a fact or as an intention."""

    REPORTED = "reported"
    PLANNED = "planned"


class Completeness(StrEnum):
    """How complete a dataset is for the partnerships of a city."""

    COMPLETE = "complete"
    """All partnerships that the city itself counts are in the dataset."""
    PARTIAL = "partial"
    """The city's own list was used, but the dataset lacks some of its partnerships."""
    INCIDENTAL = "incidental"
    """The dataset has only partnerships that are in the lists of other cities."""
