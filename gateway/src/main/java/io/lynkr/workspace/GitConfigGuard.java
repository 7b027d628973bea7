package io.lynkr.workspace;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Takes the harm out of a repository's own git settings, which may come from anybody: those that
 * run programs get the operator's value, from the global or system settings, or one that runs
 * nothing. Git takes the result as stronger than any file, in submodules too.
 *
 * @param settings in the order in which git shall read them; a name may come again
 * @param neutralised names in the repository's own files that do not count
 * @param sshCommand the operator's
 */
record GitConfigGuard(
        List<Map.Entry<String, String>> settings,
        Set<String> neutralised,
        Optional<String> sshCommand) {

    /** What would have to hold in any repository. */
    private static final List<Map.Entry<String, String>> ALWAYS =
            List.of(
                    Map.entry("core.fsmonitor", "false"),
                    Map.entry("core.hooksPath", "/dev/null"),
                    Map.entry("core.pager", "cat"),
                    Map.entry("core.editor", "true"),
                    Map.entry("sequence.editor", "true"),
                    Map.entry("core.quotePath", "false"),
                    Map.entry("core.alternateRefsCommand", "true"),
                    Map.entry("safe.bareRepository", "explicit"),
                    Map.entry("commit.gpgSign", "false"),
                    Map.entry("tag.gpgSign", "false"),
                    Map.entry("push.gpgSign", "false"),
                    Map.entry("log.showSignature", "false"),
                    Map.entry("merge.verifySignatures", "false"),
                    Map.entry("color.ui", "false"),
                    Map.entry("column.ui", "never"),
                    Map.entry("diff.ignoreSubmodules", "dirty"),
                    Map.entry("diff.submodule", "short"),
                    Map.entry("diff.noprefix", "false"),
                    Map.entry("diff.mnemonicPrefix", "false"),
                    Map.entry("diff.relative", "false"),
                    Map.entry("diff.renames", "true"),
                    Map.entry("status.submoduleSummary", "false"),
                    Map.entry("status.renames", "true"),
                    Map.entry("submodule.recurse", "false"),
                    Map.entry("fetch.recurseSubmodules", "false"),
                    Map.entry("push.recurseSubmodules", "no"),
                    Map.entry("push.followTags", "false"),
                    Map.entry("rebase.autoStash", "false"),
                    Map.entry("merge.autoStash", "false"),
                    Map.entry("gc.auto", "0"),
                    Map.entry("maintenance.auto", "false"),
                    Map.entry("i18n.commitEncoding", "UTF-8"),
                    Map.entry("i18n.logOutputEncoding", "UTF-8"));

    /** A merge without the repository's driver for a kind of file is git's own. */
    private static final String PLAIN_MERGE = "git merge-file --marker-size=%L %A %O %B";

    private record Danger(Pattern name, String harmless) {
        Danger(String regex, String harmless) {
            this(Pattern.compile(regex, Pattern.DOTALL), harmless);
        }
    }

    private static final List<Danger> DANGERS =
            List.of(
                    new Danger("filter\\..*\\.(clean|smudge|process)", ""),
                    new Danger("filter\\..*\\.required", "false"),
                    new Danger("diff\\..*\\.(command|textconv)", ""),
                    new Danger("diff\\.external", ""),
                    new Danger("merge\\..*\\.driver", PLAIN_MERGE),
                    new Danger("credential\\.(.*\\.)?helper", ""),
                    new Danger("gpg\\.(.*\\.)?program", "false"),
                    new Danger("remote\\..*\\.(uploadpack|receivepack)", ""),
                    new Danger("submodule\\..*\\.update", "none"),
                    new Danger("http\\.(.*\\.)?sslverify", "true"),
                    new Danger("http\\.(.*\\.)?cookiefile", ""),
                    new Danger("http\\.(.*\\.)?savecookies", "false"),
                    new Danger("core\\.(fsmonitor|hookspath|pager|editor|worktree)", ""),
                    new Danger("core\\.(sshcommand|gitproxy|askpass|alternaterefscommand)", ""),
                    new Danger("sequence\\.editor", ""));

    private static final Pattern CREDENTIAL_HELPER = Pattern.compile("credential\\.(.*\\.)?helper");

    /**
     * Those that {@link #ALWAYS}, a variable or an option takes care of. Of several programs for a
     * remote git uses the first, so only an option is stronger.
     */
    private static final Pattern TAKEN_CARE_OF =
            Pattern.compile("(?s)(core|sequence)\\..*|remote\\..*");

    /**
     * Looks at all settings there are.
     *
     * @param listed what {@code git config --list --show-scope -z} prints, split at its NULs
     */
    static GitConfigGuard of(List<String> listed) {
        var trusted = new HashMap<String, List<String>>();
        var suspicious = new TreeSet<String>();
        for (int i = 0; i + 1 < listed.size(); i += 2) {
            var scope = listed.get(i);
            var entry = listed.get(i + 1);
            int end = entry.indexOf('\n');
            var name = end < 0 ? entry : entry.substring(0, end);
            if (scope.equals("system") || scope.equals("global")) {
                var value = end < 0 ? "true" : entry.substring(end + 1);
                trusted.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
            } else if (DANGERS.stream().anyMatch(it -> it.name.matcher(name).matches())) {
                suspicious.add(name);
            }
        }
        var settings = new ArrayList<>(ALWAYS);
        for (var name : suspicious) {
            if (!TAKEN_CARE_OF.matcher(name).matches()) {
                settings.addAll(harmless(name, trusted.getOrDefault(name, List.of())));
            }
        }
        var ssh = trusted.getOrDefault("core.sshcommand", List.of());
        return new GitConfigGuard(
                settings,
                suspicious,
                ssh.isEmpty() ? Optional.empty() : Optional.of(ssh.getLast()));
    }

    private static List<Map.Entry<String, String>> harmless(String name, List<String> trusted) {
        if (CREDENTIAL_HELPER.matcher(name).matches()) {
            // An empty helper makes git forget those before it.
            var helpers = new ArrayList<>(List.of(Map.entry(name, "")));
            trusted.forEach(helper -> helpers.add(Map.entry(name, helper)));
            return helpers;
        }
        return DANGERS.stream()
                .filter(danger -> danger.name.matcher(name).matches())
                .map(danger -> trusted.isEmpty() ? danger.harmless : trusted.getLast())
                .map(value -> Map.entry(name, value))
                .toList();
    }

    /** The settings as git takes them from its environment. */
    void putInto(Map<String, String> environment, Function<String, String> checked) {
        environment.put("GIT_CONFIG_COUNT", Integer.toString(settings.size()));
        for (int i = 0; i < settings.size(); i++) {
            environment.put("GIT_CONFIG_KEY_" + i, checked.apply(settings.get(i).getKey()));
            environment.put("GIT_CONFIG_VALUE_" + i, checked.apply(settings.get(i).getValue()));
        }
    }
}
