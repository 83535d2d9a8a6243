"""A dataset whose every text is something that a careless page would obey, or stumble over.

For each text there is a city of that name with one record of every type, and that text wherever a text is taken. The
last is plain: whatever else a page of the catalogue holds must be as on its page.
"""

from decimal import Decimal
from typing import Final

from friendcities import (
    CityId,
    Cooperation,
    CooperationId,
    CooperationStage,
    Coordinates,
    Dataset,
    DocumentKind,
    Event,
    EventId,
    Evidence,
    FrozenMap,
    Memorandum,
    MemorandumId,
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
    Source,
    SourceId,
    SourceKind,
    SourceTerm,
    StatedCount,
    Statistic,
    StatisticId,
    Step,
    StepAction,
)
from friendcities.model import AnyRecord
from tests.worlds import a_city, a_name

PLAIN: Final = "plain"
TEXTS: Final = {
    "attribute": '"\'><svg onload=alert(1)>\' onfocus="alert(2)" autofocus x="',
    "comment": "--> ]]> --!> <!-- <![CDATA[ ?> <?php",
    "emoji": "👩‍👩‍👧‍👦🇳🇿🕊️ Ω≈ç√",
    "entities": "&lt;b&gt;&amp;amp; &#60;i&#62; &copy",
    "escapes": "\\u003cb\\u003e \\n \\\\ $& $1 \\' \\\" %3Cb%3E",
    "links": "javascript:alert(1) [l](javascript:alert(2)) <https://x.example> ![](//y.z/x)",
    "long": "W" * 72,
    "markup": "`code` ``x`` **bold** {ref}`x` :ref:`x` |x| x_ [^1] # x",
    "right-to-left": "\u200fשלום العربية\u200e (abc) 123! \u061c",
    "script": "<script>alert(1)</script><b>bold</b>",
    "closing": "</script></title></bdi></table><img src=x onerror=alert(1)>",
    "templates": "{{ 7 * 7 }}{% raw %} ${7 * 7} #{7} <%= 7 %> {{{x}}} [[x]]",
    PLAIN: "Plainville",
}
"""By what stands in the ids of the records. They are just short enough to be shown whole where sentences shorten."""
HUB: Final = CityId("nz-a")
"""The partner of them all; its id comes first, so that every partnership is named in one order."""


def records_of(key: str, text: str) -> list[AnyRecord]:
    """A city and all that can be told of it, in one text."""
    city, source, official = CityId(f"nz-{key}"), SourceId(f"on-{key}"), OfficialId(f"o-{key}")
    memorandum, year, said = MemorandumId(f"m-{key}"), PartialDate(2001), f"{text} (said)"
    evidence = Evidence(source=source, locator=text, supports=("names",), claims=FrozenMap({"name": said}), note=text)
    told = (Evidence(source=source, locator=text, note=text, claims=FrozenMap({"date": PartialDate(1999)})),)
    count, period = StatedCount(counted=text, wording=text), Period(start=year, wording=text)
    party = Party(organisation=text, based_in=city, on_behalf_of=city, count=count)
    step = Step(
        date=PartialDate(2001, 5),
        action=StepAction.ESTABLISHED,
        kind=PartnershipKind.SISTER_CITY,
        memorandum=memorandum,
        term=SourceTerm(text=text, language="en"),
        note=text,
        evidence=told,
    )
    contrary = (Evidence(source=source, locator=text, note=text, claims=FrozenMap({"subject": said})),)
    return [
        a_city(
            city,
            text,
            a_name(f"{text} (alias)"),
            a_name(f"{text} (endonym)", NameKind.ENDONYM, "mi"),
            coordinates=Coordinates(latitude=1.0, longitude=2.0, point=text),
            identifiers=FrozenMap({"other": text}),
            note=text,
            evidence=(evidence,),
        ),
        Source(
            id=source,
            kind=SourceKind.PRESS,
            publisher=text,
            title=text,
            authors=(text,),
            published=year,
            as_of=year,
            language="en",
            address="https://example.org/?a=1&b='2'",
            speaks_for=(city,),
            note=text,
        ),
        Partnership(id=PartnershipId(f"{HUB}--{city}"), steps=(step,), note=text),
        Memorandum(
            id=memorandum,
            kind=DocumentKind.LETTER_OF_INTENT,
            signatories=(Party(city=city), party),
            documents=count,
            signed=year,
            period=period,
            subject=text,
            note=text,
            evidence=contrary,
        ),
        Official(
            id=official,
            name=text,
            offices=(Office(title=text, body=text, city=city, attested=year, note=text),),
            note=text,
        ),
        Statistic(
            id=StatisticId(f"s-{key}"),
            city=city,
            measure="ventures",
            value=Decimal(7),
            unit="count",
            period=period,
            stated_by=official,
            note=text,
        ),
        Cooperation(
            id=CooperationId(f"c-{key}"),
            summary=text,
            area="trade",
            cities=(city,),
            parties=(party,),
            period=period,
            stage=CooperationStage.REPORTED,
            stated_by=official,
            note=text,
        ),
        Event(
            id=EventId(f"e-{key}"),
            name=text,
            period=period,
            place=city,
            organisers=(text, text),
            participants=(Participant(city=city, delegate=official, note=text),),
            counts=(count,),
            note=text,
        ),
    ]


DATASET: Final = Dataset([a_city(HUB, "Hub"), *(each for key, text in TEXTS.items() for each in records_of(key, text))])
