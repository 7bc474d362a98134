"""Names of firms in the form they are compared in, with and without their legal form."""

__all__ = [
    "DROPPED",
    "LETTERS",
    "SEPARATORS",
    "drop_legal_form",
    "fold_name",
    "name_variants",
    "plain_words",
]

LETTERS = (
    "àâäáãåāăąçćčďđèéêëēęěėğìíîïīįłñńňòóôöõøōőřśšşșťţțùúûüūůűųýÿźżž",
    "aaaaaaaaacccddeeeeeeeegiiiiiilnnnoooooooorssssttt" + "uuuuuuuuyyzzz",
)
"""Letters, and what each is compared as."""

SEPARATORS = ',;:-_&/"()+\u2013\u2014\u00a0'
"""Signs that part words."""

DROPPED = ".'\u2019\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u030a\u030c\u0327\u0328"
"""Signs within words that are dropped, among them accents that stand apart from their letter."""

_FORM_TEXT = """
    sas, sasu, sa, sarl, eurl, snc, sci, sca, scop, scic, selarl, gie, eirl, ei, sa rl, s a, s a s,
    s a r l, s a rl, societe anonyme, societe par actions simplifiee,
    societe a responsabilite limitee,
    ltd, limited, plc, llc, llp, lp, inc, incorporated, corp, corporation, co, company, pty ltd,
    pte ltd, co ltd, co inc, private limited, public limited company,
    gmbh, ag, kg, ohg, ug, kgaa, se, ev, ek, gbr, gmbh co kg, gmbh co kgaa, gmbh co, ag co kg,
    co kg,
    g m b h, ug haftungsbeschrankt, mbh,
    bv, nv, asbl, srl, sprl, spa, sl, slu, ab, as, oy, oyj, aps, lda, ltda, sarl au
"""
LEGAL_FORMS = tuple(form.strip() for form in _FORM_TEXT.replace("\n", " ").split(","))
"""Legal forms after a name, in English, French, German and of neighbours, as plain words."""

_LONGEST_FIRST = sorted(LEGAL_FORMS, key=len, reverse=True)
_LAST_WORDS = frozenset(form.split()[-1] for form in LEGAL_FORMS)
LEADING_FORMS = ("sas", "sasu", "sarl", "eurl", "sa", "sci", "snc", "scop", "gie", "selarl")
"""Those that stand before a name in French."""

_WORDS = str.maketrans(LETTERS[0] + SEPARATORS, LETTERS[1] + " " * len(SEPARATORS), DROPPED)
_FOLDED = str.maketrans(LETTERS[0], LETTERS[1], " " + SEPARATORS + DROPPED)


def fold_name(name: str) -> str:
    """Give a name in the form names are compared in: no case, accents, blanks or points.

    >>> fold_name("Île-de-France")
    'iledefrance'
    """
    return name.lower().translate(_FOLDED)


def plain_words(name: str) -> str:
    """Give a name as plain words with one blank between them.

    >>> plain_words("Müller & Söhne, G.m.b.H.")
    'muller sohne gmbh'
    """
    return " ".join(name.lower().translate(_WORDS).split())


def name_variants(name: str) -> tuple[str, ...]:
    """Give the plain words under which a firm may stand in a list, whatever its legal form.

    Args:
        name: A name as a brief writes it, with or without a legal form.

    Returns:
        The name without legal form, and with each; a name that is nothing but a legal form stays.

    >>> "acme gmbh co kg" in name_variants("Acme, S.A.S."), "acme" in name_variants("SARL Acme")
    (True, True)
    """
    core = drop_legal_form(plain_words(name))
    after = (f"{core} {form}" for form in LEGAL_FORMS)
    before = (f"{form} {core}" for form in LEADING_FORMS)
    return tuple(dict.fromkeys((core, plain_words(name), *after, *before)))


def drop_legal_form(words: str) -> str:
    """Give a firm's plain words without the legal form after or before them.

    Args:
        words: Plain words, lower case, one blank between them.

    Returns:
        The rest; words that are nothing but a legal form stay.

    >>> drop_legal_form("muller sohne gmbh co kg"), drop_legal_form("sarl dupont")
    ('muller sohne', 'dupont')
    """
    forms = _LONGEST_FIRST if words.rpartition(" ")[2] in _LAST_WORDS else ()
    for form in forms:
        if words.endswith(f" {form}"):
            return drop_legal_form(words.removesuffix(f" {form}"))
    first, _, rest = words.partition(" ")
    return rest if rest and first in LEADING_FORMS else words
