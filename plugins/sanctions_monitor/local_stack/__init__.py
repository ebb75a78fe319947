"""Airflow with its web UI on this machine, by one command and gone by Ctrl-C: no containers, no server to install.

In: the settings; `SANCTIONS_MONITOR_UI_PORT` (8080 unless set) and `SANCTIONS_MONITOR_ADMIN_PASSWORD` (made once
unless set). Out: the web UI on loopback, fed from the catalogue or, with `demo`, from the recorded edition.
What stays true: one stack a home folder; Airflow's own data and ours lie in one embedded PostgreSQL in that folder;
whatever was started is stopped, also after the stack itself was killed; only the loopback interface listens.
"""

from sanctions_monitor.local_stack.stack import down, up

__all__ = ["down", "up"]
