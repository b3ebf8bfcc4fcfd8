#!/bin/sh
# Brings .venv to a lock file:  PY=python3.12 sh deploy/environment.sh requirements.lock
#
# Silent and quick when there is nothing to do. A copy of the lock in .venv says what is installed,
# so a changed lock, a moved folder, a new Python or an installation cut short are all mended here.
set -u

lock=$1
venv=.venv
python=$venv/bin/python
busy=.venv.busy

say() { echo "$*" >&2; }

die() {
    say "$*"
    exit 1
}

modern() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

has_pip() { "$python" -c 'import pip' 2>/dev/null; }

up_to_date() { cmp -s "$lock" "$venv/$lock" && [ -x "$venv/bin/tidewaiter" ] && has_pip; }

# One at a time: `make run` and `make test` in two windows share the folder. A link is made in one
# step, and its target tells whose it is; one whose owner is gone is taken away.
alone() {
    tries=0
    until ln -s "$$" "$busy" 2>/dev/null; do
        if ! owner=$(readlink "$busy"); then
            tries=$((tries + 1))
            [ "$tries" -lt 5 ] || die "We cannot write in $(pwd), where .venv belongs."
        elif kill -0 "$owner" 2>/dev/null; then
            [ "${waiting:-}" ] || say "Process $owner prepares .venv; waiting (none there? remove $busy) ..."
            waiting=yes
            sleep 1
        else
            rm -f "$busy"
        fi
    done
    trap 'rm -f "$busy"' EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM HUP
}

choose_python() {
    if [ -n "${PY:-}" ]; then
        modern "$PY" || die "$PY is not Python 3.11 or newer."
        return
    fi
    for PY in python3 python3.13 python3.12 python3.11 python3.14; do
        if modern "$PY"; then return; fi
    done
    die "Python 3.11 or newer is needed. macOS: brew install python; or name one: make run PY=/path/to/python3"
}

venv_by_python() { "$PY" -m venv "$venv" >/dev/null 2>&1 && has_pip; }

venv_by_uv() {
    command -v uv >/dev/null 2>&1 &&
        uv venv --quiet --no-project --seed --python "$(command -v "$PY")" "$venv" >/dev/null 2>&1 &&
        has_pip
}

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    else
        sudo -n "$@"
    fi
}

venv_by_apt() {
    command -v apt-get >/dev/null 2>&1 && as_root true 2>/dev/null || return 1
    say "Installing $module, which Debian keeps apart from Python ..."
    as_root apt-get -qq update >/dev/null 2>&1
    as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get -qq install -y --no-install-recommends "$module" >/dev/null 2>&1 </dev/null
    venv_by_python
}

# Each way leaves no half of a folder to the next.
make_venv() {
    module=python$("$PY" -c 'import sys; print("%d.%d" % sys.version_info[:2])')-venv
    for way in venv_by_python venv_by_uv venv_by_apt; do
        rm -rf "$venv"
        if "$way"; then return; fi
    done
    rm -rf "$venv"
    if "$PY" -c 'import ensurepip, venv' 2>/dev/null; then
        die "$PY -m venv $venv fails; run it to see why."
    fi
    die "$PY lacks its venv module. Debian, Ubuntu: apt install $module"
}

usable() { modern "$python" && has_pip; }

install() {
    "$python" -m pip install -qq --no-input --disable-pip-version-check \
        --only-binary :all: --require-hashes -r "$lock" </dev/null ||
        die "The installation was not finished; the next make goes on with it."
    write_command
    cp "$lock" "$venv/$lock"
    # The development lock holds all that the other holds: the tests see to that.
    if [ "$lock" = requirements-dev.lock ]; then cp requirements.lock "$venv/"; fi
}

# The project is not installed, for that would fetch a build back end; this stands for its script.
write_command() {
    cat >"$venv/bin/tidewaiter" <<'COMMAND'
#!/bin/sh
root=$(cd "$(dirname "$0")/../.." && pwd)
PYTHONPATH=$root${PYTHONPATH:+:$PYTHONPATH} exec "$root/.venv/bin/python" -m bot "$@"
COMMAND
    chmod +x "$venv/bin/tidewaiter"
}

if up_to_date; then exit 0; fi
alone
if up_to_date; then exit 0; fi
say "Preparing .venv from $lock: once, a minute or two ..."
if ! usable; then
    choose_python
    make_venv
fi
export PIP_USER=0 PIP_REQUIRE_VIRTUALENV=0
install
