package io.lynkr.tool.web;

import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes a page as Markdown: its main part if it says which that is, without what is not read
 * (scripts, menus, hidden parts).
 */
final class Markdown {
    private static final String NOT_READ =
            "script, style, noscript, template, svg, canvas, iframe, object, nav, aside, form,"
                    + " button, dialog, [hidden], [aria-hidden=true],"
                    + " [style~=(?i)display\\s*:\\s*none], [style~=(?i)visibility\\s*:\\s*hidden]";

    /** A main part shorter than this share of the page is not the main part. */
    private static final int LEAST_SHARE_PERCENT = 20;

    private static final int DEEPEST = 150;

    private final StringBuilder out = new StringBuilder();

    /** What begins each line: the marks of quotes and the indents of lists. */
    private String margin = "";

    private boolean verbatim;

    /** Whether the line holds a mark and nothing else yet. */
    private boolean begun;

    private Markdown() {}

    static String of(Document document) {
        document.select(NOT_READ).remove();
        var writer = new Markdown();
        writer.children(mainPart(document), 0);
        return writer.out
                .toString()
                .replaceAll("[ \\t]+\n", "\n")
                .replaceAll("\n{3,}", "\n\n")
                .strip();
    }

    private static Element mainPart(Document document) {
        var body = document.body();
        int whole = body.text().length();
        for (var name : List.of("main, [role=main]", "article")) {
            var parts = document.select(name);
            if (parts.size() == 1
                    && parts.getFirst().text().length() * 100L
                            >= (long) whole * LEAST_SHARE_PERCENT) {
                return parts.getFirst();
            }
        }
        document.select("body > header, body > footer").remove();
        return body;
    }

    private void children(Element element, int depth) {
        for (var child : element.childNodes()) {
            node(child, depth + 1);
        }
    }

    private void node(Node node, int depth) {
        if (node instanceof TextNode text) {
            text(verbatim ? text.getWholeText() : text.text());
        } else if (node instanceof Element element) {
            if (depth > DEEPEST) {
                text(element.text());
            } else {
                element(element, depth);
            }
        }
    }

    private void element(Element element, int depth) {
        var name = element.normalName();
        switch (name) {
            case "h1", "h2", "h3", "h4", "h5", "h6" -> {
                block();
                var heading = element.text().strip();
                if (!heading.isEmpty()) {
                    put("#".repeat(name.charAt(1) - '0') + " " + heading);
                }
                block();
            }
            case "br" -> line();
            case "hr" -> {
                block();
                put("---");
                block();
            }
            case "a" -> link(element);
            case "img" -> {
                var alt = element.attr("alt").strip();
                text(alt.isEmpty() ? "" : "[image: " + alt + "]");
            }
            case "strong", "b" -> marked("**", element, depth);
            case "em", "i" -> marked("*", element, depth);
            case "code", "kbd", "samp" -> marked(verbatim ? "" : "`", element, depth);
            case "pre" -> pre(element, depth);
            case "blockquote" -> indented("> ", element, depth);
            case "ul", "ol" -> list(element, depth);
            case "table" -> table(element, depth);
            case "dt" -> {
                block();
                marked("**", element, depth);
                line();
            }
            default -> {
                if (element.isBlock()) {
                    block();
                    children(element, depth);
                    block();
                } else {
                    children(element, depth);
                }
            }
        }
    }

    private void marked(String mark, Element element, int depth) {
        if (element.text().isBlank() || mark.isEmpty()) {
            children(element, depth);
            return;
        }
        text(mark);
        children(element, depth);
        int end = out.length();
        while (end > 0 && out.charAt(end - 1) == ' ') {
            end--;
        }
        out.insert(end, mark);
    }

    private void link(Element element) {
        var label = element.text().strip();
        var target = element.absUrl("href");
        boolean leads = target.startsWith("http") && !element.attr("href").startsWith("#");
        if (label.isEmpty()) {
            return;
        }
        text(leads ? "[" + label + "](" + target + ")" : label);
    }

    private void pre(Element element, int depth) {
        block();
        put("```");
        line();
        verbatim = true;
        children(element, depth);
        verbatim = false;
        line();
        put("```");
        block();
    }

    private void indented(String mark, Element element, int depth) {
        block();
        var outer = margin;
        margin += mark;
        mark(mark);
        children(element, depth);
        endBlankLines();
        margin = outer;
        block();
    }

    private void list(Element element, int depth) {
        boolean nested = !margin.isEmpty();
        if (nested) {
            line();
        } else {
            block();
        }
        int number = 1;
        for (var item : element.children()) {
            line();
            var bullet = element.normalName().equals("ol") ? number++ + ". " : "- ";
            mark(bullet);
            var outer = margin;
            margin += " ".repeat(bullet.length());
            children(item, depth + 1);
            endBlankLines();
            margin = outer;
        }
        if (!nested) {
            block();
        }
    }

    private void table(Element table, int depth) {
        var rows = table.select("tr");
        if (table.select("table").size() > 1 || rows.stream().anyMatch(Markdown::isLayout)) {
            // It lays out the page.
            block();
            for (var cell : table.select("td, th")) {
                if (cell.select("table").isEmpty()) {
                    children(cell, depth + 1);
                    block();
                }
            }
            return;
        }
        block();
        boolean first = true;
        for (var row : rows) {
            var cells = new ArrayList<String>();
            row.children().forEach(cell -> cells.add(cell.text().replace("|", "\\|")));
            line();
            put("| " + String.join(" | ", cells) + " |");
            if (first) {
                line();
                put(cells.stream().map(_ -> "---").collect(Collectors.joining(" | ", "| ", " |")));
                first = false;
            }
        }
        block();
    }

    private static boolean isLayout(Element row) {
        return row.childrenSize() < 2 || row.text().length() > 4_000;
    }

    private void text(String text) {
        if (verbatim) {
            put(text.replace("\n", "\n" + margin));
        } else {
            boolean spaced = out.isEmpty() || endsLine() || out.charAt(out.length() - 1) == ' ';
            put(spaced ? text.stripLeading() : text);
        }
    }

    private void put(String text) {
        if (!text.isEmpty()) {
            out.append(text);
            begun = false;
        }
    }

    /** Begins what a mark stands before: the next block goes on in the same line. */
    private void mark(String mark) {
        out.append(mark);
        begun = true;
    }

    /** Takes back lines that hold nothing but the margin. */
    private void endBlankLines() {
        begun = false;
        while (endsLine()) {
            out.setLength(out.length() - margin.length() - 1);
        }
    }

    private boolean endsLine() {
        return begun
                || (out.length() > margin.length()
                        && out.charAt(out.length() - margin.length() - 1) == '\n');
    }

    private void line() {
        if (!out.isEmpty() && !endsLine()) {
            out.append('\n').append(margin);
        }
    }

    private void block() {
        if (out.isEmpty() || begun) {
            return;
        }
        line();
        int before = out.length() - 2 * (margin.length() + 1);
        if (before < 0 || out.charAt(before) != '\n') {
            out.append('\n').append(margin);
        }
    }
}
