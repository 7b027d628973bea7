package io.lynkr.index;

import io.lynkr.index.FileFacts.Definition;
import io.lynkr.index.FileFacts.Import;
import io.lynkr.index.FileFacts.Use;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads files of one language with its grammar and its patterns. Safe for many threads. */
final class Analyzer {
    private static final int LONGEST_NAME = 200;
    private static final int MOST_SCOPES = 200;

    private final Language language;
    private final Grammar grammar;
    private final TreeQuery query;
    private final Map<Integer, Kind> definitionKinds = new HashMap<>();

    Analyzer(Language language, Grammar grammar, TreeQuery query) {
        this.language = language;
        this.grammar = grammar;
        this.query = query;
        for (int i = 0; i < query.captures().size(); i++) {
            var capture = query.captures().get(i);
            if (capture.startsWith("def.")) {
                var kind = capture.substring(capture.lastIndexOf('.') + 1);
                definitionKinds.put(i, Kind.valueOf(kind.toUpperCase(Locale.ROOT)));
            }
        }
    }

    Grammar grammar() {
        return grammar;
    }

    FileFacts read(SyntaxTree tree) {
        return new Reading(tree).facts();
    }

    private enum Role {
        NONE,
        IDENTIFIER,
        DEFINED,
        LOCAL,
        SKIPPED
    }

    /** A definition on its way. */
    private record Found(int node, int name, Kind kind, String owner) {}

    /** One file. */
    private final class Reading {
        private final SyntaxTree tree;
        private final Role[] roles;
        private final boolean[] scopes;
        private final boolean[] typeScopes;
        private final boolean[] keys;

        /** The expression before the dot, by the name after it. */
        private final Map<Integer, Integer> receivers = new HashMap<>();

        /** By an expression: the name after its dot, what it calls, makes or wraps. */
        private final Map<Integer, Integer> paths = new HashMap<>();

        private final Map<Integer, Integer> callees = new HashMap<>();
        private final Map<Integer, Integer> made = new HashMap<>();
        private final Map<Integer, Integer> wrapped = new HashMap<>();

        /** By the name of what they are the type or first value of. */
        private final Map<Integer, String> types = new HashMap<>();

        private final Map<Integer, Integer> values = new HashMap<>();
        private final Map<Integer, List<String>> supers = new HashMap<>();
        private final Map<Integer, String> extensions = new HashMap<>();
        private final Map<Integer, Found> found = new HashMap<>();
        private final Set<Integer> functions = new HashSet<>();
        private final Set<Integer> classes = new HashSet<>();
        private final Map<Integer, Kind> variables = new LinkedHashMap<>();
        private final List<Integer> locals = new ArrayList<>();
        private final List<int[]> selfFields = new ArrayList<>();
        private final List<Import> imports = new ArrayList<>();
        private final Map<Integer, Map<String, Integer>> localsByScope = new HashMap<>();
        private String unit = "";

        private int[] outerScope = {};
        private int[] outerDefinition = {};
        private final Map<Integer, Integer> symbolOf = new HashMap<>();
        private final List<Definition> symbols = new ArrayList<>();

        Reading(SyntaxTree tree) {
            this.tree = tree;
            roles = new Role[tree.size()];
            Arrays.fill(roles, Role.NONE);
            scopes = new boolean[tree.size()];
            typeScopes = new boolean[tree.size()];
            keys = new boolean[tree.size()];
        }

        FileFacts facts() {
            query.run(tree, this::take);
            settle();
            define();
            var uses = uses();
            return new FileFacts(unit, symbols, List.copyOf(imports), uses, tree.errors() == 0);
        }

        private int captured(int[] nodes, String capture) {
            int number = query.capture(capture);
            return number < 0 ? -1 : nodes[number];
        }

        private void take(int[] nodes) {
            int name = captured(nodes, "name");
            for (var entry : definitionKinds.entrySet()) {
                int node = nodes[entry.getKey()];
                if (node >= 0 && name >= 0) {
                    boolean inner = query.captures().get(entry.getKey()).startsWith("def.inner");
                    int owner = captured(nodes, "owner");
                    found.putIfAbsent(
                            name,
                            new Found(
                                    inner ? name : node,
                                    name,
                                    entry.getValue(),
                                    owner < 0 ? "" : owner(tree.text(owner))));
                    roles[name] = Role.DEFINED;
                    typed(name, captured(nodes, "type"));
                }
            }
            mark(nodes);
            declarations(nodes);
            expressions(nodes);
            imported(nodes);
        }

        /** The class in {@code Foo.prototype}; nothing for {@code module.exports}. */
        private String owner(String text) {
            var plain = text.replaceFirst("\\.prototype$", "");
            return plain.endsWith("exports") ? "" : TypeNames.head(plain);
        }

        private void mark(int[] nodes) {
            int identifier = captured(nodes, "ident");
            if (identifier >= 0 && roles[identifier] == Role.NONE) {
                roles[identifier] = Role.IDENTIFIER;
            }
            int scope = captured(nodes, "scope");
            if (scope >= 0) {
                scopes[scope] = true;
            }
            int typeScope = captured(nodes, "scope.type");
            if (typeScope >= 0) {
                typeScopes[typeScope] = true;
            }
            int key = captured(nodes, "key");
            if (key >= 0) {
                keys[key] = true;
            }
            int skipped = captured(nodes, "skip");
            if (skipped >= 0) {
                roles[skipped] = Role.SKIPPED;
            }
            int unitName = captured(nodes, "package");
            if (unitName >= 0) {
                unit = tree.text(unitName).replace('\\', '.').replaceAll("\\s", "");
            }
        }

        private void declarations(int[] nodes) {
            int local = captured(nodes, "local");
            int variable = Math.max(captured(nodes, "var"), captured(nodes, "parameter"));
            int constant = captured(nodes, "const");
            int self = captured(nodes, "selffield");
            int typed = captured(nodes, "typed");
            int type = captured(nodes, "type");
            int value = captured(nodes, "init");
            if (local >= 0) {
                locals.add(local);
            }
            if (variable >= 0) {
                variables.putIfAbsent(variable, Kind.VARIABLE);
                if (captured(nodes, "function") >= 0) {
                    functions.add(variable);
                }
            }
            if (constant >= 0) {
                variables.putIfAbsent(constant, Kind.CONSTANT);
            }
            if (self >= 0) {
                selfFields.add(new int[] {self, captured(nodes, "self")});
            }
            for (int each : new int[] {local, variable, constant, self, typed}) {
                typed(each, type);
                if (each >= 0 && value >= 0) {
                    values.putIfAbsent(each, value);
                }
            }
            int heir = captured(nodes, "heir");
            int parent = Math.max(captured(nodes, "super"), captured(nodes, "embedded"));
            if (heir >= 0 && parent >= 0) {
                var head = TypeNames.head(tree.text(parent).replaceFirst("^\\s*extends\\s+", ""));
                if (!head.isEmpty()) {
                    supers.computeIfAbsent(heir, _ -> new ArrayList<>()).add(head);
                }
            }
            int extension = captured(nodes, "extension");
            if (extension >= 0) {
                extensions.put(extension, TypeNames.head(tree.text(captured(nodes, "extended"))));
            }
        }

        private void typed(int name, int type) {
            if (name >= 0 && type >= 0) {
                var head = TypeNames.head(tree.text(type));
                if (!head.isEmpty() && !head.equals("var")) {
                    types.putIfAbsent(name, head);
                }
            }
        }

        private void expressions(int[] nodes) {
            int member = captured(nodes, "member");
            if (member >= 0) {
                receivers.put(member, captured(nodes, "receiver"));
                paths.put(captured(nodes, "path"), member);
            }
            int call = captured(nodes, "call");
            if (call >= 0) {
                callees.put(call, captured(nodes, "callee"));
            }
            int instance = captured(nodes, "new");
            if (instance >= 0) {
                made.put(instance, captured(nodes, "callee"));
            }
            int cast = captured(nodes, "cast");
            if (cast >= 0) {
                int type = captured(nodes, "type");
                if (type >= 0) {
                    made.put(cast, type);
                } else {
                    wrapped.putIfAbsent(cast, captured(nodes, "value"));
                }
            }
        }

        private void imported(int[] nodes) {
            int module = captured(nodes, "module");
            int item = captured(nodes, "item");
            int alias = captured(nodes, "alias");
            int imported = Math.max(captured(nodes, "imported"), captured(nodes, "exported"));
            int dotted = captured(nodes, "dotted.import");
            if (dotted >= 0) {
                ImportText.scala(tree.text(dotted), imports);
            } else if (captured(nodes, "dotted") >= 0) {
                ImportText.kotlin(tree.text(captured(nodes, "dotted")), imports);
            } else if (imported >= 0) {
                importedFrom(imported, item, alias);
            } else if (module >= 0) {
                int require = captured(nodes, "require");
                if (require < 0 || tree.text(require).equals("require")) {
                    from(nodes, ImportText.unquoted(tree.text(module)), item, alias);
                }
            }
        }

        private void from(int[] nodes, String module, int item, int alias) {
            int byDefault = captured(nodes, "default");
            if (captured(nodes, "wholly") >= 0 || captured(nodes, "all") >= 0) {
                imports.add(new Import("*", module, ""));
            } else if (captured(nodes, "reexport") >= 0) {
                if (!tree.text(captured(nodes, "reexport")).contains("{")) {
                    imports.add(new Import("*", module, ""));
                }
            } else if (byDefault >= 0) {
                imports.add(new Import(tree.text(byDefault), module, "default"));
            } else if (item >= 0) {
                var name = tree.text(item);
                imports.add(new Import(alias < 0 ? name : tree.text(alias), module, name));
            } else if (alias >= 0) {
                imports.add(new Import(tree.text(alias), module, ""));
            } else {
                imports.add(new Import(ImportText.localName(language, module), module, ""));
            }
        }

        /** The module stands at the end of the statement that a specifier is in. */
        private void importedFrom(int specifier, int item, int alias) {
            int statement = specifier;
            while (statement >= 0
                    && !grammar.kindName(tree.kind(statement)).endsWith("_statement")) {
                statement = tree.parent(statement);
            }
            for (int child = statement < 0 ? -1 : tree.firstChild(statement);
                    child >= 0;
                    child = tree.nextSibling(child)) {
                if (grammar.kindName(tree.kind(child)).equals("string")) {
                    var name = tree.text(item);
                    imports.add(
                            new Import(
                                    alias < 0 ? name : tree.text(alias),
                                    ImportText.unquoted(tree.text(child)),
                                    name));
                    return;
                }
            }
        }

        /** Finds for each node what it stands in, and where each variable belongs. */
        private void settle() {
            int size = tree.size();
            outerScope = new int[size];
            outerDefinition = new int[size];
            var byNode = new HashMap<Integer, Found>();
            for (var each : found.values()) {
                byNode.put(each.node(), each);
                if (each.kind().holdsMembers()) {
                    classes.add(each.node());
                }
            }
            for (int node = 0; node < size; node++) {
                int parent = tree.parent(node);
                if (parent < 0) {
                    outerScope[node] = -1;
                    outerDefinition[node] = -1;
                    continue;
                }
                boolean isScope = scopes[parent] || typeScopes[parent];
                outerScope[node] = isScope ? parent : outerScope[parent];
                boolean defines =
                        (byNode.containsKey(parent) && parent != node)
                                || extensions.containsKey(parent);
                outerDefinition[node] = defines ? parent : outerDefinition[parent];
            }
            locals.forEach(this::local);
            variables.forEach(this::settleVariable);
            for (var self : selfFields) {
                settleSelfField(self[0], self[1]);
            }
        }

        private void local(int name) {
            int scope = outerScope[name];
            if (scope < 0 || roles[name] == Role.DEFINED) {
                return;
            }
            roles[name] = Role.LOCAL;
            localsByScope
                    .computeIfAbsent(scope, _ -> new HashMap<>())
                    .putIfAbsent(tree.text(name), name);
        }

        private void settleVariable(int name, Kind kind) {
            int scope = outerScope[name];
            while (scope >= 0 && !scopes[scope]) {
                scope = outerScope[scope];
            }
            if (scope >= 0 && !isClassBetween(name, scope)) {
                if (roles[name] != Role.DEFINED) {
                    roles[name] = Role.LOCAL;
                    localsByScope
                            .computeIfAbsent(scope, _ -> new HashMap<>())
                            .putIfAbsent(tree.text(name), name);
                }
            } else if (roles[name] != Role.DEFINED) {
                roles[name] = Role.DEFINED;
                found.put(
                        name,
                        new Found(name, name, functions.contains(name) ? Kind.FUNCTION : kind, ""));
            }
        }

        private boolean isClassBetween(int name, int scope) {
            int definition = outerDefinition[name];
            return definition > scope && classes.contains(definition);
        }

        private void settleSelfField(int name, int self) {
            if (tree.text(self).equals("self") || tree.text(self).equals("cls")) {
                roles[name] = Role.DEFINED;
                found.put(name, new Found(name, name, Kind.FIELD, "self"));
            }
        }

        private void define() {
            var ordered = new ArrayList<>(found.values());
            ordered.sort(Comparator.comparingInt((Found each) -> tree.start(each.name())));
            var seen = new HashMap<String, Integer>();
            var containers = new HashMap<Integer, String>();
            extensions.forEach(containers::put);
            var kinds = new HashMap<Integer, Kind>();
            for (var each : ordered) {
                var name = tree.text(each.name()).replaceFirst("^#", "#");
                int outer = outerDefinition[each.node()];
                var container = outer < 0 ? "" : containers.getOrDefault(outer, "");
                var outerKind = outer < 0 ? Kind.MODULE : kinds.getOrDefault(outer, Kind.CLASS);
                var kind = each.kind();
                if (each.owner().equals("self")) {
                    container = classAround(outer, containers, kinds);
                } else if (!each.owner().isEmpty()) {
                    container = each.owner();
                    kind = kind == Kind.FUNCTION ? Kind.METHOD : kind;
                } else if (outer >= 0 && outerKind.holdsMembers() && outerKind != Kind.MODULE) {
                    kind =
                            switch (kind) {
                                case FUNCTION -> Kind.METHOD;
                                case VARIABLE -> Kind.FIELD;
                                default -> kind;
                            };
                }
                var qualified = container.isEmpty() ? name : container + "." + name;
                containers.put(each.node(), qualified);
                kinds.put(each.node(), kind);
                boolean repeats = kind == Kind.VARIABLE || kind == Kind.FIELD;
                if (repeats && seen.containsKey(qualified)) {
                    // The first one defines it; this one only gives it another value.
                    roles[each.name()] = Role.IDENTIFIER;
                    continue;
                }
                seen.putIfAbsent(qualified, symbols.size());
                symbolOf.put(each.node(), symbols.size());
                symbols.add(
                        new Definition(
                                name.length() > LONGEST_NAME
                                        ? name.substring(0, LONGEST_NAME)
                                        : name,
                                kind,
                                container,
                                line(tree.start(each.name())),
                                column(tree.start(each.name())),
                                line(Math.max(tree.start(each.node()), tree.end(each.node()) - 1)),
                                typeOf(each.name()),
                                List.copyOf(supers.getOrDefault(each.name(), List.of()))));
            }
        }

        private String typeOf(int name) {
            var type = types.get(name);
            if (type != null) {
                return "t" + type;
            }
            var value = values.get(name);
            return value == null ? "" : receiver(value, 4);
        }

        private String classAround(
                int definition, Map<Integer, String> containers, Map<Integer, Kind> kinds) {
            int at = definition;
            while (at >= 0 && kinds.getOrDefault(at, Kind.CLASS).isCode()) {
                at = outerDefinition[at];
            }
            return at < 0 ? "" : containers.getOrDefault(at, "");
        }

        private Map<String, List<Use>> uses() {
            var uses = new LinkedHashMap<String, List<Use>>();
            for (int node = 0; node < tree.size(); node++) {
                if (roles[node] != Role.IDENTIFIER) {
                    continue;
                }
                int length = tree.end(node) - tree.start(node);
                if (length == 0 || length > LONGEST_NAME) {
                    continue;
                }
                var name = tree.text(node);
                var receiver = receivers.get(node);
                if (receiver == null && !keys[node] && isLocal(node, name)) {
                    continue;
                }
                uses.computeIfAbsent(name, _ -> new ArrayList<>())
                        .add(
                                new Use(
                                        line(tree.start(node)),
                                        column(tree.start(node)),
                                        keys[node]
                                                ? Receivers.KEY
                                                : receiver == null ? "" : receiver(receiver, 6),
                                        within(node)));
            }
            return uses;
        }

        private int within(int node) {
            int definition = outerDefinition[node];
            while (definition >= 0 && !symbolOf.containsKey(definition)) {
                definition = outerDefinition[definition];
            }
            return definition < 0 ? -1 : symbolOf.getOrDefault(definition, -1);
        }

        private boolean isLocal(int node, String name) {
            return declaration(node, name) >= 0;
        }

        private int declaration(int node, String name) {
            int scope = outerScope[node];
            for (int i = 0; scope >= 0 && i < MOST_SCOPES; i++, scope = outerScope[scope]) {
                var here = localsByScope.get(scope);
                if (here != null && here.containsKey(name)) {
                    return here.getOrDefault(name, -1);
                }
            }
            return -1;
        }

        /** What an expression is, as far as this file tells. */
        private String receiver(int node, int depth) {
            if (depth == 0) {
                return Receivers.UNKNOWN;
            }
            var member = paths.get(node);
            if (member != null) {
                var before = receiver(receivers.getOrDefault(member, node), depth - 1);
                boolean isCall = grammar.kindName(tree.kind(node)).endsWith("invocation");
                return Receivers.member(before, tree.text(member)) + (isCall ? "()" : "");
            }
            var callee = callees.get(node);
            if (callee != null) {
                var called = receiver(callee, depth - 1);
                return called.endsWith("()") || called.length() < 2 ? called : called + "()";
            }
            var type = made.get(node);
            if (type != null) {
                return "t" + TypeNames.head(tree.text(type));
            }
            var inner = wrapped.get(node);
            if (inner != null) {
                return receiver(inner, depth - 1);
            }
            return leaf(node, depth);
        }

        private String leaf(int node, int depth) {
            var kind = grammar.kindName(tree.kind(node));
            var text = tree.end(node) - tree.start(node) > LONGEST_NAME ? "" : tree.text(node);
            if (text.equals("this")
                    || text.equals("self")
                    || text.equals("cls")
                    || text.equals("Self")
                    || text.equals("$this")
                    || text.equals("@self")) {
                return Receivers.THIS;
            }
            if (text.equals("super")
                    || text.equals("super()")
                    || text.equals("parent")
                    || text.equals("base")) {
                return Receivers.SUPER;
            }
            if (kind.contains("string")
                    || kind.contains("number")
                    || (kind.contains("literal") && !kind.contains("composite"))) {
                return Receivers.FOREIGN;
            }
            if (kind.equals("parenthesized_expression")
                    || kind.equals("await_expression")
                    || kind.equals("await")
                    || kind.equals("expression_list")) {
                int inner = tree.firstChild(node);
                return inner < 0 ? Receivers.UNKNOWN : receiver(inner, depth - 1);
            }
            if (!text.matches("[\\p{L}_$@][\\p{L}\\p{N}_$]*")) {
                boolean names = text.matches("[\\p{L}_$][\\p{L}\\p{N}_$.:\\\\]*");
                return names ? "n" + text.replace("::", ".").replace('\\', '.') : Receivers.UNKNOWN;
            }
            int declared = declaration(node, text);
            if (declared < 0) {
                return "n" + text;
            }
            var type = types.get(declared);
            if (type != null) {
                return "t" + type;
            }
            var value = values.get(declared);
            return value == null ? Receivers.UNKNOWN : receiver(value, depth - 1);
        }

        private int[] lineStarts = {};

        private int line(int offset) {
            if (lineStarts.length == 0) {
                var bytes = tree.bytes();
                var starts = new int[1024];
                int count = 1;
                for (int i = 0; i < bytes.length; i++) {
                    if (bytes[i] == '\n') {
                        if (count == starts.length) {
                            starts = Arrays.copyOf(starts, count * 2);
                        }
                        starts[count++] = i + 1;
                    }
                }
                lineStarts = Arrays.copyOf(starts, count);
            }
            int at = Arrays.binarySearch(lineStarts, offset);
            return at >= 0 ? at + 1 : -at - 1;
        }

        private int column(int offset) {
            return offset - lineStarts[line(offset) - 1] + 1;
        }
    }
}
