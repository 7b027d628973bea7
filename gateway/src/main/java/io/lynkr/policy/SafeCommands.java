package io.lynkr.policy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The built-in rules for commands. A command without a rule may run. Flags that only change what is
 * printed are not listed: what counts is whether something is changed, started or sent.
 */
final class SafeCommands {
    private static final String DELETES =
            "it deletes or overwrites files for good; use the file tools, or leave it to the user";
    private static final String OTHER_USER = "it runs programs as another user";
    private static final String MACHINE = "it changes the machine, not the workspace";
    private static final String OTHER_PROCESSES = "it ends processes that are not yours";
    private static final String OUTSIDE = "it starts programs outside of the sandbox";
    private static final String CONNECTS = "it opens connections to other machines";
    private static final String INTERACTIVE = "it is interactive and can run any other program";
    private static final String PUBLISHES = "it publishes to a registry; leave that to the user";
    private static final String LATER = "it runs something later, or under another name";

    private static final Map<String, List<String>> DENIED =
            Map.of(
                    DELETES,
                    List.of("rm", "mv", "cp", "dd", "shred", "unlink", "truncate", "install"),
                    OTHER_USER,
                    List.of("sudo", "su", "doas", "pkexec", "runuser", "setpriv", "sudoedit"),
                    MACHINE,
                    List.of(
                            "chmod",
                            "chown",
                            "chgrp",
                            "chattr",
                            "setfacl",
                            "setcap",
                            "mkfs",
                            "mkfs.*",
                            "mkswap",
                            "fdisk",
                            "sfdisk",
                            "gdisk",
                            "parted",
                            "wipefs",
                            "mount",
                            "umount",
                            "losetup",
                            "reboot",
                            "shutdown",
                            "halt",
                            "poweroff",
                            "init",
                            "telinit",
                            "systemctl",
                            "service",
                            "insmod",
                            "modprobe",
                            "rmmod",
                            "sysctl",
                            "useradd",
                            "userdel",
                            "usermod",
                            "groupadd",
                            "passwd",
                            "chpasswd",
                            "visudo",
                            "iptables",
                            "nft",
                            "hostname"),
                    OTHER_PROCESSES,
                    List.of("kill", "killall", "pkill", "skill", "xkill", "fuser"),
                    OUTSIDE,
                    List.of(
                            "docker",
                            "podman",
                            "nerdctl",
                            "ctr",
                            "kubectl",
                            "systemd-run",
                            "nsenter",
                            "unshare",
                            "chroot",
                            "bwrap",
                            "firejail",
                            "strace",
                            "ltrace",
                            "gdb",
                            "script",
                            "parallel",
                            "capsh"),
                    CONNECTS,
                    List.of(
                            "ssh", "scp", "sftp", "nc", "ncat", "netcat", "socat", "telnet", "ftp",
                            "gh", "glab", "hub"),
                    INTERACTIVE,
                    List.of(
                            "vi", "vim", "nvim", "view", "ex", "ed", "emacs", "nano", "zsh", "fish",
                            "csh", "tcsh", "expect"),
                    LATER,
                    List.of(
                            "at",
                            "batch",
                            "crontab",
                            "alias",
                            "enable",
                            "bind",
                            "fc",
                            "complete",
                            "hash",
                            "coproc"));

    static final Map<String, CommandRule> USUAL = usual();

    private SafeCommands() {}

    private static Map<String, CommandRule> usual() {
        var rules = new HashMap<String, CommandRule>();
        DENIED.forEach(
                (reason, names) ->
                        names.forEach(name -> rules.put(name, CommandRule.denied(reason))));
        rules.put(
                "find",
                CommandRule.without(
                        "find may look, but not delete or write",
                        "^-delete$",
                        "^-f(printf?0?|ls)$"));
        rules.put(
                "tar",
                CommandRule.without(
                        "tar may not run other programs",
                        "^--(to-c|checkpoint-a|use-c|rsh|info|new-v)",
                        "^-[A-Za-z]*[IF]"));
        rules.put("rsync", CommandRule.without(CONNECTS, "^-[A-Za-z]*e", "^--rs", "^[^/=]+:"));
        rules.put("zip", CommandRule.without("zip may not run other programs", "^-TT", "^--unzip"));
        rules.put("rg", CommandRule.without("rg may not run other programs", "^--pre", "^--host"));
        rules.put("sort", CommandRule.without("sort may not run other programs", "^--compress-p"));
        var awk =
                CommandRule.without(
                        "awk may not run other programs",
                        "system\\s*\\(",
                        "\\|",
                        "@load",
                        "^-[a-zA-Z]*[ilE]",
                        "^--(load|include|exec)");
        for (var name : List.of("awk", "gawk", "mawk", "nawk")) {
            rules.put(name, awk);
        }
        rules.put(
                "sed",
                CommandRule.without(
                        "sed may not run other programs or write other files",
                        "(^|[;{}\\n])\\s*([0-9,$~+]+|/[^/]*/)?\\s*!?[ewW](\\s|$)",
                        "(^|[;{}0-9$/\\n])\\s*s(.).*\\2.*\\2[gpIiMm0-9]*[ew]"));
        rules.put(
                "date",
                CommandRule.without("date may tell the time, not set it", "^-[a-zA-Z]*s", "^--s"));
        rules.put(
                "make",
                CommandRule.without(
                        "make may build, not install", "^(un)?install", "^--ev", "^SHELL="));
        for (var name : List.of("npm", "yarn", "pnpm", "bun", "cargo", "poetry", "uv", "flit")) {
            rules.put(
                    name, CommandRule.without(PUBLISHES, "^(un)?publish$", "^(login|yank|owner)$"));
        }
        rules.put("gem", CommandRule.without(PUBLISHES, "^(push|yank|signin)$"));
        rules.put("twine", CommandRule.denied(PUBLISHES));
        rules.put("mvn", CommandRule.without(PUBLISHES, "^deploy", "^release:"));
        return rules;
    }
}
