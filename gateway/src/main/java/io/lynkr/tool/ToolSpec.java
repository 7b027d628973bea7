package io.lynkr.tool;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonObject;

import java.util.List;
import java.util.Optional;

/**
 * What models and clients are told about a tool.
 *
 * @param name the canonical name, unique in the catalog: letters, digits and underscores
 * @param family which tools it belongs to, for settings that turn them on together
 * @param description when and how to use it, for a model
 * @param parameters in the order in which they are published
 * @param effect what it changes
 * @param foreignSchema of a tool that is not ours: its arguments are passed on as they are
 */
public record ToolSpec(
        String name,
        String family,
        String description,
        List<Parameter> parameters,
        Effect effect,
        Optional<JsonObject> foreignSchema) {

    /** A tool of ours. */
    public ToolSpec(
            String name,
            String family,
            String description,
            List<Parameter> parameters,
            Effect effect) {
        this(name, family, description, parameters, effect, Optional.empty());
    }

    /** A tool of somebody else, who checks its arguments. */
    public static ToolSpec foreign(
            String name, String family, String description, JsonObject schema, Effect effect) {
        return new ToolSpec(name, family, description, List.of(), effect, Optional.of(schema));
    }

    /** How calls get along with each other. */
    public enum Effect {
        /** Changes nothing: may run beside others. */
        READS,
        /** Changes something, and runs alone. */
        CHANGES,
        /** May do harm that cannot be undone, and runs alone. */
        DESTROYS
    }

    public ToolSpec {
        parameters = List.copyOf(parameters);
    }

    /** The arguments' schema: JSON Schema 2020-12; of our own tools, without further members. */
    public JsonObject inputSchema() {
        return foreignSchema.orElseGet(this::ownSchema);
    }

    private JsonObject ownSchema() {
        var properties = JsonObject.EMPTY;
        for (var parameter : parameters) {
            properties = properties.with(parameter.name(), parameter.schema());
        }
        var required =
                parameters.stream().filter(Parameter::required).map(Parameter::name).toList();
        var schema = JsonObject.of("type", "object").with("properties", properties);
        if (!required.isEmpty()) {
            schema = schema.with("required", JsonArray.ofStrings(required));
        }
        return schema.with("additionalProperties", false);
    }

    /** The tool as an entry of a request's {@code tools}. */
    public JsonObject toDefinition() {
        return JsonObject.of("name", name)
                .with("description", description)
                .with("input_schema", inputSchema());
    }
}
