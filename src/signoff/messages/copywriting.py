"""What can be said to one role in each part of an advertisement, the richest wording first.

Each part gets tiers of wordings. Wordings of one tier say the same at different length; a later
tier says less. So a part that is too small loses the story before the proof, and the proof before
the gain.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from signoff.brief import Language
from signoff.errors import DataError
from signoff.messages.house import MessageHouse, RoleHouse
from signoff.messages.proposition import HouseProposition
from signoff.messages.wording import (
    call_to_action,
    capital,
    join_list,
    lead_in,
    phrase,
    sentence,
)

__all__ = ["USES", "Copy", "Tiers", "wordings"]

Tiers = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Copy:
    """What there is to say to one role.

    Attributes:
        house: The message house.
        role_house: What this role needs to hear.
        language: Language of the words between the brief's own.
        is_call_apart: Whether the call to action has a part of its own.
    """

    house: MessageHouse
    role_house: RoleHouse
    language: Language
    is_call_apart: bool = False

    @property
    def gains(self) -> tuple[HouseProposition, ...]:
        """What the role gains, the strongest first."""
        return self.role_house.propositions

    @property
    def call(self) -> str:
        """What the role is asked to do."""
        return call_to_action(self.role_house.role, aim=self.house.aim, language=self.language)

    @property
    def call_with_site(self) -> str:
        """What the role is asked to do, and where."""
        return self.say("call_at", call=self.call, website=self.house.website)

    @property
    def lead(self) -> str:
        """The question that tells the role that it is meant."""
        gain = self.gains[0].kind if self.gains else None
        return lead_in(self.role_house.role, gain=gain, language=self.language)

    @property
    def offer(self) -> str:
        """What the offering is, beginning with its name."""
        house = self.house
        if house.description.casefold().startswith(house.offering.casefold()):
            return capital(house.description)
        return self.say("name_is", name=house.offering, text=house.description)

    @property
    def features(self) -> str:
        """The best features as one sentence; empty when there are none."""
        if not self.role_house.features:
            return ""
        listed = join_list(self.role_house.features, language=self.language)
        return self.say("what_you_get", features=listed)

    @property
    def title(self) -> str:
        """Name of the offering and who makes it."""
        house = self.house
        return self.say("by", name=house.offering, advertiser=house.advertiser)

    def say(self, key: str, **values: str) -> str:
        """Give a phrase; empty when one of the words in it is empty."""
        if not all(values.values()):
            return ""
        return phrase(key, values, language=self.language)


def wordings(use: str, *, copy: Copy) -> Tiers:
    """Give what can stand in a part of an advertisement.

    Args:
        use: What the part is for, as in PartRule.use.
        copy: What there is to say.

    Returns:
        Tiers of wordings, the richest tier and wording first, without empty or repeated ones.

    Raises:
        DataError: no part has such a use.

    >>> from signoff.brief import read_brief, starter_brief
    >>> from signoff.messages.house import build_house
    >>> house = build_house(read_brief(starter_brief()))
    >>> wordings("button", copy=Copy(house, house.roles[0], house.language))
    (('Ask how it works',),)
    """
    if use not in USES:
        raise DataError(
            f"a part of an ad format has the use '{use}'",
            why="nothing is written for such a part",
            fix=f"write one of {', '.join(USES)}",
        )
    seen: set[str] = set()
    tiers = (tuple(text for text in tier if _is_new(text, seen)) for tier in USES[use](copy))
    return tuple(tier for tier in tiers if tier)


def _is_new(text: str, seen: set[str]) -> bool:
    key = text.casefold().rstrip(".")
    if not key or key in seen:
        return False
    seen.add(key)
    return True


def _join(*parts: str, by: str = " ") -> str:
    return by.join(part for part in parts if part)


def _headline(copy: Copy) -> Sequence[Sequence[str]]:
    gains, house = copy.gains, copy.house
    strong = [text for gain in gains[:1] for text in (_bare(gain.sentence), gain.headline)]
    weaker = [gain.headline for gain in gains[1:]]
    own = [*(gain.claim for gain in gains), house.offering, copy.call, copy.title]
    features = [capital(feature) for feature in copy.role_house.features]
    values = copy.role_house.values
    return [strong, weaker, own, features, values, [house.advertiser, _from(copy), _ask(copy)]]


def _from(copy: Copy) -> str:
    return copy.say("from", advertiser=copy.house.advertiser)


def _ask(copy: Copy) -> str:
    return copy.say("short_name_call", advertiser=copy.house.advertiser)


def _bare(text: str) -> str:
    return text.removesuffix(".")


def _line(copy: Copy) -> Sequence[Sequence[str]]:
    gains = copy.gains
    proved = [_join(gain.sentence, gain.proof) for gain in gains[:1] if gain.proof]
    single = [gain.sentence for gain in gains[:1]]
    proofs = [gain.proof for gain in gains[:1]]
    others = [gain.sentence for gain in gains[1:]]
    rest = [
        copy.offer,
        capital(copy.house.description),
        copy.features,
        sentence(copy.call_with_site),
    ]
    last = [sentence(copy.title), sentence(copy.call), sentence(copy.house.offering)]
    return [proved, single, proofs, others, rest, last]


def _paragraph(copy: Copy) -> Sequence[Sequence[str]]:
    call = "" if copy.is_call_apart else sentence(copy.call)
    gain = copy.gains[0] if copy.gains else None
    if gain is None:
        return [
            [_join(copy.lead, copy.offer, copy.features, call), _join(copy.offer, call)],
            [copy.offer, sentence(copy.title)],
            [sentence(copy.house.offering)],
        ]
    core = _join(gain.sentence, gain.proof)
    rich = [
        _join(copy.lead, core, copy.offer, copy.features, call),
        _join(copy.lead, core, copy.offer, call),
        _join(copy.lead, core, call),
        _join(core, copy.offer, call),
        _join(core, call),
        core,
    ]
    less = [_join(gain.sentence, call), gain.sentence, _join(sentence(gain.claim), call)]
    return [rich, less, [sentence(gain.claim)], [sentence(copy.title)], [copy.house.offering]]


def _call(copy: Copy) -> Sequence[Sequence[str]]:
    return [[copy.call_with_site, copy.call], [_ask(copy)], [copy.house.website]]


def _button(copy: Copy) -> Sequence[Sequence[str]]:
    return [[copy.call]]


def _letter(copy: Copy) -> Sequence[Sequence[str]]:
    gains = [_join(gain.sentence, gain.proof) for gain in copy.gains]
    first, others = "".join(gains[:1]), gains[1:2]
    offer = _join(copy.offer, copy.features)
    doubt = _first_answer(copy)
    close = sentence(copy.call_with_site or copy.call)
    versions = [
        (_join(copy.lead, first), offer, *others, doubt, copy.house.story, close),
        (_join(copy.lead, first), offer, *others, doubt, close),
        (_join(copy.lead, first), offer, *others, close),
        (_join(copy.lead, first), offer, close),
        (first, copy.offer, close),
        (first, close),
    ]
    return [[_join(*version, by="\n\n") for version in versions], *_paragraph(copy)]


def _first_answer(copy: Copy) -> str:
    """Give a doubt with its answer, if it says more than the two strongest gains."""
    said = {gain.where for gain in copy.gains[:2]}
    for objection in copy.role_house.objections:
        if objection.answer and not objection.gap and objection.where not in said:
            return copy.say("doubt", objection=objection.doubt, answer=objection.answer)
    return ""


def _script(copy: Copy) -> Sequence[Sequence[str]]:
    gain = copy.gains[0] if copy.gains else None
    core = _join(gain.sentence, gain.proof) if gain else ""
    short = gain.sentence if gain else ""
    site = copy.say("spoken_at", call=copy.call, website=copy.house.website)
    close = site or sentence(copy.call)
    name = sentence(copy.title)
    return [
        [
            _join(copy.lead, core, copy.offer, sentence(_from(copy)), close),
            _join(core, copy.offer, close),
            _join(core, name, close),
        ],
        [_join(short, name, close), _join(short, name)],
        [name, sentence(copy.house.offering)],
    ]


def _signature(copy: Copy) -> Sequence[Sequence[str]]:
    house = copy.house
    with_site = _join(copy.title, house.website, by=", ")
    return [[with_site, copy.title], [house.offering], [house.advertiser]]


USES: dict[str, Callable[[Copy], Sequence[Sequence[str]]]] = {
    "headline": _headline,
    "line": _line,
    "paragraph": _paragraph,
    "call": _call,
    "button": _button,
    "letter": _letter,
    "script": _script,
    "signature": _signature,
}
