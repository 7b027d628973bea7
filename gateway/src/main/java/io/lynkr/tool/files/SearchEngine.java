package io.lynkr.tool.files;

import io.lynkr.resilience.Deadline;
import io.lynkr.tool.ToolException;
import io.lynkr.workspace.WorkspacePath;

import java.util.List;

/** Finds out where a text stands. What it says is checked against the workspace afterwards. */
interface SearchEngine {
    /** Greater files are not searched. */
    long LARGEST_FILE = 1 << 20;

    /** As results name it. */
    String name();

    /**
     * Searches all files that git does not ignore, hidden ones included.
     *
     * @throws ToolException if the text is no good regular expression, or it takes too long
     */
    Found find(Query query, Deadline deadline) throws ToolException, InterruptedException;

    /**
     * What to search.
     *
     * @param regex whether the text is a regular expression
     * @param folder to search in, without links in its path
     */
    record Query(
            String text,
            boolean regex,
            boolean ignoreCase,
            WorkspacePath folder,
            Patterns patterns) {}

    /**
     * A line that holds the text.
     *
     * @param line from 1
     * @param column from 1, in bytes of UTF-8
     */
    record Hit(WorkspacePath path, int line, int column) {}

    /**
     * All hits, by path and line.
     *
     * @param cut whether there are more
     */
    record Found(List<Hit> hits, boolean cut) {
        public Found {
            hits = List.copyOf(hits);
        }
    }
}
