"""Names of firms as they are compared: without legal form, share class and the like."""

import re
from dataclasses import dataclass
from functools import lru_cache

from signoff.store.firm_names import plain_words

__all__ = ["ComparedName", "compare_name"]

_FORMS_TEXT = """
    sas sasu sa sarl eurl snc sci sca scop scic selarl gie eirl ei ltd limited plc llc llp
    lp inc incorporated incorporation corp corporation co company cos companies pty pte
    private public gmbh ag kg kgaa ohg ug se ev ek gbr mbh aktiengesellschaft aktien
    gesellschaft aktg ges bv nv asbl srl sprl spa sl slu ab abp as asa oy oyj aps lda ltda
    bhd berhad tbk pcl pjsc jsc pao oao ooo zao ojsc sae saa sab cv rl de sgps sau kk hf ehf
    ans ks kft nyrt rt zrt doo dd ad eood ead sro spol sp zoo kabushiki kaisha gk tas anonim
    sirketi oyc societe anonyme naamloze vennootschap aktiebolag aktiebolaget osakeyhtio
    spolka akcyjna publ pt cia ltee inco
"""
_FORMS = frozenset(_FORMS_TEXT.split())
"""Words of legal forms, in many countries; dropped at either end of a name."""

_LEADING_TEXT = """
    sas sasu sarl eurl sa sci snc scop gie selarl ste societe anonyme pt ooo oao pao zao the
    gesellschaft ab oy cia
"""
_LEADING = frozenset(_LEADING_TEXT.split())
_SECURITIES_TEXT = """
    inh na nam namen vna vz vzo vorz st sta ord ords shs sh sp spadr unsp unspadr adr adrs
    ads gdr gdrs gds cdr cdi bdr drn nvdr reg regs 144a npv pfd pref prf preferred common
    stock stocks share shares unit units right rights wts wt warrant warrants class cl ser
    series demat bearer registered nom sponsored unsponsored spon paired ctf on cedear
    depositary receipt receipts namensaktien inhaber fria conv sub subordinate voting com
    stk chs regshs ordinary
"""
_SECURITIES = frozenset(_SECURITIES_TEXT.split())
"""Words for the kind of a security after a firm's name, as exchanges write them."""

_CURRENCIES = (
    "dl|eo|ls|hd|yc|sf|sk|nk|dk|zy|rp|rc|cd|ad|tn|ba|is|mn|sd|ny|kc|dm|fl|ri|pp|sr|uf|zl|yn"
)
_PAR = re.compile(
    rf"\s(?:{_CURRENCIES})\s*-?[,.]?\d[\d,.]*(?=\s|$)|(?:dl|eo|ls|hd|yc|sf)\s?-,\d+|\s-,\d+"
    r"|\bo\.\s?n\.?(?=\s|$)|\badr\s?/?\s?\d[\d/,.]*|(?<=\s)\d+/\d+(?=\s|$)|\bs\.?p\.?\s?adr\b"
)
_RECEIPT = re.compile(r"(?:sp|unsp)?(?:adr|gdr|gds|ads|nvdr|bdr|cdr)s?\d*a?")
_UMLAUTS = re.compile(r"([aou])e(?!$)")
_EDGE = re.compile(r"[\d]{1,6}|[a-z]|i{1,3}|iv")
_SHORT = {
    "grp": "group", "gp": "group", "gr": "group", "grupo": "group", "groupe": "group",
    "groep": "group", "gruppo": "group", "gruppe": "group", "hldg": "holding",
    "hldgs": "holding", "hlds": "holding", "hld": "holding", "hdg": "holding", "hdgs": "holding",
    "holdings": "holding", "hlg": "holding", "hlgs": "holding", "intl": "international",
    "natl": "national", "finl": "financial", "fincl": "financial", "genl": "general",
    "bk": "bank", "mng": "mining", "mfg": "manufacturing", "svc": "services", "svcs": "services",
    "srvcs": "services", "sys": "systems", "pwr": "power", "pptys": "properties",
    "ppty": "properties", "property": "properties", "tr": "trust", "tst": "trust",
    "labs": "laboratories", "comms": "communications", "cmmns": "communications",
    "dev": "development", "mgmt": "management", "mkts": "markets", "mkt": "markets",
    "amer": "american", "expl": "exploration", "rlty": "realty", "bancorporation": "bancorp",
    "bancrp": "bancorp", "bncp": "bancorp", "transn": "transportation", "kon": "koninklijke",
    "royal": "koninklijke", "deut": "deutsche", "dt": "deutsche", "dte": "deutsche",
    "prods": "products", "bros": "brothers", "assoc": "associates", "ins": "insurance",
    "inv": "investment", "invs": "investments", "invt": "investment", "invts": "investments",
    "ctr": "center", "centre": "center", "cda": "canada", "chem": "chemical", "und": "and",
    "et": "and", "y": "and", "e": "and", "och": "and", "og": "and", "ja": "and",
}  # fmt: skip
"""Abbreviations that are no beginning of their word, and words alike across languages."""


@dataclass(frozen=True, slots=True)
class ComparedName:
    """A firm's name in the form in which it is compared.

    Attributes:
        plain: All its words, plain.
        core: The words without legal form, kind of security, par value and "the".
        form: Words of its legal form, sorted; empty when none is written.
    """

    plain: str
    core: str
    form: str


@lru_cache(maxsize=4096)
def compare_name(name: str) -> ComparedName:
    """Give a firm's name in the form in which it is compared.

    Args:
        name: As a list, an exchange or a form writes it.

    Returns:
        Its words; a name that is nothing but a legal form keeps it as its core.

    >>> compare_name("CISCO SYSTEMS  DL-,001").core, compare_name("Cisco Systems, Inc.").core
    ('cisco systems', 'cisco systems')
    >>> compare_name("Sandvik AB (publ)")
    ComparedName(plain='sandvik ab publ', core='sandvik', form='ab publ')
    """
    lowered = f" {name.lower()}"
    plain = plain_words(name)
    words = _words(_PAR.sub(" ", lowered)) or _words(lowered)
    core, forms = _strip_end(_cut_repeat(_cut_receipt(words)))
    core = _strip_start(core, forms)
    kept = [_UMLAUTS.sub(r"\1", _SHORT.get(word, word)) for word in core or words]
    return ComparedName(plain, " ".join(w for w in kept if w != "and") or plain, _form(forms))


def _words(text: str) -> list[str]:
    """Cut into words, initials that stand apart joined: "s p a" is "spa"."""
    spaced = text.replace(".", ". ") if text.count(".") < len(text) / 4 else text
    joined: list[str] = []
    was_letter = False
    for word in plain_words(re.sub(r"\b(\w)\. (?=\w\b)", r"\1", spaced)).split():
        is_letter = len(word) == 1 and word.isalpha()
        if is_letter and was_letter:
            joined[-1] += word
        else:
            joined.append(word)
        was_letter = is_letter
    return joined


def _cut_receipt(words: list[str]) -> list[str]:
    """Cut the words that say which receipt for shares an exchange lists."""
    for place in range(1, len(words)):
        if _RECEIPT.fullmatch(words[place]):
            return words[:place]
    return words


def _cut_repeat(words: list[str]) -> list[str]:
    """Cut "acme ab acme ord shs", as some exchanges write it, after its first legal form."""
    for place in range(2, len(words)):
        if words[place - 1] in _FORMS and words[0].startswith(words[place]):
            return words[:place]
    return words


def _strip_end(words: list[str]) -> tuple[list[str], list[str]]:
    """Drop legal forms and kinds of security after a name, with the letters and numbers there."""
    end, forms = len(words), []
    while end > 1:
        word, before = words[end - 1], words[end - 2]
        if word in _FORMS:
            forms.append(word)
        elif word not in _SECURITIES and not (
            _EDGE.fullmatch(word) and (before in _SECURITIES or (before in _FORMS and end > 2))
        ):
            break
        end -= 1
    return words[:end], forms


def _strip_start(words: list[str], forms: list[str]) -> list[str]:
    start = 0
    while len(words) - start > 1 and words[start] in _LEADING:
        if words[start] in _FORMS:
            forms.append(words[start])
        start += 1
    return words[start:]


def _form(words: list[str]) -> str:
    alike = {"limited": "ltd", "corporation": "corp", "incorporated": "inc", "company": "co",
             "aktiengesellschaft": "ag", "aktien": "ag", "berhad": "bhd"}  # fmt: skip
    return " ".join(sorted({alike.get(word, word) for word in words}))
