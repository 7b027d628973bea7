package io.lynkr.provider.dialect;

import java.util.function.Consumer;

/**
 * Tells thoughts from the answer in content that begins with {@code <think>}; a tag further down is
 * part of the answer. Holds back what may still turn out to be a tag.
 */
final class ThinkTags {
    private static final String BEGIN = "<think>";
    private static final String END = "</think>";

    private final Consumer<String> thoughts;
    private final Consumer<String> answer;
    private final StringBuilder held = new StringBuilder();
    private Place place = Place.START;

    private enum Place {
        START,
        THOUGHTS,
        ANSWER
    }

    ThinkTags(Consumer<String> thoughts, Consumer<String> answer) {
        this.thoughts = thoughts;
        this.answer = answer;
    }

    void add(String piece) {
        if (place == Place.ANSWER) {
            answer.accept(piece);
            return;
        }
        held.append(piece);
        if (place == Place.START) {
            start();
        }
        if (place == Place.THOUGHTS) {
            think();
        }
    }

    /** Nothing more comes: what was held back is what it looks like. */
    void end() {
        give(place == Place.THOUGHTS ? thoughts : answer, held.length());
        place = Place.ANSWER;
    }

    private void start() {
        var begun = held.toString().stripLeading();
        if (begun.startsWith(BEGIN)) {
            held.setLength(0);
            held.append(begun, BEGIN.length(), begun.length());
            place = Place.THOUGHTS;
        } else if (!BEGIN.startsWith(begun)) {
            place = Place.ANSWER;
            give(answer, held.length());
        }
    }

    private void think() {
        int end = held.indexOf(END);
        if (end < 0) {
            give(thoughts, held.length() - begunTag());
            return;
        }
        give(thoughts, end);
        held.delete(0, END.length());
        place = Place.ANSWER;
        give(answer, held.length());
    }

    /** How many characters at the end may be the beginning of the closing tag. */
    private int begunTag() {
        for (int length = Math.min(END.length() - 1, held.length()); length > 0; length--) {
            if (END.startsWith(held.substring(held.length() - length))) {
                return length;
            }
        }
        return 0;
    }

    private void give(Consumer<String> taker, int length) {
        if (length > 0) {
            taker.accept(held.substring(0, length));
            held.delete(0, length);
        }
    }
}
