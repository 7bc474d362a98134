#!/bin/sh
# Sees to what the tests need beside Python: Java 17 for Spark, PostgreSQL's server for the team
# register, chromium for the pages, gettext for their words, nginx for a team's set-up. Installs
# them where it may (root, apt-get); elsewhere says what to install.
set -eu

java_is_there() {
    command -v java >/dev/null 2>&1 || return 1
    major=$(java -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p' | head -n 1)
    [ "${major:-0}" -ge 17 ]
}

postgres_is_there() {
    command -v initdb >/dev/null 2>&1 && return 0
    for initdb in /usr/lib/postgresql/*/bin/initdb; do
        [ -x "$initdb" ] && return 0
    done
    return 1
}

packages=""
java_is_there || packages="default-jre-headless"
postgres_is_there || packages="$packages postgresql"
command -v chromium >/dev/null 2>&1 || packages="$packages chromium fonts-liberation"
command -v xgettext >/dev/null 2>&1 || packages="$packages gettext"
command -v nginx >/dev/null 2>&1 || [ -x /usr/sbin/nginx ] || packages="$packages nginx-light"
[ -n "$packages" ] || exit 0

if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "installing" $packages >&2
    apt-get update -qq >&2 || echo "apt-get update failed; trying with the lists there are" >&2
    # shellcheck disable=SC2086  # a list of names
    if DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages >&2; then
        exit 0
    fi
fi
{
    echo "Some tests need what is not installed here, and only an administrator can install it:"
    java_is_there || echo "  Java 17 or later, for Spark       Debian: apt-get install default-jre-headless"
    postgres_is_there || echo "  PostgreSQL's server, for a team   Debian: apt-get install postgresql"
    command -v chromium >/dev/null 2>&1 ||
        echo "  Chromium, for the pages           Debian: apt-get install chromium"
    command -v xgettext >/dev/null 2>&1 ||
        echo "  GNU gettext, for their words      Debian: apt-get install gettext"
    command -v nginx >/dev/null 2>&1 || [ -x /usr/sbin/nginx ] ||
        echo "  nginx, for a team's set-up        Debian: apt-get install nginx-light"
    echo "Without it those tests are skipped (with CI=true they fail)."
} >&2
