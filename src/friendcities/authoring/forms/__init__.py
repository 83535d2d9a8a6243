"""The forms of the types of records: what is asked, and the record that the answers make."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from friendcities.authoring.forms.city import CITY_QUESTIONS, make_city
from friendcities.authoring.forms.cooperation import COOPERATION
from friendcities.authoring.forms.event import EVENT
from friendcities.authoring.forms.memorandum import MEMORANDUM
from friendcities.authoring.forms.official import OFFICIAL
from friendcities.authoring.forms.partnership import PARTNERSHIP
from friendcities.authoring.forms.source import PROOF, SOURCE, with_evidence
from friendcities.authoring.forms.statistic import STATISTIC
from friendcities.authoring.question import Form

__all__ = ["FORMS"]

FORMS: Final[Mapping[str, Form]] = MappingProxyType(
    {
        form.name: form
        for form in (
            PARTNERSHIP,
            Form(
                name="city",
                summary="a place that can be a party: a municipality, a district, a state",
                questions=(*CITY_QUESTIONS[:-1], *PROOF, CITY_QUESTIONS[-1]),
                make=with_evidence(make_city),
            ),
            SOURCE,
            MEMORANDUM,
            OFFICIAL,
            STATISTIC,
            EVENT,
            COOPERATION,
        )
    }
)
"""The forms, by what they add."""
