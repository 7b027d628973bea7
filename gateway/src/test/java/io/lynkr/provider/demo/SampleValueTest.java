package io.lynkr.provider.demo;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lynkr.json.JsonLimits;
import io.lynkr.json.JsonObject;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The smallest values that fit. */
class SampleValueTest {

    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '\0',
            textBlock =
                    """
                    {"type":"string"}                               => "a long text"
                    {"type":"string","maxLength":6}                 => "a long"
                    {"type":"string","format":"uri"}                => "https://example.com/"
                    {"type":"integer"}                              => 1
                    {"type":"number","exclusiveMinimum":0.5}        => 1.5
                    {"type":"boolean"}                              => false
                    {"type":"null"}                                 => null
                    {"type":["null","integer"],"minimum":7}         => 7
                    {"const":{"a":1}}                               => {"a":1}
                    {"enum":["x","y"]}                              => "x"
                    {"type":"integer","default":9}                  => 9
                    {"anyOf":[{"type":"boolean"},{"type":"null"}]}  => false
                    {"type":"array","items":{"type":"null"}}        => []
                    {"type":"array","minItems":2,"items":{"const":1}} => [1,1]
                    {"type":"object","properties":{"a":{}}}         => {}
                    {"type":"object","required":["a"]}              => {"a":"a long text"}
                    {}                                              => "a long text"
                    """)
    void fitsTheSchema(String schema, String expected) {
        var required =
                JsonObject.parse("{\"required\":[\"it\"],\"properties\":{\"it\":" + schema + "}}");

        var value = new SampleValue("a long text").object(required);

        assertThat(value.toString()).isEqualTo("{\"it\":" + expected + "}");
    }

    @ParameterizedTest
    @CsvSource({"100", "1000"})
    void endsEvenWhereASchemaDoesNot(int depth) {
        var schema =
                "{\"required\":[\"a\"],\"type\":\"object\",\"properties\":{\"a\":".repeat(depth)
                        + "{}"
                        + "}}".repeat(depth);

        var value =
                new SampleValue("")
                        .object(
                                JsonObject.parse(
                                        schema.getBytes(UTF_8), new JsonLimits(5_000, 10, false)));

        assertThat(value.toString()).hasSizeLessThan(200);
    }
}
