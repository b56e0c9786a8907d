"""Verbs of saying, as attributions of quotations use them."""

import re

_REGULAR = (
    "ask argue insist note explain recall claim stress predict comment observe remark joke testify concede complain suggest promise vow declare state announce"
    " conclude continue emphasise emphasize reiterate respond shout cry exclaim urge call describe confirm deny believe express accuse allege boast confess"
    " caution counter disclose hint interject maintain muse opine plead pledge praise proclaim propose protest reckon remember report reveal scoff sigh signal"
    " threaten tweet underline whisper yell post dismiss brand label dub hail denounce condemn blame slam criticise criticize mock add warn admit acknowledge"
    " reply lament grumble quip summarise summarize recount caption mention affirm assert contend warn blast decry deride lambast ridicule"
    " characterise characterize answer telegraph demand offer express defend underscore accuse cite hope assure advise"
).split()
_NOUNS_TOO = frozenset(  # their third person is a plural noun more often than a verb
    "claim comment remark joke promise vow state shout cry call report sigh signal post brand label blame hope pledge caution counter demand offer caption"
    " mention answer blast telegraph note whisper yell boast question charge".split()
)
_IRREGULAR = "say says said saying tell tells told telling write writes wrote writing think thinks thought speak speaks spoke speaking swear swore feel felt".split()


def _forms(verb: str) -> tuple[str, ...]:
    stem = verb[:-1] if verb.endswith("e") else verb
    if verb.endswith("y"):
        return (f"{verb[:-1]}ies", f"{verb[:-1]}ied", f"{verb}ing")
    if verb in {"quip", "dub", "slam", "admit"}:
        return (f"{verb}s", f"{verb}{verb[-1]}ed", f"{verb}{verb[-1]}ing")
    if verb in _NOUNS_TOO:
        return (f"{stem}ed", f"{stem}ing")
    third = f"{verb}es" if verb.endswith(("s", "sh", "ch")) else f"{verb}s"
    return (third, f"{stem}ed", f"{stem}ing")


def _pattern(forms: list[str]) -> str:
    """The words as one alternative a first letter: a word that is none of them is left after one step."""
    by_letter: dict[str, list[str]] = {}
    for form in forms:
        by_letter.setdefault(form[0], []).append(form[1:])
    return "|".join(f"{letter}(?:{'|'.join(sorted(rests, key=len, reverse=True))})" for letter, rests in sorted(by_letter.items()))


_ALL = sorted({form for verb in _REGULAR for form in _forms(verb)} | set(_IRREGULAR) - {"say"})
FINITE = _pattern([form for form in _ALL if not form.endswith("ing")])
PARTICIPLES = _pattern([form for form in _ALL if form.endswith("ing")])
TELLS = re.compile(rf"\b(?:{FINITE})\b")
