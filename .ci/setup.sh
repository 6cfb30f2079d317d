#!/bin/sh
# Brings .venv to the state that the lock files describe; does nothing where it is in that state.
#
#   setup.sh               set up
#   setup.sh --packages    set up, but for this project itself
#   setup.sh --check       print the interpreter that a set-up would take, or say what is missing
#   setup.sh --find 3.12   print an interpreter of that version, if there is one
#   setup.sh --uv          print the path of uv, which is fetched if it is not there
#
# PYTHON names the interpreter to use, VENV another folder than .venv, LOCK another list of packages than
# requirements.lock.
# Exit codes: 1 a step failed, 2 something is missing on this machine.
set -eu
cd "$(dirname "$0")/.."
unset PYTHONHOME PYTHONPATH

venv=${VENV:-.venv}
lock=${LOCK:-requirements.lock}
private=.setup
names="python3.12 python3.13 python3.11 python3 python"

missing() {
    echo "setup: $1" >&2
    exit 2
}

# Prints the interpreter behind a command (not a shim, not a virtual environment) and how fit it is:
# 0 complete, 1 complete and about a third slower, since it was built without profile-guided optimisation
# (distributions build with it and do not always say so), 2 without ensurepip, 3 without its headers. Fails
# where the command does not run or is another version. The text must be valid for Python 2 as well.
probe() {
    "$1" -c '
import os, sys
versions = sys.argv[1:] or ["3.11", "3.12", "3.13"]
if "%d.%d" % sys.version_info[:2] not in versions or sys.implementation.name != "cpython":
    sys.exit(1)
import sysconfig
print(getattr(sys, "_base_executable", None) or sys.executable)
quick = "--enable-optimizations" in (sysconfig.get_config_var("CONFIG_ARGS") or "")
fit = 0 if quick or getattr(sys, "base_prefix", sys.prefix) == "/usr" else 1
try:
    import ensurepip, venv
except ImportError:
    fit = 2
if not os.path.isfile(os.path.join(sysconfig.get_config_var("INCLUDEPY") or "", "Python.h")):
    fit = 3
print(fit)
' $2 2>/dev/null
}

# Every command of these names on the PATH, not only the first: a shim that does not run may stand
# before an interpreter that does. Then what pyenv has installed without choosing it.
commands() {
    for name in $1; do
        echo "$PATH" | tr ':' '\n' | while read -r folder; do
            [ ! -x "$folder/$name" ] || echo "$folder/$name"
        done
    done
    if command -v pyenv >/dev/null 2>&1; then
        pyenv versions --bare 2>/dev/null | while read -r version; do
            echo "$(pyenv prefix "$version" 2>/dev/null)/bin/python"
        done
    fi
}

# best COMMANDS [VERSIONS]: sets python and fit to the first of the fittest; empty and 9 if there is none.
best() {
    python=
    fit=9
    while read -r candidate; do
        answer=$(probe "$candidate" "${2:-}" </dev/null) || continue
        if [ "${answer##*
}" -lt "$fit" ]; then
            python=${answer%
*}
            fit=${answer##*
}
        fi
        [ "$fit" -gt 0 ] || break
    done <<LIST
$1
LIST
}

# The lines of one package in a lock file.
pick() {
    awk -v start="$1==" '/^[^ #]/ { on = index($0, start) == 1 } on' "$2"
}

# Sets uv to a uv that runs: the one on the PATH, else a private one from any Python that has pip.
find_uv() {
    for uv in uv "$PWD/$private/uv/bin/uv"; do
        ! "$uv" --version >/dev/null 2>&1 || return 0
    done
    mkdir -p "$private"
    pick uv requirements-build.lock >"$private/uv.lock"
    for name in $names; do
        "$name" -c 'import sys; sys.exit(sys.version_info < (3, 8))' >/dev/null 2>&1 || continue
        rm -rf "$private/uv"
        if "$name" -m venv "$private/uv" >/dev/null 2>&1; then
            "$private/uv/bin/python" -m pip install -q --no-user --require-hashes -r "$private/uv.lock" \
                >/dev/null 2>&1 || continue
        else
            rm -rf "$private/uv"
            "$name" -m pip install -q --require-hashes --target "$private/uv" -r "$private/uv.lock" \
                >/dev/null 2>&1 || continue
        fi
        ! "$uv" --version >/dev/null 2>&1 || return 0
    done
    uv=
    return 1
}

# Sets python to an interpreter that uv knows or fetches.
fetch_python() {
    find_uv || return 1
    found=$("$uv" python find --system --no-python-downloads '>=3.11,<3.14' 2>/dev/null) || {
        echo "setup: no fitting Python here; fetching one with uv" >&2
        UV_PYTHON_INSTALL_DIR=$PWD/$private/python
        export UV_PYTHON_INSTALL_DIR
        "$uv" python install --no-bin 3.12 >/dev/null 2>&1 || return 1
        found=$("$uv" python find --managed-python --no-python-downloads 3.12 2>/dev/null) || return 1
    }
    best "$found"
    [ -n "$python" ]
}

choose_python() {
    if [ -n "${PYTHON:-}" ]; then
        case $PYTHON in
        python3.1[123]) best "$(commands "$PYTHON")" "${PYTHON#python}" ;;
        *) best "$(command -v "$PYTHON" || echo "$PYTHON")" ;;
        esac
        [ -n "$python" ] || missing "PYTHON=$PYTHON is no Python 3.11, 3.12 or 3.13 that runs."
    else
        best "$(commands "$names")"
        [ -n "$python" ] || fetch_python ||
            missing "Python 3.11, 3.12 or 3.13 is needed and none was found or could be fetched. Install one, or name it: make setup PYTHON=/where/it/is"
    fi
    [ "$fit" -lt 3 ] ||
        missing "$python has no header files (Python.h). Install its development package (Debian and Ubuntu: python3-dev, Fedora: python3-devel), or name another: make setup PYTHON=/where/it/is"
}

# A compiler that compiles with the headers of the interpreter and links. Python remembers the one that
# it was built with; where that one is not here, another does as well.
choose_compiler() {
    scratch=$(mktemp -d)
    trap 'rm -rf "$scratch"' EXIT
    printf '#include <stdlib.h>\nint main(void) { return 0; }\n' >"$scratch/plain.c"
    printf '#include <Python.h>\n' >"$scratch/python.c"
    include=$("$python" -c 'import sysconfig; print(sysconfig.get_config_var("INCLUDEPY"))')
    own=$("$python" -c 'import sysconfig; print((sysconfig.get_config_var("CC") or "cc").split()[0])')
    for cc in "${CC:-$own}" cc gcc clang; do
        $cc "$scratch/plain.c" -o "$scratch/plain" >/dev/null 2>&1 || continue
        $cc -I"$include" -c "$scratch/python.c" -o "$scratch/python.o" >"$scratch/log" 2>&1 || {
            cat "$scratch/log" >&2
            missing "the header files of $python cannot be compiled with $cc; see above."
        }
        [ "$cc" = "${CC:-$own}" ] || export CC="$cc"
        return 0
    done
    missing "a C compiler is needed and none was found that works. Install one (Debian and Ubuntu: gcc and libc6-dev, macOS: xcode-select --install)."
}

# step WHAT COMMAND...: one line a step; what the command says is only shown when it fails.
step() {
    echo "setup: $1" >&2
    what=$1
    shift
    "$@" >"$venv/setup.log" 2>&1 || {
        tail -n 60 "$venv/setup.log" >&2
        echo "setup: failed: $what; the lines above are the end of $venv/setup.log" >&2
        exit 1
    }
}

make_venv() {
    if [ "$fit" -lt 2 ]; then
        "$python" -m venv "$venv"
        return
    fi
    # Debian keeps ensurepip in a package of its own (python3-venv).
    "$python" -m venv --without-pip "$venv" || return
    pick pip requirements-build.lock >"$venv/pip.lock"
    if "$python" -m pip --version; then
        site=$("$venv/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))') || return
        "$python" -m pip install --require-hashes --target "$site" -r "$venv/pip.lock"
    else
        "$uv" pip install --python "$venv/bin/python" --require-hashes -r "$venv/pip.lock"
    fi
}

pip() {
    "$venv/bin/python" -m pip install --no-user --no-deps "$@"
}

# durable-rules is only published as source. Python 3.13 has dropped PyEval_CallObject, which took the
# same arguments as PyObject_CallObject. No cache: pip would take a wheel from it that was built otherwise.
build_durable_rules() (
    pick durable-rules "$lock" >"$venv/durable-rules.lock"
    export CPPFLAGS="${CPPFLAGS:-} -DPyEval_CallObject=PyObject_CallObject"
    pip --no-cache-dir --no-binary durable-rules --no-build-isolation --require-hashes \
        -r "$venv/durable-rules.lock" &&
        "$venv/bin/python" -c 'import durable_rules_engine'
)

install_tools() {
    pick uv requirements-build.lock >"$venv/uv.lock"
    grep -vxF -f "$venv/uv.lock" requirements-build.lock >"$venv/build.lock"
    pip --require-hashes -r "$venv/build.lock"
}

# Two stamps, each written last: an interrupted set-up has none and begins again. The folder is part of
# the first, as the scripts in a virtual environment do not survive a move.
set_up() {
    locked="$(cat "$lock" requirements-build.lock .ci/setup.sh | cksum) $(pwd -P)"
    ready="$locked $(cksum <pyproject.toml)"
    which='import sys; print(sys.base_prefix, sys.version_info[:2])'
    present=$("$venv/bin/python" -c "$which" 2>/dev/null) || present=
    python=
    wanted=$present
    if [ -n "${PYTHON:-}" ]; then
        choose_python
        wanted=$("$python" -c "$which")
    fi
    if [ -z "$present" ] || [ "$present" != "$wanted" ] || [ "$(cat "$venv/.locked" 2>/dev/null)" != "$locked" ]; then
        [ -n "$python" ] || choose_python
        renew
    fi
    if [ "${1:-}" != --packages ] && [ "$(cat "$venv/.ready" 2>/dev/null)" != "$ready" ]; then
        rm -f "$venv/.ready"
        step "prioritise itself" pip --no-build-isolation --editable .
        echo "$ready" >"$venv/.ready"
    fi
}

renew() {
    choose_compiler
    if [ "$fit" = 2 ] && ! "$python" -m pip --version >/dev/null 2>&1; then
        "$python" -c 'import venv' 2>/dev/null && find_uv ||
            missing "$python can make no virtual environment with pip in it. Install ensurepip (Debian and Ubuntu: python3-venv), or name another: make setup PYTHON=/where/it/is"
    fi
    rm -rf "$venv"
    mkdir -p "$venv"
    step "virtual environment with Python $("$python" -c 'import platform; print(platform.python_version())')" make_venv
    step "build tools" install_tools
    step "durable-rules, compiled here" build_durable_rules
    step "the other packages" pip --require-hashes -r "$lock"
    echo "$locked" >"$venv/.locked"
}

case ${1:-} in
'' | --packages) set_up "$@" ;;
--check)
    choose_python
    choose_compiler
    echo "$python"
    [ "$fit" -lt 2 ]
    ;;
--find)
    best "$(commands "python$2 python3 python")" "$2"
    [ -n "$python" ] && echo "$python"
    ;;
--uv)
    find_uv || missing "uv is needed and could not be fetched."
    echo "$uv"
    ;;
*) missing "unknown argument $1" ;;
esac
