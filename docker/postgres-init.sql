-- Runs once, when the data volume is new: two databases, each with an owner that can't see into the other.
-- Passwords come from the container's environment; a missing one is a syntax error and stops the start.
\getenv airflow_password AIRFLOW_DB_PASSWORD
\getenv monitor_password SANCTIONS_MONITOR_DB_PASSWORD

create role airflow
login
password :'airflow_password';

create role sanctions_monitor
login
password :'monitor_password';

create database airflow
owner airflow;

create database sanctions_monitor
owner sanctions_monitor;

revoke all
on database airflow
from public;

revoke all
on database sanctions_monitor
from public;
