package io.lynkr.workspace;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The variables a child process gets: those of an allow-list, and what a caller adds, but for names
 * that make programs load or run something. Nothing else of the gateway's environment, so no
 * credential of ours.
 */
public record ChildEnvironment(Map<String, String> variables) {
    /** What the seed passes on, with what programs need to speak the user's language. */
    public static final List<String> USUAL_NAMES =
            List.of("PATH", "LANG", "LC_ALL", "LC_CTYPE", "TERM", "TZ", "HOME", "TMPDIR", "USER");

    private static final String USUAL_PATH = "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin";

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private static final List<String> LOADING_PREFIXES =
            List.of("LD_", "DYLD_", "GIT_", "PYTHON", "BASH_FUNC_", "NPM_CONFIG_", "GCONV_");

    private static final Set<String> LOADING =
            Set.of(
                    "PATH",
                    "BASH_ENV",
                    "ENV",
                    "BASHOPTS",
                    "SHELLOPTS",
                    "PS4",
                    "IFS",
                    "CDPATH",
                    "GLOBIGNORE",
                    "PROMPT_COMMAND",
                    "NODE_OPTIONS",
                    "NODE_PATH",
                    "JAVA_TOOL_OPTIONS",
                    "_JAVA_OPTIONS",
                    "JDK_JAVA_OPTIONS",
                    "MAVEN_OPTS",
                    "GRADLE_OPTS",
                    "RUBYOPT",
                    "RUBYLIB",
                    "PERL5OPT",
                    "PERL5LIB",
                    "PERL5DB",
                    "LESSOPEN",
                    "LESSCLOSE",
                    "PAGER",
                    "MANPAGER",
                    "EDITOR",
                    "VISUAL",
                    "BROWSER",
                    "SHELL",
                    "RIPGREP_CONFIG_PATH",
                    "TAR_OPTIONS",
                    "MAKEFLAGS",
                    "RUSTC_WRAPPER",
                    "OPENSSL_CONF",
                    "SSH_ASKPASS",
                    "SUDO_ASKPASS");

    public ChildEnvironment {
        variables = Map.copyOf(variables);
    }

    /** Those of the gateway's variables that are named, with a plain PATH if it has none. */
    public static ChildEnvironment of(Map<String, String> gateway, List<String> names) {
        var passed = new LinkedHashMap<String, String>();
        passed.put("PATH", USUAL_PATH);
        for (var name : names) {
            var value = gateway.get(name);
            if (value != null) {
                passed.put(name, value);
            }
        }
        return new ChildEnvironment(passed);
    }

    /** Adds what the model asks for; {@linkplain #loads names that load code} are left out. */
    public ChildEnvironment withAsked(Map<String, String> asked) {
        var more = new LinkedHashMap<>(variables);
        asked.forEach(
                (name, value) -> {
                    if (NAME.matcher(name).matches() && !loads(name) && value.indexOf('\0') < 0) {
                        more.put(name, value);
                    }
                });
        return new ChildEnvironment(more);
    }

    /** Adds what the gateway itself decided. */
    public ChildEnvironment with(String name, String value) {
        var more = new LinkedHashMap<>(variables);
        more.put(name, value);
        return new ChildEnvironment(more);
    }

    /** Whether programs load or run something because of a variable of this name. */
    public static boolean loads(String name) {
        var upper = name.toUpperCase(Locale.ROOT);
        return LOADING.contains(upper) || LOADING_PREFIXES.stream().anyMatch(upper::startsWith);
    }
}
