#!/bin/sh
# Collects the words of the web application's pages and compiles their French, area by area.
# Usage: scripts/messages.sh AREA...     (no area: the shell and every area)
# Needs GNU gettext. Words without French stay empty in locale/fr/LC_MESSAGES/django.po: fill them
# in, then run this again. A test fails as long as one is missing.
set -eu

here=$(cd "$(dirname "$0")/.." && pwd)
web="$here/src/signoff/app/web"
export PYTHONPATH="$here/tests" DJANGO_SETTINGS_MODULE=web_settings
[ "$#" -gt 0 ] || set -- .
for area in "$@"; do
    cd "$web/$area"
    mkdir -p locale/fr/LC_MESSAGES
    "$here/.venv/bin/django-admin" makemessages --locale fr --no-location --no-wrap --no-obsolete \
        --extension html,txt,py --verbosity 0
    find . -name django.po | while read -r words; do
        # a guess of gettext's is no translation: it is taken out again
        "$here/.venv/bin/python" "$here/scripts/drop_guesses.py" "$words"
        # the heading says nothing that git does not, and a date in it would differ each time
        sed -i '0,/^msgid ""/{/^#/d}; /^"\(POT-Creation\|PO-Revision\)-Date:/d' "$words"
        sed -i '/^"\(Project-Id-Version\|Report-Msgid-Bugs-To\|Last-Translator\|Language-Team\):/d' "$words"
        sed -i 's/^"Language: \\n"/"Language: fr\\n"/' "$words"
        msgfmt --check-format -o "${words%.po}.mo" "$words"
    done
done
