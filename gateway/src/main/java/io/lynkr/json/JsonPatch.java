package io.lynkr.json;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Edits a JSON text in place: every byte outside the edits stays as it was.
 *
 * <p>Paths are written with dots; {@code *} stands for every element of an array or every member of
 * an object: {@code tools.*.defer_loading}. Where a path finds nothing, nothing is edited. Edits
 * must not lie inside one another.
 */
public final class JsonPatch {
    private final Tape tape;
    private final int root;
    private final List<Edit> edits = new ArrayList<>();

    private record Edit(int from, int to, byte[] replacement) {}

    private record Place(int container, int key, int value) {}

    /** Starts on a value that was read whole from its text. */
    public JsonPatch(JsonObject text) {
        this.tape = text.tapeOrFail();
        this.root = text.at();
    }

    /** Puts another value where the path points; returns how many places that were. */
    public int replace(String path, JsonValue value) {
        var places = places(path);
        for (var place : places) {
            edits.add(new Edit(tape.start(place.value), tape.end(place.value), value.toBytes()));
        }
        return places.size();
    }

    /** Adds a member at the end of the outermost object; it must not be there yet. */
    public void append(String key, JsonValue value) {
        var text = new JsonOutput();
        if (tape.count(root) > 0) {
            text.put(',');
        }
        text.string(key).put(':');
        value.writeTo(text);
        int end = tape.end(root) - 1;
        edits.add(new Edit(end, end, text.toBytes()));
    }

    /** Takes out what the path points at, with its key and comma; returns how many that were. */
    public int remove(String path) {
        var places = places(path);
        places.stream()
                .map(Place::container)
                .distinct()
                .forEach(
                        container ->
                                removeFrom(
                                        container,
                                        places.stream()
                                                .filter(place -> place.container == container)
                                                .map(Place::value)
                                                .toList()));
        return places.size();
    }

    public boolean isEmpty() {
        return edits.isEmpty();
    }

    /** The edited text. */
    public byte[] apply() {
        edits.sort(Comparator.comparingInt(Edit::from));
        var out = new JsonOutput(tape.end(root) - tape.start(root) + 64);
        int done = tape.start(root);
        for (var edit : edits) {
            if (edit.from < done) {
                throw new IllegalStateException("edits overlap at byte " + edit.from);
            }
            out.raw(tape.bytes(), done, edit.from).raw(edit.replacement);
            done = edit.to;
        }
        return out.raw(tape.bytes(), done, tape.end(root)).toBytes();
    }

    /** Cuts values out of one container so that the commas between the others stay right. */
    private void removeFrom(int container, List<Integer> doomed) {
        boolean keyed = tape.bytes()[tape.start(container)] == '{';
        int end = tape.next(container);
        int keptEnd = -1;
        int cutFrom = -1;
        for (int entry = tape.firstChild(container); entry < end; ) {
            int value = keyed ? tape.next(entry) : entry;
            if (doomed.contains(value)) {
                if (cutFrom < 0) {
                    cutFrom = keptEnd >= 0 ? keptEnd : tape.start(entry);
                }
            } else {
                if (cutFrom >= 0) {
                    // After a kept value the comma before the cut goes; at the front, the one
                    // after.
                    cut(cutFrom, keptEnd >= 0 ? commaBefore(entry) : tape.start(entry));
                    cutFrom = -1;
                }
                keptEnd = tape.end(value);
            }
            if (tape.next(value) >= end && cutFrom >= 0) {
                cut(cutFrom, tape.end(value));
            }
            entry = tape.next(value);
        }
    }

    private int commaBefore(int entry) {
        int at = tape.start(entry);
        while (tape.bytes()[at] != ',') {
            at--;
        }
        return at;
    }

    private void cut(int from, int to) {
        edits.add(new Edit(from, to, new byte[0]));
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
            var name = keyed ? tape.string(entry) : Integer.toString(index);
            if (path[step].equals("*") || path[step].equals(name)) {
                if (step == path.length - 1) {
                    found.add(new Place(container, entry, value));
                } else {
                    walk(value, path, step + 1, found);
                }
            }
            entry = tape.next(value);
        }
    }
}
