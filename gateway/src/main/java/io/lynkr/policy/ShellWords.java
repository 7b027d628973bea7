package io.lynkr.policy;

import static io.lynkr.policy.Word.GAP;

import io.lynkr.policy.Word.Certainty;

import java.util.regex.Pattern;

/**
 * Reads words: quotes, escapes and expansions. Commands in substitutions go to the parser; what
 * they would print is a gap in the word.
 */
final class ShellWords {
    private static final String ENDS = " \t\n;&|<>()";
    private static final Pattern PARAMETER =
            Pattern.compile("[A-Za-z_][A-Za-z0-9_]*|[0-9@*#?$!_-]");
    private static final Pattern NAME_IN_BRACES =
            Pattern.compile("[!#]?(?:[A-Za-z_][A-Za-z0-9_]*|[0-9]+|[@*#?$!-])(?:\\[[@*0-9]+])?");

    /** Numbers, variables and operators; no quotes, subscripts or substitutions. */
    private static final Pattern ARITHMETIC =
            Pattern.compile("[A-Za-z0-9_ \\t+*/%<>=!&|^~?:,$-]|[{}]");

    private final ShellText in;
    private final ShellParser parser;

    private final StringBuilder text = new StringBuilder();
    private Certainty certainty = Certainty.LITERAL;
    private boolean bare = true;

    ShellWords(ShellText in, ShellParser parser) {
        this.in = in;
        this.parser = parser;
    }

    /** A word of a command. */
    Word word() throws ShellSyntaxException {
        int start = in.position();
        var saved = begin();
        part(ENDS, false);
        if (in.position() == start) {
            throw in.unexpected();
        }
        return end(saved);
    }

    /** What an assignment assigns, which may be nothing. */
    Word valueWord() throws ShellSyntaxException {
        var saved = begin();
        part(ENDS, false);
        return end(saved);
    }

    /** A word in {@code [[ ]]}, where regular expressions may hold parentheses and bars. */
    Word conditionWord() throws ShellSyntaxException {
        int start = in.position();
        var saved = begin();
        part(" \t\n;", true);
        if (in.position() == start) {
            throw in.unexpected();
        }
        return end(saved);
    }

    /** A whole text as between double quotes: the body of a here-document. */
    Word expanded() throws ShellSyntaxException {
        var saved = begin();
        while (!in.atEnd()) {
            doubleQuotedCharacter(false);
        }
        return end(saved);
    }

    /** What has been read of an outer word while an inner one is read. */
    private record Saved(String text, Certainty certainty, boolean bare) {}

    private Saved begin() {
        var saved = new Saved(text.toString(), certainty, bare);
        text.setLength(0);
        certainty = Certainty.LITERAL;
        bare = true;
        return saved;
    }

    private Word end(Saved saved) {
        var word = new Word(text.toString(), certainty, bare);
        text.setLength(0);
        text.append(saved.text());
        certainty = saved.certainty();
        bare = saved.bare();
        return word;
    }

    private void part(String ends, boolean inCondition) throws ShellSyntaxException {
        boolean first = true;
        while (!in.atEnd()) {
            char c = in.peek();
            if ((c == '<' || c == '>') && in.peekSecond() == '(') {
                parser.needBash("<( )");
                in.skip(2);
                parser.untilParenthesis();
                gap();
            } else if (ends.indexOf(c) >= 0) {
                return;
            } else {
                character(first, inCondition);
            }
            first = false;
        }
    }

    private void character(boolean first, boolean inCondition) throws ShellSyntaxException {
        char c = in.next();
        switch (c) {
            case '\\' -> {
                bare = false;
                if (in.atEnd()) {
                    throw new ShellSyntaxException("it ends with a backslash");
                }
                char escaped = in.next();
                if (escaped != '\n') {
                    text.append(escaped);
                }
            }
            case '\'' -> {
                bare = false;
                while (nextInQuotes() != '\'') {
                    text.append(in.next());
                }
                in.next();
            }
            case '"' -> doubleQuoted();
            case '$' -> dollar();
            case '`' -> backticks("$`\\");
            case '*', '?', '[', '{' -> {
                text.append(c);
                if (!inCondition && !isLoneBracket(c)) {
                    pattern();
                }
            }
            case '~' -> {
                text.append(c);
                var before = text.toString();
                if (first || (!inCondition && (before.endsWith("=~") || before.endsWith(":~")))) {
                    gap();
                }
            }
            default -> text.append(c);
        }
    }

    /** The commands {@code [} and {@code {}} are no patterns. */
    private boolean isLoneBracket(char c) {
        if (c == '[') {
            return text.length() == 1 && (in.atEnd() || ENDS.indexOf(in.peek()) >= 0);
        }
        return c == '{' && !in.atEnd() && (in.peek() == '}' || ENDS.indexOf(in.peek()) >= 0);
    }

    private void doubleQuoted() throws ShellSyntaxException {
        bare = false;
        while (nextInQuotes() != '"') {
            doubleQuotedCharacter(true);
        }
        in.next();
    }

    private char nextInQuotes() throws ShellSyntaxException {
        if (in.atEnd()) {
            throw new ShellSyntaxException("a quote is not closed");
        }
        return in.peek();
    }

    private void doubleQuotedCharacter(boolean quotesEnd) throws ShellSyntaxException {
        char c = in.next();
        switch (c) {
            case '\\' -> {
                if (in.atEnd()) {
                    throw new ShellSyntaxException("it ends with a backslash");
                }
                char escaped = in.next();
                if (escaped != '\n') {
                    boolean special = "$`\\".indexOf(escaped) >= 0 || (quotesEnd && escaped == '"');
                    text.append(special ? "" : "\\").append(escaped);
                }
            }
            case '$' -> {
                if (!in.atEnd() && (in.peek() == '\'' || in.peek() == '"')) {
                    text.append(c);
                } else {
                    dollar();
                }
            }
            case '`' -> backticks(quotesEnd ? "$`\\\"" : "$`\\");
            default -> text.append(c);
        }
    }

    /** After a dollar sign. */
    private void dollar() throws ShellSyntaxException {
        bare = false;
        if (in.atEnd() || in.peek() == ' ') {
            text.append('$');
        } else if (in.take("((")) {
            arithmetic();
            gap();
        } else if (in.take("(")) {
            parser.untilParenthesis();
            gap();
        } else if (in.take("{")) {
            braces();
            gap();
        } else if (in.peek() == '[') {
            throw new ShellSyntaxException("$[ ] is not supported");
        } else if (in.take("'")) {
            parser.needBash("$' '");
            ansiQuoted();
        } else if (in.take("\"")) {
            parser.needBash("$\" \"");
            doubleQuoted();
        } else {
            int name = in.ahead(PARAMETER);
            if (name > 0) {
                in.skip(name);
                gap();
            } else {
                text.append('$');
            }
        }
    }

    private void gap() {
        text.append(GAP);
        certainty = Certainty.UNKNOWN;
    }

    private void pattern() {
        bare = false;
        if (certainty == Certainty.LITERAL) {
            certainty = Certainty.PATTERN;
        }
    }

    /** After <code>${</code>: a name, and maybe an operator with a word, up to the brace. */
    private void braces() throws ShellSyntaxException {
        int name = in.ahead(NAME_IN_BRACES);
        if (name == 0) {
            throw new ShellSyntaxException("an expansion in braces is not understood");
        }
        in.skip(name);
        if (!in.atEnd() && (in.peek() == '@' || in.peek() == '[')) {
            throw new ShellSyntaxException("this kind of expansion in braces is not supported");
        }
        // What follows is a word of its own; only the commands in it are of interest. Quotes in it
        // mean different things inside and outside of quotes.
        var saved = begin();
        parser.enter();
        while (nextInQuotes() != '}') {
            if (in.peek() == '\'' || in.peek() == '"') {
                throw new ShellSyntaxException(
                        "quotes in an expansion in braces are not supported");
            }
            doubleQuotedCharacter(false);
        }
        parser.leave();
        in.next();
        end(saved);
    }

    private void ansiQuoted() throws ShellSyntaxException {
        while (nextInQuotes() != '\'') {
            char c = in.next();
            if (c == '\\') {
                ansiEscape();
            } else {
                text.append(c);
            }
        }
        in.next();
    }

    private void ansiEscape() throws ShellSyntaxException {
        nextInQuotes();
        char c = in.next();
        switch (c) {
            case 'a' -> text.append('\u0007');
            case 'b' -> text.append('\b');
            case 'e', 'E' -> text.append('\u001B');
            case 'f' -> text.append('\f');
            case 'n' -> text.append('\n');
            case 'r' -> text.append('\r');
            case 't' -> text.append('\t');
            case 'v' -> text.append('\u000B');
            case '\\', '\'', '"', '?' -> text.append(c);
            case 'x' -> number(16, 2);
            case 'u' -> number(16, 4);
            case 'U' -> number(16, 8);
            case '0', '1', '2', '3', '4', '5', '6', '7' -> {
                in.skip(-1);
                number(8, 3);
            }
            default -> throw new ShellSyntaxException("\\" + c + " in $'…' is not understood");
        }
    }

    private void number(int radix, int most) throws ShellSyntaxException {
        long value = 0;
        int digits = 0;
        while (digits < most && !in.atEnd() && Character.digit(in.peek(), radix) >= 0) {
            value = value * radix + Character.digit(in.next(), radix);
            digits++;
        }
        if (digits == 0 || value == 0 || value > Character.MAX_CODE_POINT) {
            throw new ShellSyntaxException("a character in $'…' is not understood");
        }
        text.appendCodePoint((int) value);
    }

    /**
     * After a backtick, up to the next.
     *
     * @param escapable what a backslash escapes on this level
     */
    private void backticks(String escapable) throws ShellSyntaxException {
        bare = false;
        var inner = new StringBuilder();
        while (nextInQuotes() != '`') {
            char c = in.next();
            if (c == '\\' && escapable.indexOf(nextInQuotes()) >= 0) {
                c = in.next();
            }
            inner.append(c);
        }
        in.next();
        parser.parseInner(inner.toString());
        gap();
    }

    /**
     * After two opening parentheses, up to two closing ones. bash evaluates what variables hold as
     * well, subscripts with commands in them included, so that only plain sums are let through.
     */
    void arithmetic() throws ShellSyntaxException {
        int open = 0;
        while (!in.atEnd()) {
            char c = in.peek();
            if (c == '(') {
                open++;
            } else if (c == ')' && open > 0) {
                open--;
            } else if (c == ')') {
                in.next();
                in.expect(')');
                return;
            } else if (!ARITHMETIC.matcher(String.valueOf(c)).matches()) {
                throw new ShellSyntaxException("'" + c + "' in arithmetic is not supported");
            }
            if (in.startsWith("$(")) {
                throw new ShellSyntaxException("a command in arithmetic is not supported");
            }
            in.next();
        }
        throw new ShellSyntaxException("arithmetic is not closed");
    }
}
