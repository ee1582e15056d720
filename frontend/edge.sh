#!/bin/sh
# Writes what depends on the environment, then lets nginx take over. The rest of the file system is read-only.
set -eu
edge=/tmp/edge
mkdir -p "$edge" /tmp/body /tmp/proxy
include=/etc/nginx/simflow/site.conf

# Docker's own name server knows every replica; a short memory lets them come and go.
servers=$(awk '$1 == "nameserver" { print ($2 ~ /:/ ? "[" $2 "]" : $2) }' /etc/resolv.conf | tr '\n' ' ')
cat >"$edge/resolver.conf" <<END
resolver ${servers:-127.0.0.11} valid=1s ipv6=off;
resolver_timeout 3s;
END

# Proxies in front of this one, by address or network, divided by spaces or commas.
{
    echo "geo \$realip_remote_addr \$from_proxy {"
    echo "    default 0;"
    for one in $(echo "${TRUSTED_PROXIES:-}" | tr ',' ' '); do echo "    $one 1;"; done
    echo "}"
    for one in $(echo "${TRUSTED_PROXIES:-}" | tr ',' ' '); do echo "set_real_ip_from $one;"; done
    echo "real_ip_header X-Forwarded-For;"
    echo "real_ip_recursive on;"
} >"$edge/proxies.conf"

echo "client_max_body_size ${MAX_BODY:-1m};" >"$edge/body.conf"
echo "limit_req_zone \$binary_remote_addr zone=api:10m rate=${API_RATE:-300}r/s;" >"$edge/rate.conf"

if [ -f /tls/edge.crt ]; then
    cat >"$edge/servers.conf" <<END
server {
    listen 8443 ssl;
    listen [::]:8443 ssl;
    http2 on;
    ssl_certificate /tls/edge.crt;
    ssl_certificate_key /tls/edge.key;
    ssl_protocols TLSv1.2 TLSv1.3;
    ssl_session_cache shared:tls:10m;
    ssl_session_timeout 1d;
    set \$backend backend;
    set \$hsts "max-age=31536000";
    include $include;
}
server {
    listen 8080;
    listen [::]:8080;
    location = /health { set \$backend backend; set \$hsts ""; include /etc/nginx/simflow/pass.conf; access_log off; }
    location / { return 308 https://\$host${HTTPS_SUFFIX:-}\$request_uri; }
}
END
else
    cat >"$edge/servers.conf" <<END
server {
    listen 8080;
    listen [::]:8080;
    set \$backend backend;
    set \$hsts "";
    include $include;
}
END
fi

# Before nginx 1.25.1 HTTP/2 is a word of the listen line; and some machines have no IPv6.
if ! nginx -t -q 2>/dev/null; then
    sed -i -e '/http2 on;/d' -e 's/8443 ssl;/8443 ssl http2;/' "$edge/servers.conf"
    if ! [ -e /proc/net/if_inet6 ]; then sed -i '/\[::\]/d' "$edge/servers.conf"; fi
    nginx -t
fi
exec nginx -g 'daemon off;'
