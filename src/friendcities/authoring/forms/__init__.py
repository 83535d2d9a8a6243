"""The forms for the types of records."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from friendcities.authoring.evidence import build_with_evidence
from friendcities.authoring.forms.city import CITY_QUESTIONS, build_city
from friendcities.authoring.forms.cooperation import COOPERATION
from friendcities.authoring.forms.event import EVENT
from friendcities.authoring.forms.memorandum import MEMORANDUM
from friendcities.authoring.forms.official import OFFICIAL
from friendcities.authoring.forms.partnership import PARTNERSHIP
from friendcities.authoring.forms.source import SOURCE, SOURCE_QUESTIONS
from friendcities.authoring.forms.statistic import STATISTIC
from friendcities.authoring.questions import Form

__all__ = ["FORMS"]

_CITY: Final = Form(
    name="city",
    summary="a place that can be a party: a municipality, a district, a state",
    questions=(*CITY_QUESTIONS[:-1], *SOURCE_QUESTIONS, CITY_QUESTIONS[-1]),
    build=build_with_evidence(build_city),
)
_ALL: Final = (PARTNERSHIP, _CITY, SOURCE, MEMORANDUM, OFFICIAL, STATISTIC, EVENT, COOPERATION)
FORMS: Final[Mapping[str, Form]] = MappingProxyType({form.name: form for form in _ALL})
"""The forms by the name of the type."""
