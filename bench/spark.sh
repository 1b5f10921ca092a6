#!/bin/sh
# Measures what a second executor of one core gives on this machine, which must be idle and have two cores or more:
#   ./deutero install spark; bench/spark.sh
# Prints Spark's last line of each run: tasks a second, bytes a step, milliseconds a step and the share that is lost.
set -eu
root=$(CDPATH='' cd "$(dirname "$0")/.." && pwd -P)
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
measure() { # NAME EXECUTORS RECIPE SETTINGS...
    name=$1
    executors=$2
    shift 2
    printf '%s, %s executor(s): ' "$name" "$executors"
    "$root/deutero" train "$@" --set training.validate-every=0 --set evaluation.tasks=16 \
        --out "$out/$name-$executors" --master "local-cluster[$executors,1,2048]" 2>&1 | grep '^Spark: ' | tail -n 1
}
for executors in 1 2; do
    measure conv4 "$executors" omniglot-5way-1shot-maml --set training.iterations=40 --set training.shard=4
    measure population "$executors" toy-2d-blur-small --set training.iterations=40
    measure sinusoid "$executors" sinusoid-10shot-maml-small --set training.iterations=200
done
