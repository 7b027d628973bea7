# Sourced by ./lynkr and by the launcher of the packages: jvm_flags prints the options for the JVM, one a line.

cpus() { getconf _NPROCESSORS_ONLN 2>/dev/null || echo 1; }

# Netty is quicker and smaller with the old way to memory, which the JVM warns of otherwise; its flight recorder
# events cost a start what nobody reads.
jvm_flags() {
    printf '%s\n' -XX:+UseCompactObjectHeaders --enable-native-access=ALL-UNNAMED \
        --sun-misc-unsafe-memory-access=allow -Dio.netty.jfr.enabled=false
    case ${LYNKR_JAVA_OPTS:-} in
        *-XX:+Use*GC*) ;;
        *)
            if [ "$(cpus)" -lt 4 ]; then
                echo -XX:+UseSerialGC # a concurrent collector would take what requests need
            fi
            ;;
    esac
}
