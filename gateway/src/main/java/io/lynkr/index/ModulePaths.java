package io.lynkr.index;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonException;
import io.lynkr.json.JsonObject;
import io.lynkr.workspace.TextFile;
import io.lynkr.workspace.Workspace;
import io.lynkr.workspace.WorkspaceException;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Where modules that are not named by their path lie: packages of a JavaScript workspace, path maps
 * of TypeScript, modules of Go.
 */
final class ModulePaths {
    private static final Pattern GO_MODULE = Pattern.compile("(?m)^module\\s+\"?([^\\s\"]+)");
    private static final Pattern JSON_NOISE =
            Pattern.compile(
                    "(\"(?:[^\"\\\\]|\\\\.)*\")|//[^\\n]*|/\\*[\\s\\S]*?\\*/|,(?=\\s*[}\\]])");

    /** Folders by the name of the module or package in them. */
    private final Map<String, String> goModules = new LinkedHashMap<>();

    private final Map<String, List<String>> packages = new LinkedHashMap<>();
    private final List<PathMap> maps = new ArrayList<>();

    private record PathMap(String folder, String base, Map<String, List<String>> paths) {}

    static ModulePaths of(Workspace workspace, List<SourceFile> files) {
        var paths = new ModulePaths();
        for (var file : files) {
            switch (file.name()) {
                case "go.mod" ->
                        read(workspace, file)
                                .map(GO_MODULE::matcher)
                                .filter(java.util.regex.Matcher::find)
                                .ifPresent(
                                        found ->
                                                paths.goModules.put(found.group(1), file.folder()));
                case "package.json" -> json(workspace, file).ifPresent(it -> paths.add(file, it));
                case "tsconfig.json", "jsconfig.json", "tsconfig.base.json" ->
                        json(workspace, file).ifPresent(it -> paths.addMap(file, it));
                default -> {}
            }
        }
        return paths;
    }

    static java.util.Optional<String> read(Workspace workspace, SourceFile file) {
        try {
            return TextFile.decode(workspace.read(workspace.path(file.path()))).map(TextFile::text);
        } catch (WorkspaceException gone) {
            return java.util.Optional.empty();
        }
    }

    /** With comments and commas too many, as such files have. */
    static java.util.Optional<JsonObject> json(Workspace workspace, SourceFile file) {
        return read(workspace, file)
                .flatMap(
                        text -> {
                            try {
                                var plain =
                                        JSON_NOISE
                                                .matcher(text)
                                                .replaceAll(
                                                        found ->
                                                                found.group(1) == null
                                                                        ? ""
                                                                        : java.util.regex.Matcher
                                                                                .quoteReplacement(
                                                                                        found.group(
                                                                                                1)));
                                return java.util.Optional.of(JsonObject.parse(plain));
                            } catch (JsonException broken) {
                                return java.util.Optional.empty();
                            }
                        });
    }

    private void add(SourceFile file, JsonObject json) {
        var name = json.string("name").orElse("");
        if (name.isEmpty()) {
            return;
        }
        var entries = new ArrayList<String>();
        for (var key : List.of("source", "types", "module", "main")) {
            json.string(key)
                    .ifPresent(entry -> entries.add(SourceFiles.join(file.folder(), entry)));
        }
        entries.add(SourceFiles.join(file.folder(), "src"));
        entries.add(SourceFiles.join(file.folder(), "src/index"));
        entries.add(file.folder());
        packages.put(name, entries);
    }

    private void addMap(SourceFile file, JsonObject json) {
        var options = json.object("compilerOptions").orElse(JsonObject.EMPTY);
        var base = SourceFiles.join(file.folder(), options.string("baseUrl").orElse("."));
        var paths = new LinkedHashMap<String, List<String>>();
        options.object("paths")
                .ifPresent(
                        all ->
                                all.forEach(
                                        (pattern, targets) -> {
                                            if (targets instanceof JsonArray array) {
                                                paths.put(pattern, array.strings());
                                            }
                                        }));
        if (!paths.isEmpty() || options.has("baseUrl")) {
            maps.add(new PathMap(file.folder(), base, paths));
        }
    }

    /** Paths, without their endings, at which a module that is not relative may lie. */
    List<String> candidates(String from, String module) {
        var candidates = new ArrayList<String>();
        for (var map : maps) {
            if (map.folder().isEmpty() || from.startsWith(map.folder() + "/")) {
                mapped(map, module, candidates);
                candidates.add(SourceFiles.join(map.base(), module));
            }
        }
        packages.forEach(
                (name, entries) -> {
                    if (module.equals(name)) {
                        candidates.addAll(entries);
                    } else if (module.startsWith(name + "/")) {
                        var rest = module.substring(name.length() + 1);
                        candidates.add(SourceFiles.join(entries.getLast(), rest));
                        candidates.add(SourceFiles.join(entries.getLast(), "src/" + rest));
                    }
                });
        return candidates;
    }

    private static void mapped(PathMap map, String module, List<String> candidates) {
        map.paths()
                .forEach(
                        (pattern, targets) -> {
                            int star = pattern.indexOf('*');
                            if (star < 0 && pattern.equals(module)) {
                                targets.forEach(
                                        it -> candidates.add(SourceFiles.join(map.base(), it)));
                            } else if (star >= 0
                                    && module.startsWith(pattern.substring(0, star))
                                    && module.endsWith(pattern.substring(star + 1))
                                    && module.length() >= pattern.length() - 1) {
                                var middle =
                                        module.substring(
                                                star,
                                                module.length() - (pattern.length() - star - 1));
                                targets.forEach(
                                        it ->
                                                candidates.add(
                                                        SourceFiles.join(
                                                                map.base(),
                                                                it.replace("*", middle))));
                            }
                        });
    }

    List<String> goFolders(String module) {
        var folders = new ArrayList<String>();
        goModules.forEach(
                (name, folder) -> {
                    if (module.equals(name)) {
                        folders.add(folder);
                    } else if (module.startsWith(name + "/")) {
                        folders.add(SourceFiles.join(folder, module.substring(name.length() + 1)));
                    }
                });
        return folders;
    }
}
