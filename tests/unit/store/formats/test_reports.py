"""Advertising and analytics reports, in English, French and German; sums exact to the cent."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from signoff.errors import DataError
from signoff.store.imports import Preview

Show = Callable[..., Preview]

GOOGLE_EN = (
    "Campaign report\n"
    '"January 1, 2026 - January 31, 2026"\n'
    "Campaign status,Campaign,Budget,Currency code,Impr.,Cost,Clicks,Conversions\n"
    'Enabled,Brand,50.00,EUR,"12,345","1,234.56",210,3.50\n'
    "Paused,Generic,20.00,EUR, --, --,0,0.00\n"
    'Total: Campaigns, --,70.00,EUR,"12,345","1,234.56",210,3.50\n'
    'Total: Account, --,70.00,EUR,"12,345","1,234.56",210,3.50\n'
)
GOOGLE_FR = (
    "Rapport sur les campagnes\n1 janvier 2026 - 31 janvier 2026\n"
    "État de la campagne\tCampagne\tCode de devise\tImpr.\tCoût\tClics\tConversions\n"
    "Activée\tBrand\tEUR\t12\u202f345\t1\u202f234,56\t210\t3,50\n"
    "Total : compte\t--\tEUR\t12\u202f345\t1\u202f234,56\t210\t3,50\n"
)
GOOGLE_DE = (
    "Kampagnenbericht\n1. Januar 2026 - 31. Januar 2026\n"
    "Kampagnenstatus\tKampagne\tWährungscode\tImpressionen\tKosten\tKlicks\tConversionen\n"
    "Aktiv\tBrand\tEUR\t12.345\t1.234,56\t210\t3,50\n"
    "Gesamt: Konto\t--\tEUR\t12.345\t1.234,56\t210\t3,50\n"
)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (GOOGLE_EN, "utf-8"),
        (GOOGLE_EN, "utf-8-sig"),
        (GOOGLE_FR, "utf-16"),
        (GOOGLE_DE, "utf-16"),
        (GOOGLE_DE, "utf-16-le"),
        (GOOGLE_DE, "cp1252"),
    ],
)
def test_google_ads_report_sums_are_exact(show: Show, text: str, encoding: str) -> None:
    preview = show(text, encoding=encoding)
    assert preview.detected.format == "google_ads_report"
    row = preview.rows()[0]
    assert (row["venue"], row["campaign"], row["currency"]) == ("Google Ads", "Brand", "EUR")
    assert (row["spend"], row["impressions"], row["clicks"]) == (Decimal("1234.56"), 12345, 210)
    assert (row["starts_on"], row["ends_on"]) == (date(2026, 1, 1), date(2026, 1, 31))
    assert preview.n_read == preview.n_good == (2 if text == GOOGLE_EN else 1)
    assert any("a total" in note for note in preview.notes)


def test_linkedin_report_is_read(show: Show) -> None:
    preview = show(
        "Campaign Performance Report\n"
        '"Report Start: January 1, 2026, 12:00 AM (UTC)"\n'
        '"Report End: January 31, 2026, 11:59 PM (UTC)"\n\n'
        "Start Date (in UTC)\tAccount Name\tCampaign Group Name\tCampaign Name\tCampaign ID\t"
        "Currency\tTotal Spent\tImpressions\tClicks\n"
        "1/5/2026\tAcme\tGroup\tLaunch\t77\tUSD\t12.34\t1000\t7\n"
        "1/6/2026\tAcme\tGroup\tLaunch\t77\tUSD\t0.66\t10\t1\n",
        encoding="utf-16",
    )
    assert preview.detected.format == "linkedin_report"
    assert [row["starts_on"] for row in preview.rows()] == [date(2026, 1, 5), date(2026, 1, 6)]
    assert sum(row["spend"] for row in preview.rows()) == Decimal("13.00")


def test_linkedin_report_in_french_is_read(show: Show) -> None:
    preview = show(
        "Rapport de performances\n"
        "Date de début (en UTC);Nom du groupe de campagnes;Nom de la campagne;Devise;Total dépensé;"
        "Impressions;Clics\n15/01/2026;Groupe;Lancement;EUR;1 012,34;1000;7\n"
    )
    assert preview.detected.format == "linkedin_report"
    assert preview.rows()[0]["spend"] == Decimal("1012.34")
    assert preview.rows()[0]["starts_on"] == date(2026, 1, 15)


def test_microsoft_ads_report_drops_preamble_and_footer(show: Show) -> None:
    preamble = "".join(f'"Line {n}: x"\n' for n in range(9))
    preview = show(
        f"{preamble}TimePeriod,CampaignName,Impressions,Clicks,Spend,CurrencyCode\n"
        '1/31/2026,Brand,"1,000",10,"5.25",USD\n2/1/2026,Brand,2000,20,"6.75",USD\n'
        '"©2026 Microsoft Corporation. All rights reserved. "\n'
    )
    assert preview.detected.format == "microsoft_ads_report"
    assert (preview.n_read, preview.n_good) == (2, 2)
    assert sum(row["spend"] for row in preview.rows()) == Decimal("12.00")


@pytest.mark.parametrize(
    "text",
    [
        (
            "# ----------------------------------------\n# Traffic acquisition\n# Account: Acme\n"
            "# Start date: 20260101\n# End date: 20260131\n"
            "# ----------------------------------------\n"
            "Session primary channel group (Default Channel Group),Sessions,Engaged sessions,"
            "Engagement rate,Event count,Key events,Total revenue\n"
            "Organic Search,1200,800,0.6667,9000,12,0\nDirect,300,100,0.33,900,1,0\n"
        ),
        (
            "# Date de début : 20260101\n# Date de fin : 20260131\n"
            "Groupe de canaux principal de la session (Groupe de canaux par défaut),Sessions,"
            "Sessions avec engagement,Taux d'engagement,Événements clés\n"
            '"Organic Search",1200,800,"0,6667",12\n"Direct",300,100,"0,33",1\n'
        ),
    ],
)
def test_ga4_traffic_is_read(show: Show, text: str) -> None:
    preview = show(text)
    assert preview.detected.format == "ga4_traffic"
    row = preview.rows()[0]
    assert (row["campaign"], row["sessions"], row["conversions"]) == ("Organic Search", 1200, 12)
    assert (row["starts_on"], row["ends_on"]) == (date(2026, 1, 1), date(2026, 1, 31))


def test_search_console_dates_are_read(show: Show) -> None:
    preview = show("Date,Clicks,Impressions,CTR,Position\n2026-01-02,5,100,5%,7.2\n")
    assert preview.detected.format == "search_console"
    assert preview.rows()[0]["clicks"] == 5
    assert "worked out" in preview.detected.ignored["CTR"]


def test_search_console_queries_ask_for_their_period(show: Show) -> None:
    text = "Top queries,Clicks,Impressions,CTR,Position\nsignoff,5,100,5%,7.2\n"
    with pytest.raises(DataError, match="lacks 1 of the columns") as caught:
        show(text)
    assert caught.value.faults[0].where == "starts_on"
    assert show(text, mapping={"=2026-01-01": "starts_on"}).n_good == 1


def test_matomo_visits_are_read(show: Show) -> None:
    preview = show(
        "label,nb_uniq_visitors,nb_visits,nb_actions,max_actions,sum_visit_length,bounce_count\n"
        "Search Engines,90,120,300,9,5000,40\n",
        mapping={"=2026-01-01": "starts_on"},
        encoding="utf-16",
    )
    assert preview.detected.format == "matomo_visits"
    assert preview.rows()[0]["sessions"] == 120
