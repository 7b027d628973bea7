package io.lynkr.policy;

import java.util.List;

/**
 * One command that a line would run: no operators, no nesting.
 *
 * @param words the program and its arguments; none if there are only assignments or redirections
 * @param assignments variables set before the command
 * @param redirections files it reads and writes by the shell
 * @param input what a here-document or here-string feeds it; {@link Input#NONE} for nothing of the
 *     kind
 */
record SimpleCommand(
        List<Word> words,
        List<Assignment> assignments,
        List<Redirection> redirections,
        Input input) {

    SimpleCommand {
        words = List.copyOf(words);
        assignments = List.copyOf(assignments);
        redirections = List.copyOf(redirections);
    }

    /** {@code name=value}. */
    record Assignment(String name, Word value) {}

    /** A file that the shell opens. */
    record Redirection(Word target, boolean writes) {}

    /** Where stdin comes from. */
    record Input(boolean given, Word text) {
        static final Input NONE = new Input(false, Word.literal(""));
    }

    static SimpleCommand of(List<Word> words) {
        return new SimpleCommand(words, List.of(), List.of(), Input.NONE);
    }

    SimpleCommand withWords(List<Word> newWords) {
        return new SimpleCommand(newWords, assignments, redirections, input);
    }

    String shown() {
        return String.join(" ", words.stream().map(Word::shown).toList());
    }
}
