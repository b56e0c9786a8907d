"""Verbs of saying, as attributions of quotations use them, and the small words beside them."""

import re

from briefgen.importing.names import alternatives, vocabulary

_DOUBLING = re.compile(r"[^aeiou][aiou][bmpt]$")
_LONGEST_DOUBLING = 5


def _forms(verb: str) -> tuple[str, ...]:
    """The forms of a regular verb that can govern a quotation.

    >>> _forms("reply"), _forms("note"), _forms("admit")
    (('replies', 'replied', 'replying'), ('noted', 'noting'), ('admits', 'admitted', 'admitting'))
    """
    stem = verb.removesuffix("e")
    if verb.endswith("y") and verb[-2] not in "aeiou":
        past, participle, third = f"{verb[:-1]}ied", f"{verb}ing", f"{verb[:-1]}ies"
    elif _DOUBLING.search(verb) and len(verb) <= _LONGEST_DOUBLING:
        past, participle, third = f"{verb}{verb[-1]}ed", f"{verb}{verb[-1]}ing", f"{verb}s"
    else:
        past, participle, third = f"{stem}ed", f"{stem}ing", f"{verb}es" if verb.endswith(("s", "sh", "ch")) else f"{verb}s"
    return (past, participle) if verb in vocabulary("nouns in the third person") else (third, past, participle)


def _pattern(forms: set[str]) -> str:
    """The words as one alternative a first letter, so that a word which is none of them is left after one step."""
    by_letter: dict[str, list[str]] = {}
    for form in sorted(forms, key=lambda form: (-len(form), form)):
        by_letter.setdefault(form[0], []).append(form[1:])
    return "|".join(f"{letter}(?:{'|'.join(rests)})" for letter, rests in sorted(by_letter.items()))


_ALL = {form for verb in vocabulary("verbs of saying") for form in _forms(verb)} | vocabulary("forms of saying")
_ING = {form for form in _ALL if form.endswith("ing")}
FINITE = _pattern(_ALL - _ING)
ADVERB = rf"(?:{alternatives('adverbs beside verbs')}|[a-z]+ly|(?:on )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
ANOTHER_CLAUSE = r"(?:while|whereas|but|and|though|although|which|who|when)\b"
"""What begins with these words after a quotation tells of somebody else: `X called it “over”, while Y said …`."""
TELLS = re.compile(rf"\b(?:{FINITE})\b")
SPEAKS = re.compile(rf"(?<![\w'’-])(?:{FINITE}|{_pattern(_ING)})(?![\w'’-])")
