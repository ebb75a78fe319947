"""`sanctions-monitor reference`: refreshes tables from public services, and prints the data dictionary."""

from __future__ import annotations

import typer

app = typer.Typer(help="The reference tables: what is loaded, newer ones, the data dictionary.", no_args_is_help=True)
