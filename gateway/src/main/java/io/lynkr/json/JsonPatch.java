package io.lynkr.json;

import static java.util.Comparator.reverseOrder;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Edits a JSON text in place: every byte outside the edits stays as it was.
 *
 * <p>Paths are written with dots; {@code *} stands for every element of an array or every member of
 * an object: {@code tools.*.defer_loading}. Where a path finds nothing, nothing is edited. Edits
 * inside a part that is removed count for nothing; otherwise edits must not lie inside one another.
 */
public final class JsonPatch {
    private final Tape tape;
    private final int root;
    private final List<Edit> replacements = new ArrayList<>();
    private final Map<Integer, Set<Integer>> doomed = new LinkedHashMap<>();
    private final Map<Integer, List<byte[]>> additions = new LinkedHashMap<>();

    private record Edit(int from, int to, byte[] replacement) {
        boolean isCut() {
            return replacement.length == 0;
        }
    }

    private record Place(int container, int value) {}

    /** Starts on a value that was read whole from its text. */
    public JsonPatch(JsonObject text) {
        this.tape = text.tapeOrFail();
        this.root = text.at();
    }

    /** Puts another value where the path points; returns how many places that were. */
    public int replace(String path, JsonValue value) {
        var places = places(path);
        for (var place : places) {
            replacements.add(
                    new Edit(tape.start(place.value), tape.end(place.value), value.toBytes()));
        }
        return places.size();
    }

    /** Adds a member at the end of the outermost object; it must not be there yet. */
    public void append(String key, JsonValue value) {
        var text = new JsonOutput().string(key);
        text.put(':');
        value.writeTo(text);
        add(root, text.toBytes());
    }

    /**
     * Adds an element at the end of the arrays where the path points; returns how many those were.
     */
    public int appendTo(String path, JsonValue element) {
        int arrays = 0;
        for (var place : places(path)) {
            if (tape.bytes()[tape.start(place.value)] == '[') {
                add(place.value, element.toBytes());
                arrays++;
            }
        }
        return arrays;
    }

    /** Takes out what the path points at, with its key and comma; returns how many that were. */
    public int remove(String path) {
        var places = places(path);
        for (var place : places) {
            doomed.computeIfAbsent(place.container, _ -> new HashSet<>()).add(place.value);
        }
        return places.size();
    }

    public boolean isEmpty() {
        return replacements.isEmpty() && doomed.isEmpty() && additions.isEmpty();
    }

    /** The edited text. */
    public byte[] apply() {
        var edits = new ArrayList<>(replacements);
        doomed.forEach((container, values) -> cutFrom(container, values, edits));
        additions.forEach((container, texts) -> edits.add(insertion(container, texts)));
        edits.sort(Comparator.comparingInt(Edit::from).thenComparing(Edit::to, reverseOrder()));
        var out = new JsonOutput(tape.end(root) - tape.start(root) + 64);
        int done = tape.start(root);
        int cutTo = -1;
        for (var edit : edits) {
            if (edit.from < done && edit.to <= cutTo) {
                // It lies in a part that goes as a whole.
                continue;
            }
            if (edit.from < done) {
                throw new IllegalStateException("edits overlap at byte " + edit.from);
            }
            out.raw(tape.bytes(), done, edit.from).raw(edit.replacement);
            done = edit.to;
            cutTo = edit.isCut() ? done : cutTo;
        }
        return out.raw(tape.bytes(), done, tape.end(root)).toBytes();
    }

    private void add(int container, byte[] text) {
        additions.computeIfAbsent(container, _ -> new ArrayList<>()).add(text);
    }

    private Edit insertion(int container, List<byte[]> texts) {
        boolean first = tape.count(container) == doomed.getOrDefault(container, Set.of()).size();
        var text = new JsonOutput();
        for (var added : texts) {
            if (!first) {
                text.put(',');
            }
            first = false;
            text.raw(added);
        }
        int end = tape.end(container) - 1;
        return new Edit(end, end, text.toBytes());
    }

    /** Cuts values out of one container so that the commas between the others stay right. */
    private void cutFrom(int container, Set<Integer> values, List<Edit> edits) {
        boolean keyed = tape.bytes()[tape.start(container)] == '{';
        int end = tape.next(container);
        int keptEnd = -1;
        int cutFrom = -1;
        for (int entry = tape.firstChild(container); entry < end; ) {
            int value = keyed ? tape.next(entry) : entry;
            if (values.contains(value)) {
                if (cutFrom < 0) {
                    cutFrom = keptEnd >= 0 ? keptEnd : tape.start(entry);
                }
            } else {
                if (cutFrom >= 0) {
                    // After a kept value the comma before the cut goes; at the front, the one
                    // after.
                    edits.add(cut(cutFrom, keptEnd >= 0 ? commaBefore(entry) : tape.start(entry)));
                    cutFrom = -1;
                }
                keptEnd = tape.end(value);
            }
            if (tape.next(value) >= end && cutFrom >= 0) {
                edits.add(cut(cutFrom, tape.end(value)));
            }
            entry = tape.next(value);
        }
    }

    private static Edit cut(int from, int to) {
        return new Edit(from, to, new byte[0]);
    }

    private int commaBefore(int entry) {
        int at = tape.start(entry);
        while (tape.bytes()[at] != ',') {
            at--;
        }
        return at;
    }

    private List<Place> places(String path) {
        var found = new ArrayList<Place>();
        walk(root, path.split("\\.", -1), 0, found);
        return found;
    }

    private void walk(int container, String[] path, int step, List<Place> found) {
        byte opening = tape.bytes()[tape.start(container)];
        if (opening != '{' && opening != '[') {
            return;
        }
        boolean keyed = opening == '{';
        int end = tape.next(container);
        int index = 0;
        for (int entry = tape.firstChild(container); entry < end; index++) {
            int value = keyed ? tape.next(entry) : entry;
            boolean named =
                    keyed
                            ? tape.isKey(entry, path[step])
                            : path[step].equals(Integer.toString(index));
            if (named || path[step].equals("*")) {
                if (step == path.length - 1) {
                    found.add(new Place(container, value));
                } else {
                    walk(value, path, step + 1, found);
                }
            }
            entry = tape.next(value);
        }
    }
}
