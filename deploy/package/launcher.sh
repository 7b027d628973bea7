#!/bin/sh
# Starts Lynkr with the Java runtime that lies beside it.
#   lynkr demo               a gateway with a built-in model, no credentials needed
#   LYNKR_JAVA_OPTS="..."    more options for the JVM
set -eu

# The folder of the distribution, also when this was called through a link.
here() (
    file=$1
    while [ -L "$file" ]; do
        link=$(readlink "$file")
        case $link in
            /*) file=$link ;;
            *) file=$(dirname "$file")/$link ;;
        esac
    done
    cd -P "$(dirname "$file")/.." && pwd
)

root=$(here "$0")
. "$root/lib/jvm-flags.sh"

# A cache that does not fit (other processor, other options) is left aside by the JVM; the log settings keep it
# from talking about it. The flags have no spaces; LYNKR_JAVA_OPTS is words, to be split.
# shellcheck disable=SC2046,SC2086
exec "$root/runtime/bin/java" $(jvm_flags) \
    -XX:AOTCache="$root/lib/lynkr.aot" '-Xlog:aot*=off' '-Xlog:cds*=off' \
    ${LYNKR_JAVA_OPTS:-} -jar "$root/lib/lynkr-gateway.jar" "$@"
