package io.lynkr.agent;

import io.lynkr.json.JsonObject;
import io.lynkr.message.MessagesRequest;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Helps a model that says that it cannot read the web although the user gave it an address: once a
 * turn, that very address is fetched for it, as far as policy allows, and it is asked again.
 */
public enum WebFallback {
    /** The model's word is the last. */
    OFF,
    /** The address is fetched. */
    FETCH,
    /** The user is told what could be done, and nothing is fetched. */
    TELL;

    static final String TOOL = "web_fetch";

    private static final Pattern ADDRESS = Pattern.compile("https?://[^\\s<>\"'`)\\]}]+");

    private static final Pattern CANNOT =
            Pattern.compile(
                    "(?is)\\b(can(?:no|['’])t|can not|unable to|not able to|do(?:n['’]t| not) have"
                        + " (?:the ability|the capability|access|a way|any way|direct"
                        + " access))[^.!?\\n"
                        + "]{0,80}?\\b(brows\\w*|internet|web|url|urls|link|links|website\\w*|webpage\\w*|online|real[-"
                        + " ]time)\\b");

    private static final int LONGEST_EXCUSE = 2_000;

    /** Whether a turn could need it, so that its answer must be looked at. */
    boolean mayHelp(MessagesRequest request) {
        return this != OFF && address(request).isPresent();
    }

    /** The first address in the last thing that the user said. */
    static Optional<String> address(MessagesRequest request) {
        var last = request.messages().getLast();
        if (!last.string("role").orElse("").equals("user")) {
            return Optional.empty();
        }
        var texts =
                Stream.concat(
                        last.string("content").stream(),
                        last.objects("content").stream()
                                .flatMap(block -> block.string("text").stream()));
        return texts.map(ADDRESS::matcher)
                .filter(Matcher::find)
                .map(found -> found.group().replaceFirst("[.,;:!?]+$", ""))
                .findFirst();
    }

    /** Whether an answer is no more than an excuse. */
    static boolean isExcuse(JsonObject message) {
        var text = new StringBuilder();
        message.objects("content").forEach(block -> block.string("text").ifPresent(text::append));
        return text.length() <= LONGEST_EXCUSE && CANNOT.matcher(text).find();
    }

    /** The answer with a call in it that the model might have made. */
    static JsonObject calling(String address, String requestId) {
        return JsonObject.of("type", "tool_use")
                .with("id", "toolu_fallback_" + requestId.replaceAll("\\W", ""))
                .with("name", TOOL)
                .with("input", JsonObject.of("url", address));
    }

    /** What the user is told where nothing is fetched. */
    static JsonObject diagnosis(String address) {
        return JsonObject.of("type", "text")
                .with(
                        "text",
                        "\n\n"
                            + "[Lynkr] The model says that it cannot read the web. With this"
                            + " backend the gateway does not fetch pages by itself, so that none is"
                            + " fetched twice. To read "
                                + address
                                + ", offer the model the tool web_fetch (TOOLS_INJECT=web), or ask"
                                + " it to call your client's own.");
    }
}
