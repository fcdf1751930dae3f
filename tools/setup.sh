#!/bin/sh
# Brings the pinned Node, the dependencies and the console up to date, then runs a task with that Node.
# Usage: tools/setup.sh start|test|check|dev|lab|bench|crash|faults|fuzz|shots [ARG...]
# What is up to date is told by stamps in tools/.setup; a lock there lets one set-up work at a time.
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
state=$root/tools/.setup
task=${1:-}
[ $# -eq 0 ] || shift

say() { echo "set-up: $1" >&2; }

refuse() {
  say "$1"
  [ "$task" != test ] || echo '0 passed, 1 failed, 0 skipped'
  exit 1
}

case $task in
  start | test | check | dev | lab | bench | crash | faults | fuzz | shots) ;;
  *)
    say "name one task: start, test, check, dev, lab, bench, crash, faults, fuzz or shots."
    exit 2
    ;;
esac

# Only what is opened in a browser needs the console built.
case "$task $*" in
  start* | lab* | 'test ' | *browser* | shots* | bench*) needs_console=yes ;;
  *) needs_console=no ;;
esac

[ "$(uname -s)" = Linux ] || refuse "Fallover runs on Linux; this machine says $(uname -s)."
case $(uname -m) in
  x86_64 | amd64) platform=linux-x64 ;;
  aarch64 | arm64) platform=linux-arm64 ;;
  *) refuse "Fallover runs on x86-64 and arm64 machines; this one says $(uname -m)." ;;
esac
node_bin=$root/tools/node/node_modules/node-$platform/bin

# The digest of the named files below the root; a file that is not there adds nothing.
digest() {
  (cd "$root" && find "$@" -name node_modules -prune -o -name dist -prune -o -type f ! -name '*.test.ts*' -exec sha256sum {} + 2>/dev/null) |
    LC_ALL=C sort -k 2 | sha256sum
}

node_stamp() { echo "$platform $(digest tools/node/package.json tools/node/package-lock.json)"; }
dependencies_stamp() { echo "$(node_stamp) $(digest package.json package-lock.json apps/*/package.json packages/*/package.json e2e/package.json)"; }
console_stamp() { echo "$(dependencies_stamp) $(digest apps/console packages/contract packages/events tsconfig.base.json)"; }

# has_stamp NAME VALUE FILE: the stamp has this value and what it vouches for is there.
has_stamp() { [ -e "$3" ] && [ -e "$state/$1" ] && [ "$(cat "$state/$1")" = "$2" ]; }
node_is_ready() { has_stamp node "$(node_stamp)" "$node_bin/node"; }
dependencies_are_ready() { has_stamp dependencies "$(dependencies_stamp)" "$root/node_modules/.package-lock.json"; }
console_is_ready() { [ "$needs_console" = no ] || has_stamp console "$(console_stamp)" "$root/apps/console/dist/index.html"; }

check_npm() {
  command -v npm >/dev/null 2>&1 || refuse "npm is not on the PATH; install npm with Node 18 or newer."
  major=$(node -p 'process.versions.node.split(".")[0]' 2>/dev/null || echo 0)
  [ "$major" -ge 18 ] || refuse "npm needs Node 18 or newer to set Fallover up; this machine has $(node --version 2>/dev/null || echo none)."
}

# work TITLE DIRECTORY COMMAND...: one line that ends with the seconds it took; its output only when it fails.
work() {
  printf 'set-up: %s ...' "$1" >&2
  log=$state/$1.log
  directory=$2
  began=$(date +%s)
  shift 2
  if (cd "$directory" && "$@") </dev/null >"$log" 2>&1 9>&-; then
    echo " $(($(date +%s) - began)) s" >&2
  else
    echo ' failed' >&2
    tail -n 40 "$log" >&2
    refuse "this command failed in $directory: $*"
  fi
}

set_up() {
  if ! node_is_ready; then
    check_npm
    work 'the pinned Node' "$root/tools/node" npm ci --include=optional --no-audit --no-fund --loglevel=warn
    "$node_bin/node" --version >/dev/null 2>&1 || refuse "the pinned Node does not run here: $("$node_bin/node" --version 2>&1 | head -n 1)"
    node_stamp >"$state/node"
  fi
  if ! dependencies_are_ready; then
    check_npm
    # npm ci refuses the lock where the registry lacks the package of another platform; npm install takes it.
    work 'dependencies' "$root" npm install --no-save --include=dev --include=optional --no-audit --no-fund --loglevel=warn
    dependencies_stamp >"$state/dependencies"
  fi
  if ! console_is_ready; then
    work 'the console' "$root/apps/console" node "$root/node_modules/vite/bin/vite.js" build
    console_stamp >"$state/console"
  fi
}

# Waits for a set-up that works in this checkout already. The lock goes with the process that holds it.
lock() {
  if command -v flock >/dev/null 2>&1; then
    exec 9>"$state/lock"
    flock -n 9 && return
    say "waits for another set-up of this checkout."
    flock 9
    return
  fi
  until ln -sn $$ "$state/holder" 2>/dev/null; do
    [ -d "/proc/$(readlink "$state/holder")" ] || rm -f "$state/holder"
    sleep 1
  done
}

unlock() {
  exec 9>&-
  [ "$(readlink "$state/holder")" != $$ ] || rm -f "$state/holder"
}

mkdir -p "$state" 2>/dev/null
[ -w "$state" ] || refuse "cannot write to $state; set-up keeps the Node and the dependencies in the checkout."
PATH=$node_bin:$PATH
export PATH

if ! { node_is_ready && dependencies_are_ready && console_is_ready; }; then
  lock
  trap unlock EXIT
  trap 'exit 130' INT TERM
  set_up
  unlock
  trap - EXIT INT TERM
fi

cd "$root"
case $task in
  start)
    # The checkout's own state directory, unless the administrator names one.
    named=${FALLOVER_STATE:-}
    for argument in "$@"; do
      case $argument in --state | --state=*) named=$argument ;; esac
    done
    [ -n "$named" ] || set -- --state "$root/var" "$@"
    exec apps/cli/bin/fallover start "$@"
    ;;
  test) exec node tools/test.ts "$@" ;;
  check) exec node tools/test.ts --write format lint types unit "$@" ;;
  dev) exec node tools/dev.ts "$@" ;;
  lab) exec node apps/cluster-manager/lab/main.ts "$@" ;;
  bench) exec node tools/bench.ts "$@" ;;
  crash) exec node apps/cluster-manager/crash/main.ts "$@" ;;
  faults) exec node apps/cluster-manager/faults/main.ts "$@" ;;
  fuzz) exec node apps/cluster-manager/fuzz/main.ts "$@" ;;
  shots) exec node tools/shots.ts "$@" ;;
esac
