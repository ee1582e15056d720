#!/bin/sh
# Starts the database's container: refuses a password that is none, makes the others once, and goes on as the image does.
set -eu
secrets=/run/simflow

if [ "${1:-}" = postgres ]; then
    # As simflow/secrecy.py: the server would else be made with it, and keep it.
    case $(printf %s "${DB_PASSWORD:-}" | tr '[:upper:]' '[:lower:]') in
    '') echo "DB_PASSWORD is missing: tools/make-env writes a .env with a fresh one." >&2; exit 1 ;;
    admin | password | postgres | simflow | simflow_owner | simflow_user | \
    *change_me* | *changeme* | *change-me* | *your_password* | *your-password*)
        echo "DB_PASSWORD is a default that everybody knows: make a new one, for instance with tools/make-env." >&2
        exit 1 ;;
    esac
    # Read by the services that mount this volume, and by nobody else: postgres, and migrate for the owner's.
    for name in owner_password superuser_password; do
        if [ ! -s "$secrets/$name" ]; then
            head -c 30 /dev/urandom | base64 | tr -d '\n' | tr '+/' '-_' >"$secrets/$name.new"
            chmod 0444 "$secrets/$name.new"
            mv "$secrets/$name.new" "$secrets/$name"
        fi
    done
    export POSTGRES_PASSWORD_FILE="$secrets/superuser_password"
    # A key must belong to the server's user and be readable by nobody else; what is mounted belongs to somebody else.
    if [ -f /tls/database.key ]; then
        mkdir -p /var/lib/postgresql/tls
        cp /tls/database.crt /tls/database.key /var/lib/postgresql/tls/
        chmod 0600 /var/lib/postgresql/tls/database.key
        chown -R postgres /var/lib/postgresql/tls
        set -- "$@" -c ssl=on -c ssl_cert_file=/var/lib/postgresql/tls/database.crt \
            -c ssl_key_file=/var/lib/postgresql/tls/database.key
    fi
fi
exec docker-entrypoint.sh "$@"
