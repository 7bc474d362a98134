"""HubSpot's exports of companies, contacts and deals; columns depend on the view exported."""

from signoff.store.formats.format import Format, SourceColumn
from signoff.store.formats.plain.words import STAGES

__all__ = ["COMPANIES", "CONTACTS", "DEALS", "FORMATS"]

SOURCE = "HubSpot knowledge base on exporting records; French labels from its French interface †"
SOURCE_DATE = "2026-11"
LIFECYCLE = {
    "customer": "client",
    "client": "client",
    "evangelist": "client",
    "ambassadeur": "client",
    "subscriber": "prospect",
    "abonne": "prospect",
    "lead": "prospect",
    "marketing qualified lead": "prospect",
    "sales qualified lead": "prospect",
    "opportunity": "prospect",
    "opportunite": "prospect",
    "other": "",
    "autre": "",
}
COUNTRY = SourceColumn("country", ("Country/Region", "Country", "Pays/Région", "Pays"))
CITY = SourceColumn("city", ("City", "Ville"))
RECORD_ID = SourceColumn(
    "external_id", ("Record ID", "ID de l'objet", "ID de fiche d'informations")
)

COMPANIES = Format(
    name="hubspot_companies",
    title="HubSpot: companies",
    target="account",
    signature=("external_id", "name"),
    marks=("Company Domain Name", "Company owner", "Nom de domaine de l'entreprise"),
    columns=(
        RECORD_ID,
        SourceColumn("name", ("Company name", "Name", "Nom de l'entreprise", "Nom")),
        SourceColumn(
            "domain", ("Company Domain Name", "Nom de domaine de l'entreprise", "Website URL")
        ),
        SourceColumn("industry_label", ("Industry", "Secteur d'activité", "Secteur")),
        SourceColumn("employees", ("Number of Employees", "Nombre d'employés")),
        SourceColumn("revenue", ("Annual Revenue", "Chiffre d'affaires annuel")),
        COUNTRY,
        SourceColumn("region", ("State/Region", "État/Région")),
        CITY,
        SourceColumn("founded_year", ("Year Founded", "Année de création")),
        SourceColumn(
            "relationship", ("Lifecycle Stage", "Phase du cycle de vie"), translate=LIFECYCLE
        ),
        SourceColumn("parent_name", ("Parent Company", "Société mère")),
    ),
    source=SOURCE,
    source_date=SOURCE_DATE,
)
CONTACTS = Format(
    name="hubspot_contacts",
    title="HubSpot: contacts",
    target="contact",
    signature=("external_id", "email"),
    columns=(
        RECORD_ID,
        SourceColumn("first_name", ("First Name", "Prénom")),
        SourceColumn("last_name", ("Last Name", "Nom")),
        SourceColumn("email", ("Email", "E-mail", "Adresse e-mail")),
        SourceColumn("phone", ("Phone Number", "Numéro de téléphone")),
        SourceColumn(
            "account_external_id",
            (
                "Associated Company IDs (Primary)",
                "Associated Company IDs",
                "Primary Associated Company ID",
                "ID des entreprises associées",
            ),
        ),
        SourceColumn("account_name", ("Company Name", "Associated Company", "Nom de l'entreprise")),
        SourceColumn("title", ("Job Title", "Intitulé du poste", "Fonction")),
        COUNTRY,
        CITY,
        SourceColumn("postcode", ("Postal Code", "Code postal")),
        SourceColumn("linkedin_url", ("LinkedIn URL", "URL LinkedIn")),
        SourceColumn("consent", ("Legal basis for processing contact's data",)),
        SourceColumn("opted_out", ("Unsubscribed from all email",)),
    ),
    source=SOURCE,
    source_date=SOURCE_DATE,
)
DEALS = Format(
    name="hubspot_deals",
    title="HubSpot: deals",
    target="opportunity",
    signature=("external_id", "stage"),
    marks=("Deal Stage", "Deal Name", "Phase de la transaction", "Nom de la transaction"),
    columns=(
        RECORD_ID,
        SourceColumn(
            "stage", ("Deal Stage", "Phase de la transaction"), translate=STAGES, otherwise="open"
        ),
        SourceColumn("value", ("Amount", "Montant")),
        SourceColumn("currency", ("Currency", "Devise")),
        SourceColumn("began_on", ("Create Date", "Date de création")),
        SourceColumn("closed_on", ("Close Date", "Date de fermeture")),
        SourceColumn(
            "account_external_id",
            (
                "Associated Company IDs (Primary)",
                "Associated Company IDs",
                "ID des entreprises associées",
            ),
        ),
        SourceColumn(
            "account_name",
            ("Associated Company", "Associated Company Names", "Entreprise associée"),
        ),
        SourceColumn("lead_source", ("Original Source Type", "Source d'origine")),
    ),
    ignored={
        "Deal Name": "it often names a person, and no question needs it",
        "Nom de la transaction": "it often names a person, and no question needs it",
    },
    source=SOURCE,
    source_date=SOURCE_DATE,
)
FORMATS = (COMPANIES, CONTACTS, DEALS)
