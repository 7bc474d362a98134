"""When two spellings mean the same person, address, firm: one normal form for each."""

import re
import unicodedata

from signoff.store.firm_names import drop_legal_form

__all__ = [
    "company_forms",
    "normal_company",
    "normal_domain",
    "normal_email",
    "normal_mailbox",
    "normal_name",
    "normal_phone",
    "normal_profile",
]

GMAIL = ("gmail.com", "googlemail.com")
LINKS = frozenset(("and", "et", "und"))
LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "\u0131": "i", "æ": "ae", "œ": "oe"}
)
SPELLED_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
PHONE_DIGITS = 9  # the last nine digits are the same with and without the country's code


def normal_email(email: str | None) -> str:
    """Give an e-mail address in its one form: no outer spaces, no mailto, lower case.

    >>> normal_email(" Ann.Lee@Example.COM ")
    'ann.lee@example.com'
    """
    text = unicodedata.normalize("NFKC", email or "").strip().casefold()
    return text.removeprefix("mailto:").strip("<>;, ")


def normal_mailbox(email: str | None) -> str:
    """Give the mailbox that an address reaches: no tag, and at Gmail no dots.

    Spellings that reach the same mailbox give the same; which of them a list holds does not
    matter to whoever asked not to be contacted.

    >>> normal_mailbox("Ann.Lee+fair@GoogleMail.com"), normal_mailbox("bo+a@Bücher.example")
    ('annlee@gmail.com', 'bo@bücher.example')
    """
    shown = (c for c in email or "" if not c.isspace() and unicodedata.category(c) != "Cf")
    name, _, domain = normal_email("".join(shown)).rpartition("@")
    host = normal_domain(domain)
    name = name.partition("+")[0] or name  # an address may begin with the sign
    if host in GMAIL:
        name, host = name.replace(".", ""), "gmail.com"
    return f"{name}@{host}" if name and host else ""


def normal_domain(domain: str | None) -> str:
    """Give a web domain in its one form; an address of a page or of a person gives its domain.

    >>> normal_domain("https://www.Example.com/contact")
    'example.com'
    >>> normal_domain("xn--bcher-kva.example")
    'bücher.example'
    """
    text = unicodedata.normalize("NFKC", domain or "").strip().casefold()
    text = re.sub(r"^[a-z][a-z0-9+.-]*://", "", text).rsplit("@", 1)[-1]
    host = re.split(r"[/?#:]", text, maxsplit=1)[0].strip(" .").removeprefix("www.")
    return _spelled_out(host) if "xn--" in host else host


def normal_name(name: str | None) -> str:
    """Give a person's name without case, accents and punctuation.

    >>> normal_name("  Zoé  O'Brien-Łuczak ")
    'zoe obrien łuczak'
    """
    text = unicodedata.normalize("NFKD", name or "").casefold()
    text = "".join(mark for mark in text if not unicodedata.combining(mark))
    return " ".join(re.sub(r"[^\w\s]|_", " ", re.sub(r"['\u2019.]", "", text)).split())


def normal_company(name: str | None) -> str:
    """Give a firm's name without case, accents, punctuation and legal form.

    >>> normal_company("Société Dupont S.A.R.L.")
    'societe dupont'
    """
    return drop_legal_form(normal_name(name))


def company_forms(name: str | None) -> tuple[str, ...]:
    """Give every form in which a firm's name is compared: two names that share one are the same.

    Beside `normal_company`, the plainest: without blanks, "the", and "and" in English, French or
    German, in bare letters, once with umlauts as one letter and once as two.

    >>> set(company_forms("Crédit et Cie")) & set(company_forms("Credit & Cie"))
    {'creditcie'}
    >>> company_forms("Müller GmbH & Co. KG")
    ('muller', 'mueller')
    """
    text = unicodedata.normalize("NFC", name or "").casefold()
    plain = (
        normal_name(spelled.translate(LETTERS)) for spelled in (text, text.translate(SPELLED_OUT))
    )
    forms = (normal_company(name), *(_plainest(words) for words in plain))
    return tuple(form for form in dict.fromkeys(forms) if form)


def _plainest(words: str) -> str:
    kept = [word for word in words.split() if word not in LINKS]
    if len(kept) > 1 and kept[0] == "the":
        kept = kept[1:]
    return drop_legal_form(" ".join(kept)).replace(" ", "")


def normal_phone(phone: str | None) -> str:
    """Give the last nine digits of a phone number; empty when it has fewer than six.

    >>> normal_phone("+33 (0)1 23 45 67 89") == normal_phone("01.23.45.67.89")
    True
    """
    digits = re.sub(r"\D", "", phone or "")
    return digits[-PHONE_DIGITS:] if len(digits) >= 6 else ""


def normal_profile(url: str | None) -> str:
    """Give the address of a LinkedIn profile without scheme, country and tail.

    >>> normal_profile("https://fr.linkedin.com/in/Ann-Lee/?trk=x")
    'linkedin.com/in/ann-lee'
    """
    text = re.sub(r"^[a-z]+://", "", (url or "").strip().casefold())
    text = re.split(r"[?#]", text, maxsplit=1)[0].rstrip("/")
    return re.sub(r"^(?:[a-z]{2,3}\.)?(?=linkedin\.com/)", "", text)


def _spelled_out(host: str) -> str:
    """Give a domain in letters where it is written in punycode."""
    try:
        return host.encode("ascii").decode("idna")
    except UnicodeError:
        return host
