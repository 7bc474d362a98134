from signoff.venues import plan_venues
from signoff.venues.sample import sample_brief, sample_engine


def test_plan_venues_points_of_the_curve_carry_intervals_of_the_plans_draws() -> None:
    with sample_engine() as engine:
        plan = plan_venues(engine, brief=sample_brief(), seed=1)
    assert all(p.low <= p.result <= p.high for p in plan.curve if p.low is not None)
    here = next(point for point in plan.curve if point.budget == plan.budget)
    assert here.result == plan.result.value
    assert (here.low, here.high) == (plan.result.low, plan.result.high)


def test_plan_venues_points_of_smaller_budgets_have_intervals_of_their_own() -> None:
    brief = sample_brief()
    money = brief.money.model_copy(update={"budget": brief.money.budget * 2})
    with sample_engine() as engine:
        plan = plan_venues(engine, brief=brief.model_copy(update={"money": money}), seed=1)
    spread = {(point.low, point.high) for point in plan.curve}
    assert len(spread) == len({point.result for point in plan.curve}) > 1
