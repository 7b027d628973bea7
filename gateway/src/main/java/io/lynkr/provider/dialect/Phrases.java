package io.lynkr.provider.dialect;

/** The words that this dialect puts into a conversation where OpenAI's schema has no place. */
final class Phrases {
    static final String EMPTY_RESULT = "(empty)";
    static final String NO_RESULT = "(no result)";
    static final String CONTINUE = "(continue)";
    static final String ERROR = "Error: ";
    static final String ORPHAN_RESULT = "Result of an earlier tool call: ";
    static final String REMINDER_BEGIN = "<system-reminder>\n";
    static final String REMINDER_END = "\n</system-reminder>";
    static final String IMAGE_OMITTED = "[image omitted: model has no vision]";
    static final String IMAGE = "[image]";
    static final String CUT_DESCRIPTION = " […]";
    static final String NO_SEARCH =
            "Web search is not available here. Do not pretend to have searched: say that you could"
                    + " not, and answer from what you know.";

    private Phrases() {}

    static String imageLinkOmitted(String url) {
        return "[image omitted: the backend follows no links: " + url + "]";
    }

    static String fileOmitted(String title) {
        return "[document omitted: the backend reads no PDF files: " + title + "]";
    }

    static String fileLinkOmitted(String title, String url) {
        return "[document omitted: the backend follows no links: " + title + " " + url + "]";
    }

    static String mediaBelow(String kind, int number) {
        return "[%s %d attached below]".formatted(kind, number);
    }

    static String mediaCaption(String kind, int number, String callId) {
        return "%s %d, from tool result %s:"
                .formatted(
                        Character.toUpperCase(kind.charAt(0)) + kind.substring(1), number, callId);
    }

    static String toolAvailable(String name) {
        return "Tool available: " + name;
    }

    static String described(String tool, String description) {
        return "Tool " + tool + ": " + description;
    }

    static String called(String tool, String input) {
        return "[" + tool + ": " + input + "]";
    }

    static String mustCall(String tool) {
        return "Call the tool " + tool + " in your next answer.";
    }

    static final String MUST_CALL_ANY = "Call at least one of the tools in your next answer.";

    static String answerInJson(String schema) {
        return "Answer with nothing but one JSON value, without code fences, that is valid under"
                + " this JSON Schema:\n"
                + schema;
    }
}
