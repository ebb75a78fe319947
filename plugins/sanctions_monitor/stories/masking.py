"""Blanking markup without moving a letter, so that offsets count in the field as it was given."""

from __future__ import annotations

import html
import re

# The bound keeps the search linear where "<" is never closed; a longer tag is text.
_TAG = re.compile(r"<(/?)([A-Za-z!][A-Za-z0-9]{0,20})([^<>]{0,2000})>")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
# Elements after which a new sentence begins.
_BLOCKS = frozenset(
    "p div br li ul ol h1 h2 h3 h4 h5 h6 td tr table blockquote section article hr figure figcaption".split()
)
_HIDDEN = re.compile(r"<(script|style)\b", re.IGNORECASE)


def masked(field: str) -> str:
    """The field with tags, scripts and entities blanked; as long as before, letter by letter in the same place.

    A block's tag becomes a line break and spaces, an entity its character behind spaces.
    """
    if "<" not in field and "&" not in field:
        return field
    return _ENTITY.sub(_character, _TAG.sub(_blank, _without_hidden(field)))


def _blank(tag: re.Match[str]) -> str:
    length = len(tag.group())
    return ("\n" + " " * (length - 1)) if tag.group(2).lower() in _BLOCKS else " " * length


def _character(entity: re.Match[str]) -> str:
    whole = entity.group()
    character = html.unescape(whole)
    return " " * (len(whole) - 1) + character if len(character) == 1 else " " * len(whole)


def _without_hidden(field: str) -> str:
    """Scripts and styles blanked with what they hold; one that is never closed is blanked to the end."""
    kept: list[str] = []
    place = 0
    while (opening := _HIDDEN.search(field, place)) is not None:
        closing = (
            field.casefold().find(f"</{opening.group(1).lower()}", opening.end())
            if field.isascii()
            else (field.lower().find(f"</{opening.group(1).lower()}", opening.end()))
        )
        end = len(field) if closing < 0 else closing
        kept += [field[place : opening.start()], " " * (end - opening.start())]
        place = end
    return "".join(kept) + field[place:]
