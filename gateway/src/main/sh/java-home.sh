# Sourced by ./lynkr and ./dev: find_java_home prints the home of a JDK 25 or newer.

# True if $1 is the home of a JDK of at least version 25, as its release file says.
is_new_enough() {
    [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return 1
    major=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")
    [ "${major:-0}" -ge 25 ]
}

# The home behind the java command on the PATH, if its links can be followed.
home_on_path() {
    command=$(command -v java) && command=$(readlink -f "$command" 2>/dev/null) || return 1
    dirname "$(dirname "$command")"
}

find_java_home() {
    for home in "${JAVA_HOME:-}" "$(home_on_path)" \
        /usr/lib/jvm/* /usr/java/* /opt/* "${HOME:-}"/.sdkman/candidates/java/* "${HOME:-}"/.jdks/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home "$(mac_java_home)"; do
        if [ -n "$home" ] && is_new_enough "$home"; then
            printf '%s\n' "$home"
            return 0
        fi
    done
    cat >&2 <<'MESSAGE'
Lynkr needs a JDK 25 or newer and found none in JAVA_HOME, on the PATH or in the usual folders.
Install one, for example Eclipse Temurin 25 (adoptium.net):
  macOS          brew install --cask temurin@25
  SDKMAN         sdk install java 25-tem
  Debian/Ubuntu  apt-get install temurin-25-jdk   (from Adoptium's package repository)
or set JAVA_HOME to the one you have.
MESSAGE
    return 1
}

mac_java_home() {
    [ -x /usr/libexec/java_home ] && /usr/libexec/java_home -v 25+ 2>/dev/null
}
