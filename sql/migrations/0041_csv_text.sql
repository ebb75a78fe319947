-- A text as a CSV cell that no spreadsheet takes for a formula (OWASP, "CSV Injection"); the same rule as
-- exports/csv_text.py has for rows that are written by Python.
create or replace function csv_text(value text) returns text
language sql immutable parallel safe
return case
    when ltrim(value, ' ') <> '' and strpos(E'=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20', left(ltrim(value, ' '), 1)) > 0
        then '''' || value
    else value
end;
comment on function csv_text is 'The text, with an apostrophe before what a spreadsheet would compute.';
