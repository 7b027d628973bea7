package io.lynkr.provider.dialect;

import io.lynkr.json.JsonNull;
import io.lynkr.json.JsonObject;
import io.lynkr.json.JsonString;
import io.lynkr.json.JsonValue;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Puts tool calls together from their fragments, which may come mixed, and writes them one after
 * the other: a client runs a tool as soon as its block ends, so nothing may be corrected later. A
 * block begins with its first argument; of a call that was cut off before, nobody could tell
 * whether it has none.
 */
final class ToolCalls {
    private static final String PLACEHOLDER = "{}";

    private final AnswerKey key;
    private final MessageWriter writer;
    private final boolean whole;
    private final List<Call> calls = new ArrayList<>();
    private final Set<String> ids;

    /** The first call that is not written to its end. */
    private int current;

    /**
     * @param whole whether arguments come at once, and are mended before they are written
     */
    ToolCalls(AnswerKey key, MessageWriter writer, boolean whole) {
        this.key = key;
        this.writer = writer;
        this.whole = whole;
        this.ids = new HashSet<>(key.clientIds());
    }

    /** Takes the calls of one chunk. */
    void add(List<JsonObject> fragments) {
        @Nullable Call before = null;
        for (var fragment : fragments) {
            var call = callOf(fragment, before);
            before = call;
            call.add(fragment);
            advanceTo(call);
        }
    }

    /** Whether a call was written or is about to be. */
    boolean isEmpty() {
        return calls.stream().noneMatch(call -> call.begun || call.isNamed());
    }

    /** Writes calls to their end as far as they are whole; returns whether all were. */
    boolean settle() {
        while (current < calls.size() && calls.get(current).isWhole()) {
            calls.get(current++).finish(false);
        }
        return current == calls.size();
    }

    /**
     * Writes what is left.
     *
     * @param cutShort whether the answer hit its limit, so that a call may be half told
     * @throws NamelessCall if there are arguments, but nothing says of which tool
     */
    void finish(boolean cutShort) throws NamelessCall {
        while (current < calls.size()) {
            var call = calls.get(current++);
            if (!call.isNamed() && call.hasArguments() && !cutShort) {
                throw new NamelessCall();
            }
            call.finish(cutShort);
        }
    }

    /** The backend called a tool without saying which. */
    static final class NamelessCall extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /** Writes this call as far as it goes, if it is its turn. */
    private void advanceTo(Call call) {
        while (current < calls.size()
                && calls.get(current) != call
                && calls.get(current).isWhole()) {
            calls.get(current++).finish(false);
        }
        if (current < calls.size() && calls.get(current) == call) {
            call.writeArguments();
        }
    }

    private Call callOf(JsonObject fragment, @Nullable Call before) {
        var index = fragment.integer("index");
        var id = text(fragment, "id");
        for (int i = calls.size() - 1; i >= 0; i--) {
            var call = calls.get(i);
            if (call.isContinuedBy(index, id, fragment, call == before)) {
                return call;
            }
            if (index.isEmpty() && id.isEmpty()) {
                break;
            }
        }
        var call = new Call(index);
        calls.add(call);
        return call;
    }

    private static String text(JsonObject object, String field) {
        return object.string(field).orElse("");
    }

    private static JsonObject function(JsonObject fragment) {
        return fragment.object("function").orElse(fragment);
    }

    private static String arguments(JsonObject fragment) {
        return switch (function(fragment).get("arguments").orElse(JsonNull.NULL)) {
            case JsonString text -> text.value();
            case JsonNull _ -> "";
            case JsonValue other -> other.toString();
        };
    }

    private final class Call {
        private final OptionalLong index;
        private final StringBuilder arguments = new StringBuilder();
        private String upstreamId = "";
        private String name = "";
        private int written;
        private boolean begun;
        private boolean ended;

        Call(OptionalLong index) {
            this.index = index;
        }

        boolean isNamed() {
            return !name.isBlank();
        }

        boolean hasArguments() {
            return !arguments.toString().isBlank();
        }

        /**
         * Whether a fragment belongs to this call. Backends number their calls, or give each an
         * identity, or do neither; some number all of them 0.
         *
         * @param inSameChunk whether the fragment before it in the same chunk belonged here
         */
        boolean isContinuedBy(
                OptionalLong otherIndex, String id, JsonObject fragment, boolean inSameChunk) {
            if (otherIndex.isPresent() && !otherIndex.equals(index)) {
                return false;
            }
            if (!id.isEmpty() && !upstreamId.isEmpty()) {
                return id.equals(upstreamId);
            }
            if (otherIndex.isEmpty() && !id.isEmpty()) {
                return false;
            }
            boolean named = !text(function(fragment), "name").isBlank();
            boolean another = otherIndex.isEmpty() && inSameChunk;
            return !(named && isNamed() && (another || isWholeBefore(fragment)));
        }

        private boolean isWholeBefore(JsonObject fragment) {
            return isWhole() && ArgumentRepair.isObject(arguments(fragment));
        }

        void add(JsonObject fragment) {
            if (upstreamId.isEmpty()) {
                upstreamId = text(fragment, "id");
            }
            if (!isNamed()) {
                name = text(function(fragment), "name");
            }
            var more = arguments(fragment);
            if (ended || more.isEmpty()) {
                return;
            }
            if (isPlaceholder() && !more.isBlank()) {
                arguments.setLength(0);
            }
            arguments.append(more);
        }

        /** Databricks begins with an empty object, whatever follows; what is written stands. */
        private boolean isPlaceholder() {
            return written == 0 && arguments.toString().strip().equals(PLACEHOLDER);
        }

        /** Whether nothing can follow; of an empty object one cannot know before the end. */
        boolean isWhole() {
            return isNamed() && !isPlaceholder() && ArgumentRepair.isObject(arguments);
        }

        void writeArguments() {
            if (!whole && isNamed() && hasArguments() && !isPlaceholder()) {
                write(arguments.substring(written));
            }
        }

        private void write(String more) {
            if (!begun) {
                begun = true;
                writer.tool(id(), key.names().original(name));
            }
            if (!more.isEmpty()) {
                writer.input(more);
            }
            written = arguments.length();
        }

        void finish(boolean cutShort) {
            ended = true;
            boolean unsaid = !hasArguments() || isPlaceholder();
            if (!isNamed() || (cutShort && unsaid)) {
                return;
            }
            write(rest(cutShort, unsaid));
            writer.close();
        }

        private String rest(boolean cutShort, boolean unsaid) {
            if (unsaid) {
                return PLACEHOLDER;
            }
            if (begun || cutShort) {
                return arguments.substring(written);
            }
            var told = arguments.toString();
            return ArgumentRepair.repaired(told).orElse(told);
        }

        private String id() {
            if (!upstreamId.isBlank() && ids.add(upstreamId)) {
                return upstreamId;
            }
            var fresh = "toolu_" + key.unique().get();
            ids.add(fresh);
            return fresh;
        }
    }
}
