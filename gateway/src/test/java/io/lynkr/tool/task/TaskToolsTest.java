package io.lynkr.tool.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.lynkr.store.memory.MemoryTaskStore;
import io.lynkr.testing.ToolTrial;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

class TaskToolsTest {
    private static final Clock NOW = Clock.fixed(Instant.ofEpochMilli(1234), ZoneOffset.UTC);

    private final ToolTrial trial = ToolTrial.of(_ -> TaskTools.all(new MemoryTaskStore(), NOW));

    @AfterEach
    void close() {
        trial.close();
    }

    @Test
    void takesATaskThroughItsLife() {
        var made =
                trial.json(
                        "workspace_task_create",
                        "{\"name\":\" Fix it \",\"tags\":\"a,"
                            + " b,,a\",\"priority\":\"3\",\"path\":\"src/A.java\",\"metadata\":\"{\\\"k\\\":1}\"}");
        assertThat(made.toString())
                .isEqualTo(
                        "{\"id\":1,\"title\":\"Fix"
                            + " it\",\"status\":\"todo\",\"priority\":3,\"tags\":[\"a\",\"b\"],"
                            + "\"linkedFile\":\"src/A.java\",\"createdAt\":1234,\"updatedAt\":1234,"
                            + "\"createdBy\":\"s1\",\"updatedBy\":\"s1\",\"metadata\":{\"k\":1}}");

        trial.text(
                "workspace_task_update",
                "{\"id\":1,\"tags\":[\"x,y\",\"z\"],\"title\":\"Fix all\"}");
        trial.text("workspace_task_set_status", "{\"taskId\":\"1\",\"state\":\"done\"}");

        var changed = trial.json("workspace_task_get", "{\"task_id\":1}");
        assertThat(changed.string("title")).contains("Fix all");
        assertThat(changed.string("status")).contains("done");
        assertThat(changed.integer("priority")).hasValue(3);
        assertThat(changed.array("tags").orElseThrow().strings()).containsExactly("x,y", "z");
        assertThat(trial.json("workspace_tasks_list", "{\"status\":\"done\"}").integer("total"))
                .hasValue(1);
        assertThat(trial.text("workspace_task_delete", "{\"id\":1}"))
                .isEqualTo("{\"id\":1,\"deleted\":true}");
        assertThat(trial.text("workspace_tasks_list", "{}"))
                .isEqualTo("{\"tasks\":[],\"total\":0}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    workspace_task_get        | {}                          | 'id' is missing
                    workspace_task_get        | {"id":7}                    | not_found: task_not_found
                    workspace_task_get        | {"id":0}                    | 'id' must be from 1
                    workspace_task_get        | {"id":"x"}                  | 'id' must be a whole number
                    workspace_task_update     | {"id":7,"title":"x"}        | task_not_found
                    workspace_task_set_status | {"id":1}                    | 'status' is missing
                    workspace_task_delete     | {"id":7}                    | task_not_found
                    workspace_task_create     | {}                          | 'title' is missing
                    workspace_task_create     | {"title":"  "}              | 'title' must have from 1
                    workspace_task_create     | {"title":"x","status":""}   | 'status' must have from 1
                    workspace_task_create     | {"title":"x","metadata":"no object"} | 'metadata' must be an object
                    workspace_task_create     | {"title":"x","tags":[1]}    | 'tags' must be a list of texts
                    workspace_task_create     | {"title":"x","urgent":true} | 'urgent' is no parameter
                    workspace_tasks_list      | {"order":"random"}          | must be one of updated
                    workspace_tasks_list      | {"limit":501}               | from 1 to 500
                    """)
    void refusesBadCalls(String tool, String input, String expected) {
        assertThat(ToolTrial.error(trial.call(tool, input))).contains(expected);
        assertThat(trial.json("workspace_tasks_list", "{}").integer("total")).hasValue(0);
    }
}
