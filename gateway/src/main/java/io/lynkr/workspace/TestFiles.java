package io.lynkr.tool.git;

import java.util.Locale;
import java.util.regex.Pattern;

/** Knows tests by their names. */
final class TestFiles {
    private static final Pattern TEST =
            Pattern.compile(
                    "(?i)(.*/)?(tests?|specs?|__tests__)/.*|.*(tests?|specs?|IT)\\.\\w+|(.*/)?test_.*");

    private TestFiles() {}

    static boolean isTest(String file) {
        return TEST.matcher(file).matches();
    }

    /** Whether a test is, by its name, one of a file: {@code FooTest} of {@code Foo}. */
    static boolean isOf(String test, String file) {
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
