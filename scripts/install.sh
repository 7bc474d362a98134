#!/bin/sh
# Installs one list of pinned requirements, then the package itself, into the environment .venv.
# Usage: scripts/install.sh requirements/demo.txt
set -eu

venv=.venv
pip="$venv/bin/pip"
uv="$venv/bin/uv"

# uv does not read pip's settings; a machine that reaches its registry by them alone is served too.
setting() { "$pip" config get "global.$1" 2>/dev/null || true; }
index=${PIP_INDEX_URL:-$(setting index-url)}
certificates=${PIP_CERT:-$(setting cert)}
[ -z "$index" ] || export UV_DEFAULT_INDEX="${UV_DEFAULT_INDEX:-$index}"
[ -z "$certificates" ] || export SSL_CERT_FILE="${SSL_CERT_FILE:-$certificates}"
export UV_HTTP_TIMEOUT="${UV_HTTP_TIMEOUT:-180}"

"$uv" pip install --quiet --python "$venv/bin/python" --require-hashes -r "$1"
"$uv" pip install --quiet --python "$venv/bin/python" --no-deps --no-build-isolation --editable .
