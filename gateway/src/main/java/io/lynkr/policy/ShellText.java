package io.lynkr.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The text of a command line and how far it has been read. */
final class ShellText {
    private static final Pattern ASSIGNMENT = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)\\+?=");
    private static final Pattern SUBSCRIPT = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*\\[");
    private static final Pattern REDIRECTION =
            Pattern.compile(
                    "(?:\\d+|\\{\\w+})?(?:<<<|<<-|<<|<&|<>|<(?!\\()|>>|>&|>\\||>(?!\\())|&>>|&>");
    private static final String WORD_ENDS = " \t\n;&|<>()";

    private final String text;
    private int at;
    private final List<Awaited> awaited = new ArrayList<>();

    /** How a here-document was announced. */
    record HereMark(String end, boolean quoted, boolean stripTabs) {}

    /** A here-document whose lines come after the current one. */
    private record Awaited(HereMark mark, int command) {}

    /** A here-document with its text; {@code command} says whose it is. */
    record HereDocument(String body, boolean quoted, int command) {}

    ShellText(String text) {
        this.text = text;
    }

    boolean atEnd() {
        return at >= text.length();
    }

    char peek() {
        return text.charAt(at);
    }

    /** The character after the next; a space at the end. */
    char peekSecond() {
        return at + 1 < text.length() ? text.charAt(at + 1) : ' ';
    }

    char next() {
        return text.charAt(at++);
    }

    int position() {
        return at;
    }

    String since(int start) {
        return text.substring(start, at);
    }

    void skip(int count) {
        at += count;
    }

    String cut(int count) {
        at += count;
        return text.substring(at - count, at);
    }

    boolean startsWith(String start) {
        return text.startsWith(start, at);
    }

    boolean take(String expected) {
        boolean there = startsWith(expected);
        if (there) {
            at += expected.length();
        }
        return there;
    }

    void expect(char expected) throws ShellSyntaxException {
        if (atEnd() || peek() != expected) {
            throw new ShellSyntaxException("'" + expected + "' is missing");
        }
        at++;
    }

    /** Blanks, and lines that go on after a backslash. */
    void skipBlanks() {
        while (!atEnd()) {
            if (peek() == ' ' || peek() == '\t') {
                at++;
            } else if (startsWith("\\\n")) {
                at += 2;
            } else {
                return;
            }
        }
    }

    void skipLine() {
        while (!atEnd() && peek() != '\n') {
            at++;
        }
    }

    /** Whether a simple command ends here: an operator, a line end, a comment or the end. */
    boolean atCommandEnd() {
        if (atEnd()) {
            return true;
        }
        char c = peek();
        if (c == '#') {
            return true; // blanks were skipped, so it begins a word
        }
        return ("\n;|)".indexOf(c) >= 0 || (c == '&' && peekSecond() != '>'));
    }

    /** The next word if it is one without any quoting, else empty; nothing is taken. */
    String bareWordAhead() {
        int end = at;
        while (end < text.length() && WORD_ENDS.indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return text.substring(at, end);
    }

    /** How much of what comes next the pattern matches; 0 if it does not. */
    int ahead(Pattern pattern) {
        var matcher = pattern.matcher(text).region(at, text.length());
        return matcher.lookingAt() ? matcher.end() - at : 0;
    }

    void takeWord() {
        at += bareWordAhead().length();
    }

    /** The name of a variable if an assignment comes next, else empty. */
    String assignmentAhead() throws ShellSyntaxException {
        var matcher = ASSIGNMENT.matcher(text).region(at, text.length());
        if (matcher.lookingAt()) {
            return matcher.group(1);
        }
        if (ahead(SUBSCRIPT) > 0) {
            throw new ShellSyntaxException("a variable with a subscript is not supported");
        }
        return "";
    }

    /** How long the redirection operator is that comes next; 0 if none does. */
    int redirectionAhead() {
        return ahead(REDIRECTION);
    }

    void awaitHereDocument(HereMark mark, int command) {
        awaited.add(new Awaited(mark, command));
    }

    /** Reads the bodies that begin at this line. */
    List<HereDocument> takeHereDocuments() throws ShellSyntaxException {
        var documents = new ArrayList<HereDocument>();
        for (var one : awaited) {
            documents.add(takeHereDocument(one));
        }
        awaited.clear();
        return documents;
    }

    private HereDocument takeHereDocument(Awaited one) throws ShellSyntaxException {
        var body = new StringBuilder();
        while (!atEnd()) {
            int end = text.indexOf('\n', at);
            var line = end < 0 ? text.substring(at) : text.substring(at, end);
            at = end < 0 ? text.length() : end + 1;
            if (one.mark().stripTabs()) {
                line = line.replaceFirst("^\t+", "");
            }
            if (line.equals(one.mark().end())) {
                return new HereDocument(body.toString(), one.mark().quoted(), one.command());
            }
            body.append(line).append('\n');
        }
        throw new ShellSyntaxException("a here-document has no end");
    }

    void checkHereDocuments() throws ShellSyntaxException {
        if (!awaited.isEmpty()) {
            throw new ShellSyntaxException("a here-document has no text");
        }
    }

    ShellSyntaxException unexpected() {
        var what = atEnd() ? "it ends too early" : "'" + peek() + "' is unexpected";
        return new ShellSyntaxException(what + " at character " + (at + 1));
    }
}
