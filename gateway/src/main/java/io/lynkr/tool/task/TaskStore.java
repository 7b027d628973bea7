package io.lynkr.tool.task;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The tasks of one workspace. What a method has done is safe when it returns; every method throws
 * {@link IOException} if the store cannot be used, and then nothing was done.
 */
public interface TaskStore {

    /** By what a list is ordered; the newer task goes first among equals. */
    enum Order {
        STATUS,
        /** The most urgent first. */
        PRIORITY,
        /** The latest change first. */
        UPDATED,
        /** The newest first. */
        CREATED
    }

    /**
     * Which tasks to list.
     *
     * @param search part of the title, in any case
     */
    record Query(
            Optional<String> status,
            Optional<String> linkedFile,
            Optional<String> search,
            Order order,
            int most) {}

    /**
     * Some of the tasks.
     *
     * @param total how many there are of that kind
     */
    record Found(List<Task> tasks, int total) {
        public Found {
            tasks = List.copyOf(tasks);
        }
    }

    /** Keeps a new task, under an id that no task had before. */
    Task add(Task task) throws IOException;

    Optional<Task> find(long id) throws IOException;

    /**
     * Changes a task; nobody else changes it meanwhile.
     *
     * @return what it is now; empty if there is none
     */
    Optional<Task> update(long id, UnaryOperator<Task> change) throws IOException;

    /** Whether there was one. */
    boolean delete(long id) throws IOException;

    Found list(Query query) throws IOException;
}
