"""What needs Airflow in the test's own process finds the home of the other tests that do."""

from __future__ import annotations

from tests.airflow.airflow_home import airflow_home

__all__ = ["airflow_home"]
