"""Headlines in plain words, made from the codes alone, so that they say what was coded and nothing more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sanctions_monitor.reference import goods_name, prose_name

if TYPE_CHECKING:
    from collections.abc import Sequence

_ADOPTED = {
    "impose": ("imposes", "impose"),
    "extend": ("extends", "extend"),
    "ease": ("eases", "ease"),
    "enforce": ("enforces", "enforce"),
}
_PAST = {"impose": "imposed", "extend": "extended", "ease": "eased", "enforce": "enforced"}
_LED = {"proposed": "Proposed", "rejected": "Refused"}


def enumerate_names(names: Sequence[str], most: int = 4) -> str:
    """ "A", "A and B", "A, B and C"; beyond `most` the rest is counted."""
    if len(names) > most:
        names = [*names[:most], f"{len(names) - most} more"]
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def sanctions_headline(
    action: str,
    status: str,
    senders: Sequence[str],
    targets: Sequence[str],
    commodities: Sequence[str],
) -> str:
    """For example "US eases potash sanctions on Belarus" or "Refused: EU to ease sanctions on Belarus"."""
    what = "sanctions"
    if commodities:
        what = f"{enumerate_names([goods_name(each) for each in commodities], 3)} sanctions"
    whom = f" on {enumerate_names([prose_name(each) for each in targets])}" if targets else ""
    who = enumerate_names([prose_name(each) for each in senders])
    if status == "adopted":
        if not senders:
            return _capital(f"{what}{whom} {_PAST[action]}")
        return f"{who} {_ADOPTED[action][len(senders) > 1]} {what}{whom}"
    if not senders:
        return f"{_LED[status]}: to {_ADOPTED[action][1]} {what}{whom}"
    return f"{_LED[status]}: {who} to {_ADOPTED[action][1]} {what}{whom}"


def diplomacy_headline(action: str, senders: Sequence[str], targets: Sequence[str]) -> str:
    """For example "US and Belarus hold talks" or "Belarus frees prisoners (with US and Ukraine)"."""
    first = [prose_name(each) for each in senders]
    second = [prose_name(each) for each in targets if each not in senders]
    both = enumerate_names([*first, *second]) or "Parties not named"
    one = enumerate_names(first) or "A party not named"
    single = len(first) < 2
    if action == "release":
        freed = f"{one} {'frees' if single else 'free'} prisoners"
        return f"{freed} (with {enumerate_names(second)})" if second else freed
    if action == "rupture":
        cut = f"{one} {'cuts' if single else 'cut'} or {'lowers' if single else 'lower'} ties"
        return f"{cut} with {enumerate_names(second)}" if second else cut
    alone = len(first) + len(second) == 1
    words = {
        "talks": ("holds talks", "hold talks"),
        "agreement": ("reaches an agreement", "reach an agreement"),
        "restore": ("restores ties", "restore ties"),
    }[action]
    return f"{both} {words[0] if alone else words[1]}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
