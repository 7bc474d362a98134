"""What to keep in mind though nothing is wrong."""

from datetime import date

from signoff.brief import Brief, brief_cautions

BEFORE = date(2026, 11, 1)


def changed(brief: Brief, section: str, **values: object) -> Brief:
    part = getattr(brief, section)
    fields = {**part.model_dump(exclude_unset=True), **values}
    data = {**brief.model_dump(exclude_unset=True), section: fields}
    return Brief.model_validate(data)


def test_brief_cautions_name_claims_without_proof(brief: Brief) -> None:
    assert any("not for overtime" in text for text in brief_cautions(brief, today=BEFORE))


def test_brief_cautions_of_slow_purchase_ask_for_an_earlier_stage(brief: Brief) -> None:
    slow = changed(brief, "committee", purchase_months=18)
    assert any("earlier stage" in text for text in brief_cautions(slow, today=BEFORE))
    quick = changed(brief, "committee", purchase_months=2)
    assert not any("earlier stage" in text for text in brief_cautions(quick, today=BEFORE))


def test_brief_cautions_tell_a_begun_period_from_one_that_is_over(brief: Brief) -> None:
    assert any("began on" in text for text in brief_cautions(brief, today=date(2027, 2, 1)))
    assert any("ended on" in text for text in brief_cautions(brief, today=date(2028, 2, 1)))


def test_brief_cautions_mark_defaults_as_assumptions(brief: Brief) -> None:
    market = brief.market.model_dump(exclude={"in_market_share"})
    bare = Brief.model_validate({**brief.model_dump(exclude_unset=True), "market": market})
    texts = brief_cautions(bare, today=BEFORE)
    assert any(text.startswith("That 5% of the accounts") for text in texts)


def test_brief_cautions_without_holdout_say_what_is_lost(brief: Brief) -> None:
    none = changed(brief, "measurement", holdout_share=0)
    assert any("held out" in text for text in brief_cautions(none, today=BEFORE))


def test_brief_cautions_about_money(brief: Brief) -> None:
    poor = changed(brief, "objective", aim="conversions", target=1)
    assert any("above the value" in text for text in brief_cautions(poor, today=BEFORE))
    odd = changed(brief, "offering", deal_value=1)
    assert any("deal_value" in text for text in brief_cautions(odd, today=BEFORE))


def test_brief_cautions_name_a_role_that_signs_above_the_value_of_a_sale(brief: Brief) -> None:
    def told(amount_above: int) -> list[str]:
        roles = [part.model_dump(exclude_unset=True) for part in brief.committee.roles]
        roles[-1]["amount_above"] = amount_above
        asked = changed(brief, "committee", roles=roles)
        return [t for t in brief_cautions(asked, today=BEFORE) if "has to sign above" in t]

    value = int(brief.offering.deal_value)
    assert len(told(value)) == 1
    assert told(value - 1) == []


def test_brief_cautions_speak_the_language_asked_for(brief: Brief) -> None:
    texts = brief_cautions(brief, today=BEFORE, language="fr")
    assert any(text.startswith("Aucune preuve") for text in texts)
    assert any("la période en dure 5,8" in text for text in texts)
