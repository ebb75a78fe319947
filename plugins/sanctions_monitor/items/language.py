"""Which language the words of an item are in: what they say themselves goes over what is told of their feed."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

# Below this chance the words are too few or too mixed to go against what is told: headlines are full of names.
SURE = 0.9
# Enough to tell a language; more only costs time.
LONGEST = 400
# The languages of the press that a catalogue may hold (ISO 639-1). Fewer rivals make short headlines surer.
LANGUAGES = (
    "ar", "az", "be", "bg", "bs", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr", "he", "hi", "hr", "hu",
    "hy", "id", "it", "ja", "ka", "kk", "ko", "ky", "lt", "lv", "mk", "my", "nl", "no", "pl", "ps", "pt", "ro", "ru",
    "sk", "sl", "sq", "sr", "sv", "sw", "ta", "th", "tr", "uk", "ur", "uz", "vi", "zh",
)  # fmt: skip


def language_of(words: str, told: str | None) -> str | None:
    """The ISO 639-1 code of the language of `words`; `told`, the feed's or nothing, where the words are not sure."""
    if not words.strip():
        return told
    code, chance = _identifier().classify(words[:LONGEST])
    return str(code) if chance >= SURE else told


@cache
def _identifier() -> LanguageIdentifier:
    # 15 MB with numpy, which a poll does without
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(LANGUAGES)
    return identifier
