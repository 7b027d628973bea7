package io.lynkr.observability;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;

/**
 * Says in one pass over a text whether any of many literals may occur in it (Aho-Corasick). Letters
 * match in either case and all characters beyond ASCII are one, so it may say yes too often, but
 * never no.
 */
final class AnyOf {
    private static final int COLUMNS = 128;
    private static final int FOUND = -1;
    private static final int UNSET = -2;

    /** The state that follows a state on a character, or {@link #FOUND}. */
    private final int[] next;

    /**
     * @param literals none empty
     */
    AnyOf(Collection<String> literals) {
        int most = 1 + literals.stream().mapToInt(String::length).sum();
        next = new int[most * COLUMNS];
        Arrays.fill(next, UNSET);
        int states = 1;
        for (var literal : literals) {
            states = add(literal, states);
        }
        complete(states);
    }

    /** Adds the literal's path from the root; returns how many states there are now. */
    private int add(String literal, int states) {
        int state = 0;
        int used = states;
        int last = literal.length() - 1;
        for (int i = 0; i < last; i++) {
            int edge = edge(state, literal.charAt(i));
            if (next[edge] == FOUND) {
                return used; // a shorter literal says it already
            }
            if (next[edge] == UNSET) {
                next[edge] = used;
                used++;
            }
            state = next[edge];
        }
        next[edge(state, literal.charAt(last))] = FOUND;
        return used;
    }

    /** Leads every character that continues no literal to where the longest other one stands. */
    private void complete(int states) {
        var fallback = new int[states];
        var open = new ArrayDeque<Integer>();
        open.add(0);
        while (!open.isEmpty()) {
            int state = open.remove();
            for (int column = 0; column < COLUMNS; column++) {
                int edge = state * COLUMNS + column;
                int otherwise = state == 0 ? 0 : next[fallback[state] * COLUMNS + column];
                if (next[edge] == UNSET) {
                    next[edge] = otherwise;
                } else if (next[edge] != FOUND) {
                    if (otherwise == FOUND) {
                        next[edge] = FOUND;
                    } else {
                        fallback[next[edge]] = otherwise;
                        open.add(next[edge]);
                    }
                }
            }
        }
    }

    boolean mayOccurIn(String text) {
        int state = 0;
        for (int i = 0; i < text.length(); i++) {
            state = next[edge(state, text.charAt(i))];
            if (state == FOUND) {
                return true;
            }
        }
        return false;
    }

    private static int edge(int state, char c) {
        int column = c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : Math.min(c, COLUMNS - 1);
        return state * COLUMNS + column;
    }
}
