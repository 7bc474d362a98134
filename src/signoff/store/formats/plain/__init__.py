"""Signoff's own column names, with the English and French words people use for them."""

from signoff.store.formats.format import Format, SourceColumn
from signoff.store.formats.plain.evidence import FORMATS as EVIDENCE
from signoff.store.formats.plain.words import (
    BASES,
    DISCOUNT_KINDS,
    EVENT_KINDS,
    KINDS,
    ORIGINS,
    PURPOSES,
    RELATIONSHIPS,
    SIZES,
    STAGES,
    UNITS,
    VENUE_KINDS,
)

__all__ = ["ACCOUNTS", "FORMATS"]

SOURCE = "the tables of this package"
SOURCE_DATE = "2026-11"

NAME = (
    "account",
    "account name",
    "company",
    "company name",
    "entreprise",
    "société",
    "organisation",
)
DOMAIN = ("domain", "website", "web site", "domaine", "site web", "site internet", "url")
ACCOUNT_REFERENCE = (
    SourceColumn("account_external_id", ("account external id", "account id", "id compte")),
    SourceColumn("account_domain", ("account domain", "company domain", "domaine entreprise")),
    SourceColumn("account_name", (*NAME, "account name", "compte", "employer", "employeur")),
)
COUNTRY = SourceColumn("country", ("country", "pays", "country code", "code pays"))
CURRENCY = SourceColumn("currency", ("currency", "devise", "monnaie", "currency code"))
CONSENT = (
    SourceColumn(
        "consent",
        (
            "consent",
            "consented",
            "consent status",
            "marketing consent",
            "gdpr consent",
            "legal basis",
            "opt-in",
            "opt in",
            "optin",
            "consentement",
            "consentement rgpd",
            "statut du consentement",
            "base légale",
        ),
    ),
    SourceColumn(
        "opted_out",
        ("opt-out", "opt out", "optout", "opted out", "unsubscribed", "désinscrit", "désabonné"),
    ),
    SourceColumn(
        "consent_at",
        ("consent at", "consent date", "opt-in date", "date de consentement", "date d'opt-in"),
    ),
    SourceColumn("consent_source", ("consent source", "source du consentement")),
    SourceColumn("consent_purpose", ("consent purpose", "finalité", "finalité du consentement")),
)
SOURCE_COLUMNS = (
    SourceColumn("source", ("source",)),
    SourceColumn("source_url", ("source url", "adresse de la source")),
)
BASIS = SourceColumn("basis", ("basis", "fondement"), translate=BASES)
VENUE_ID = SourceColumn("venue_id", ("venue id", "id support"))


def _plain(
    name: str, *, title: str, columns: tuple[SourceColumn, ...], signature: tuple[str, ...]
) -> Format:
    return Format(
        name=f"plain_{name}",
        title=title,
        target=name,
        columns=columns,
        signature=signature,
        source=SOURCE,
        source_date=SOURCE_DATE,
    )


ACCOUNTS = _plain(
    "account",
    title="Accounts, by Signoff's own column names",
    signature=("name",),
    columns=(
        SourceColumn("external_id", ("external id", "id", "account id", "identifiant", "siren")),
        SourceColumn("name", ("name", "nom", "raison sociale", *NAME)),
        SourceColumn("domain", DOMAIN),
        SourceColumn("kind", ("kind", "type", "kind of organisation", "nature"), translate=KINDS),
        SourceColumn("industry_scheme", ("industry scheme", "nomenclature")),
        SourceColumn("industry_code", ("industry code", "code secteur", "code activité")),
        SourceColumn(
            "industry_label", ("industry", "sector", "secteur", "secteur d'activité", "activité")
        ),
        SourceColumn("employees", ("employees", "headcount", "staff", "effectif", "effectifs")),
        SourceColumn("revenue", ("revenue", "turnover", "chiffre d'affaires", "ca")),
        CURRENCY,
        COUNTRY,
        SourceColumn("region", ("region", "state", "région", "département")),
        SourceColumn("city", ("city", "town", "ville")),
        SourceColumn("founded_year", ("founded year", "founded", "année de création")),
        SourceColumn("supply_chain_place", ("supply chain place", "place")),
        SourceColumn(
            "relationship",
            (
                "relationship",
                "relation",
                "status",
                "customer status",
                "statut",
                "statut client",
            ),
            translate=RELATIONSHIPS,
        ),
        SourceColumn("parent_name", ("parent name", "parent", "maison mère", "subsidiary of")),
    ),
)
CONTACTS = _plain(
    "contact",
    title="Contacts, by Signoff's own column names",
    signature=("email", "last_name"),
    columns=(
        SourceColumn("external_id", ("external id", "contact id", "id", "identifiant")),
        SourceColumn(
            "email", ("email", "e-mail", "mail", "email address", "courriel", "adresse e-mail")
        ),
        SourceColumn("first_name", ("first name", "firstname", "prénom", "given name")),
        SourceColumn("last_name", ("last name", "lastname", "nom", "surname", "nom de famille")),
        SourceColumn("phone", ("phone", "phone number", "téléphone", "tel")),
        SourceColumn("linkedin_url", ("linkedin url", "linkedin", "profil linkedin")),
        SourceColumn("postcode", ("postcode", "zip", "postal code", "code postal")),
        SourceColumn("city", ("city", "ville")),
        COUNTRY,
        *ACCOUNT_REFERENCE,
        SourceColumn(
            "title",
            (
                "title",
                "job title",
                "position",
                "poste",
                "fonction",
                "fonction occupée",
                "intitulé de poste",
                "intitulé du poste",
            ),
        ),
        SourceColumn("function", ("function", "department", "département", "service")),
        SourceColumn("level", ("level", "seniority", "niveau")),
        SourceColumn("origin", ("origin", "origine"), translate=ORIGINS),
        *CONSENT,
    ),
)
OPPORTUNITIES = _plain(
    "opportunity",
    title="Opportunities, by Signoff's own column names",
    signature=("external_id", "stage"),
    columns=(
        SourceColumn(
            "external_id", ("external id", "opportunity id", "deal id", "id", "identifiant")
        ),
        *ACCOUNT_REFERENCE,
        SourceColumn("product", ("product", "produit")),
        SourceColumn(
            "stage", ("stage", "étape", "status", "statut"), translate=STAGES, otherwise="open"
        ),
        SourceColumn(
            "began_on",
            ("began on", "created on", "engaged on", "date de début", "date de création"),
        ),
        SourceColumn("closed_on", ("closed on", "close date", "date de clôture")),
        SourceColumn("value", ("value", "amount", "montant", "valeur")),
        CURRENCY,
        SourceColumn("lead_source", ("lead source", "origine", "source")),
    ),
)
STAGE_CHANGES = _plain(
    "stage_change",
    title="Changes of stage, by Signoff's own column names",
    signature=("opportunity_external_id", "stage", "occurred_at"),
    columns=(
        SourceColumn(
            "opportunity_external_id",
            ("opportunity external id", "opportunity id", "deal id", "id opportunité"),
        ),
        SourceColumn("stage", ("stage", "étape", "to stage")),
        SourceColumn("occurred_at", ("occurred at", "changed at", "date", "at")),
    ),
)
APPROVAL_STEPS = _plain(
    "approval_step",
    title="Steps of approvals, by Signoff's own column names",
    signature=("case_id", "activity", "occurred_at"),
    columns=(
        SourceColumn("case_id", ("case id", "case", "dossier")),
        SourceColumn("step_number", ("step number", "step", "étape")),
        SourceColumn("activity", ("activity", "act", "activité")),
        SourceColumn("role", ("role", "rôle")),
        SourceColumn("occurred_at", ("occurred at", "t", "time", "timestamp", "date")),
        SourceColumn("amount", ("amount", "amt", "montant")),
    ),
)
VENUES = _plain(
    "venue",
    title="Venues, by Signoff's own column names",
    signature=("venue_id", "name", "unit"),
    columns=(
        VENUE_ID,
        SourceColumn("name", ("name", "venue", "nom", "support")),
        SourceColumn("kind", ("kind", "genre", "type"), translate=VENUE_KINDS),
        COUNTRY,
        SourceColumn("region", ("region", "région")),
        SourceColumn("unit", ("unit", "unité"), translate=UNITS),
        CURRENCY,
        SourceColumn("exposures_per_unit", ("exposures per unit", "expositions par unité")),
        SourceColumn("contacts_per_unit", ("contacts per unit", "contacts par unité")),
        SourceColumn("on_target_share", ("on target share", "part utile")),
        SourceColumn("response_share", ("response share", "part de réponse")),
        SourceColumn("response_low_share", ("response low share", "part de réponse basse")),
        SourceColumn("response_high_share", ("response high share", "part de réponse haute")),
        BASIS,
        *SOURCE_COLUMNS,
        SourceColumn("venue_group", ("venue group", "group", "groupe", "famille")),
        SourceColumn("purpose", ("purpose", "objectif", "finalité"), translate=PURPOSES),
        SourceColumn("lead_days", ("lead days", "lead time", "délai", "délai en jours")),
        SourceColumn("capacity_per_week", ("capacity per week", "capacité par semaine")),
        SourceColumn(
            "frequency_cap",
            ("frequency cap", "plafond de répétition", "répétition maximale", "capping"),
        ),
        SourceColumn(
            "frequency_cap_days",
            ("frequency cap days", "jours du plafond de répétition", "capping en jours"),
        ),
        SourceColumn(
            "raised_hand_share",
            (
                "raised hand share",
                "raised hands per visit",
                "leads per visit",
                "visiteurs qui se manifestent",
            ),
        ),
        SourceColumn(
            "raised_hand_low_share",
            ("raised hand low share", "visiteurs qui se manifestent, borne basse"),
        ),
        SourceColumn(
            "raised_hand_high_share",
            ("raised hand high share", "visiteurs qui se manifestent, borne haute"),
        ),
    ),
)
RATES = _plain(
    "rate",
    title="Rate cards, by Signoff's own column names",
    signature=("venue_id", "units_from", "unit_price"),
    columns=(
        VENUE_ID,
        SourceColumn("placement", ("placement", "size", "ad size", "emplacement", "taille")),
        SourceColumn(
            "units_from",
            (
                "units from",
                "from units",
                "insertions",
                "quantity",
                "à partir de",
                "parutions",
                "nombre d'insertions",
                "quantité",
            ),
        ),
        SourceColumn(
            "unit_price",
            (
                "unit price",
                "price",
                "rate",
                "price per insertion",
                "prix unitaire",
                "tarif",
                "prix",
                "prix par insertion",
            ),
        ),
        CURRENCY,
        SourceColumn("minimum_units", ("minimum units", "minimum")),
        SourceColumn("maximum_units", ("maximum units", "maximum")),
        *SOURCE_COLUMNS,
        SourceColumn("note", ("note", "remarque")),
        SourceColumn("units_to", ("units to", "to units", "jusqu'à")),
        SourceColumn(
            "discount_kind",
            ("discount kind", "discount", "type de remise", "remise"),
            translate=DISCOUNT_KINDS,
        ),
        SourceColumn(
            "setup_cost",
            ("setup cost", "set-up cost", "fixed cost", "frais fixes", "frais de mise en place"),
        ),
    ),
)
VENUE_AUDIENCES = _plain(
    "venue_audience",
    title="Audiences of venues, by Signoff's own column names",
    signature=("venue_id", "role", "reach_share"),
    columns=(
        VENUE_ID,
        COUNTRY,
        SourceColumn("segment", ("segment",)),
        SourceColumn("role", ("role", "rôle")),
        SourceColumn("reach_share", ("reach share", "reach", "part touchée")),
        SourceColumn("reach_low_share", ("reach low share", "part touchée basse")),
        SourceColumn("reach_high_share", ("reach high share", "part touchée haute")),
        BASIS,
        *SOURCE_COLUMNS,
    ),
)
VENUE_DUPLICATIONS = _plain(
    "venue_duplication",
    title="Shared audiences of venues, by Signoff's own column names",
    signature=("venue_id", "other_venue_id", "both_share"),
    columns=(
        VENUE_ID,
        SourceColumn("other_venue_id", ("other venue id", "id autre support")),
        SourceColumn("both_share", ("both share", "part commune")),
        SourceColumn("source", ("source",)),
    ),
)
VENUE_ISSUES = _plain(
    "venue_issue",
    title="Dates of issue of venues, by Signoff's own column names",
    signature=("venue_id", "issue_on"),
    columns=(
        VENUE_ID,
        SourceColumn(
            "issue_on",
            ("issue on", "issue date", "date of issue", "date de parution", "parution le"),
        ),
        SourceColumn(
            "closes_on",
            (
                "closes on",
                "order deadline",
                "closing date",
                "booking deadline",
                "date limite",
                "date limite de commande",
                "bouclage",
            ),
        ),
        SourceColumn("capacity_units", ("capacity units", "capacity", "capacité", "emplacements")),
        SourceColumn("source", ("source",)),
    ),
)
VENUE_PACKAGES = _plain(
    "venue_package",
    title="Packages of venues, by Signoff's own column names",
    signature=("package_id", "venue_id", "units", "package_price"),
    columns=(
        SourceColumn("package_id", ("package id", "package", "id offre groupée", "offre groupée")),
        SourceColumn("name", ("name", "package name", "nom")),
        VENUE_ID,
        SourceColumn("units", ("units", "unités", "insertions")),
        SourceColumn(
            "package_price",
            ("package price", "price", "prix de l'offre", "prix du lot", "prix", "tarif"),
        ),
        CURRENCY,
        SourceColumn(
            "maximum_packages", ("maximum packages", "maximum", "nombre maximal d'offres")
        ),
        *SOURCE_COLUMNS,
    ),
)
FIRM_OWNERS = _plain(
    "firm_owner",
    title="Owners of firms, by Signoff's own column names",
    signature=("industry_code", "sex", "race", "firms"),
    columns=(
        COUNTRY,
        SourceColumn("industry_code", ("industry code", "code d'activité")),
        SourceColumn("industry", ("industry", "activité")),
        SourceColumn("sex", ("sex", "sexe")),
        SourceColumn("race", ("race", "origine")),
        SourceColumn("year", ("year", "année")),
        SourceColumn("firms", ("firms", "entreprises")),
        *SOURCE_COLUMNS,
    ),
)
FIRM_COUNTS = _plain(
    "firm_count",
    title="Counts of firms, by Signoff's own column names",
    signature=("industry_code", "n_firms", "year"),
    columns=(
        COUNTRY,
        SourceColumn("region", ("region", "state", "région", "département")),
        SourceColumn("industry_scheme", ("industry scheme", "nomenclature")),
        SourceColumn(
            "industry_code", ("industry code", "code secteur", "code activité", "code d'activité")
        ),
        SourceColumn(
            "size_band",
            ("size band", "size class", "size", "tranche d'effectif", "classe de taille", "taille"),
            translate=SIZES,
        ),
        SourceColumn(
            "n_firms",
            ("n firms", "firms", "number of firms", "nombre d'entreprises", "entreprises"),
        ),
        SourceColumn("year", ("year", "année")),
        SourceColumn("source", ("source",)),
    ),
)
SPENDS = _plain(
    "spend",
    title="Spend, by Signoff's own column names",
    signature=("venue", "starts_on"),
    columns=(
        SourceColumn("venue", ("venue", "platform", "support", "plateforme")),
        SourceColumn("campaign", ("campaign", "campagne", "channel", "canal")),
        SourceColumn("starts_on", ("starts on", "date", "day", "jour", "start date", "début")),
        SourceColumn("ends_on", ("ends on", "end date", "fin")),
        SourceColumn("spend", ("spend", "cost", "dépense", "coût")),
        CURRENCY,
        SourceColumn("impressions", ("impressions",)),
        SourceColumn("clicks", ("clicks", "clics")),
        SourceColumn("sessions", ("sessions", "visits", "visites")),
        SourceColumn("conversions", ("conversions",)),
    ),
)
EVENTS = _plain(
    "event",
    title="Events, by Signoff's own column names",
    signature=("occurred_at", "kind"),
    columns=(
        SourceColumn("external_id", ("external id", "event id", "id")),
        SourceColumn("occurred_at", ("occurred at", "timestamp", "time", "date", "date et heure")),
        SourceColumn("kind", ("kind", "event", "type", "genre"), translate=EVENT_KINDS),
        *ACCOUNT_REFERENCE,
        SourceColumn("person_email", ("email", "e-mail", "person email", "courriel")),
        SourceColumn("person_external_id", ("person external id", "contact id", "id contact")),
        SourceColumn("visitor", ("visitor", "visitor id", "client id", "visiteur")),
        SourceColumn("venue", ("venue", "channel", "support", "canal")),
        SourceColumn("message", ("message", "creative", "annonce")),
        SourceColumn("page", ("page", "url", "page url")),
        SourceColumn("value", ("value", "valeur")),
    ),
)
FORMATS = (
    ACCOUNTS,
    CONTACTS,
    OPPORTUNITIES,
    STAGE_CHANGES,
    APPROVAL_STEPS,
    VENUES,
    RATES,
    VENUE_AUDIENCES,
    VENUE_DUPLICATIONS,
    VENUE_ISSUES,
    VENUE_PACKAGES,
    FIRM_OWNERS,
    FIRM_COUNTS,
    SPENDS,
    EVENTS,
    *EVIDENCE,
)
