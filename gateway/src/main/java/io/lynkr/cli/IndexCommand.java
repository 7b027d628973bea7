package io.lynkr.cli;

import io.lynkr.app.ToolBench;
import io.lynkr.json.JsonObject;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;

/** Brings the index of the workspace up to date and prints its summary. */
@Command(
        name = "index",
        description =
                "Brings the index of the workspace's code up to date and prints the summary that"
                        + " models get.",
        footer = {
            "  lynkr index",
            "  lynkr index --rebuild",
            "  lynkr index --picture modules.svg",
        })
final class IndexCommand implements Callable<Integer> {
    private static final Pattern PROGRESS = Pattern.compile("indexed ([\\d,]+) of ([\\d,]+)");
    private static final int BAR = 30;

    private final Surroundings surroundings;
    private final ToolBench.Opener opener;

    @Option(
            names = "--rebuild",
            description =
                    "Reads everything anew, and writes the section of facts in CLAUDE.md unless"
                            + " WORKSPACE_INDEX_CLAUDE_MD=false.")
    boolean rebuild;

    @Option(
            names = "--picture",
            paramLabel = "FILE",
            description = "Writes a picture of the modules and their cycles, as SVG.")
    Optional<Path> picture = Optional.empty();

    IndexCommand(Surroundings surroundings, ToolBench.Opener opener) {
        this.surroundings = surroundings;
        this.opener = opener;
    }

    @Override
    public Integer call() throws InterruptedException, CommandFailedException {
        try (var bench = opener.open(surroundings.settings())) {
            var tool = rebuild ? "workspace_index_rebuild" : "project_summary";
            var outcome = bench.call(tool, JsonObject.EMPTY, this::show);
            surroundings.console().err().print("\r" + " ".repeat(BAR + 40) + "\r");
            surroundings.console().out().println(outcome.text());
            if (!outcome.isError() && picture.isPresent()) {
                draw(bench, picture.get());
            }
            return outcome.isError() ? ExitCode.FAILURE : ExitCode.OK;
        }
    }

    private void show(String line) {
        var found = PROGRESS.matcher(line);
        if (found.find()) {
            long done = Long.parseLong(found.group(1).replace(",", ""));
            long all = Math.max(1, Long.parseLong(found.group(2).replace(",", "")));
            int filled = (int) (BAR * done / all);
            var err = surroundings.console().err();
            err.print("\r[" + "#".repeat(filled) + ".".repeat(BAR - filled) + "] " + line);
            err.flush();
        }
    }

    private void draw(ToolBench bench, Path file)
            throws InterruptedException, CommandFailedException {
        var svg = bench.call("project_summary", JsonObject.of("format", "svg"), _ -> {});
        try {
            Files.writeString(file, svg.text());
            surroundings.console().out().println("picture: " + file);
        } catch (IOException e) {
            throw new CommandFailedException("cannot write " + file + ": " + e.getMessage());
        }
    }
}
