package io.lynkr.provider.dialect;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A prompt that does not fit: every backend says it differently, and clients compact their
 * conversation only when they read the Messages API's own sentence.
 */
final class ContextLimit {
    private static final List<String> WORDINGS =
            List.of(
                    "maximum context length",
                    "maximum prompt length",
                    "prompt is too long",
                    "too many tokens",
                    "exceeds the available context size",
                    "exceed context limit",
                    "exceeds the context window",
                    "exceeds the model's context",
                    "context window of this model",
                    "input is too long",
                    "input length exceeds");

    /** OpenAI: both parts are told, so that it is clear which of them is too long. */
    private static final Pattern PARTS =
            Pattern.compile(
                    "length is (\\d{1,12}) tokens.*?requested (\\d{1,12}) tokens \\((\\d{1,12})"
                            + " (?:in|of|from)\\b.*?\\b(\\d{1,12}) (?:in|for) the completion");

    private static final Pattern LIMIT_FIRST =
            Pattern.compile(
                    "(?:length|limit|window|size)\\D{1,30}?(\\d{1,12})\\b.*?"
                            + "\\b(?:resulted in|requested|has|have|contains|got|with)\\b\\D{0,30}"
                            + "?(\\d{1,12})");

    private static final Pattern PROMPT_FIRST =
            Pattern.compile(
                    "\\b(\\d{1,12})(?: input)?(?: tokens?)?\\)?\\s*(?:>|exceeds?|must not exceed|is"
                            + " (?:larger|longer|greater) than)\\D{1,60}?(\\d{1,12})");

    private ContextLimit() {}

    /** Whether an error says that the prompt is too long. */
    static boolean isMeantBy(String code, String text) {
        var lower = text.toLowerCase(Locale.ROOT);
        return code.equals("context_length_exceeded")
                || WORDINGS.stream().anyMatch(lower::contains);
    }

    /** The same in the sentences that clients look for; any other text stays as it is. */
    static String reword(String text) {
        if (!isMeantBy("", text)
                || text.contains("prompt is too long:")
                || text.contains("exceed context limit:")) {
            return text;
        }
        var parts = PARTS.matcher(text);
        if (parts.find() && Long.parseLong(parts.group(3)) <= Long.parseLong(parts.group(1))) {
            return "input length and `max_tokens` exceed context limit: %s + %s > %s"
                    .formatted(parts.group(3), parts.group(4), parts.group(1));
        }
        var limitFirst = LIMIT_FIRST.matcher(text);
        if (limitFirst.find()) {
            return tooLong(limitFirst.group(2), limitFirst.group(1));
        }
        var promptFirst = PROMPT_FIRST.matcher(text);
        if (promptFirst.find()) {
            return tooLong(promptFirst.group(1), promptFirst.group(2));
        }
        return "prompt is too long: " + text;
    }

    private static String tooLong(String tokens, String maximum) {
        return "prompt is too long: %s tokens > %s maximum".formatted(tokens, maximum);
    }
}
