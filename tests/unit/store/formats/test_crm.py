"""HubSpot and Salesforce, in English and French; columns as in their help pages, 2026-11."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from signoff.store.imports import Preview

Show = Callable[..., Preview]

HUBSPOT_COMPANIES = (
    "Record ID,Company name,Company owner,Create Date,Phone Number,City,Country/Region,Industry,"
    "Company Domain Name,Number of Employees,Lifecycle Stage\n"
    '1001,"Acme, Inc.",Jane Doe,2024-01-15 10:22,,Paris,France,COMPUTER_SOFTWARE,www.acme.example,'
    "120,Customer\n"
    "1002,Bolt,Jane Doe,2024-02-20 09:00,,Berlin,Germany,RETAIL,bolt.example,45,Lead\n"
)
HUBSPOT_ENTREPRISES = (
    "ID de fiche d'informations;Nom de l'entreprise;Propriétaire de l'entreprise;Ville;Pays/Région;"
    "Secteur d'activité;Nom de domaine de l'entreprise;Nombre d'employés;"
    "Chiffre d'affaires annuel\n"
    "1001;Acme;Jeanne Dupont;Lyon;France;Logiciels;acme.example;1 200;1 234 567,50\n"
)


@pytest.mark.parametrize(
    ("text", "relationship"), [(HUBSPOT_COMPANIES, "client"), (HUBSPOT_ENTREPRISES, None)]
)
def test_hubspot_companies_are_read(show: Show, text: str, relationship: str | None) -> None:
    preview = show(text)
    assert preview.detected.format == "hubspot_companies"
    row = preview.rows()[0]
    assert (row["external_id"], row["domain"], row["country"]) == ("1001", "acme.example", "FR")
    assert (row["industry_scheme"], row["relationship"]) == ("own", relationship)
    owner = next(name for name in preview.detected.headings if "owner" in name or "Propri" in name)
    assert "own staff" in preview.detected.ignored[owner]


def test_hubspot_french_numbers_are_exact(show: Show) -> None:
    row = show(HUBSPOT_ENTREPRISES).rows()[0]
    assert (row["employees"], row["revenue"]) == (1200, Decimal("1234567.50"))


def test_hubspot_contacts_are_read(show: Show) -> None:
    preview = show(
        "Record ID,First Name,Last Name,Email,Phone Number,Contact owner,Job Title,Lead Status\n"
        "5,Ann,Lee,ann@acme.example,+33 1 23 45 67 89,Jane Doe,CFO,New\n"
    )
    assert preview.detected.format == "hubspot_contacts"
    assert (preview.detected.table, preview.n_good) == ("contact", 1)
    french = show(
        "ID de fiche d'informations,Prénom,Nom,E-mail,Numéro de téléphone,Intitulé du poste\n"
        "5,Anne,Leroy,anne@acme.example,,Directrice financière\n"
    )
    assert french.detected.format == "hubspot_contacts"
    assert french.rows()[0]["title"] == "Directrice financière"


@pytest.mark.parametrize(
    "text",
    [
        (
            "Record ID,Deal Name,Deal Stage,Close Date,Deal owner,Amount,Create Date\n"
            "9,Ann's deal,Closed Won,2024-05-31 09:00,Jane,1200.50,2024-01-02 08:00\n"
            "10,Other,Appointment scheduled,2024-06-30 09:00,Jane,,2024-01-03 08:00\n"
        ),
        (
            "ID de fiche d'informations;Nom de la transaction;Phase de la transaction;"
            "Date de fermeture;Montant;Date de création\n"
            "9;Affaire;Fermée gagnée;2024-05-31 09:00;1200,50;2024-01-02 08:00\n"
            "10;Autre;Rendez-vous planifié;2024-06-30 09:00;;2024-01-03 08:00\n"
        ),
    ],
)
def test_hubspot_deals_are_read(show: Show, text: str) -> None:
    preview = show(text)
    assert preview.detected.format == "hubspot_deals"
    won, still_open = preview.rows()
    assert (won["stage"], won["value"], won["currency"]) == ("won", Decimal("1200.50"), "EUR")
    assert (won["began_on"], won["closed_on"]) == (date(2024, 1, 2), date(2024, 5, 31))
    assert (still_open["stage"], still_open["currency"]) == ("open", None)


@pytest.mark.parametrize(
    "text",
    [
        (
            "Id,Name,Website,Industry,AnnualRevenue,NumberOfEmployees,BillingCountry,OwnerId\n"
            "001A,Acme,https://www.acme.example/home,Energy,5000000.0,300,Germany,005X\n"
        ),
        (
            "Account ID,Account Name,Website,Industry,Annual Revenue,Employees,Billing Country,"
            "Account Owner\n"
            "001A,Acme,acme.example,Energy,5000000,300,DE,Jane Doe\n"
            '"Copyright (c) 2000-2026 salesforce.com, inc. All rights reserved."\n'
            "Confidential Information - Do Not Distribute\n"
        ),
        (
            "ID de compte;Nom du compte;Site Web;Secteur d'activité;Chiffre d'affaires annuel;"
            "Employés;Pays de facturation;Propriétaire du compte\n"
            "001A;Acme;acme.example;Énergie;5 000 000,00;300;Allemagne;Jeanne\n"
        ),
    ],
)
def test_salesforce_accounts_are_read(show: Show, text: str) -> None:
    preview = show(text)
    assert preview.detected.format == "salesforce_accounts"
    assert (preview.n_read, preview.n_good) == (1, 1)
    row = preview.rows()[0]
    assert (row["external_id"], row["domain"], row["country"]) == ("001A", "acme.example", "DE")
    assert (row["revenue"], row["employees"]) == (Decimal("5000000.00"), 300)
    assert any("own staff" in reason for reason in preview.detected.ignored.values())


@pytest.mark.parametrize(
    "text",
    [
        (
            "Id,AccountId,Name,StageName,Amount,CloseDate,CreatedDate,LeadSource\n"
            "006A,,Big one,Closed Lost,10.5,2026-03-31,2026-01-02T08:00:00.000Z,Web\n"
        ),
        (
            "Opportunity ID,Opportunity Name,Stage,Close Date,Created Date,Amount,Lead Source,"
            "Opportunity Owner\n"
            "006A,Big one,Closed Lost,31/03/2026,02/01/2026,10.50,Web,Jane Doe\n"
        ),
        (
            "ID d'opportunité;Nom de l'opportunité;Étape;Date de clôture;Date de création;Montant;"
            "Origine de la piste\n006A;Affaire;Fermée perdue;31/03/2026;02/01/2026;10,50;Web\n"
        ),
    ],
)
def test_salesforce_opportunities_are_read(show: Show, text: str) -> None:
    preview = show(text)
    assert preview.detected.format == "salesforce_opportunities"
    row = preview.rows()[0]
    assert (row["stage"], row["value"], row["lead_source"]) == ("lost", Decimal("10.50"), "Web")
    assert (row["began_on"], row["closed_on"]) == (date(2026, 1, 2), date(2026, 3, 31))


def test_salesforce_contacts_are_read(show: Show) -> None:
    preview = show(
        "Id,FirstName,LastName,Email,Title,MailingCountry,OwnerId\n"
        "003A,Ann,Lee,ann@acme.example,CFO,US,005X\n"
    )
    assert preview.detected.format == "salesforce_contacts"
    assert preview.rows()[0]["title"] == "CFO"
