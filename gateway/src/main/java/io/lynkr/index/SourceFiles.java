package io.lynkr.index;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The files of the index by number, path and name, and what modules lie in them. */
final class SourceFiles {
    private static final List<String> SCRIPT_ENDINGS =
            List.of("", ".ts", ".tsx", ".d.ts", ".js", ".jsx", ".mjs", ".cjs", ".mts", ".cts");

    private final Map<Integer, SourceFile> byId = new HashMap<>();
    private final Map<String, SourceFile> byPath = new HashMap<>();
    private final Map<String, List<SourceFile>> byName = new HashMap<>();
    private final Map<String, List<SourceFile>> byFolder = new HashMap<>();
    private final ModulePaths paths;
    private final Map<String, Set<Integer>> known = new HashMap<>();

    SourceFiles(List<SourceFile> files, ModulePaths paths) {
        this.paths = paths;
        for (var file : files) {
            byId.put(file.id(), file);
            byPath.put(file.path(), file);
            byName.computeIfAbsent(file.name(), _ -> new ArrayList<>()).add(file);
            byFolder.computeIfAbsent(file.folder(), _ -> new ArrayList<>()).add(file);
        }
    }

    SourceFile byId(int id) {
        var file = byId.get(id);
        if (file == null) {
            throw new IllegalArgumentException("no file " + id);
        }
        return file;
    }

    boolean has(int id) {
        return byId.containsKey(id);
    }

    Optional<SourceFile> byPath(String path) {
        return Optional.ofNullable(byPath.get(path));
    }

    List<SourceFile> all() {
        return List.copyOf(byPath.values());
    }

    /** The files behind a module's name; none if it is from elsewhere. */
    synchronized Set<Integer> modules(SourceFile from, String module) {
        return known.computeIfAbsent(
                from.folder() + "\t" + from.language() + "\t" + module, _ -> find(from, module));
    }

    private Set<Integer> find(SourceFile from, String module) {
        return switch (from.language().orElseThrow()) {
            case TYPESCRIPT, TSX, JAVASCRIPT -> script(from, module);
            case PYTHON -> python(from, module);
            case GO -> go(module);
            case C, CPP -> header(from, module);
            default -> Set.of();
        };
    }

    private Set<Integer> script(SourceFile from, String module) {
        if (module.startsWith(".")) {
            return scriptAt(join(from.folder(), module));
        }
        for (var path : paths.candidates(from.path(), module)) {
            var found = scriptAt(path);
            if (!found.isEmpty()) {
                return found;
            }
        }
        return Set.of();
    }

    private Set<Integer> scriptAt(String path) {
        var bases = new ArrayList<>(List.of(path));
        for (var ending : List.of(".js", ".jsx", ".mjs", ".cjs")) {
            if (path.endsWith(ending)) {
                bases.add(path.substring(0, path.length() - ending.length()));
            }
        }
        for (var base : bases) {
            for (var middle : List.of("", base.isEmpty() ? "index" : "/index")) {
                for (var ending : SCRIPT_ENDINGS) {
                    var file = byPath.get(base + middle + ending);
                    if (file != null && file.language().isPresent()) {
                        return Set.of(file.id());
                    }
                }
            }
        }
        return Set.of();
    }

    private Set<Integer> python(SourceFile from, String module) {
        int dots = 0;
        while (dots < module.length() && module.charAt(dots) == '.') {
            dots++;
        }
        var rest = module.substring(dots).replace('.', '/');
        if (dots > 0) {
            var base = from.folder();
            for (int i = 1; i < dots; i++) {
                int slash = base.lastIndexOf('/');
                base = slash < 0 ? "" : base.substring(0, slash);
            }
            return pythonAt(rest.isEmpty() ? base : base.isEmpty() ? rest : base + "/" + rest);
        }
        for (var base = from.folder();
                ;
                base = base.substring(0, Math.max(0, base.lastIndexOf('/')))) {
            var found = pythonAt(base.isEmpty() ? rest : base + "/" + rest);
            if (!found.isEmpty()) {
                return found;
            }
            if (base.isEmpty()) {
                break;
            }
        }
        return bySuffix(rest);
    }

    private Set<Integer> pythonAt(String path) {
        for (var ending : List.of(".py", "/__init__.py", ".pyi", "/__init__.pyi")) {
            var file = byPath.get(path + ending);
            if (file != null) {
                return Set.of(file.id());
            }
        }
        return Set.of();
    }

    private Set<Integer> bySuffix(String rest) {
        var last = rest.substring(rest.lastIndexOf('/') + 1);
        var found = new HashSet<Integer>();
        for (var file : byName.getOrDefault(last + ".py", List.of())) {
            if (file.path().endsWith("/" + rest + ".py")) {
                found.add(file.id());
            }
        }
        for (var file : byName.getOrDefault("__init__.py", List.of())) {
            if (file.path().endsWith("/" + rest + "/__init__.py")) {
                found.add(file.id());
            }
        }
        return found;
    }

    private Set<Integer> go(String module) {
        var found = new HashSet<Integer>();
        for (var folder : paths.goFolders(module)) {
            for (var file : byFolder.getOrDefault(folder, List.of())) {
                if (file.language().equals(Optional.of(Language.GO))) {
                    found.add(file.id());
                }
            }
        }
        return found;
    }

    private Set<Integer> header(SourceFile from, String path) {
        var near = byPath.get(join(from.folder(), path));
        if (near != null) {
            return Set.of(near.id());
        }
        var found = new HashSet<Integer>();
        for (var file : byName.getOrDefault(path.substring(path.lastIndexOf('/') + 1), List.of())) {
            if (file.path().equals(path) || file.path().endsWith("/" + path)) {
                found.add(file.id());
            }
        }
        return found;
    }

    /** A path as seen from a folder, both relative to the root; may begin with {@code ..}. */
    static String join(String folder, String path) {
        var names = new ArrayList<String>();
        if (!folder.isEmpty()) {
            names.addAll(List.of(folder.split("/", -1)));
        }
        for (var name : path.split("/", -1)) {
            if (name.equals("..") && !names.isEmpty() && !names.getLast().equals("..")) {
                names.removeLast();
            } else if (!name.isEmpty() && !name.equals(".")) {
                names.add(name);
            }
        }
        return String.join("/", names);
    }
}
