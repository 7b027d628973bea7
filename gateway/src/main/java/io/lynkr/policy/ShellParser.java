package io.lynkr.policy;

import io.lynkr.policy.SimpleCommand.Assignment;
import io.lynkr.policy.SimpleCommand.Input;
import io.lynkr.policy.SimpleCommand.Redirection;
import io.lynkr.workspace.ChildEnvironment;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Finds every simple command in a line of bash or POSIX shell, whichever branch, substitution or
 * function body it stands in. It accepts less than bash does: what it is not sure about is an
 * error, as bash and we could otherwise understand it differently.
 */
final class ShellParser {
    static final int LONGEST = 64 << 10;
    private static final int DEEPEST = 40;
    private static final int MOST_COMMANDS = 1_000;

    private static final Set<String> ENDING =
            Set.of("then", "elif", "else", "fi", "do", "done", "esac", "}");

    private final ShellText in;
    private final ShellWords wordReader;
    private final List<SimpleCommand> commands;
    private final boolean bash;
    private int depth;

    private ShellParser(String text, List<SimpleCommand> commands, boolean bash, int depth) {
        this.in = new ShellText(text);
        this.wordReader = new ShellWords(in, this);
        this.commands = commands;
        this.bash = bash;
        this.depth = depth;
    }

    /**
     * All commands of the line.
     *
     * @param bash whether bash will run it; other shells read some of its forms otherwise
     * @throws ShellSyntaxException saying what is not understood
     */
    static List<SimpleCommand> parse(String line, boolean bash) throws ShellSyntaxException {
        if (line.length() > LONGEST) {
            throw new ShellSyntaxException("it is longer than " + LONGEST + " characters");
        }
        if (line.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t')) {
            throw new ShellSyntaxException("it has a control character in it");
        }
        var commands = new ArrayList<SimpleCommand>();
        new ShellParser(line, commands, bash, 0).whole();
        return List.copyOf(commands);
    }

    /** A text that the shell reads as commands of their own, such as the inside of backticks. */
    void parseInner(String text) throws ShellSyntaxException {
        new ShellParser(text, commands, bash, deeper(depth)).whole();
    }

    /** Refuses what only bash reads in this way, unless bash will. */
    void needBash(String form) throws ShellSyntaxException {
        if (!bash) {
            throw new ShellSyntaxException(form + " means different things in different shells");
        }
    }

    void enter() throws ShellSyntaxException {
        depth = deeper(depth);
    }

    void leave() {
        depth--;
    }

    private void whole() throws ShellSyntaxException {
        list();
        if (!in.atEnd()) {
            throw in.unexpected();
        }
        in.checkHereDocuments();
    }

    /** Commands up to a closing parenthesis, which stays. */
    void untilParenthesis() throws ShellSyntaxException {
        enter();
        list();
        leave();
        in.expect(')');
    }

    private static int deeper(int depth) throws ShellSyntaxException {
        if (depth >= DEEPEST) {
            throw new ShellSyntaxException("it is nested too deeply");
        }
        return depth + 1;
    }

    /** Commands until the text, a parenthesis, {@code ;;} or a keyword that ends a body. */
    private void list() throws ShellSyntaxException {
        while (true) {
            skipBetweenCommands();
            if (in.atEnd() || in.peek() == ')' || in.startsWith(";;") || in.startsWith(";&")) {
                return;
            }
            if (atEndingKeyword()) {
                return;
            }
            command();
            in.skipBlanks();
            if (in.take("&&") || in.take("||") || in.take("|&")) {
                requireMore();
            } else if (in.startsWith(";;") || in.startsWith(";&")) {
                return;
            } else if (in.take("|")) {
                requireMore();
            } else if (!in.take("&") && !in.take(";") && !in.atEnd()) {
                char next = in.peek();
                if (next != '\n' && next != ')' && next != '#') {
                    throw in.unexpected();
                }
            }
        }
    }

    private void requireMore() throws ShellSyntaxException {
        skipBetweenCommands();
        if (in.atEnd()
                || in.peek() == ')'
                || in.peek() == ';'
                || in.peek() == '&'
                || in.peek() == '|') {
            throw new ShellSyntaxException("a command is missing after an operator");
        }
    }

    private void skipBetweenCommands() throws ShellSyntaxException {
        while (!in.atEnd()) {
            in.skipBlanks();
            if (in.atEnd()) {
                return;
            }
            if (in.peek() == '#') {
                in.skipLine();
            } else if (in.peek() == '\n') {
                in.next();
                readHereDocuments();
            } else {
                return;
            }
        }
    }

    private void readHereDocuments() throws ShellSyntaxException {
        for (var document : in.takeHereDocuments()) {
            int at = document.command();
            var known = commands.get(at);
            commands.set(
                    at,
                    new SimpleCommand(
                            known.words(),
                            known.assignments(),
                            known.redirections(),
                            new Input(true, body(document))));
        }
    }

    private Word body(ShellText.HereDocument document) throws ShellSyntaxException {
        if (document.quoted()) {
            return Word.literal(document.body());
        }
        var inner = new ShellParser(document.body(), commands, bash, deeper(depth));
        return inner.wordReader.expanded();
    }

    private boolean atEndingKeyword() {
        return ENDING.contains(in.bareWordAhead());
    }

    private void command() throws ShellSyntaxException {
        enter();
        if (in.startsWith("((")) {
            needBash("(( ))");
            in.skip(2);
            wordReader.arithmetic();
            trailingRedirections();
        } else if (in.take("(")) {
            untilParenthesis();
            trailingRedirections();
        } else {
            compound(in.bareWordAhead());
        }
        leave();
    }

    private void compound(String keyword) throws ShellSyntaxException {
        switch (keyword) {
            case "if" -> {
                in.takeWord();
                list();
                expectKeyword("then");
                list();
                while (in.bareWordAhead().equals("elif")) {
                    in.takeWord();
                    list();
                    expectKeyword("then");
                    list();
                }
                if (in.bareWordAhead().equals("else")) {
                    in.takeWord();
                    list();
                }
                closing("fi");
            }
            case "while", "until" -> {
                in.takeWord();
                list();
                body();
            }
            case "for", "select" -> {
                in.takeWord();
                loop();
            }
            case "case" -> {
                in.takeWord();
                choice();
            }
            case "{" -> {
                in.takeWord();
                list();
                closing("}");
            }
            case "function" -> {
                needBash("function");
                in.takeWord();
                in.skipBlanks();
                functionNamed(wordReader.word());
            }
            case "[[" -> {
                needBash("[[ ]]");
                in.takeWord();
                condition();
            }
            case "!", "time" -> {
                in.takeWord();
                in.skipBlanks();
                if (keyword.equals("time") && in.bareWordAhead().equals("-p")) {
                    in.takeWord();
                    in.skipBlanks();
                }
                if (!in.atCommandEnd()) {
                    command();
                }
            }
            case "coproc" -> throw new ShellSyntaxException("coproc is not supported");
            case "then", "elif", "else", "fi", "do", "done", "esac", "}", "in", "]]" ->
                    throw in.unexpected();
            default -> simple();
        }
    }

    private void body() throws ShellSyntaxException {
        expectKeyword("do");
        list();
        closing("done");
    }

    private void loop() throws ShellSyntaxException {
        in.skipBlanks();
        if (in.startsWith("((")) {
            needBash("for (( ))");
            in.skip(2);
            wordReader.arithmetic();
        } else {
            var name = wordReader.word();
            if (!name.isLiteral() || !name.text().matches("[A-Za-z_][A-Za-z0-9_]*")) {
                throw new ShellSyntaxException("a loop needs the name of a variable");
            }
            if (ChildEnvironment.loads(name.text())) {
                throw new ShellSyntaxException("a loop sets " + name.text());
            }
            skipBetweenCommands();
            if (in.bareWordAhead().equals("in")) {
                in.takeWord();
                var words = new ArrayList<Word>();
                words.add(Word.literal(":"));
                for (in.skipBlanks(); !in.atCommandEnd(); in.skipBlanks()) {
                    words.add(wordReader.word());
                }
                // The list's words are data; they are judged as the arguments of a command that
                // does
                // nothing.
                add(SimpleCommand.of(words));
            }
        }
        in.skipBlanks();
        in.take(";");
        skipBetweenCommands();
        body();
    }

    private void choice() throws ShellSyntaxException {
        in.skipBlanks();
        wordReader.word();
        skipBetweenCommands();
        expectKeyword("in");
        skipBetweenCommands();
        while (!in.bareWordAhead().equals("esac")) {
            in.take("(");
            in.skipBlanks();
            wordReader.word();
            for (in.skipBlanks(); in.take("|"); in.skipBlanks()) {
                in.skipBlanks();
                wordReader.word();
            }
            in.expect(')');
            list();
            if (!in.take(";;&") && !in.take(";;") && !in.take(";&")) {
                break;
            }
            skipBetweenCommands();
        }
        closing("esac");
    }

    private void condition() throws ShellSyntaxException {
        var words = new ArrayList<Word>();
        words.add(Word.literal("[["));
        while (true) {
            in.skipBlanks();
            while (!in.atEnd() && "()<>&|!\n".indexOf(in.peek()) >= 0) {
                in.next();
                in.skipBlanks();
            }
            if (in.atEnd()) {
                throw new ShellSyntaxException("[[ is not closed");
            }
            if (in.bareWordAhead().equals("]]")) {
                in.takeWord();
                break;
            }
            words.add(wordReader.conditionWord());
        }
        add(SimpleCommand.of(words));
        trailingRedirections();
    }

    private void expectKeyword(String keyword) throws ShellSyntaxException {
        skipBetweenCommands();
        if (!in.bareWordAhead().equals(keyword)) {
            throw new ShellSyntaxException("'" + keyword + "' is missing");
        }
        in.takeWord();
    }

    private void closing(String keyword) throws ShellSyntaxException {
        expectKeyword(keyword);
        trailingRedirections();
    }

    private void trailingRedirections() throws ShellSyntaxException {
        var parts = new Parts();
        in.skipBlanks();
        while (redirection(parts)) {
            in.skipBlanks();
        }
        if (!parts.isEmpty()) {
            add(parts.command());
        }
    }

    private void simple() throws ShellSyntaxException {
        var parts = new Parts();
        while (true) {
            in.skipBlanks();
            if (in.atCommandEnd()) {
                break;
            }
            if (redirection(parts)) {
                continue;
            }
            if (parts.words.isEmpty() && assignment(parts)) {
                continue;
            }
            var word = wordReader.word();
            in.skipBlanks();
            if (!in.atEnd() && in.peek() == '(') {
                if (!parts.isEmpty()) {
                    throw in.unexpected();
                }
                functionNamed(word);
                return;
            }
            parts.words.add(word);
        }
        if (parts.isEmpty()) {
            throw in.unexpected();
        }
        add(parts.command());
    }

    private void functionNamed(Word name) throws ShellSyntaxException {
        if (!name.isLiteral() || !name.text().matches("[A-Za-z_][A-Za-z0-9_:.-]*")) {
            throw new ShellSyntaxException("a function has the strange name " + name.shown());
        }
        in.skipBlanks();
        if (in.take("(")) {
            in.skipBlanks();
            in.expect(')');
        }
        skipBetweenCommands();
        if (in.atEnd()) {
            throw new ShellSyntaxException("a function has no body");
        }
        command();
    }

    private boolean assignment(Parts parts) throws ShellSyntaxException {
        var name = in.assignmentAhead();
        if (name.isEmpty()) {
            return false;
        }
        in.skip(name.length());
        in.take("+");
        in.expect('=');
        if (in.take("(")) {
            needBash("an array");
            for (skipBetweenCommands(); !in.take(")"); skipBetweenCommands()) {
                if (in.atEnd()) {
                    throw new ShellSyntaxException("an array is not closed");
                }
                parts.assignments.add(new Assignment(name, wordReader.word()));
            }
            if (parts.assignments.stream().noneMatch(a -> a.name().equals(name))) {
                parts.assignments.add(new Assignment(name, Word.literal("")));
            }
        } else {
            parts.assignments.add(new Assignment(name, wordReader.valueWord()));
        }
        return true;
    }

    /** Reads one redirection if there is one: {@code [n]<op>word}, or {@code {name}<op>word}. */
    private boolean redirection(Parts parts) throws ShellSyntaxException {
        int length = in.redirectionAhead();
        if (length == 0) {
            return false;
        }
        var operator = in.cut(length).replaceFirst("^(\\d+|\\{\\w+})", "");
        in.skipBlanks();
        switch (operator) {
            case "<<", "<<-" -> {
                var start = in.position();
                var delimiter = wordReader.word();
                boolean quoted = !in.since(start).equals(delimiter.text());
                if (!delimiter.isLiteral()) {
                    throw new ShellSyntaxException("a here-document has no literal end mark");
                }
                parts.hereDocuments.add(
                        new ShellText.HereMark(delimiter.text(), quoted, operator.equals("<<-")));
            }
            case "<<<" -> {
                needBash("<<<");
                parts.input = new Input(true, wordReader.valueWord());
            }
            case "<&", ">&" -> {
                var target = wordReader.word();
                if (!target.isLiteral()) {
                    throw new ShellSyntaxException("a channel is redirected to something unknown");
                }
                if (!target.text().matches("\\d+-?|-")) {
                    parts.redirections.add(new Redirection(target, operator.equals(">&")));
                }
            }
            case "<" -> parts.redirections.add(new Redirection(wordReader.word(), false));
            default -> parts.redirections.add(new Redirection(wordReader.word(), true));
        }
        return true;
    }

    private void add(SimpleCommand command) throws ShellSyntaxException {
        if (commands.size() == MOST_COMMANDS) {
            throw new ShellSyntaxException("it has more than " + MOST_COMMANDS + " commands");
        }
        commands.add(command);
    }

    /** A simple command while it is read. */
    private final class Parts {
        private final List<Word> words = new ArrayList<>();
        private final List<Assignment> assignments = new ArrayList<>();
        private final List<Redirection> redirections = new ArrayList<>();
        private final List<ShellText.HereMark> hereDocuments = new ArrayList<>();
        private Input input = Input.NONE;

        boolean isEmpty() {
            return words.isEmpty()
                    && assignments.isEmpty()
                    && redirections.isEmpty()
                    && hereDocuments.isEmpty()
                    && !input.given();
        }

        SimpleCommand command() {
            // The body of a here-document comes after the line; until then it is unknown.
            var known = hereDocuments.isEmpty() ? input : new Input(true, Word.UNKNOWN);
            hereDocuments.forEach(mark -> in.awaitHereDocument(mark, commands.size()));
            return new SimpleCommand(words, assignments, redirections, known);
        }
    }
}
