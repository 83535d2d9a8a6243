"""The allowed values of fields such as ``kind`` and ``level``.

Each member is equal to its text: ``partnership.state.kind == "sister_city"``.
"""

from enum import StrEnum


class PartnershipKind(StrEnum):
    """The kind of a partnership.

    One term can mean different kinds in different countries.
    """

    SISTER_CITY = "sister_city"
    """A sister city or twin town: "jumelage", "姉妹都市", "友好城市", "Partnerschaft" in the register of the RGRE."""
    FRIENDSHIP_CITY = "friendship_city"
    """A weaker kind than a sister city: "Freundschaft" in the register of the RGRE, "우호도시" in Korea."""
    FRIENDLY_EXCHANGE = "friendly_exchange"
    """A friendly exchange relationship: "友好交流关系"."""
    PROJECT_PARTNERSHIP = "project_partnership"
    """A partnership for the duration of one project."""
    CONTACT = "contact"
    """A contact without a treaty: "Kontakt" in the register of the RGRE."""
    UNSPECIFIED = "unspecified"
    """No source states the kind."""


class StepAction(StrEnum):
    """The action of a step in the history of a partnership."""

    PROPOSED = "proposed"
    """A city proposes a partnership, for example in a speech or in a letter of intent."""
    ESTABLISHED = "established"
    """The partnership came into force."""
    UPGRADED = "upgraded"
    """The partnership changed to a closer kind."""
    RENEWED = "renewed"
    """The partnership was confirmed or signed again."""
    SUSPENDED = "suspended"
    """The partnership was suspended."""
    RESUMED = "resumed"
    """The partnership came into force again."""
    ENDED = "ended"
    """The partnership ended."""
    LISTED = "listed"
    """A source lists the partnership without a start date."""
    UNCONFIRMED = "unconfirmed"
    """The source does not clearly state a partnership in force, or more reliable evidence contradicts the source."""


class Status(StrEnum):
    """The status of a partnership, derived from its steps."""

    UNCONFIRMED = "unconfirmed"
    PROPOSED = "proposed"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    ENDED = "ended"


class Reliability(StrEnum):
    """The reliability of the evidence for a partnership, derived from its sources."""

    OFFICIAL = "official"
    """The government of one of the two cities reports the partnership."""
    REPORTED = "reported"
    """Another publisher, such as the press or an association, reports the partnership."""
    LISTED = "listed"
    """Only third-party lists contain the partnership, such as encyclopaedias, databases and social media."""


class DocumentKind(StrEnum):
    """The kind of a signed document."""

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
    """The kind of a name."""

    OFFICIAL = "official"
    """The official name."""
    ENDONYM = "endonym"
    """The name in a local language."""
    EXONYM = "exonym"
    """The name in another language."""
    FORMER = "former"
    """An earlier name of the same place."""
    PREDECESSOR = "predecessor"
    """The name of an earlier place that became part of this place."""
    ALIAS = "alias"
    """Another spelling, a short form, or a name printed in one source."""


class SourceKind(StrEnum):
    """The kind of publisher of a source."""

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
    """Whether a reported value is exact, approximate, or a limit of the true value."""

    EXACTLY = "exactly"
    ABOUT = "about"
    MORE_THAN = "more_than"
    AT_LEAST = "at_least"
    LESS_THAN = "less_than"
    AT_MOST = "at_most"


class StatisticBasis(StrEnum):
    """Whether a value is reported or forecast."""

    REPORTED = "reported"
    FORECAST = "forecast"


class CooperationStage(StrEnum):
    """Whether a cooperation is reported as a fact or as a plan."""

    REPORTED = "reported"
    PLANNED = "planned"


class Completeness(StrEnum):
    """How many of a city's partnerships the dataset has."""

    COMPLETE = "complete"
    """The dataset contains all partnerships that the city itself reports."""
    PARTIAL = "partial"
    """The dataset contains only some of the partnerships that the city itself reports."""
    INCIDENTAL = "incidental"
    """The dataset contains only partnerships from the lists of other cities."""
