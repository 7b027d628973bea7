# Sourced by ./lynkr and by the launcher of the packages: jvm_flags prints the options for the JVM, one a line.

cpus() { getconf _NPROCESSORS_ONLN 2>/dev/null || echo 1; }

jvm_flags() {
    printf '%s\n' -XX:+UseCompactObjectHeaders --enable-native-access=ALL-UNNAMED
    case ${LYNKR_JAVA_OPTS:-} in
        *-XX:+Use*GC*) ;;
        *)
            if [ "$(cpus)" -lt 4 ]; then
                echo -XX:+UseSerialGC # a concurrent collector would take what requests need
            fi
            ;;
    esac
}
