# shellcheck shell=bash
# shellcheck disable=SC2034  # variables that the scripts and the programs use
# What run, sweep, large and letters share: a folder for their files, the sink, and the programs with their figures.

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname "$here")
patience=60 # seconds without a new message until a program counts as stuck
# for the programs in programs/
token=bench-token classes="$here/target/classes:$here/target/lib/*" jvm=(-Xmx128m -XX:+UseSerialGC)

work=$(mktemp -d "${TMPDIR:-/tmp}/relay-bench.XXXXXX")
pid='' sink_pid='' counter_pid=''

clean_up() {
  trap "" INT TERM # a second Ctrl-C must not leave anything behind
  local running
  for running in $counter_pid $pid $sink_pid; do
    kill "$running" 2>/dev/null || true
    wait "$running" 2>/dev/null || true
  done
  rm -rf "$work"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

say() { echo "bench: $*" >&2; }

fail() {
  say "$*"
  [[ ! -f $work/log ]] || tail -n 20 "$work/log" >&2
  exit 1
}

build() {
  say "builds"
  mvn -B -q -f "$here/pom.xml" package >&2
  [[ -f $root/target/quarkus-app/quarkus-run.jar ]] || mvn -B -q -f "$root/pom.xml" package -DskipTests >&2
}

# generate FILE MESSAGES [BYTES [DEAD]]: see Generate
generate() {
  say "writes $2 messages"
  java -cp "$classes" io.vitallyrelay.bench.Generate "$@"
}

# http METHOD PORT PATH: prints head and body; fails where nothing listens. Needs no tool and no JVM of its own.
http() {
  (
    exec 3<>"/dev/tcp/127.0.0.1/$2" || exit 1
    printf '%s %s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Length: 0\r\n\r\n' "$1" "$3" >&3
    cat <&3
  ) 2>/dev/null
}

# number NAME JSON: the first number of that name
number() { [[ $2 =~ \"$1\":(-?[0-9]+) ]] && echo "${BASH_REMATCH[1]}"; }

now_millis() { echo $((${EPOCHREALTIME/[.,]/} / 1000)); }

# user and system time of the process so far, in milliseconds
cpu_millis() {
  local stat fields
  stat=$(<"/proc/$1/stat")
  read -ra fields <<<"${stat##*) }"
  echo $(((fields[11] + fields[12]) * 1000 / $(getconf CLK_TCK)))
}

# megabytes PID VmRSS|VmHWM
megabytes() { awk -v name="$2:" '$1 == name { print int($2 / 1024) }' "/proc/$1/status"; }

# wait_until COMMAND...: asks ten times a second, for a minute, while the program lives
wait_until() {
  local i
  for ((i = 0; i < 600; i++)); do
    "$@" && return
    kill -0 "$pid" 2>/dev/null || fail "$program ended"
    sleep 0.1
  done
  fail "$program: waited a minute for: $*"
}

has_printed() { grep -q "$1" "$work/log"; }

free_port() {
  local port
  for port in $(shuf -n 50 -i 20000-30000); do
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
  done
  fail "no free port"
}

# start_sink MESSAGES [LATENCY, ms]: sets $sink_port and $url
start_sink() {
  : >"$work/sink"
  java -Xmx64m -XX:+UseSerialGC -cp "$classes" io.vitallyrelay.bench.Sink "$1" "${2:-0}" >"$work/sink" 2>&1 &
  sink_pid=$!
  until grep -q '^sink ready' "$work/sink"; do
    kill -0 "$sink_pid" 2>/dev/null || fail "the sink ended: $(<"$work/sink")"
    sleep 0.1
  done
  read -r _ _ sink_port <"$work/sink"
  url=http://127.0.0.1:$sink_port/analytics/v1/batch
}

stop_sink() {
  kill "$sink_pid"
  wait "$sink_pid" 2>/dev/null || true
  sink_pid=
}

# wait_for_messages NUMBER
wait_for_messages() {
  local report distinct last=-1 since=$SECONDS
  while true; do
    report=$(http GET "$sink_port" /report)
    distinct=$(number distinct "$report")
    ((distinct < $1)) || return 0
    ((distinct == last)) || { last=$distinct since=$SECONDS; }
    kill -0 "$pid" 2>/dev/null || fail "$program ended after $distinct messages"
    ((SECONDS - since < patience)) || { say "$program is stuck at $distinct messages"; return 1; }
    sleep 0.2
  done
}

# perf counts these calls at no cost that could be measured; where it may not, there is no figure
syncs=syscalls:sys_enter_fsync,syscalls:sys_enter_fdatasync,syscalls:sys_enter_msync

start_counting() {
  : >"$work/syncs"
  perf stat -e "$syncs" true 2>/dev/null || return 0
  perf stat -x, -o "$work/syncs" -e "$syncs" -p "$pid" &
  counter_pid=$!
}

# sets $synced
stop_counting() {
  synced=-
  [[ -n $counter_pid ]] || return 0
  kill -INT "$counter_pid"
  wait "$counter_pid" 2>/dev/null || true
  counter_pid=
  synced=$(awk -F, '$1 ~ /^[0-9]+$/ { sum += $1 } END { print sum + 0 }' "$work/syncs")
}

# kill_program SIGNAL
kill_program() {
  kill "-$1" "$pid"
  wait "$pid" 2>/dev/null || true
  pid=
}

# load PROGRAM: sets $program and $folder. Its file defines
#   start    runs it in the background with its output in $work/log and sets $pid
#   ready    succeeds once it can take the input
#   feed     gives it the input, $folder/input.jsonl: the clock starts
#   settled  succeeds once it has nothing left to do
load() {
  program=$1
  folder=$work/$program
  [[ -f $here/programs/$program ]] || fail "there is no program $program"
  # shellcheck source=/dev/null
  source "$here/programs/$program"
  rm -rf "$folder"
  mkdir "$folder"
  : >"$work/log"
}

# measure MESSAGES INPUT: has the program loaded last post the file, until so many came. Sets $rate (messages/s from the first
# request to the last), $wall and $total (ms), $cpu (ms), $rss (MB), $synced, $options (of the JVM) and $report (of the sink).
measure() {
  local fed
  ln "$2" "$folder/input.jsonl"
  start
  wait_until ready
  options=$(tr '\0' '\n' <"/proc/$pid/cmdline" | sed -n 's|^@.*/|@|p; /^-X/p' | tr '\n' ' ') || true
  start_counting
  http POST "$sink_port" /reset >"$work/answer"
  cpu=$(cpu_millis "$pid")
  fed=$(now_millis)
  feed
  if wait_for_messages "$1"; then
    wait_until settled
  fi
  cpu=$(($(cpu_millis "$pid") - cpu))
  rss=$(megabytes "$pid" VmHWM)
  report=$(http GET "$sink_port" /report)
  stop_counting
  kill_program TERM
  rm -rf "$folder"
  wall=$(($(number lastMillis "$report") - $(number firstMillis "$report")))
  total=$(($(number lastMillis "$report") - fed))
  ((wall > 0)) || wall=1
  rate=$(($(number distinct "$report") * 1000 / wall))
}

machine() {
  echo "$(nproc) cores ($(awk -F': ' '/^model name/ { print $2; exit }' /proc/cpuinfo))," \
    "$(awk '/^MemTotal/ { print int($2 / 1048576 + 0.5) }' /proc/meminfo) GB memory, Linux $(uname -r)," \
    "$(stat -f -c %T "$work") file system, JDK $(java -XshowSettings:properties -version 2>&1 |
      awk -F' = ' '/ java.vendor.version| java.runtime.version/ { print $2; exit }')"
}
