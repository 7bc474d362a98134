"""Leads find their account by mail domain or by the name of the firm, or none."""

from signoff.audience import AccountRecord, Lead, match_leads

ACCOUNTS = (
    AccountRecord("a1", "Acme Tools Ltd", website="acmetools.com"),
    AccountRecord("a2", "Zenith Foods", website="zenith.fr"),
    AccountRecord("a3", "Gmail Fans Club", website="club@gmail.com"),
)


def test_match_leads_mail_domain_finds_the_account() -> None:
    (found,) = match_leads([Lead("1", email="jane@mail.acmetools.com")], ACCOUNTS)
    assert (found.account_id, found.reason) == ("a1", "Same web domain acmetools.com.")


def test_match_leads_company_name_finds_the_account_despite_free_mail() -> None:
    (found,) = match_leads([Lead("1", email="joe@gmail.com", company="ZENITH FOODS SA")], ACCOUNTS)
    assert found.account_id == "a2"


def test_match_leads_free_mail_alone_finds_none() -> None:
    (found,) = match_leads([Lead("1", email="joe@gmail.com")], ACCOUNTS)
    assert (found.account_id, found.confidence) == ("", 0.0)


def test_match_leads_nothing_known_says_so() -> None:
    (found,) = match_leads([Lead("1")], ACCOUNTS)
    assert found.reason == "Neither a mail domain of a firm nor a name is known."
