# shellcheck shell=sh
# What bin/relay of the archive and ./relay of a checkout share: they find Java and become the service, or one of its commands.

fail() {
    echo "relay: $1" >&2
    exit "${2:-1}"
}

# find_java WHAT_TO_INSTALL: sets $java, to one that is new enough
find_java() {
    if [ -n "${JAVA_HOME:-}" ]; then
        java=$JAVA_HOME/bin/java
        [ -x "$java" ] || fail "there is no bin/java in JAVA_HOME, $JAVA_HOME"
    else
        java=$(command -v java) || fail "there is no java: install $1 17 or newer, or set JAVA_HOME"
    fi
    java_says=$("$java" -version 2>&1) || fail "$java does not work: $java_says"
    case $java_says in
    *'version "'[0-9]*) ;;
    *) fail "$java does not tell its version" ;;
    esac
    java_version=${java_says#*version \"}
    java_version=${java_version%%\"*}
    [ "${java_version%%[!0-9]*}" -ge 17 ] ||
        fail "$java is too old: Java 17 or newer is needed, $java_version found"
}

# any_begins_with BEGINNING TEXT...
any_begins_with() {
    beginning=$1
    shift
    for text in "$@"; do
        case $text in
        "$beginning"*) return 0 ;;
        esac
    done
    return 1
}

# run_service JAR FILE_OF_OPTIONS [-- JAVA_OPTION...]: becomes the service. The caller has usage_of_run and, called with the options
# that Java will get, before_service, which sets $java. Settings and routes of $installation are taken where the working directory
# has none; it may be unset.
run_service() {
    jar=$1
    file_of_options=$2
    shift 2
    if [ $# -gt 0 ]; then
        case $1 in
        -h | --help)
            usage_of_run
            exit 0
            ;;
        --) shift ;;
        *)
            usage_of_run >&2
            fail "unknown argument $1: Java options stand after --" 2
            ;;
        esac
    fi
    # split at spaces on purpose
    set -f
    # shellcheck disable=SC2086
    set -- ${RELAY_JAVA_OPTS:-} "$@"
    set +f
    # the service takes variables with this beginning for settings
    unset RELAY_JAVA_OPTS
    # a heap that the user sets in any way is left alone
    any_begins_with -Xmx "$@" || any_begins_with -XX:MaxHeapSize "$@" || any_begins_with -XX:MaxRAM "$@" || set -- -Xmx256m "$@"
    before_service "$@"
    # one thread collects a small heap with the least work; what the user chooses is left alone
    collector=
    for option in "$@"; do
        case $option in
        -XX:+Use*GC) collector=$option ;;
        esac
    done
    [ -n "$collector" ] || set -- -XX:+UseSerialGC "$@"
    exec "$java" "@$file_of_options" ${installation:+"-Dvitally-relay.home=$installation"} "$@" -jar "$jar"
}

# run_command CLASS_PATH CLASS ARGUMENT...: becomes a command that ends soon; needs $java
run_command() {
    class_path=$1
    shift
    exec "$java" -Xmx64m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 \
        -Djava.util.logging.manager=org.jboss.logmanager.LogManager "-Djava.io.tmpdir=${TMPDIR:-/tmp}" -cp "$class_path" "$@"
}
