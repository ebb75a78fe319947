"""Newer reference tables from public services: one small adapter each.

In: the answers of a service (`Answers`: over HTTP, or files of a folder) and the tables as they stand. Out: whole newer
tables by name, typed as tables.yaml declares them; the caller checks, compares and swaps them.
What stays true: an adapter changes only what its service tells; an answer that is cut off, cut short or not what was
asked raises FetchError naming service, address and reason, and nothing comes out. Addresses, terms and expectations of
the services are data (`services.yaml`).
"""

from sanctions_monitor.reference.services.answers import Answers, FolderAnswers, HttpAnswers
from sanctions_monitor.reference.services.declared import Service, service, services
from sanctions_monitor.reference.services.newer import newer_tables

__all__ = ["Answers", "FolderAnswers", "HttpAnswers", "Service", "newer_tables", "service", "services"]
