package io.lynkr.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

class JsonPatchTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            textBlock =
                    """
                    {"a":1 , "b":2 , "c":3}               | a       | {"b":2 , "c":3}
                    {"a":1 , "b":2 , "c":3}               | b       | {"a":1, "c":3}
                    {"a":1 , "b":2 , "c":3}               | c       | {"a":1 , "b":2}
                    {"a":1 , "b":2 , "c":3}               | *       | {}
                    {"a":1 , "b":2 , "c":3}               | a c     | {"b":2}
                    {"a":1 , "b":2 , "c":3}               | a b     | {"c":3}
                    {"a":1 , "b":2 , "c":3}               | b c     | {"a":1}
                    {"a":1 , "b":2 , "c":3}               | nope    | {"a":1 , "b":2 , "c":3}
                    {"t":[{"x":1,"n":1},{"n":2,"x":2}]}   | t.*.x   | {"t":[{"n":1},{"n":2}]}
                    {"t":[1, 2, 3]}                       | t.1     | {"t":[1, 3]}
                    {"t":[1, 2, 3]}                       | t.0 t.2 | {"t":[2]}
                    {"t":[{"x":1},{"x":2}],"u":0}         | t.*.x t | {"u":0}
                    {"t":[{"x":1},{"x":2}],"u":0}         | t t.*.x | {"u":0}
                    {"t":[{"x":1},{"x":2}]}               | t.0 t.*.x | {"t":[{}]}
                    """)
    void takesPartsOutAndLeavesTheRestAsItWas(String text, String paths, String left) {
        var patch = patch(text);

        for (var path : paths.split(" ", -1)) {
            patch.remove(path);
        }

        assertThat(new String(patch.apply(), UTF_8)).isEqualTo(left);
    }

    @Test
    void putsOtherValuesInPlace() {
        var patch = patch("{ \"a\" : [1, {\"b\":2}] }");

        int places = patch.replace("a.*.b", JsonString.of("x\"y"));

        assertThat(places).isEqualTo(1);
        assertThat(new String(patch.apply(), UTF_8))
                .isEqualTo("{ \"a\" : [1, {\"b\":\"x\\\"y\"}] }");
    }

    @Test
    void addsAtTheEndOfWhatIsLeft() {
        var patch = patch("{\"a\":[1],\"b\":[2],\"c\":[],\"d\":{}}");

        patch.appendTo("a", JsonNumber.of(7));
        patch.appendTo("a", JsonNumber.of(8));
        patch.remove("b.0");
        patch.appendTo("b", JsonNumber.of(9));
        patch.appendTo("c", JsonNumber.of(5));
        int notAnArray = patch.appendTo("d", JsonNumber.of(6));
        patch.remove("d");
        patch.append("e", JsonBool.TRUE);

        assertThat(notAnArray).isZero();
        assertThat(new String(patch.apply(), UTF_8))
                .isEqualTo("{\"a\":[1,7,8],\"b\":[9],\"c\":[5],\"e\":true}");
    }

    @Test
    void forgetsEditsInsideAPartThatGoes() {
        var patch = patch("{\"a\":{\"b\":1,\"c\":[1]},\"d\":2}");

        patch.replace("a.b", JsonNumber.of(9));
        patch.appendTo("a.c", JsonNumber.of(9));
        patch.remove("a");

        assertThat(new String(patch.apply(), UTF_8)).isEqualTo("{\"d\":2}");
    }

    @Test
    void refusesEditsInsideAPartThatIsReplaced() {
        var patch = patch("{\"a\":{\"b\":1}}");

        patch.replace("a.b", JsonNumber.of(9));
        patch.replace("a", JsonNumber.of(8));

        assertThatThrownBy(patch::apply).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void knowsWhetherThereIsAnythingToDo() {
        var patch = patch("{\"a\":1}");

        patch.remove("b");
        assertThat(patch.isEmpty()).isTrue();
        patch.remove("a");

        assertThat(patch.isEmpty()).isFalse();
    }

    @Property
    void removesLikeACopyWithout(
            @ForAll @Size(max = 6) List<@IntRange(max = 5) Integer> doomed,
            @ForAll @IntRange(max = 6) int size) {
        var object = JsonObject.EMPTY;
        for (int i = 0; i < size; i++) {
            object = object.with("k" + i, JsonArray.of(JsonNumber.of(i)));
        }
        var read = JsonObject.parse(object.toBytes());
        var patch = new JsonPatch(read);

        for (int key : doomed) {
            object = object.without("k" + key);
            patch.remove("k" + key);
        }

        assertThat(new String(patch.apply(), UTF_8)).isEqualTo(object.toString());
    }

    private static JsonPatch patch(String text) {
        return new JsonPatch(JsonObject.parse(text));
    }
}
