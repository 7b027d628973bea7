package io.lynkr.tool.git;

import io.lynkr.json.JsonObject;
import io.lynkr.tool.ToolResult;
import io.lynkr.workspace.GitRun;

import java.util.List;

/** Results of git tools. */
final class Answers {
    private Answers() {}

    /** It went wrong as such things do; the facts tell how, and what the state is now. */
    static ToolResult unsuccessful(JsonObject facts) {
        return new ToolResult.Unsuccessful(List.of(ToolResult.block(facts.toString())));
    }

    static ToolResult of(boolean good, JsonObject facts) {
        return good ? ToolResult.json(facts) : unsuccessful(facts);
    }

    /** What git printed for people, at most a few screens. */
    static String output(GitRun... runs) {
        var all = new StringBuilder();
        for (var run : runs) {
            all.append(run.told()).append('\n');
        }
        var text = all.toString().strip();
        return text.length() > 8_000 ? text.substring(0, 8_000) + "…" : text;
    }
}
