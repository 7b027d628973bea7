package io.lynkr.index;

import io.lynkr.index.FileFacts.Use;
import io.lynkr.index.Language.Sight;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out what names mean: in the file itself, by its imports, by its package, by the types of
 * receivers. Made for one question; remembers what it has looked up.
 */
final class Resolver {
    private static final int MOST_HOPS = 8;

    private final Connection connection;
    private final SourceFiles files;
    private final Map<String, List<Symbol>> named = new HashMap<>();
    private final Map<Integer, List<Symbol>> inFile = new HashMap<>();
    private final Map<String, Value> values = new HashMap<>();
    private final Map<String, Value> looked = new HashMap<>();
    private final Map<String, Set<Integer>> filesThatUse = new HashMap<>();

    /**
     * What a name or an expression stands for.
     *
     * @param symbols definitions; of an expression, those of its type
     * @param modules files whose members it gives access to
     * @param isForeign whether it certainly is nothing of this workspace
     */
    record Value(List<Symbol> symbols, Set<Integer> modules, boolean isForeign) {
        static final Value UNKNOWN = new Value(List.of(), Set.of(), false);
        static final Value FOREIGN = new Value(List.of(), Set.of(), true);

        static Value of(List<Symbol> symbols) {
            return symbols.isEmpty() ? UNKNOWN : new Value(symbols, Set.of(), false);
        }

        boolean isUnknown() {
            return symbols.isEmpty() && modules.isEmpty() && !isForeign;
        }
    }

    Resolver(Connection connection, SourceFiles files) {
        this.connection = connection;
        this.files = files;
    }

    List<Symbol> named(String name) throws SQLException {
        var known = named.get(name);
        if (known == null) {
            known = IndexDatabase.symbolsNamed(connection, name);
            named.put(name, known);
        }
        return known;
    }

    List<Symbol> symbolsOf(int file) throws SQLException {
        var known = inFile.get(file);
        if (known == null) {
            known = IndexDatabase.symbolsOf(connection, file);
            inFile.put(file, known);
        }
        return known;
    }

    /** How certain it is that a use means a definition; empty if it means something else. */
    Optional<Certainty> certainty(SourceFile file, Use use, Symbol target) throws SQLException {
        var home = files.byId(target.file());
        var language = file.language();
        if (language.isEmpty()
                || home.language().isEmpty()
                || !language.get().mixesWith(home.language().get())) {
            return Optional.empty();
        }
        if (use.receiver().equals(Receivers.KEY)) {
            return target.kind() == Kind.FIELD || target.kind() == Kind.METHOD
                    ? unknown(file, target)
                    : Optional.empty();
        }
        var meaning =
                use.receiver().isEmpty()
                        ? lookUp(file, use.within(), target.name())
                        : member(evaluate(file, use.within(), use.receiver()), target.name());
        if (meaning.symbols().stream().anyMatch(each -> isSame(each, target))) {
            return Optional.of(Certainty.RESOLVED);
        }
        if (meaning.isUnknown()) {
            boolean bare = use.receiver().isEmpty();
            if (bare && target.isMember() && !language.get().memberWithoutThis()) {
                return Optional.empty();
            }
            return unknown(file, target);
        }
        return target.isMember() && isRelated(meaning.symbols(), target)
                ? Optional.of(Certainty.LIKELY)
                : Optional.empty();
    }

    /** Overloads of a method, and parts of a class in several files, count as one. */
    private static boolean isSame(Symbol one, Symbol other) {
        return one.isAt(other)
                || (one.name().equals(other.name())
                        && one.container().equals(other.container())
                        && one.file() == other.file());
    }

    private boolean isRelated(List<Symbol> found, Symbol target) throws SQLException {
        for (var each : found) {
            if (each.isMember()
                    && (inherits(each, target.container()) || inherits(target, each.container()))) {
                return true;
            }
        }
        return false;
    }

    private boolean inherits(Symbol member, String container) throws SQLException {
        var wanted = TypeNames.simple(container);
        var open = new ArrayList<>(classesCalled(member.container(), member.file()));
        var seen = new HashSet<String>();
        for (int i = 0; i < open.size() && i < 50; i++) {
            var heir = open.get(i);
            for (var parent : heir.supers()) {
                if (TypeNames.simple(parent).equals(wanted)) {
                    return true;
                }
                if (seen.add(parent)) {
                    open.addAll(
                            evaluate(files.byId(heir.file()), heir.order(), "t" + parent)
                                    .symbols());
                }
            }
        }
        return false;
    }

    private List<Symbol> classesCalled(String qualified, int file) throws SQLException {
        return named(TypeNames.simple(qualified)).stream()
                .filter(each -> each.file() == file && each.qualified().equals(qualified))
                .toList();
    }

    private Optional<Certainty> unknown(SourceFile file, Symbol target) throws SQLException {
        var family = files.byId(target.file()).language().orElseThrow();
        boolean isOnly =
                named(target.name()).stream()
                        .filter(
                                each ->
                                        files.byId(each.file())
                                                .language()
                                                .filter(family::mixesWith)
                                                .isPresent())
                        .allMatch(
                                each ->
                                        each.container().equals(target.container())
                                                || isRelatedQuietly(each, target));
        boolean isNear = file.id() == target.file() || sees(file, target);
        return Optional.of(isOnly || isNear ? Certainty.LIKELY : Certainty.NAME_ONLY);
    }

    private boolean isRelatedQuietly(Symbol each, Symbol target) {
        try {
            return each.isMember()
                    && (inherits(each, target.container()) || inherits(target, each.container()));
        } catch (SQLException unreadable) {
            return false;
        }
    }

    /** Whether the class that a member belongs to is spoken of in the file. */
    private boolean sees(SourceFile file, Symbol target) throws SQLException {
        if (!target.isMember()) {
            return false;
        }
        var name = TypeNames.simple(target.container());
        var users = filesThatUse.get(name);
        if (users == null) {
            users = IndexDatabase.uses(connection, name).keySet();
            filesThatUse.put(name, users);
        }
        return users.contains(file.id());
    }

    /** What a bare name means at a place. */
    Value lookUp(SourceFile file, int within, String name) throws SQLException {
        var key = file.id() + "\t" + within + "\t" + name;
        var known = looked.get(key);
        if (known == null) {
            looked.put(key, Value.UNKNOWN);
            known = lookUpAnew(file, within, name);
            looked.put(key, known);
        }
        return known;
    }

    private Value lookUpAnew(SourceFile file, int within, String name) throws SQLException {
        var language = file.language().orElseThrow();
        var symbols = symbolsOf(file.id());
        var here = named(name).stream().filter(each -> each.file() == file.id()).toList();
        var container =
                within < 0 || within >= symbols.size() ? "" : symbols.get(within).qualified();
        while (!container.isEmpty()) {
            var around = container;
            var inside = here.stream().filter(each -> each.container().equals(around)).toList();
            var owners = symbols.stream().filter(each -> each.qualified().equals(around)).toList();
            boolean isClass =
                    owners.isEmpty()
                            || owners.stream()
                                    .anyMatch(
                                            each ->
                                                    each.kind().holdsMembers()
                                                            && each.kind() != Kind.MODULE);
            if (!inside.isEmpty()
                    && (!isClass
                            || language.memberWithoutThis()
                            || inside.getFirst().kind().holdsMembers())) {
                return Value.of(inside);
            }
            if (isClass && language.memberWithoutThis()) {
                var inherited = member(Value.of(owners), name);
                if (!inherited.symbols().isEmpty()) {
                    return inherited;
                }
            }
            int dot = container.lastIndexOf('.');
            container = dot < 0 ? "" : container.substring(0, dot);
        }
        var top = here.stream().filter(each -> !each.isMember()).toList();
        if (!top.isEmpty()) {
            return Value.of(top);
        }
        var imported = imported(file, name);
        return imported.isUnknown() ? inSight(file, language, name) : imported;
    }

    private Value imported(SourceFile file, String name) throws SQLException {
        for (var each : file.imports()) {
            if (!each.local().equals(name)) {
                continue;
            }
            var found = importedFrom(file, each, name);
            if (!found.isUnknown()) {
                return found;
            }
        }
        return Value.UNKNOWN;
    }

    private Value importedFrom(SourceFile file, FileFacts.Import from, String name)
            throws SQLException {
        var language = file.language().orElseThrow();
        if (language.sight() == Sight.PACKAGES && language != Language.GO) {
            var candidates =
                    named(from.item()).stream()
                            .filter(
                                    each ->
                                            fullName(each)
                                                    .equals(from.module() + "." + from.item()))
                            .toList();
            return candidates.isEmpty() ? Value.FOREIGN : Value.of(candidates);
        }
        if (language.sight() == Sight.EVERYTHING) {
            var candidates = named(from.item()).stream().filter(each -> !each.isMember()).toList();
            return Value.of(candidates);
        }
        var modules = files.modules(file, from.module());
        if (from.item().isEmpty()) {
            return modules.isEmpty() ? Value.FOREIGN : new Value(List.of(), modules, false);
        }
        if (modules.isEmpty()) {
            return Value.FOREIGN;
        }
        var found = inModules(modules, from.item(), name, MOST_HOPS);
        if (!found.isEmpty()) {
            return Value.of(found);
        }
        var below =
                files.modules(
                        file,
                        from.module() + (from.module().endsWith(".") ? "" : ".") + from.item());
        return below.isEmpty() ? Value.UNKNOWN : new Value(List.of(), below, false);
    }

    private String fullName(Symbol symbol) {
        var unit = files.byId(symbol.file()).unit();
        return unit.isEmpty() ? symbol.qualified() : unit + "." + symbol.qualified();
    }

    /** What modules give others under a name, over as many re-exports as it takes. */
    private List<Symbol> inModules(Set<Integer> modules, String item, String local, int hops)
            throws SQLException {
        var found = new ArrayList<Symbol>();
        for (int module : modules) {
            for (var each : named(item)) {
                if (each.file() == module && each.container().isEmpty()) {
                    found.add(each);
                }
            }
            if (found.isEmpty() && item.equals("default")) {
                found.addAll(byDefault(module, local));
            }
        }
        if (!found.isEmpty() || hops == 0) {
            return found;
        }
        for (int module : modules) {
            var file = files.byId(module);
            for (var each : file.imports()) {
                if (each.local().equals(item) && !each.item().isEmpty()) {
                    found.addAll(
                            inModules(
                                    files.modules(file, each.module()),
                                    each.item(),
                                    each.local(),
                                    hops - 1));
                } else if (each.local().equals("*")) {
                    found.addAll(
                            inModules(files.modules(file, each.module()), item, local, hops - 1));
                }
            }
        }
        return found;
    }

    private List<Symbol> byDefault(int module, String local) throws SQLException {
        var top = symbolsOf(module).stream().filter(each -> each.container().isEmpty()).toList();
        var sameName = top.stream().filter(each -> each.name().equals(local)).toList();
        return sameName.isEmpty() && top.size() == 1 ? top : sameName;
    }

    private Value inSight(SourceFile file, Language language, String name) throws SQLException {
        var family =
                named(name).stream()
                        .filter(
                                each ->
                                        files.byId(each.file())
                                                .language()
                                                .filter(language::mixesWith)
                                                .isPresent())
                        .toList();
        return switch (language.sight()) {
            case MODULES -> fromStars(file, name);
            case PACKAGES -> {
                var near =
                        family.stream()
                                .filter(each -> each.container().isEmpty() && isNear(file, each))
                                .toList();
                yield near.isEmpty() ? fromStars(file, name) : Value.of(near);
            }
            case EVERYTHING -> Value.of(family.stream().filter(each -> !each.isMember()).toList());
        };
    }

    private boolean isNear(SourceFile file, Symbol symbol) {
        var other = files.byId(symbol.file());
        return file.language().equals(Optional.of(Language.GO))
                ? other.folder().equals(file.folder())
                : other.unit().equals(file.unit());
    }

    private Value fromStars(SourceFile file, String name) throws SQLException {
        var language = file.language().orElseThrow();
        var found = new ArrayList<Symbol>();
        for (var each : file.imports()) {
            if (!each.local().equals("*")) {
                continue;
            }
            if (language.sight() == Sight.PACKAGES) {
                named(name).stream()
                        .filter(symbol -> fullName(symbol).equals(each.module() + "." + name))
                        .forEach(found::add);
            } else {
                found.addAll(inModules(files.modules(file, each.module()), name, name, MOST_HOPS));
            }
        }
        return Value.of(found);
    }

    /** What an expression of {@link Receivers} is. */
    Value evaluate(SourceFile file, int within, String receiver) throws SQLException {
        var key = file.id() + "\t" + within + "\t" + receiver;
        var known = values.get(key);
        if (known == null) {
            // Stands for itself while it is being found out: a type may be told by its own value.
            values.put(key, Value.UNKNOWN);
            known = evaluateAnew(file, within, receiver);
            values.put(key, known);
        }
        return known;
    }

    private Value evaluateAnew(SourceFile file, int within, String receiver) throws SQLException {
        if (receiver.isEmpty()
                || receiver.equals(Receivers.UNKNOWN)
                || receiver.equals(Receivers.KEY)) {
            return Value.UNKNOWN;
        }
        if (receiver.equals(Receivers.FOREIGN)) {
            return Value.FOREIGN;
        }
        var parts = receiver.substring(1).split("\\.", -1);
        Value value;
        int next = 0;
        switch (receiver.charAt(0)) {
            case 's' -> {
                value = own(file, within);
                next = 1;
            }
            case 'p' -> {
                value = parents(own(file, within));
                next = 1;
            }
            default -> {
                boolean isType = receiver.charAt(0) == 't';
                value = first(file, within, parts[0], isType);
                next = 1;
            }
        }
        for (; next < parts.length && !value.isUnknown() && !value.isForeign(); next++) {
            boolean called = parts[next].endsWith("()");
            var name = called ? parts[next].substring(0, parts[next].length() - 2) : parts[next];
            value = typed(member(value, name), called);
        }
        return value;
    }

    private Value first(SourceFile file, int within, String part, boolean isType)
            throws SQLException {
        boolean called = part.endsWith("()");
        var name = called ? part.substring(0, part.length() - 2) : part;
        if (name.equals("crate") || name.isEmpty()) {
            return Value.UNKNOWN;
        }
        var found = lookUp(file, within, name);
        if (found.isUnknown()) {
            boolean closed = file.language().orElseThrow().sight() == Sight.PACKAGES;
            boolean looksLikeType =
                    name.length() > 1 && Character.isUpperCase(name.charAt(0)) && !called;
            return closed && (isType || looksLikeType) && name.length() > 1
                    ? Value.FOREIGN
                    : Value.UNKNOWN;
        }
        return isType ? found : typed(found, called);
    }

    /** Classes stand for their values, functions for what they return, variables for their type. */
    private Value typed(Value found, boolean called) throws SQLException {
        if (found.symbols().isEmpty()) {
            return found;
        }
        var types = new LinkedHashSet<Symbol>();
        var modules = new HashSet<>(found.modules());
        boolean foreign = true;
        for (var each : found.symbols()) {
            if (each.kind().holdsMembers()) {
                types.add(each);
                foreign = false;
            } else if (each.kind() == Kind.CONSTRUCTOR) {
                types.addAll(classesCalled(each.container(), each.file()));
                foreign = false;
            } else if (!each.type().isEmpty()
                    && (called || !each.kind().isCode() || each.kind() == Kind.METHOD)) {
                var type = evaluate(files.byId(each.file()), each.order(), each.type());
                types.addAll(type.symbols());
                modules.addAll(type.modules());
                foreign &= type.isForeign();
            } else {
                foreign = false;
            }
        }
        if (types.isEmpty() && modules.isEmpty()) {
            return foreign ? Value.FOREIGN : Value.UNKNOWN;
        }
        return new Value(List.copyOf(types), modules, false);
    }

    private Value own(SourceFile file, int within) throws SQLException {
        var symbols = symbolsOf(file.id());
        var container =
                within < 0 || within >= symbols.size() ? "" : symbols.get(within).qualified();
        while (!container.isEmpty()) {
            var owners = new ArrayList<>(classesCalled(container, file.id()));
            owners.removeIf(each -> !each.kind().holdsMembers());
            if (owners.isEmpty()
                    && within >= 0
                    && symbols.get(within).container().equals(container)) {
                // Its members are written apart from it, as in Go and Rust.
                named(TypeNames.simple(container)).stream()
                        .filter(each -> each.kind().holdsMembers())
                        .forEach(owners::add);
            }
            if (!owners.isEmpty()) {
                return Value.of(owners);
            }
            int dot = container.lastIndexOf('.');
            container = dot < 0 ? "" : container.substring(0, dot);
        }
        return Value.UNKNOWN;
    }

    private Value parents(Value own) throws SQLException {
        var found = new ArrayList<Symbol>();
        for (var each : own.symbols()) {
            for (var parent : each.supers()) {
                found.addAll(
                        evaluate(files.byId(each.file()), each.order(), "t" + parent).symbols());
            }
        }
        return Value.of(found);
    }

    /** A member of a value, its own or inherited. */
    private Value member(Value value, String name) throws SQLException {
        if (value.isUnknown() || value.isForeign()) {
            return value;
        }
        var found = new LinkedHashSet<Symbol>();
        if (!value.modules().isEmpty()) {
            found.addAll(inModules(value.modules(), name, name, MOST_HOPS));
        }
        var open = new ArrayList<>(value.symbols());
        var seen = new HashSet<Symbol>(open);
        boolean isOpenEnded = false;
        for (int i = 0; i < open.size() && i < 60; i++) {
            var owner = open.get(i);
            if (!owner.kind().holdsMembers()) {
                isOpenEnded = true;
                continue;
            }
            var own = ownMembers(owner, name);
            found.addAll(own);
            if (!own.isEmpty()) {
                continue;
            }
            for (var parent : owner.supers()) {
                var parents = evaluate(files.byId(owner.file()), owner.order(), "t" + parent);
                isOpenEnded |= parents.isUnknown();
                parents.symbols().stream().filter(seen::add).forEach(open::add);
            }
        }
        if (!found.isEmpty()) {
            return Value.of(List.copyOf(found));
        }
        var below = submodules(value, name);
        if (!below.isEmpty()) {
            return new Value(List.of(), below, false);
        }
        return isOpenEnded || value.symbols().isEmpty() ? Value.UNKNOWN : Value.FOREIGN;
    }

    private Set<Integer> submodules(Value value, String name) {
        var found = new HashSet<Integer>();
        for (int module : value.modules()) {
            var path = files.byId(module);
            if (path.name().equals("__init__.py")) {
                found.addAll(files.modules(path, "." + name));
            }
        }
        return found;
    }

    private List<Symbol> ownMembers(Symbol owner, String name) throws SQLException {
        var home = files.byId(owner.file());
        var simple = TypeNames.simple(owner.qualified());
        return named(name).stream()
                .filter(
                        each ->
                                each.file() == owner.file()
                                        ? each.container().equals(owner.qualified())
                                                || each.container().equals(simple)
                                        : isWrittenApart(home)
                                                && each.container().equals(simple)
                                                && isSameUnit(home, each))
                .toList();
    }

    private boolean isSameUnit(SourceFile home, Symbol each) {
        return !home.language().equals(Optional.of(Language.GO))
                || files.byId(each.file()).folder().equals(home.folder());
    }

    /** Whether members of a class may be in another file than the class. */
    private static boolean isWrittenApart(SourceFile file) {
        return switch (file.language().orElseThrow()) {
            case GO, RUST, CPP, C, CSHARP, RUBY, SWIFT, KOTLIN -> true;
            default -> false;
        };
    }
}
