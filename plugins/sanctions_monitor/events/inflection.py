"""The forms of regular English verbs, so that a lexicon line names a verb once."""

from __future__ import annotations

from typing import Literal

# "ed" is past and participle at once, which regular verbs don't tell apart.
Form = Literal["base", "s", "ing", "ed", "past", "part", ""]

_VOWELS = "aeiou"


def forms_of(entry: str) -> list[tuple[str, Form]]:
    """The forms of one verb entry, each with its name.

    `lift` is inflected by rule; `slap*` doubles its last letter (slapped); `freeze/froze/frozen` and `cut/cut/cut` name
    past and participle; a particle stays behind the verb (`roll out` gives "rolled out").
    """
    verb, _, particle = entry.partition(" ")
    tail = f" {particle}" if particle else ""
    base, past, part = _principal(verb)
    doubled = verb.endswith("*") or ("/" in verb and _doubles(base))
    forms: list[tuple[str, Form]] = [(base + tail, "base"), (_third(base) + tail, "s")]
    forms.append((_stem(base, doubled=doubled) + "ing" + tail, "ing"))
    if past == part:
        forms.append((past + tail, "ed"))
    else:
        forms += [(past + tail, "past"), (part + tail, "part")]
    return forms


def _principal(verb: str) -> tuple[str, str, str]:
    if "/" in verb:
        base, past, part = verb.split("/")
        return base, past, part
    base = verb.rstrip("*")
    stem = base + base[-1] if verb.endswith("*") else base
    if stem.endswith("e"):
        past = stem + "d"
    elif stem.endswith("y") and stem[-2] not in _VOWELS:
        past = stem[:-1] + "ied"
    else:
        past = stem + "ed"
    return base, past, past


def _third(base: str) -> str:
    if base.endswith(("s", "sh", "ch", "x", "z", "o")):
        return base + "es"
    if base.endswith("y") and base[-2] not in _VOWELS:
        return base[:-1] + "ies"
    return base + "s"


def _stem(base: str, *, doubled: bool) -> str:
    if doubled:
        return base + base[-1]
    if base.endswith("e") and not base.endswith(("ee", "ye")):
        return base[:-1]
    return base


def _doubles(base: str) -> bool:
    """Short irregular verbs in consonant-vowel-consonant double: cut, hit, put, let."""
    return len(base) >= 3 and base[-1] not in "aeiouwxy" and base[-2] in _VOWELS and base[-3] not in _VOWELS
