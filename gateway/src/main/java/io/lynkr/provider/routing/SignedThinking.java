package io.lynkr.provider.routing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonObject;
import io.lynkr.json.JsonValue;
import io.lynkr.message.MessagesRequest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Remembers which backend signed a thinking block, since others refuse it, and leaves such blocks
 * out of what the others get. Thinking that nobody remembers is taken to be the main provider's.
 * Guarded by itself.
 */
final class SignedThinking {
    static final String EDIT = "drop:foreign-thinking";

    private static final int MOST = 20_000;

    private final String main;
    private final Map<UUID, String> signers =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<UUID, String> eldest) {
                    return size() > MOST;
                }
            };

    SignedThinking(String main) {
        this.main = main;
    }

    /** Shorter than the signature, and no other's. */
    private static UUID name(String signature) {
        return UUID.nameUUIDFromBytes(signature.getBytes(UTF_8));
    }

    synchronized void signedBy(String provider, String signature) {
        signers.put(name(signature), provider);
    }

    private synchronized String signer(String signature) {
        return signers.getOrDefault(name(signature), main);
    }

    /** Remembers what a block of an answer carries. */
    void saw(String provider, JsonObject block) {
        signature(block).ifPresent(signature -> signedBy(provider, signature));
    }

    private static Optional<String> signature(JsonObject block) {
        return switch (block.type()) {
            case "thinking" -> block.string("signature").filter(text -> !text.isEmpty());
            case "redacted_thinking" -> block.string("data");
            default -> Optional.empty();
        };
    }

    /** The request as this backend takes it; the same one if there is nothing to leave out. */
    MessagesRequest without(MessagesRequest request, String provider) {
        if (request.messages().stream().noneMatch(message -> hasForeign(message, provider))) {
            return request;
        }
        var messages = new ArrayList<JsonValue>();
        for (var message : request.messages()) {
            stripped(message, provider).ifPresent(messages::add);
        }
        var json = request.json().with("messages", JsonArray.copyOf(messages));
        return request.withJson(goesOnThinking(request.messages(), provider) ? silent(json) : json);
    }

    private boolean hasForeign(JsonObject message, String provider) {
        return message.objects("content").stream().anyMatch(block -> isForeign(block, provider));
    }

    private boolean isForeign(JsonObject block, String provider) {
        return signature(block).filter(text -> !signer(text).equals(provider)).isPresent();
    }

    /** Empty if nothing is left of the message. */
    private Optional<JsonObject> stripped(JsonObject message, String provider) {
        if (!hasForeign(message, provider)) {
            return Optional.of(message);
        }
        var kept =
                message.objects("content").stream()
                        .filter(block -> !isForeign(block, provider))
                        .toList();
        return kept.isEmpty()
                ? Optional.empty()
                : Optional.of(message.with("content", JsonArray.copyOf(kept)));
    }

    /** Whether the last answer called tools after foreign thinking, and waits for their results. */
    private boolean goesOnThinking(List<JsonObject> messages, String provider) {
        boolean results =
                messages.getLast().objects("content").stream()
                        .anyMatch(block -> block.type().equals("tool_result"));
        return results
                && messages.size() > 1
                && hasForeign(messages.get(messages.size() - 2), provider);
    }

    /** With a budget for thinking, a model must see how it began to think before the calls. */
    private static JsonObject silent(JsonObject json) {
        return json.object("thinking")
                        .filter(thinking -> thinking.type().equals("enabled"))
                        .isPresent()
                ? json.without("thinking").without("context_management")
                : json;
    }
}
