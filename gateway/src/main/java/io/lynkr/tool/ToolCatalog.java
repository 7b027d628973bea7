package io.lynkr.tool;

import io.lynkr.policy.Facts;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** All tools there are, by their names and by those that models and people also use for them. */
public final class ToolCatalog implements Facts.ToolNames {
    private final Map<String, Tool> tools = new LinkedHashMap<>();
    private final Map<String, String> aliases;

    /**
     * @param aliases lower-case names to canonical ones; those that mean no tool here are ignored
     */
    public ToolCatalog(Collection<? extends Tool> tools, Map<String, String> aliases) {
        for (var tool : tools) {
            if (this.tools.put(tool.spec().name(), tool) != null) {
                throw new IllegalArgumentException("two tools are named " + tool.spec().name());
            }
        }
        this.aliases = Map.copyOf(aliases);
    }

    /** The tool of exactly this name: the way to ask for names that a client declared. */
    public Optional<Tool> named(String name) {
        return Optional.ofNullable(tools.get(name));
    }

    /** The tool that a name means, aliases included. */
    public Optional<Tool> find(String name) {
        return named(canonical(name));
    }

    @Override
    public String canonical(String name) {
        if (tools.containsKey(name)) {
            return name;
        }
        var lower = name.toLowerCase(Locale.ROOT);
        return aliases.getOrDefault(lower, tools.containsKey(lower) ? lower : name);
    }

    /** All tools, in the order in which they were listed. */
    public List<Tool> tools() {
        return List.copyOf(tools.values());
    }
}
