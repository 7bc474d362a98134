"""What a reader must know before believing a plan."""

from signoff.audience import AudienceStudy
from signoff.measure import HoldoutDesign
from signoff.venues import VenuePlan

__all__ = ["list_cautions"]


def list_cautions(
    *, audience: AudienceStudy, venues: VenuePlan, holdout: HoldoutDesign
) -> tuple[str, ...]:
    """Name what weakens a plan, the gravest first.

    Args:
        audience: Accounts and committees.
        venues: The budget plan.
        holdout: How success will be measured.

    Returns:
        Sentences; none when nothing weakens it.
    """
    cautions: list[str] = []
    if not audience.fit.usable:
        cautions.append(
            f"The won and lost deals carry no usable signal ({audience.fit.reason}): "
            "accounts are ranked by market fit alone."
        )
    if audience.n_generated_contacts:
        cautions.append(
            f"{audience.n_generated_contacts} contacts are generated for demonstration, not real "
            "people: the gaps in the committees show the method alone."
        )
    priors = [line.name for line in venues.lines if line.in_plan and line.basis == "prior"]
    if priors:
        cautions.append(
            f"{len(priors)} of the venues in the plan stand on wide priors, not on measured "
            f"audiences or responses: {', '.join(priors)}."
        )
    if not holdout.can_be_seen:
        cautions.append(
            "The effect of this campaign cannot be told from chance: " + holdout.verdict
        )
    return (*cautions, *venues.cautions)
