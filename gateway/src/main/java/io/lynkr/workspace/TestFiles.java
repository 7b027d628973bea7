package io.lynkr.workspace;

import java.util.Locale;
import java.util.regex.Pattern;

/** Knows tests, and what belongs to them, by their paths. */
public final class TestFiles {
    private static final Pattern TEST =
            Pattern.compile(
                    "(^|/)(tests?|specs?|__tests__|testing|testdata|fixtures)/"
                            + "|(^|/)(test_[^/]*|tests?\\.\\w+|conftest\\.py)$"
                            + "|[._-](tests?|specs?)\\.\\w+$"
                            + "|[a-z0-9](Tests?|Specs?|TestCase|IT)\\.\\w+$");

    /** Where Maven and Gradle have what is no test, whatever a package there is called. */
    private static final Pattern PRODUCT = Pattern.compile("(^|/)src/main/");

    private TestFiles() {}

    /**
     * @param file with {@code /} between its parts
     */
    public static boolean isTest(String file) {
        return TEST.matcher(file).find() && !PRODUCT.matcher(file).find();
    }

    /** Whether a test is, by its name, one of a file: {@code FooTest} of {@code Foo}. */
    public static boolean isOf(String test, String file) {
        var subject = stem(file);
        return subject.length() > 1 && bare(stem(test)).equals(subject);
    }

    private static String stem(String file) {
        var name = file.substring(file.lastIndexOf('/') + 1);
        int dot = name.indexOf('.', 1);
        return (dot < 0 ? name : name.substring(0, dot)).toLowerCase(Locale.ROOT);
    }

    private static String bare(String stem) {
        return stem.replaceFirst("^tests?[_-]?", "").replaceFirst("[_-]?(tests?|specs?|it)$", "");
    }
}
