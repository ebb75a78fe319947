"""Joining things into groups, pair by pair; the groups don't depend on the order of the pairs."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class UnionFind:
    """Disjoint sets of strings. State: the parent of each member; paths are halved while they are walked."""

    _parent: dict[str, str] = field(default_factory=dict)

    def add(self, member: str) -> None:
        """Make `member` a group of its own unless it is known."""
        self._parent.setdefault(member, member)

    def root(self, member: str) -> str:
        """The member that stands for the group of `member`."""
        self.add(member)
        while self._parent[member] != member:
            self._parent[member] = self._parent[self._parent[member]]
            member = self._parent[member]
        return member

    def join(self, left: str, right: str) -> None:
        """Make the groups of both members one group."""
        first, second = sorted((self.root(left), self.root(right)))
        self._parent[second] = first

    def groups(self) -> list[frozenset[str]]:
        """All groups, in the order of their least members."""
        members: dict[str, set[str]] = {}
        for member in self._parent:
            members.setdefault(self.root(member), set()).add(member)
        return [frozenset(group) for group in sorted(members.values(), key=min)]
