"""Salesforce's exports, by API names or by the labels of its reports."""

from signoff.store.formats.format import Format, SourceColumn
from signoff.store.formats.plain.words import STAGES

__all__ = ["ACCOUNTS", "CONTACTS", "FORMATS", "OPPORTUNITIES"]

SOURCE = "Salesforce object reference; report labels, French ones from its French interface †"
SOURCE_DATE = "2026-11"
RELATIONSHIPS = {
    "customer": "client",
    "customer direct": "client",
    "customer channel": "client",
    "client direct": "client",
    "prospect": "prospect",
    "former customer": "lost",
    "ancien client": "lost",
    "other": "",
    "autre": "",
    "partner": "",
    "partenaire": "",
}
ACCOUNTS = Format(
    name="salesforce_accounts",
    title="Salesforce: accounts",
    target="account",
    signature=("name",),
    marks=(
        "AnnualRevenue",
        "NumberOfEmployees",
        "BillingCountry",
        "OwnerId",
        "Billing Country",
        "Account Owner",
        "Propriétaire du compte",
        "Pays de facturation",
        "Account ID",
    ),
    columns=(
        SourceColumn("external_id", ("Id", "Account ID", "ID de compte", "ID du compte")),
        SourceColumn("name", ("Name", "Account Name", "Nom du compte")),
        SourceColumn("domain", ("Website", "Site Web", "Site internet")),
        SourceColumn("industry_label", ("Industry", "Secteur d'activité")),
        SourceColumn("revenue", ("AnnualRevenue", "Annual Revenue", "Chiffre d'affaires annuel")),
        SourceColumn("currency", ("CurrencyIsoCode", "Annual Revenue Currency")),
        SourceColumn("employees", ("NumberOfEmployees", "Employees", "Effectif", "Employés")),
        SourceColumn(
            "country",
            ("BillingCountry", "BillingCountryCode", "Billing Country", "Pays de facturation"),
        ),
        SourceColumn(
            "region", ("BillingState", "Billing State/Province", "État/Province de facturation")
        ),
        SourceColumn("city", ("BillingCity", "Billing City", "Ville de facturation")),
        SourceColumn("relationship", ("Type", "Account Type"), translate=RELATIONSHIPS),
        SourceColumn("parent_name", ("Parent Account", "Compte principal")),
        SourceColumn("founded_year", ("YearStarted", "Year Started")),
    ),
    source=SOURCE,
    source_date=SOURCE_DATE,
)
CONTACTS = Format(
    name="salesforce_contacts",
    title="Salesforce: contacts",
    target="contact",
    signature=("email", "last_name"),
    marks=(
        "AccountId",
        "OwnerId",
        "FirstName",
        "LastName",
        "Contact ID",
        "Contact Owner",
        "Mailing Country",
        "Propriétaire du contact",
        "Account Name",
        "Nom du compte",
    ),
    columns=(
        SourceColumn("external_id", ("Id", "Contact ID", "ID de contact", "ID du contact")),
        SourceColumn("first_name", ("FirstName", "First Name", "Prénom")),
        SourceColumn("last_name", ("LastName", "Last Name", "Nom", "Nom de famille")),
        SourceColumn("email", ("Email", "E-mail", "Adresse e-mail")),
        SourceColumn("phone", ("Phone", "Téléphone")),
        SourceColumn("title", ("Title", "Titre", "Fonction")),
        SourceColumn("account_external_id", ("AccountId", "Account ID", "ID de compte")),
        SourceColumn("account_name", ("Account Name", "Nom du compte")),
        SourceColumn(
            "country", ("MailingCountry", "MailingCountryCode", "Mailing Country", "Pays")
        ),
        SourceColumn("city", ("MailingCity", "Mailing City", "Ville")),
        SourceColumn("postcode", ("MailingPostalCode", "Mailing Zip/Postal Code", "Code postal")),
        SourceColumn("opted_out", ("HasOptedOutOfEmail", "Email Opt Out")),
    ),
    source=SOURCE,
    source_date=SOURCE_DATE,
)
OPPORTUNITIES = Format(
    name="salesforce_opportunities",
    title="Salesforce: opportunities",
    target="opportunity",
    signature=("external_id", "stage"),
    marks=(
        "StageName",
        "Opportunity Name",
        "Opportunity ID",
        "Opportunity Owner",
        "Nom de l'opportunité",
        "ID d'opportunité",
        "ID de l'opportunité",
    ),
    columns=(
        SourceColumn(
            "external_id", ("Id", "Opportunity ID", "ID d'opportunité", "ID de l'opportunité")
        ),
        SourceColumn("account_external_id", ("AccountId", "Account ID", "ID de compte")),
        SourceColumn("account_name", ("Account Name", "Nom du compte")),
        SourceColumn(
            "stage", ("StageName", "Stage", "Étape", "Phase"), translate=STAGES, otherwise="open"
        ),
        SourceColumn("value", ("Amount", "Montant")),
        SourceColumn("currency", ("CurrencyIsoCode", "Amount Currency", "Devise du montant")),
        SourceColumn("began_on", ("CreatedDate", "Created Date", "Date de création")),
        SourceColumn("closed_on", ("CloseDate", "Close Date", "Date de clôture")),
        SourceColumn("lead_source", ("LeadSource", "Lead Source", "Origine de la piste")),
        SourceColumn("product", ("Product Name", "Nom du produit")),
    ),
    ignored={
        "Opportunity Name": "it often names a person, and no question needs it",
        "Nom de l'opportunité": "it often names a person, and no question needs it",
    },
    source=SOURCE,
    source_date=SOURCE_DATE,
)
FORMATS = (ACCOUNTS, CONTACTS, OPPORTUNITIES)
