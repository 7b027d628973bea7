package io.lynkr.tool.git;

import io.lynkr.tool.ToolException;
import io.lynkr.workspace.ProtectedPaths;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Looks for secrets in what is about to be committed, and never repeats one. */
final class SecretScan {
    private static final int MOST_FINDINGS = 20;

    private record Kind(String name, Pattern pattern) {
        Kind(String name, String regex) {
            this(name, Pattern.compile(regex));
        }
    }

    private static final List<Kind> KINDS =
            List.of(
                    new Kind(
                            "a private key",
                            "-----BEGIN (?:[A-Z0-9]{1,20} ){0,4}PRIVATE KEY(?: BLOCK)?-----"),
                    new Kind("an AWS access key", "\\b(?:AKIA|ASIA)[A-Z0-9]{16}\\b"),
                    new Kind("a GitHub token", "\\bgh[pousr]_[A-Za-z0-9]{36}"),
                    new Kind("a GitHub token", "\\bgithub_pat_[A-Za-z0-9_]{22}"),
                    new Kind("a GitLab token", "\\bglpat-[A-Za-z0-9_-]{20}"),
                    new Kind("a Slack token", "\\bxox[abeoprs]-[A-Za-z0-9-]{10}"),
                    new Kind("an Anthropic key", "\\bsk-ant-[A-Za-z0-9_-]{20}"),
                    new Kind("an OpenAI key", "\\bsk-(?:proj-|svcacct-)?[A-Za-z0-9_]{32}"),
                    new Kind("a Databricks token", "\\bdapi[0-9a-f]{32}"),
                    new Kind("a Google API key", "\\bAIza[0-9A-Za-z_-]{35}"),
                    new Kind("a Stripe key", "\\b[rs]k_live_[0-9A-Za-z]{16}"),
                    new Kind("an npm token", "\\bnpm_[A-Za-z0-9]{36}"),
                    new Kind("a PyPI token", "\\bpypi-AgE[A-Za-z0-9_-]{40}"),
                    new Kind("a Hugging Face token", "\\bhf_[A-Za-z0-9]{30}"),
                    new Kind("a SendGrid key", "\\bSG\\.[A-Za-z0-9_-]{22}\\.[A-Za-z0-9_-]{43}"),
                    new Kind("an Azure storage key", "AccountKey=[A-Za-z0-9+/]{60}"));

    private SecretScan() {}

    /**
     * Looks at the lines that a commit would add.
     *
     * @param differ compares what is committed with what was there, as text and without context
     * @return where something was found and what it looks like, such as {@code a.txt:3: a private
     *     key}
     */
    static List<String> findings(Differ differ) throws ToolException, InterruptedException {
        var findings = new ArrayList<String>();
        var files = differ.files(Optional.empty());
        for (var file : files) {
            if (file.status() != 'D'
                    && ProtectedPaths.isSecret(differ.repository().path(file.file()))) {
                findings.add(file.file() + ": a file that usually holds secrets");
            }
        }
        for (var file : differ.patches(files, Optional.empty())) {
            if (file.cut()) {
                findings.add(file.file() + ": more new text than can be looked through");
            }
            for (var line : file.added()) {
                kind(line.text())
                        .ifPresent(
                                kind ->
                                        findings.add(
                                                file.file() + ":" + line.number() + ": " + kind));
                if (findings.size() >= MOST_FINDINGS) {
                    return findings;
                }
            }
        }
        return findings;
    }

    private static Optional<String> kind(String line) {
        return KINDS.stream()
                .filter(kind -> kind.pattern.matcher(line).find())
                .map(Kind::name)
                .findFirst();
    }
}
