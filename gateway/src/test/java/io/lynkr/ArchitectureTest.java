package io.lynkr;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertAll;

import static java.util.Map.entry;
import static java.util.stream.Collectors.toSet;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;

/** Holds the plan of the house: which room may use which, and one door each to the outside. */
class ArchitectureTest {
    private static final String HOUSE = "io.lynkr";

    /** What a room may use besides itself. A class that sits in no room is a room of its own. */
    private static final Map<String, Set<String>> MAY_USE =
            Map.ofEntries(
                    entry("json", Set.of()),
                    entry("sse", Set.of()),
                    entry("resilience", Set.of()),
                    entry("observability", Set.of()),
                    entry("config", Set.of()),
                    entry("workspace", Set.of()),
                    entry("message", Set.of("json", "sse")),
                    entry("policy", Set.of("workspace", "config")),
                    // package.json and tsconfig.json tell where modules lie
                    entry("index", Set.of("workspace", "json")),
                    entry("mcp", Set.of("json", "sse", "config", "workspace", "observability")),
                    entry("session", Set.of("message", "json", "config")),
                    // json, since its key leaves parts of a body out
                    entry("cache", Set.of("message", "json", "config")),
                    entry(
                            "provider",
                            Set.of(
                                    "message",
                                    "json",
                                    "sse",
                                    "resilience",
                                    "observability",
                                    "config")),
                    entry(
                            "tool",
                            Set.of(
                                    "message",
                                    "json",
                                    "policy",
                                    "session",
                                    "observability",
                                    "resilience",
                                    "config")),
                    entry(
                            "agent",
                            Set.of(
                                    "message",
                                    "provider",
                                    "tool",
                                    "cache",
                                    "session",
                                    "config",
                                    "observability",
                                    "resilience",
                                    "json",
                                    "sse")),
                    entry(
                            "http",
                            Set.of(
                                    "agent",
                                    "mcp",
                                    "message",
                                    "json",
                                    "sse",
                                    "session",
                                    "observability",
                                    "resilience",
                                    "config")),
                    entry("store", Set.of("session", "cache", "tool", "config", "json")),
                    entry(
                            "app",
                            Set.of(
                                    "json",
                                    "sse",
                                    "resilience",
                                    "observability",
                                    "config",
                                    "workspace",
                                    "message",
                                    "policy",
                                    "index",
                                    "mcp",
                                    "session",
                                    "cache",
                                    "provider",
                                    "tool",
                                    "agent",
                                    "http",
                                    "store")),
                    entry("cli", Set.of("app", "config", "json")),
                    entry("Main", Set.of("cli", "app")));

    /** The tools themselves, in tool.files or tool.git, do what their runner only arranges. */
    private static final Set<String> TOOL_FAMILIES_MAY_ALSO_USE =
            Set.of("workspace", "index", "mcp");

    /** What the siblings of a room hold in common; they may use it, it may not use them. */
    private static final Set<String> COMMON_TO_SIBLINGS = Set.of("provider.dialect", "tool.paths");

    private static final JavaClasses GATEWAY =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages(HOUSE);

    @Test
    void everyRoomIsOnThePlan() {
        var rooms =
                GATEWAY.stream()
                        .filter(c -> !c.getSimpleName().equals("package-info"))
                        .map(c -> Place.of(c).room())
                        .collect(toSet());

        assertThat(rooms).contains("Main").isSubsetOf(MAY_USE.keySet());
    }

    @Test
    void roomsUseOnlyWhatThePlanAllows() {
        check(classes().should(useOnly("what the plan allows", ArchitectureTest::planAllows)));
    }

    @Test
    void insideARoomSiblingsAndChildrenAreNotUsed() {
        check(
                classes()
                        .should(
                                useOnly(
                                        "parents and common parts of their own room",
                                        (user, used) ->
                                                !user.room().equals(used.room())
                                                        || user.isIn(used.name())
                                                        || (user.isInner()
                                                                && used.isCommonToSiblings()))));
    }

    @Test
    void onlyTheFuseBoxReachesIntoInnerRooms() {
        check(
                classes()
                        .should(
                                useOnly(
                                        "the outer rooms of others",
                                        (user, used) ->
                                                user.room().equals(used.room())
                                                        || !used.isInner()
                                                        || user.room().equals("app")
                                                        // a store implements what a family declares
                                                        || (user.isIn("store")
                                                                && used.isIn("tool")))));
    }

    @Test
    void roomsAreFreeOfCycles() {
        check(slices().matching(HOUSE + ".(*)..").should().beFreeOfCycles());
    }

    @Test
    void eachOutsideThingHasItsDoors() {
        assertAll(
                () ->
                        doors(
                                resideInAnyPackage("io.vertx..", "io.netty.."),
                                "http",
                                "provider",
                                "app"),
                () -> doors(resideInAnyPackage("tools.jackson..", "com.fasterxml.."), "json"),
                () -> doors(resideInAnyPackage("java.sql..", "javax.sql.."), "store", "index"),
                () -> doors(resideInAnyPackage("io.opentelemetry.."), "observability"),
                () -> doors(resideInAnyPackage("java.net.http.."), "mcp", "tool.web", "cli"),
                () ->
                        doors(
                                resideInAnyPackage(
                                        "org.apache.hc..",
                                        "org.apache.pdfbox..",
                                        "org.jsoup..",
                                        "org.mozilla.."),
                                "tool.web"),
                () -> doors(belongToAnyOf(ProcessBuilder.class), "workspace", "mcp", "cli"));
    }

    @Test
    void onlyMainEndsTheProcessOrReadsTheEnvironment() {
        check(
                noClasses()
                        .that()
                        .doNotHaveFullyQualifiedName(HOUSE + ".Main")
                        .should()
                        .accessTargetWhere(
                                target(owner(belongToAnyOf(System.class, Runtime.class)))
                                        .and(target(nameMatching("exit|halt|getenv|exec")))));
    }

    @Test
    void everyPackageOpensWithATourAndIsNullMarked() {
        var unmarked =
                GATEWAY.stream()
                        .map(JavaClass::getPackage)
                        .filter(p -> !p.isAnnotatedWith(NullMarked.class))
                        .map(JavaPackage::getName)
                        .collect(toSet());

        assertThat(unmarked).as("packages without a @NullMarked package-info").isEmpty();
    }

    private static boolean planAllows(Place user, Place used) {
        return user.room().equals(used.room())
                || MAY_USE.getOrDefault(user.room(), Set.of()).contains(used.room())
                || (user.isIn("tool")
                        && user.isInner()
                        && TOOL_FAMILIES_MAY_ALSO_USE.contains(used.room()));
    }

    private static void doors(DescribedPredicate<JavaClass> outside, String... rooms) {
        check(
                noClasses()
                        .that(
                                DescribedPredicate.describe(
                                        "are not in " + String.join(", ", rooms),
                                        c -> Arrays.stream(rooms).noneMatch(Place.of(c)::isIn)))
                        .should(dependOnClassesThat(outside)));
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(GATEWAY);
    }

    /** Looks at each dependency inside the house as a pair of places: who uses, what is used. */
    private static ArchCondition<JavaClass> useOnly(
            String what, BiPredicate<Place, Place> allowed) {
        return new ArchCondition<>("use only " + what) {
            @Override
            public void check(JavaClass user, ConditionEvents events) {
                for (var dependency : user.getDirectDependenciesFromSelf()) {
                    var used = dependency.getTargetClass().getBaseComponentType();
                    if (GATEWAY.contain(used.getName())
                            && !allowed.test(Place.of(user), Place.of(used))) {
                        events.add(
                                SimpleConditionEvent.violated(
                                        dependency, dependency.getDescription()));
                    }
                }
            }
        };
    }

    /** Where a class lives, without the house: "json", "provider.databricks", or "Main" itself. */
    private record Place(String name) {
        static Place of(JavaClass javaClass) {
            var fullName = javaClass.getPackageName();
            if (fullName.equals(HOUSE)) {
                fullName = javaClass.getName().split("\\$", 2)[0];
            }
            return new Place(fullName.substring(HOUSE.length() + 1));
        }

        String room() {
            return name.split("\\.", 2)[0];
        }

        boolean isInner() {
            return name.contains(".");
        }

        boolean isIn(String other) {
            return name.equals(other) || name.startsWith(other + ".");
        }

        boolean isCommonToSiblings() {
            return COMMON_TO_SIBLINGS.stream().anyMatch(this::isIn);
        }
    }
}
