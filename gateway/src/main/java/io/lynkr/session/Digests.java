package io.lynkr.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonObject;
import io.lynkr.json.JsonString;
import io.lynkr.json.JsonValue;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * Tells messages apart by what they mean. Clients send the same message in other words next time:
 * they move their cache marks, write a text as a block, leave out what is {@code null}.
 */
final class Digests {
    private static final String CACHE_MARK = "cache_control";

    private Digests() {}

    /** Of nothing said yet. */
    static final String NONE = "";

    /** For each length of the history, from none to all: the digest of the messages up to there. */
    static List<String> ofPrefixes(List<JsonObject> messages) {
        var digests = new ArrayList<String>(messages.size() + 1);
        digests.add(NONE);
        for (var message : messages) {
            var digest = sha256();
            digest.update(digests.getLast().getBytes(UTF_8));
            digest.update((byte) '\n');
            add(digest, message.string("role").orElse(""), message);
            digests.add(text(digest));
        }
        return digests;
    }

    /** Of one message's role and content; all else that it says is about it, and not in it. */
    static String ofMessage(JsonObject message) {
        var digest = sha256();
        add(digest, message.string("role").orElse(""), message);
        return text(digest);
    }

    private static void add(MessageDigest digest, String role, JsonObject message) {
        put(digest, role);
        for (var block : blocks(message)) {
            add(digest, block);
        }
    }

    private static List<JsonObject> blocks(JsonObject message) {
        return message.string("content")
                .map(text -> List.of(JsonObject.of("type", "text").with("text", text)))
                .orElseGet(() -> message.objects("content"));
    }

    private static void add(MessageDigest digest, JsonValue value) {
        switch (value) {
            case JsonObject object -> {
                put(digest, "{");
                object.members().entrySet().stream()
                        .filter(member -> !member.getKey().equals(CACHE_MARK))
                        .filter(member -> !member.getValue().isNull())
                        .sorted(Map.Entry.comparingByKey())
                        .forEach(
                                member -> {
                                    put(digest, member.getKey());
                                    add(digest, member.getValue());
                                });
                put(digest, "}");
            }
            case JsonArray array -> {
                put(digest, "[");
                array.forEach(each -> add(digest, each));
                put(digest, "]");
            }
            case JsonString text -> {
                put(digest, "\"");
                put(digest, text.value());
            }
            default -> put(digest, value.toString());
        }
    }

    /** With its length, so that no two ways to cut the same characters look alike. */
    private static void put(MessageDigest digest, String text) {
        var bytes = text.getBytes(UTF_8);
        digest.update((bytes.length + ":").getBytes(UTF_8));
        digest.update(bytes);
    }

    private static String text(MessageDigest digest) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
