#!/bin/sh
# Runs once, when the server's data are made, after init.sql: the two logins get their passwords.
psql -v ON_ERROR_STOP=1 --no-psqlrc --quiet --username "${POSTGRES_USER:-postgres}" --dbname postgres \
    -v user_password="$DB_PASSWORD" -v owner_password="$(cat /run/simflow/owner_password)" <<'SQL'
SET log_statement = 'none';
SET log_min_duration_statement = -1;
SET log_min_error_statement = panic;
ALTER ROLE simflow_user PASSWORD :'user_password';
ALTER ROLE simflow_owner PASSWORD :'owner_password';
SQL
