"""What an activity of an approval log means: asked, approved, refused, taken back, or nothing."""

import re
from dataclasses import dataclass
from enum import StrEnum

from signoff.store.formats.format import fold

__all__ = ["Activity", "ActivityKind", "read_activity"]


class ActivityKind(StrEnum):
    """What an activity does to a request."""

    SUBMITTED = "submitted"
    APPROVED = "approved"
    FINAL = "final"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    DONE = "done"
    OTHER = "other"


# The first that is found counts: "not approved" and "finally approved" hold "approved".
WORDS = (
    (
        ActivityKind.REJECTED,
        (
            r"not approved|disapproved|rejected|refused|declined|denied|turned down|reject|"
            r"non approuvee?|non validee?|refusee?|rejetee?|refus|rejet"
        ),
    ),
    (
        ActivityKind.WITHDRAWN,
        (r"withdrawn|cancell?ed|retracted|abandoned|annulee?|retiree?|abandonnee?|annulation"),
    ),
    (
        ActivityKind.FINAL,
        (
            r"final(?:ly)? approv(?:ed|al)|final approve|approved? final(?:ly)?|final decision|"
            r"approbation finale|validation finale|accord final|approuvee? definitivement|"
            r"validee? definitivement"
        ),
    ),
    (
        ActivityKind.SUBMITTED,
        (
            r"resubmitted|submitted|submit|submission|approval requested|soumise?|"
            r"soumission|deposee?|demande envoyee|demande creee|approbation demandee"
        ),
    ),
    (
        ActivityKind.APPROVED,
        (
            r"approved?|approval|signed off|sign off|signed|validated|authori[sz]ed|accepted|"
            r"approuvee?|validee?|accordee?|signee?|acceptee?|autorisee?|approbation|validation"
        ),
    ),
    (
        ActivityKind.DONE,
        (
            r"payment handled|request payment|paid|payment|ordered|purchase order|payee?|"
            r"paiement|commandee?"
        ),
    ),
    (ActivityKind.SUBMITTED, r"requested|request created|created|demande|creee?|creation"),
)
PATTERNS = tuple((kind, re.compile(rf"\b(?:{words})\b")) for kind, words in WORDS)
ACTOR = re.compile(r"^\W*(?:by|par)\s+(?:the |le |la |l )?(.+)$")


@dataclass(frozen=True)
class Activity:
    """What one activity means.

    Attributes:
        kind: What it does to a request.
        document: What was asked for, as far as the activity names it; empty when it does not.
        actor: Who did it, as far as the activity names them; empty when it does not.
    """

    kind: ActivityKind
    document: str
    actor: str


def read_activity(words: str) -> Activity:
    """Tell what an activity of an approval log means, in English or French.

    Args:
        words: The activity as the log writes it.

    Returns:
        Its kind, what was asked for and who acted.

    >>> read_activity("Declaration FINAL_APPROVED by SUPERVISOR")
    Activity(kind=<ActivityKind.FINAL: 'final'>, document='declaration', actor='supervisor')
    >>> read_activity("Refusée par la direction").kind.value
    'rejected'
    """
    folded = " ".join(re.sub(r"[^a-z0-9]+", " ", fold(words)).split())
    for kind, pattern in PATTERNS:
        found = pattern.search(folded)
        if found:
            actor = ACTOR.match(folded[found.end() :])
            document = folded[: found.start()].strip()
            return Activity(kind, document, actor.group(1) if actor else "")
    return Activity(ActivityKind.OTHER, "", "")
