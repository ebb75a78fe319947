"""Airflow for the tests of this folder."""

from tests.airflow.airflow_home import airflow_database, airflow_home

__all__ = ["airflow_database", "airflow_home"]
