package io.lynkr.index;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What a parser made of a file: its named nodes in the order in which they begin, parents before
 * children. The native tree is gone by the time one has this.
 */
final class SyntaxTree {
    private final byte[] text;
    private int size;
    private int[] kinds = new int[1024];
    private int[] fields = new int[1024];
    private int[] starts = new int[1024];
    private int[] ends = new int[1024];
    private int[] parents = new int[1024];

    /** One past the last node inside. */
    private int[] lasts = new int[1024];

    private int errors;

    SyntaxTree(byte[] text) {
        this.text = text;
    }

    int add(int kind, int field, int start, int end, int parent) {
        if (size == kinds.length) {
            grow();
        }
        kinds[size] = kind;
        fields[size] = field;
        starts[size] = start;
        ends[size] = end;
        parents[size] = parent;
        lasts[size] = size + 1;
        if (kind == Grammar.ERROR) {
            errors++;
        }
        return size++;
    }

    private void grow() {
        int more = size * 2;
        kinds = Arrays.copyOf(kinds, more);
        fields = Arrays.copyOf(fields, more);
        starts = Arrays.copyOf(starts, more);
        ends = Arrays.copyOf(ends, more);
        parents = Arrays.copyOf(parents, more);
        lasts = Arrays.copyOf(lasts, more);
    }

    /** All nodes added since are inside it. */
    void close(int node) {
        lasts[node] = size;
    }

    int size() {
        return size;
    }

    int kind(int node) {
        return kinds[node];
    }

    /** The role in the parent; 0 for none. */
    int field(int node) {
        return fields[node];
    }

    /** In bytes. */
    int start(int node) {
        return starts[node];
    }

    int end(int node) {
        return ends[node];
    }

    /** -1 for the root. */
    int parent(int node) {
        return parents[node];
    }

    /** -1 if there is none. */
    int firstChild(int node) {
        return node + 1 < lasts[node] ? node + 1 : -1;
    }

    /** -1 if there is none. */
    int nextSibling(int node) {
        int next = lasts[node];
        return next < size && parents[next] == parents[node] && parents[node] >= 0 ? next : -1;
    }

    /** One past the last node that is inside. */
    int after(int node) {
        return lasts[node];
    }

    boolean contains(int outer, int node) {
        return outer <= node && node < lasts[outer];
    }

    String text(int node) {
        return new String(text, starts[node], ends[node] - starts[node], StandardCharsets.UTF_8);
    }

    byte[] bytes() {
        return text;
    }

    /** How many pieces could not be understood. */
    int errors() {
        return errors;
    }
}
