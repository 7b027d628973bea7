package io.lynkr.cache;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lynkr.json.JsonObject;
import io.lynkr.json.JsonValue;
import io.lynkr.message.Headers;
import io.lynkr.message.MessagesRequest;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What makes two requests the same: everything that can change an answer, as a SHA-256.
 *
 * <ul>
 *   <li>whose access token came with the request, so that nobody reads another one's answers;
 *   <li>the provider;
 *   <li>the headers {@code anthropic-*}, and the one that names a sub-agent, since routes may heed
 *       it;
 *   <li>the body byte by byte, without {@code stream}, {@code metadata}, the names of sessions, and
 *       the text of Claude Code's billing line, none of which a model sees or heeds.
 * </ul>
 *
 * <p>Two bodies that mean the same and are written differently are not the same: that costs a call,
 * and no wrong answer.
 *
 * @param text in hexadecimal
 */
public record CacheKey(String text) {
    /** Changes when the way of making keys does, for stores that outlive a release. */
    private static final String VERSION = "lynkr-response-1";

    private static final List<String> NOT_HEEDED =
            List.of("stream", "metadata", "session_id", "sessionId", "conversation_id");

    private static final String AGENT = "x-claude-code-agent-id";
    private static final String BILLING_LINE = "x-anthropic-billing-header:";

    /**
     * The key of a request; empty if its answer may not be given again: tools that run on a
     * backend's servers may find something new each time, and a forced or half-done tool call leads
     * to an answer that is never kept.
     *
     * @param tenant whose answers these are
     * @param provider who is asked
     */
    public static Optional<CacheKey> of(
            String tenant, String provider, MessagesRequest request, Headers headers) {
        if (isAboutTools(request)) {
            return Optional.empty();
        }
        var digest = sha256();
        add(digest, VERSION);
        add(digest, tenant);
        add(digest, provider);
        addHeaders(digest, headers);
        digest.update(heeded(request));
        return Optional.of(new CacheKey(HexFormat.of().formatHex(digest.digest())));
    }

    private static boolean isAboutTools(MessagesRequest request) {
        var json = request.json();
        boolean forced =
                json.object("tool_choice")
                        .map(JsonObject::type)
                        .filter(type -> !type.equals("auto") && !type.equals("none"))
                        .isPresent();
        return forced
                || goesOnAfterTools(json)
                || json.objects("tools").stream().anyMatch(CacheKey::runsElsewhere);
    }

    private static boolean goesOnAfterTools(JsonObject json) {
        var messages = json.objects("messages");
        return messages.getLast().objects("content").stream()
                .anyMatch(block -> block.type().endsWith("tool_result"));
    }

    private static boolean runsElsewhere(JsonObject tool) {
        return switch (tool.type()) {
            case "", "custom", "function" -> false;
            default -> true;
        };
    }

    private static byte[] heeded(MessagesRequest request) {
        var patch = request.patch();
        NOT_HEEDED.forEach(patch::remove);
        billingLine(request.system()).ifPresent(index -> patch.remove("system." + index + ".text"));
        return patch.apply();
    }

    private static Optional<Integer> billingLine(Optional<JsonValue> system) {
        var blocks = new ArrayList<JsonObject>();
        system.flatMap(JsonValue::asArray).ifPresent(array -> blocks.addAll(array.objects()));
        for (int i = 0; i < blocks.size(); i++) {
            if (blocks.get(i).string("text").orElse("").startsWith(BILLING_LINE)) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    private static void addHeaders(MessageDigest digest, Headers headers) {
        var lines = new ArrayList<String>();
        headers.forEach(
                (name, value) -> {
                    var lower = name.toLowerCase(Locale.ROOT);
                    if (lower.startsWith("anthropic-") || lower.equals(AGENT)) {
                        lines.add(lower + ": " + value);
                    }
                });
        lines.stream().sorted().forEach(line -> add(digest, line));
        add(digest, "");
    }

    /** With its length, so that no two lists of parts read the same. */
    private static void add(MessageDigest digest, String part) {
        var bytes = part.getBytes(UTF_8);
        digest.update((bytes.length + ":").getBytes(UTF_8));
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
