package io.lynkr.tool;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonBool;
import io.lynkr.json.JsonException;
import io.lynkr.json.JsonNumber;
import io.lynkr.json.JsonObject;
import io.lynkr.json.JsonString;
import io.lynkr.json.JsonValue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** A call's arguments, checked against the tool's parameters and under their published names. */
public final class Arguments {
    private final Map<String, JsonValue> values;

    private Arguments(Map<String, JsonValue> values) {
        this.values = values;
    }

    /**
     * Checks what a model gave. Numbers, flags and objects that were given as texts are taken;
     * {@code null} counts as absent. Those of a tool that is not ours are taken as they are.
     *
     * @throws ToolException naming everything that is wrong, and what would be right
     */
    public static Arguments read(ToolSpec spec, JsonObject input) throws ToolException {
        if (spec.foreignSchema().isPresent()) {
            return new Arguments(input.members());
        }
        var problems = new ArrayList<String>();
        var values = new LinkedHashMap<String, JsonValue>();
        input.forEach(
                (name, value) -> {
                    var parameter = named(spec, name);
                    if (parameter.isEmpty()) {
                        problems.add("'" + name + "' is no parameter of this tool");
                    } else if (!value.isNull()) {
                        take(parameter.get(), name, value, values, problems);
                    }
                });
        for (var parameter : spec.parameters()) {
            if (parameter.required() && !values.containsKey(parameter.name())) {
                problems.add("'" + parameter.name() + "' is missing: " + parameter.doc());
            }
        }
        if (!problems.isEmpty()) {
            throw new ToolException(
                    ToolException.Kind.INVALID_ARGUMENTS,
                    spec.name() + ": " + String.join("; ", problems) + ". " + usage(spec));
        }
        return new Arguments(values);
    }

    private static Optional<Parameter> named(ToolSpec spec, String name) {
        return spec.parameters().stream()
                .filter(each -> each.name().equals(name) || each.aliases().contains(name))
                .findFirst();
    }

    private static String usage(ToolSpec spec) {
        if (spec.parameters().isEmpty()) {
            return "It takes no parameters";
        }
        return "Parameters: "
                + spec.parameters().stream()
                        .map(each -> each.required() ? each.name() + " (required)" : each.name())
                        .collect(Collectors.joining(", "));
    }

    private static void take(
            Parameter parameter,
            String name,
            JsonValue value,
            Map<String, JsonValue> values,
            List<String> problems) {
        var read = convert(parameter, value);
        if (read.isEmpty()) {
            problems.add(
                    "'"
                            + name
                            + "' must be "
                            + parameter.type().words()
                            + ", but is "
                            + shown(value));
        } else if (values.containsKey(parameter.name())) {
            problems.add("'" + name + "' is given twice, once as '" + parameter.name() + "'");
        } else {
            checkRange(parameter, name, read.get()).ifPresent(problems::add);
            values.put(parameter.name(), read.get());
        }
    }

    private static Optional<JsonValue> convert(Parameter parameter, JsonValue value) {
        return switch (parameter.type()) {
            case TEXT -> Optional.of(value).filter(JsonString.class::isInstance);
            case WHOLE_NUMBER -> whole(value).map(JsonNumber::of);
            case FLAG -> flag(value);
            case TEXTS -> texts(value);
            case WORDS -> texts(value).map(_ -> value);
            case OBJECT -> object(value);
        };
    }

    private static Optional<JsonValue> object(JsonValue value) {
        if (value instanceof JsonObject) {
            return Optional.of(value);
        }
        try {
            return value.asString().map(JsonObject::parse);
        } catch (JsonException noObject) {
            return Optional.empty();
        }
    }

    private static Optional<Long> whole(JsonValue value) {
        if (value instanceof JsonNumber number) {
            var whole = number.asLong();
            return whole.isPresent() ? Optional.of(whole.getAsLong()) : Optional.empty();
        }
        return value.asString().filter(text -> text.matches("-?\\d{1,18}")).map(Long::valueOf);
    }

    private static Optional<JsonValue> flag(JsonValue value) {
        if (value instanceof JsonBool) {
            return Optional.of(value);
        }
        return value.asString()
                .filter(text -> text.equals("true") || text.equals("false"))
                .map(text -> JsonBool.of(text.equals("true")));
    }

    private static Optional<JsonValue> texts(JsonValue value) {
        if (value instanceof JsonString) {
            return Optional.of(JsonArray.of(value));
        }
        return value instanceof JsonArray array
                        && array.values().stream().allMatch(JsonString.class::isInstance)
                ? Optional.of(value)
                : Optional.empty();
    }

    private static Optional<String> checkRange(Parameter parameter, String name, JsonValue value) {
        if (value instanceof JsonNumber number) {
            long given = number.asLong().orElse(0);
            return given >= parameter.min() && given <= parameter.max()
                    ? Optional.empty()
                    : Optional.of(
                            "'%s' must be from %d to %d, but is %d"
                                    .formatted(name, parameter.min(), parameter.max(), given));
        }
        var text = value.asString().orElse("");
        return parameter.choices().isEmpty() || parameter.choices().contains(text)
                ? Optional.empty()
                : Optional.of(
                        "'%s' must be one of %s, but is '%s'"
                                .formatted(name, String.join(", ", parameter.choices()), text));
    }

    private static String shown(JsonValue value) {
        var text = value.toString();
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }

    /** All of them. */
    public JsonObject all() {
        return JsonObject.copyOf(values);
    }

    /** Whether the call gave it. */
    public boolean has(String name) {
        return values.containsKey(name);
    }

    public Optional<String> text(String name) {
        return get(name).flatMap(JsonValue::asString);
    }

    /** A text that the parameters ask for. */
    public String needed(String name) {
        return text(name).orElseThrow();
    }

    public long number(String name, long byDefault) {
        return number(name).orElse(byDefault);
    }

    public OptionalLong number(String name) {
        return get(name).orElse(JsonBool.of(false)) instanceof JsonNumber number
                ? number.asLong()
                : OptionalLong.empty();
    }

    public boolean flag(String name, boolean byDefault) {
        return get(name).map(value -> value.equals(JsonBool.of(true))).orElse(byDefault);
    }

    /** All texts of a list; none if it was not given. */
    public List<String> texts(String name) {
        return get(name).orElse(JsonArray.EMPTY) instanceof JsonArray array
                ? array.strings()
                : List.of();
    }

    public Optional<JsonObject> object(String name) {
        return get(name).filter(JsonObject.class::isInstance).map(JsonObject.class::cast);
    }

    private Optional<JsonValue> get(String name) {
        return Optional.ofNullable(values.get(name));
    }
}
