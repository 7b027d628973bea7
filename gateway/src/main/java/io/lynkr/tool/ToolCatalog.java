package io.lynkr.tool;

import io.lynkr.policy.Facts;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** All tools there are, by their names and by those that models and people also use for them. */
public final class ToolCatalog implements Facts.ToolNames {
    /** How the names of tools begin that are not ours. */
    public static final String GUEST = "mcp_";

    private final Map<String, Tool> tools = new LinkedHashMap<>();
    private final Map<String, String> aliases;
    private final Supplier<? extends Collection<? extends Tool>> guests;

    /**
     * @param aliases lower-case names to canonical ones; those that mean no tool here are ignored
     */
    public ToolCatalog(Collection<? extends Tool> tools, Map<String, String> aliases) {
        this(tools, aliases, List::of);
    }

    /**
     * @param aliases lower-case names to canonical ones; those that mean no tool here are ignored
     * @param guests tools that come and go, of names that begin with {@link #GUEST}; asked each
     *     time
     */
    public ToolCatalog(
            Collection<? extends Tool> tools,
            Map<String, String> aliases,
            Supplier<? extends Collection<? extends Tool>> guests) {
        this.guests = guests;
        for (var tool : tools) {
            if (this.tools.put(tool.spec().name(), tool) != null) {
                throw new IllegalArgumentException("two tools are named " + tool.spec().name());
            }
        }
        this.aliases = Map.copyOf(aliases);
    }

    /** The tool of exactly this name: the way to ask for names that a client declared. */
    public Optional<Tool> named(String name) {
        var own = tools.get(name);
        return own != null || !name.startsWith(GUEST)
                ? Optional.ofNullable(own)
                : guests.get().stream()
                        .filter(tool -> tool.spec().name().equals(name))
                        .<Tool>map(tool -> tool)
                        .findFirst();
    }

    /** The tool that a name means, aliases included. */
    public Optional<Tool> find(String name) {
        return named(canonical(name));
    }

    @Override
    public String canonical(String name) {
        if (tools.containsKey(name) || name.startsWith(GUEST)) {
            return name;
        }
        var lower = name.toLowerCase(Locale.ROOT);
        return aliases.getOrDefault(lower, tools.containsKey(lower) ? lower : name);
    }

    /** All tools, in the order in which they were listed. */
    public List<Tool> tools() {
        var all = new ArrayList<Tool>(tools.values());
        all.addAll(guests.get());
        return all;
    }
}
