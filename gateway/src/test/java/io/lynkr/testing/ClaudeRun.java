package io.lynkr.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What one run of Claude Code reported: its {@code stream-json} lines and how it ended. */
public record ClaudeRun(List<Json> events, int exitCode, String stderr, Duration took) {
    public ClaudeRun {
        events = List.copyOf(events);
    }

    static ClaudeRun of(Command.Run run) {
        if (run.timedOut()) {
            throw new AssertionError(
                    "Claude Code did not end within "
                            + run.took()
                            + "\n"
                            + run.stdout()
                            + run.stderr());
        }
        var events = new ArrayList<Json>();
        run.stdout()
                .lines()
                .filter(line -> line.startsWith("{"))
                .map(Json::parse)
                .forEach(events::add);
        return new ClaudeRun(events, run.exitCode(), run.stderr(), run.took());
    }

    /** What the model said, block by block; sub-agents included. */
    public List<String> texts() {
        return blocks("assistant", "text").map(block -> block.text("text")).toList();
    }

    public List<String> thinking() {
        return blocks("assistant", "thinking").map(block -> block.text("thinking")).toList();
    }

    /** The tools that the model asked for: blocks with id, name and input. */
    public List<Json> toolUses() {
        return blocks("assistant", "tool_use").toList();
    }

    public List<String> toolNames() {
        return toolUses().stream().map(use -> use.text("name")).toList();
    }

    /** What the tools answered: blocks with tool_use_id, content and is_error. */
    public List<Json> toolResults() {
        return blocks("user", "tool_result").toList();
    }

    /** The text that the user sees at the end. */
    public String text() {
        return result().text("result");
    }

    /** {@code success}, {@code error_during_execution}, {@code error_max_turns}. */
    public String resultSubtype() {
        return result().text("subtype");
    }

    /** An API error ends with subtype success and this. */
    public boolean isError() {
        return result().isTrue("is_error");
    }

    public Json usage() {
        return result().get("usage");
    }

    public long turns() {
        return result().number("num_turns");
    }

    public String sessionId() {
        return result().text("session_id");
    }

    /** The {@code request-id} headers of the answers, as far as the client tells. */
    public List<String> requestIds() {
        return events.stream()
                .map(event -> event.text("request_id"))
                .filter(id -> !id.isEmpty())
                .distinct()
                .toList();
    }

    /** The announced retries: attempt, error_status, retry_delay_ms. */
    public List<Json> retries() {
        return system("api_retry").toList();
    }

    public Stream<Json> system(String subtype) {
        return events.stream()
                .filter(event -> event.text("type").equals("system"))
                .filter(event -> event.text("subtype").equals(subtype));
    }

    /** The last result line; a run may have several when agents report later. */
    public Json result() {
        return events.stream()
                .filter(event -> event.text("type").equals("result"))
                .reduce((_, later) -> later)
                .orElseThrow(
                        () ->
                                new AssertionError(
                                        "Claude Code ended with "
                                                + exitCode
                                                + " and no result: "
                                                + stderr
                                                + events));
    }

    private Stream<Json> blocks(String role, String type) {
        return events.stream()
                .filter(event -> event.text("type").equals(role))
                .flatMap(event -> event.get("message").get("content").items().stream())
                .filter(block -> block.text("type").equals(type));
    }
}
