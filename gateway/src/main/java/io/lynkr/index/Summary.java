package io.lynkr.index;

import io.lynkr.json.JsonObject;
import io.lynkr.workspace.Workspace;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What kind of repository it is, each fact with the file that says so. No absolute path is in it.
 *
 * @param languages lines by language, the largest first
 * @param modules folders and the folders that they use
 */
public record Summary(
        int files,
        long lines,
        Map<String, Long> languages,
        List<Fact> frameworks,
        List<Fact> commands,
        List<Fact> style,
        List<Fact> entryPoints,
        List<Fact> tests,
        ModuleGraph modules,
        List<Fact> problems) {
    private static final int MOST = 12;

    /** Something that a file tells. */
    public record Fact(String text, String evidence) {}

    private static final Map<String, String> BUILD_FILES =
            Map.ofEntries(
                    Map.entry("pom.xml", "Maven"),
                    Map.entry("build.gradle", "Gradle"),
                    Map.entry("build.gradle.kts", "Gradle"),
                    Map.entry("go.mod", "Go modules"),
                    Map.entry("Cargo.toml", "Cargo"),
                    Map.entry("package.json", "npm"),
                    Map.entry("pyproject.toml", "Python"),
                    Map.entry("requirements.txt", "pip"),
                    Map.entry("setup.py", "setuptools"),
                    Map.entry("Gemfile", "Bundler"),
                    Map.entry("composer.json", "Composer"),
                    Map.entry("CMakeLists.txt", "CMake"),
                    Map.entry("Makefile", "make"),
                    Map.entry("Package.swift", "Swift packages"),
                    Map.entry("Dockerfile", "Docker"));
    private static final Map<String, String> COMMANDS =
            Map.ofEntries(
                    Map.entry("pom.xml", "mvn verify"),
                    Map.entry("build.gradle", "gradle build"),
                    Map.entry("build.gradle.kts", "gradle build"),
                    Map.entry("go.mod", "go test ./..."),
                    Map.entry("Cargo.toml", "cargo test"),
                    Map.entry("tox.ini", "tox"),
                    Map.entry("pytest.ini", "pytest"),
                    Map.entry("Rakefile", "rake"));
    private static final Pattern STYLE_FILE =
            Pattern.compile(
                    "\\.editorconfig|\\.?eslint(rc.*|\\.config\\..+)|\\.prettierrc.*|prettier\\.config\\..+|\\.stylelintrc.*|\\.clang-(format|tidy)|\\.flake8|\\.pylintrc|ruff\\.toml|rustfmt\\.toml|\\.rubocop\\.yml|checkstyle.*\\.xml|\\.golangci\\.ya?ml|biome\\.jsonc?|tsconfig\\.json|\\.pre-commit-config\\.yaml");
    private static final Pattern ENTRY =
            Pattern.compile(
                    "(^|/)(main|index|app|server|cli|__main__|manage)\\.(go|py|rs|ts|js|rb|c|cc|cpp)$|(^|/)(Main|Application|App)\\.(java|kt|scala|cs|swift)$|(^|/)(cmd|bin)/[^/]+(/main\\.go)?$");
    private static final Pattern MAKE_TARGET = Pattern.compile("(?m)^([a-z][\\w-]{1,20}):(?!=)");
    private static final Map<String, String> ON_NPM =
            Map.ofEntries(
                    Map.entry("react", "React"),
                    Map.entry("next", "Next.js"),
                    Map.entry("vue", "Vue"),
                    Map.entry("express", "Express"),
                    Map.entry("@angular/core", "Angular"),
                    Map.entry("svelte", "Svelte"),
                    Map.entry("jest", "Jest"),
                    Map.entry("vitest", "Vitest"),
                    Map.entry("mocha", "Mocha"),
                    Map.entry("typescript", "TypeScript"));
    private static final Map<String, String> ON_MAVEN =
            Map.of(
                    "spring-boot", "Spring Boot",
                    "junit-jupiter", "JUnit",
                    "junit", "JUnit",
                    "vertx-core", "Vert.x",
                    "quarkus", "Quarkus");
    private static final Map<String, String> ON_PYPI =
            Map.of("django", "Django", "flask", "Flask", "fastapi", "FastAPI", "pytest", "pytest");
    private static final Map<String, Map<String, String>> FRAMEWORKS =
            Map.of(
                    "pom.xml", ON_MAVEN,
                    "build.gradle", ON_MAVEN,
                    "build.gradle.kts", ON_MAVEN,
                    "pyproject.toml", ON_PYPI,
                    "requirements.txt", ON_PYPI,
                    "setup.py", ON_PYPI,
                    "Gemfile", Map.of("rails", "Rails", "sinatra", "Sinatra", "rspec", "RSpec"),
                    "go.mod", Map.of("gin-gonic/gin", "Gin"),
                    "Cargo.toml", Map.of("tokio", "Tokio", "serde", "Serde"));

    static Summary of(Workspace workspace, SourceFiles files) {
        var sorted = new ArrayList<>(files.all());
        sorted.sort(
                Comparator.comparingInt((SourceFile file) -> file.path().split("/").length)
                        .thenComparing(SourceFile::path));
        var byLanguage = new TreeMap<String, Long>();
        for (var file : sorted) {
            file.language()
                    .filter(_ -> file.origin() == Origin.SOURCE || file.origin() == Origin.TEST)
                    .ifPresent(it -> byLanguage.merge(it.word(), (long) file.lines(), Long::sum));
        }
        var languages = new LinkedHashMap<String, Long>();
        byLanguage.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .forEach(entry -> languages.put(entry.getKey(), entry.getValue()));
        var reading = new Reading(workspace);
        sorted.forEach(reading::look);
        return new Summary(
                sorted.size(),
                sorted.stream().mapToLong(SourceFile::lines).sum(),
                languages,
                few(reading.frameworks),
                few(reading.commands),
                few(reading.style),
                few(reading.entryPoints),
                tests(sorted),
                ModuleGraph.of(files),
                sorted.stream()
                        .filter(file -> file.language().isPresent() && !file.note().isEmpty())
                        .map(file -> new Fact(file.note(), file.path()))
                        .limit(MOST)
                        .toList());
    }

    private static List<Fact> few(List<Fact> facts) {
        return facts.stream().distinct().limit(MOST).toList();
    }

    private static List<Fact> tests(List<SourceFile> files) {
        var folders = new TreeMap<String, Integer>();
        files.stream()
                .filter(file -> file.origin() == Origin.TEST && file.language().isPresent())
                .forEach(file -> folders.merge(file.folder(), 1, Integer::sum));
        return folders.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .limit(5)
                .map(it -> new Fact(it.getValue() + " test files", it.getKey()))
                .toList();
    }

    private static final class Reading {
        private static final int DEEPEST = 3;

        private final Workspace workspace;
        private final List<Fact> frameworks = new ArrayList<>();
        private final List<Fact> commands = new ArrayList<>();
        private final List<Fact> style = new ArrayList<>();
        private final List<Fact> entryPoints = new ArrayList<>();

        Reading(Workspace workspace) {
            this.workspace = workspace;
        }

        void look(SourceFile file) {
            if (file.origin() == Origin.VENDORED || file.path().split("/").length > DEEPEST + 4) {
                return;
            }
            if (ENTRY.matcher(file.path()).find()
                    && file.origin() == Origin.SOURCE
                    && file.language().isPresent()) {
                entryPoints.add(new Fact("may start here", file.path()));
            }
            if (file.path().split("/").length > DEEPEST) {
                return;
            }
            if (STYLE_FILE.matcher(file.name()).matches()) {
                style.add(new Fact(file.name(), file.path()));
            }
            var build = BUILD_FILES.get(file.name());
            if (build != null) {
                frameworks.add(new Fact(build, file.path()));
                dependencies(file);
            }
            var command = COMMANDS.get(file.name());
            if (command != null && !file.path().contains("/")) {
                commands.add(new Fact(command, file.path()));
            }
            if (file.name().equals("Makefile") && !file.path().contains("/")) {
                ModulePaths.read(workspace, file)
                        .ifPresent(
                                text ->
                                        MAKE_TARGET
                                                .matcher(text)
                                                .results()
                                                .limit(8)
                                                .forEach(
                                                        found ->
                                                                commands.add(
                                                                        new Fact(
                                                                                "make "
                                                                                        + found
                                                                                                .group(
                                                                                                        1),
                                                                                file.path()))));
            }
        }

        private void dependencies(SourceFile file) {
            if (file.name().equals("package.json")) {
                ModulePaths.json(workspace, file).ifPresent(json -> npm(file, json));
                return;
            }
            var text = ModulePaths.read(workspace, file).orElse("").toLowerCase(Locale.ROOT);
            FRAMEWORKS
                    .getOrDefault(file.name(), Map.of())
                    .forEach(
                            (name, title) -> {
                                var word = "(?<![\\w-])" + Pattern.quote(name) + "(?!\\w)";
                                if (Pattern.compile(word).matcher(text).find()) {
                                    frameworks.add(new Fact(title, file.path()));
                                }
                            });
        }

        private void npm(SourceFile file, JsonObject json) {
            for (var key : List.of("dependencies", "devDependencies", "peerDependencies")) {
                json.object(key)
                        .ifPresent(
                                all ->
                                        all.forEach(
                                                (name, _) -> {
                                                    var title = ON_NPM.get(name);
                                                    if (title != null) {
                                                        frameworks.add(
                                                                new Fact(title, file.path()));
                                                    }
                                                }));
            }
            json.object("scripts")
                    .ifPresent(
                            scripts ->
                                    scripts.forEach(
                                            (name, _) -> {
                                                if (name.matches(
                                                                "build|test|lint|start|dev|format|typecheck|check|test:\\w+")
                                                        && !file.path().contains("/")) {
                                                    commands.add(
                                                            new Fact(
                                                                    "npm run " + name,
                                                                    file.path()));
                                                }
                                            }));
        }
    }
}
