package io.lynkr.provider;

import java.util.Locale;
import java.util.regex.Pattern;

/** Models that cut text alike, and how many bytes of English text and code one token covers. */
enum TokenizerFamily {
    /** Claude up to 4.6 and Haiku 4.5. */
    CLAUDE(3.5),
    /** Claude since Opus 4.7: about 30 % more tokens for the same text. */
    NEW_CLAUDE(2.7),
    GPT(4.0),
    OTHER(3.6);

    private static final Pattern GPT_NAME =
            Pattern.compile("(?:.*/)?(?:(?:.*-)?(?:gpt|chatgpt|codex)|o[1-9])\\b.*");

    private final double bytesPerToken;

    TokenizerFamily(double bytesPerToken) {
        this.bytesPerToken = bytesPerToken;
    }

    double bytesPerToken() {
        return bytesPerToken;
    }

    /** The family that a model's name, in any backend's spelling, points at. */
    static TokenizerFamily of(String model) {
        var claude = ClaudeModel.of(model);
        if (claude.isPresent()) {
            return claude.get().isNewGeneration() ? NEW_CLAUDE : CLAUDE;
        }
        var name = model.toLowerCase(Locale.ROOT);
        if (name.contains("claude")) {
            return CLAUDE;
        }
        return GPT_NAME.matcher(name).matches() ? GPT : OTHER;
    }
}
