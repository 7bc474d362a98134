# ruff: noqa: INP001 - beside a script, no part of a package
"""Titles as customer lists have them, composed; the lists of occupations hold few of them."""

from collections.abc import Iterator

__all__ = ["compose_titles"]

CRM_WORDS = {
    "en": {
        "finance": "Finance;Accounting;Treasury;Tax;Financial Planning",
        "purchasing": "Procurement;Purchasing;Sourcing;Strategic Sourcing",
        "operations": "Operations;Supply Chain;Logistics;Manufacturing;Maintenance;Quality",
        "engineering": "Engineering;Product Development;Mechanical Design",
        "information_technology": "IT;Information;Technology;Data Platform;Cybersecurity;Software",
        "human_resources": "HR;People;Human Resources;Talent Acquisition;Learning",
        "marketing_sales": "Marketing;Sales;Business Development;Revenue;Customer Success;Brand",
        "legal": "Legal;Compliance;Legal Affairs",
        "research": "R&D;Research;Research and Development;Clinical Research",
        "health": "Nursing;Clinical Services;Medical",
        "education": "Education;Academic Affairs",
        "administration": "Administration;Office;Administrative Services",
    },
    "fr": {
        "finance": "finances;financier;comptabilité;trésorerie;contrôle de gestion",
        "purchasing": "achats;approvisionnements;achats indirects",
        "operations": "production;industriel;logistique;maintenance;qualité;exploitation;travaux",
        "engineering": "bureau d'études;ingénierie;études techniques",
        "information_technology": "informatique;systèmes d'information;réseaux;digital",
        "human_resources": "RH;ressources humaines;recrutement;formation",
        "marketing_sales": "marketing;commercial;ventes;communication;relation client",
        "legal": "juridique;conformité;affaires juridiques",
        "research": "R&D;recherche;laboratoire",
        "health": "soins;médical",
        "education": "pédagogie;enseignement",
        "administration": "administratif;services généraux;secrétariat",
    },
}
CRM_FORMS = {
    "en": {
        "executive": "VP {};Vice President {};SVP {} EMEA;Chief {} Officer;EVP Global {}",
        "director": "Director of {};{} Director;Head of {};Global Head of {};Director, {} France",
        "manager": "{} Manager;{} Team Lead;{} Supervisor;Senior {} Manager;Regional {} Manager",
        "specialist": "{} Specialist;{} Analyst;Senior {} Consultant;{} Expert",
        "staff": "{} Assistant;{} Intern;{} Clerk",
    },
    "fr": {
        "executive": "Vice-président {};Vice-présidente {}",
        "director": "Directeur {};Directrice {};Dir. {};Directeur {} groupe;Directrice des {}",
        "manager": "Responsable {};Resp. {};Chef de service {};Cheffe de service {}",
        "specialist": "Chargé de {};Chargée de {};Spécialiste {};Consultante {}",
        "staff": "Assistant {};Assistante {};Stagiaire {};Alternant {}",
    },
}
CRM_FIRST = {
    "CEO": ("general_management", "executive"),
    "Gérant": ("general_management", "executive"),
    "Gérante": ("general_management", "executive"),
    "Gérant associé": ("general_management", "executive"),
    "Cogérant": ("general_management", "executive"),
    "Directeur administratif et financier": ("finance", "executive"),
    "Directeur des systèmes d'information": ("information_technology", "executive"),
    "Head Nurse": ("health", "manager"),
    "Infirmière cadre de santé": ("health", "manager"),
    "Personal Assistant to the Director": ("administration", "staff"),
    "Assistant to the Managing Director": ("administration", "staff"),
    "Executive Assistant to the CFO": ("administration", "staff"),
    "Secretary to the Board": ("administration", "staff"),
    "Assistante de direction": ("administration", "staff"),
    "Assistante du directeur général": ("administration", "staff"),
    "PDG": ("general_management", "executive"),
    "Founder": ("general_management", "executive"),
    "Co-Founder & CEO": ("general_management", "executive"),
    "Managing Director": ("general_management", "executive"),
    "Directeur général": ("general_management", "executive"),
    "DG": ("general_management", "executive"),
    "Owner": ("general_management", "executive"),
    "Président": ("general_management", "executive"),
    "CFO": ("finance", "executive"),
    "DAF": ("finance", "executive"),
    "CIO": ("information_technology", "executive"),
    "CTO": ("information_technology", "executive"),
    "CISO": ("information_technology", "executive"),
    "DSI": ("information_technology", "executive"),
    "COO": ("operations", "executive"),
    "CMO": ("marketing_sales", "executive"),
    "CRO": ("marketing_sales", "executive"),
    "CHRO": ("human_resources", "executive"),
    "DRH": ("human_resources", "executive"),
    "CPO Procurement": ("purchasing", "executive"),
    "General Counsel": ("legal", "executive"),
}
FIRST_TIMES = 15
"""How often each of these counts against one composed title."""


def compose_titles() -> Iterator[tuple[str, str, str]]:
    """Give each title with its department and level."""
    for language, words in CRM_WORDS.items():
        for function, listed in words.items():
            for word in listed.split(";"):
                for level, forms in CRM_FORMS[language].items():
                    for form in forms.split(";"):
                        yield form.format(word), function, level
    for title, (function, level) in CRM_FIRST.items():
        for _ in range(FIRST_TIMES):
            yield title, function, level
