package io.lynkr.tool.test;

import io.lynkr.tool.test.CaseResult.Status;

import java.util.ArrayList;
import java.util.List;

import javax.xml.stream.XMLStreamException;

/**
 * Reports in the XML of JUnit, as Surefire, Gradle, pytest, Jest, Go's and many others' tools write
 * them: {@code testsuite > testcase > failure|error|skipped}.
 */
final class JUnitXml implements Xml.Reader {
    private final SourceFinder sources;
    private final List<CaseResult> cases = new ArrayList<>();
    private String suiteFile = "";
    private String name = "";
    private String className = "";
    private String file = "";
    private int line;
    private Status status = Status.PASSED;
    private final StringBuilder trouble = new StringBuilder();
    private boolean inTrouble;

    private JUnitXml(SourceFinder sources) {
        this.sources = sources;
    }

    /**
     * Reads one file.
     *
     * @throws XMLStreamException if it is not well-formed
     */
    static List<CaseResult> read(byte[] xml, SourceFinder sources) throws XMLStreamException {
        var reader = new JUnitXml(sources);
        Xml.read(xml, reader);
        return reader.cases;
    }

    @Override
    public void begins(String element, Xml.Element attributes) {
        switch (element) {
            case "testsuite" -> suiteFile = attributes.text("file");
            case "testcase" -> {
                name = attributes.text("name");
                className = attributes.text("classname");
                file = attributes.text("file");
                line = attributes.number("line");
                status = Status.PASSED;
                trouble.setLength(0);
            }
            case "failure", "error" -> {
                status = Status.FAILED;
                trouble.append(attributes.text("message")).append('\n');
                inTrouble = true;
            }
            case "skipped" -> status = Status.SKIPPED;
            default -> {}
        }
    }

    @Override
    public void text(String text) {
        if (inTrouble) {
            trouble.append(text);
        }
    }

    @Override
    public void ends(String element) {
        switch (element) {
            case "failure", "error" -> inTrouble = false;
            case "testcase" -> cases.add(finished());
            default -> {}
        }
    }

    private CaseResult finished() {
        var full = className.isEmpty() ? name : className + "." + name;
        var result = new CaseResult(full, status, told(), line, trouble.toString().strip());
        if (!result.failed()) {
            return result;
        }
        return sources.place(trouble.toString(), hint()).map(result::at).orElse(result);
    }

    private String told() {
        var given = file.isEmpty() ? suiteFile : file;
        return sources.find(given).orElse(given);
    }

    /** A class is in a file of its name; its path tells more than the name of a test. */
    private String hint() {
        return told().isEmpty() ? className.replaceFirst("[$].*", "").replace('.', '/') : told();
    }
}
