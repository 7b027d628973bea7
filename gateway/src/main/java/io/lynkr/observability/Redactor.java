package io.lynkr.observability;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Masks secrets in text that leaves for people to read: the gateway's own, in every spelling they
 * may take, and whatever looks like somebody else's. Sits at the single exit of a sink, so that no
 * caller can forget it. What a model answers never passes here.
 */
public final class Redactor {
    public static final String MASK = "***";

    /** What is shorter cannot be told from ordinary text, and would eat it. */
    private static final int SHORTEST = 6;

    /** Kinds of secrets by their looks. */
    private static final List<Rule> RULES =
            List.of(
                    new Rule("sk-", "(?<![A-Za-z0-9])sk-[A-Za-z0-9_-]{16,}"), // Anthropic, OpenAI
                    new Rule("dapi", "(?<![A-Za-z0-9])dapi[0-9a-f]{16,}(?:-\\d+)?"), // Databricks
                    new Rule("dose", "(?<![A-Za-z0-9])dose[0-9a-f]{16,}"), // Databricks OAuth
                    new Rule("AKIA", "(?<![A-Za-z0-9])AKIA[0-9A-Z]{16}"), // AWS
                    new Rule("ASIA", "(?<![A-Za-z0-9])ASIA[0-9A-Z]{16}"),
                    new Rule("AIza", "AIza[0-9A-Za-z_-]{35}"), // Google
                    new Rule("ghp_", "(?<![A-Za-z0-9])ghp_[A-Za-z0-9]{20,}"), // GitHub
                    new Rule("gho_", "(?<![A-Za-z0-9])gho_[A-Za-z0-9]{20,}"),
                    new Rule("ghu_", "(?<![A-Za-z0-9])ghu_[A-Za-z0-9]{20,}"),
                    new Rule("ghs_", "(?<![A-Za-z0-9])ghs_[A-Za-z0-9]{20,}"),
                    new Rule("ghr_", "(?<![A-Za-z0-9])ghr_[A-Za-z0-9]{20,}"),
                    new Rule("github_pat_", "github_pat_[A-Za-z0-9_]{20,}"),
                    new Rule("glpat-", "glpat-[A-Za-z0-9_-]{16,}"), // GitLab
                    new Rule("hf_", "(?<![A-Za-z0-9])hf_[A-Za-z0-9]{30,}"), // Hugging Face
                    new Rule("xox", "xox[a-z]-[A-Za-z0-9-]{10,}"), // Slack
                    new Rule(
                            "eyJ", // JSON Web Tokens
                            "eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}(?:\\.[A-Za-z0-9_-]*)?"),
                    new Rule(
                            "PRIVATE KEY-----",
                            "-----BEGIN [A-Z ]*PRIVATE KEY-----[A-Za-z0-9+/=\\s\\\\:,-]*"),
                    new Rule("bearer ", "(?i)(?<=bearer )[A-Za-z0-9._~+/=-]{8,}"),
                    new Rule("basic ", "(?i)(?<=basic )[A-Za-z0-9+/=_-]{12,}"),
                    new Rule("://", "(?<=://)[^/\\s:@\"]+:[^/\\s@\"]+(?=@)"), // user:password@
                    inQuery("key"),
                    inQuery("token"),
                    inQuery("sig"),
                    inQuery("signature"),
                    inQuery("password"),
                    inQuery("secret"));

    /**
     * @param literal what is in every text that the pattern matches, in whatever case
     */
    private record Rule(String literal, Pattern pattern) {
        Rule(String literal, String pattern) {
            this(literal, Pattern.compile(pattern));
        }
    }

    private static Rule inQuery(String name) {
        return new Rule(name + "=", "(?i)(?<=[?&][a-z_-]{0,20}" + name + "=)[^&\\s\"]+");
    }

    /** Masks by looks only. */
    public static final Redactor BY_LOOKS = new Redactor(List.of());

    /** The longest first, so that no part of one is left over by another. */
    private final List<String> known;

    /** Spares most lines all the rest. */
    private final AnyOf suspicious;

    /**
     * @param secrets the gateway's own, as they are sent
     */
    public Redactor(Collection<String> secrets) {
        Set<String> forms = new LinkedHashSet<>();
        for (var secret : secrets) {
            if (secret.length() >= SHORTEST) {
                addForms(secret, forms);
            }
        }
        known =
                forms.stream()
                        .filter(form -> form.length() >= SHORTEST)
                        .sorted(Comparator.comparingInt(String::length).reversed())
                        .toList();
        suspicious =
                new AnyOf(
                        Stream.concat(known.stream(), RULES.stream().map(Rule::literal)).toList());
    }

    private static void addForms(String secret, Set<String> forms) {
        forms.add(secret);
        forms.add(secret.replace("\\", "\\\\").replace("\"", "\\\"")); // within a JSON string
        var url = URLEncoder.encode(secret, UTF_8);
        forms.add(url);
        forms.add(url.replace("+", "%20"));
        forms.add(lowerCaseEscapes(url));
        for (int before = 0; before < 3; before++) {
            var base64 = base64(secret, before);
            forms.add(base64);
            forms.add(base64.replace('+', '-').replace('/', '_'));
        }
    }

    private static String lowerCaseEscapes(String url) {
        return Pattern.compile("%[0-9A-F]{2}")
                .matcher(url)
                .replaceAll(escape -> escape.group().toLowerCase(Locale.ROOT));
    }

    /** What of the secret's Base64 does not depend on the text around it. */
    private static String base64(String secret, int bytesBefore) {
        var bytes = secret.getBytes(UTF_8);
        var shifted = new byte[bytesBefore + bytes.length];
        System.arraycopy(bytes, 0, shifted, bytesBefore, bytes.length);
        int firstWhole = bytesBefore == 0 ? 0 : bytesBefore + 1;
        int wholeDigits = shifted.length * 8 / 6;
        return Base64.getEncoder().encodeToString(shifted).substring(firstWhole, wholeDigits);
    }

    /** The text with every secret in it masked. */
    public String redact(String text) {
        if (!suspicious.mayOccurIn(text)) {
            return text;
        }
        var masked = text;
        for (var secret : known) {
            masked = masked.replace(secret, MASK);
        }
        for (var rule : RULES) {
            masked = rule.pattern.matcher(masked).replaceAll(MASK);
        }
        return masked;
    }

    /** How many, not which. */
    @Override
    public String toString() {
        return known.size() + " forms of secrets";
    }
}
