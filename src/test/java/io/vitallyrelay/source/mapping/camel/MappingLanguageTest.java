package io.vitallyrelay.source.mapping.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vitallyrelay.source.mapping.MappingLimits;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.ExpressionIllegalSyntaxException;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** jq-without-end, tonumber-changes-numbers, and their neighbours. */
@Timeout(60)
class MappingLanguageTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofMillis(300);
    private static final int MEMORY = 128 * 1024 * 1024;
    private static final String MEMORY_SAID = "the mapping takes more memory for this record than 128 MiB";
    private static final String TIME_SAID = "takes longer than 300 ms for this record (relay.mapping.timeout)";

    private final CamelContext camel = new DefaultCamelContext();

    @BeforeEach
    void bind() {
        bind(TIMEOUT, MEMORY);
    }

    private void bind(Duration timeout, int memory) {
        camel.getRegistry().bind("jq", new MappingLanguage(new MappingLimits(timeout, memory)));
    }

    @AfterEach
    void close() throws Exception {
        camel.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '§',
            quoteCharacter = '`',
            value = {
                "[range(1e9)] | length § memory",
                "reduce range(1e9) as $i (0; . + $i) § time",
                "[range(0; 1e9; 1)] | length § memory",
                "def r: ., r; [r] | length § depth",
                "last(range(1e12)) § time",
                "first(range(1e12) | select(. < 0)) § time",
                "def f: f | f; f § depth",
                "def f: f; f § depth",
                "def f: . as $n | if $n > 25 then 1 else reduce (1, 2) as $i (0; $n + 1 | f) end; 0 | f § time",
                "0 | until(false; . + 1) § depth",
                "reduce range(40) as $i (\"x\"; . + .) | length § text",
                "reduce range(40) as $i ({a: \"x\"}; .a += .a) | .a | length § text",
                "\"abcdefgh\" * 1e9 | length § text",
                "reduce range(40) as $i ([1]; . + .) | length § array",
                "1e9 * \"abcdefgh\" | length § text",
                "[range(1e6) | \"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\" * 1000] | length § memory",
                ".a as $a | [range(12)] | [.[] + .[] + .[] + .[] + .[] + .[] + .[] + .[] + .[] + .[]] | length § any",
                "[range(99)] | [.[] as $a | .[] as $b | .[] as $c | .[] as $d | .[] as $e | select(false)] § time",
                "[range(999)] | {a: .[], b: .[], c: .[], d: .[]} | select(false) § any",
                "[range(999)] | \"\\(.[])\\(.[])\\(.[])\\(.[])\" | select(false) § any",
                "[limit(5; range(1e12) | select(. < 3))] § time",
                "try reduce range(1e9) as $i (0; . + $i) catch 1 § time",
                "(reduce range(1e9) as $i (0; . + $i))? // 1 § time",
                ".a | test(\"^(a+)+$\") § time",
                ".a | sub(\"^(a+)+$\"; \"\") § time",
                ".a | [match(\"^(a+)+$\"; \"g\")] § time",
                "[range(1e9) as $i | \"x\" | gsub(\"x\"; \"yy\")] | length § time",
                "walk(.) § depth",
                "any(range(1e12); false) § time",
                "[foreach range(1e9) as $i (0; $i)] | length § any",
                "def f(g): g | f(g); f(.) § depth",
                "[.[] | until(false; .)] § any",
                "0 | [recurse(. + 1)] | length § any",
                "[while(true; .)] | length § any",
                "recurse(.) | select(false) § any",
            })
    void endsAMappingThatGoesOnWithoutEndOrBound(String mapping, String limit) throws Exception {
        // Given
        // the other limit is far away, so that neither a slow nor a fast machine comes to it first
        if (limit.equals("time")) {
            bind(TIMEOUT, Integer.MAX_VALUE);
        } else {
            bind(Duration.ofSeconds(30), MEMORY);
        }
        Expression expression = compiled(mapping);
        JsonNode record = JSON.readTree("{\"a\":\"" + "a".repeat(40) + "!\",\"deep\":"
                + "[".repeat(limit.equals("depth") ? 900 : 1) + "]".repeat(limit.equals("depth") ? 900 : 1) + "}");
        long begun = System.nanoTime();

        // When
        Throwable thrown = root(catchThrowable(() -> evaluate(expression, record)));

        // Then
        assertThat(thrown)
                .hasMessageContaining(
                        switch (limit) {
                            case "time" -> TIME_SAID;
                            case "any" -> "the mapping ";
                            case "memory" -> MEMORY_SAID;
                            case "depth" -> "nests too deep for this record";
                            case "array" -> "an array of more than 4194304 elements of this record, by +";
                            default -> "text longer than 16777216 characters";
                        });
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(32));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '§',
            quoteCharacter = '`',
            value = {
                "{n: (.n | tonumber?), k: error(\"behind\")} § behind",
                "(.n | tonumber?) | error(\"behind\") § behind",
                "{n: (.n | tonumber? // error(\"n\")), k: error(\"behind\")} § behind",
                "(try .n catch \"caught\") | error(\"behind\") § behind",
                "(try error(\"x\") catch .) | error(\"behind\") § behind",
                "try ((.n | tonumber?) | error(\"inside\")) catch (\"caught \" + .) § caught inside",
                "[.n | tonumber?, error(\"x\")?] | tojson § [5]",
                "[.n, \"x\", 7 | tonumber?] | tojson § [5,7]",
                "(.k | tonumber?) // \"none\" § none",
                "label $out | (.n?, .k) | if . == null then break $out else . end § 5",
                "[.[]?] | length § 1",
                "try error(\"x\") catch . § x",
            })
    void triesNothingButWhatStandsInTheTry(String mapping, String expected) throws Exception {
        // Given
        Expression expression = compiled(mapping);
        JsonNode record = JSON.readTree("{\"n\":\"5\"}");

        // When
        String made;
        try {
            made = ((JsonNode) evaluate(expression, record)).asText();
        } catch (Exception e) {
            made = root(e).getMessage();
        }

        // Then
        assertThat(made).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "ascii_downcase, 'Abc ÄÖ ß @[`{ Z', 'abc ÄÖ ß @[`{ z'",
        "ascii_upcase, 'Abc äö ß @[`{ z', 'ABC äö ß @[`{ Z'",
        "ascii_downcase, '', ''",
        "ascii_downcase, 'X\uD83D\uDE00', 'x\uD83D\uDE00'"
    })
    void changesTheCaseOfAsciiLettersAlone(String mapping, String text, String expected) throws Exception {
        assertThat(evaluate(compiled(mapping), JSON.getNodeFactory().textNode(text)))
                .hasToString(JSON.getNodeFactory().textNode(expected).toString());
        assertThatThrownBy(() -> evaluate(compiled(mapping), JSON.readTree("7")))
                .rootCause()
                .hasMessage("explode input must be a string");
    }

    @Test
    void doesNothingAnyMoreWhenItsTimeIsOver() throws Exception {
        // Given
        Expression expression = compiled(".a | test(\"^(a+)+$\")");
        JsonNode record = JSON.readTree("{\"a\":\"" + "a".repeat(40) + "!\"}");
        var threads = ManagementFactory.getThreadMXBean();
        int before = threads.getThreadCount();

        // When
        assertThatThrownBy(() -> evaluate(expression, record)).rootCause().hasMessageContaining(TIME_SAID);

        // Then
        assertThat(threads.getThreadCount()).as("no thread is left behind").isLessThanOrEqualTo(before);
        assertThat(evaluate(compiled(".a | length"), record)).isEqualTo(JSON.readTree("41"));
    }

    @ParameterizedTest(name = "{0} of {1} is {2}")
    @CsvSource(
            delimiter = '§',
            quoteCharacter = '`',
            value = {
                "gsub(\"a*\"; \"\") § \"baac\" § \"bc\"",
                "gsub(\"^\"; \"x\") § \"ab\" § \"xab\"",
                "gsub(\"\"; \"-\") § \"ää\" § \"-ä-ä-\"",
                "gsub(\"(?<d>[0-9])\"; \"<\" + .d + \">\") § \"a1b22\" § \"a<1>b<2><2>\"",
                "gsub(\"^\\\\s+|\\\\s+$\"; \"\") § \"  a b \" § \"a b\"",
                "sub(\",\"; \".\") § \"20,75\" § \"20.75\"",
                "[sub(\"a\"; \"x\", \"y\")] § \"aa\" § [\"xa\",\"ya\"]",
                "[gsub(\"a\"; \"x\", \"y\")] § \"aa\" § [\"xx\",\"yx\",\"xy\",\"yy\"]",
                "[gsub(\"a\"; empty)] § \"aa\" § []",
                "test(\"ÄB\"; \"i\") § \"xäb\" § true",
                "[match(\"(?<x>ä)(b)?\"; \"g\")] § \"bäbä\" § [{\"offset\":1,\"length\":2,\"string\":\"äb\",\"captures\":[{\"offset\":1,\"length\":1,\"string\":\"ä\",\"name\":\"x\"},{\"offset\":2,\"length\":1,\"string\":\"b\",\"name\":null}]},{\"offset\":3,\"length\":1,\"string\":\"ä\",\"captures\":[{\"offset\":3,\"length\":1,\"string\":\"ä\",\"name\":\"x\"},{\"offset\":-1,\"length\":0,\"string\":null,\"name\":null}]}]",
                "[match(\"(?=b)\"; \"g\").offset] § \"aab b\" § [2,4]",
                "capture(\"(?<y>[0-9]{4})-(?<m>[0-9]{2})\") § \"2026-01\" § {\"y\":\"2026\",\"m\":\"01\"}",
                "[scan(\"[0-9]+\")] § \"1,22,3\" § [\"1\",\"22\",\"3\"]",
                "[splits(\", *\")] § \"a, b,c\" § [\"a\",\"b\",\"c\"]",
                "ascii_downcase | ltrimstr(\"a\") § \"ABC\" § \"bc\"",
                "[.[] | select(. > 1)] | add § [1,2,3] § 5",
                "map(. * 2) | unique § [2,1,1] § [2,4]",
                "walk(if type == \"number\" then . + 1 else . end) § [1,{\"a\":2}] § [2,{\"a\":3}]",
                "[paths] § {\"a\":[1]} § [[\"a\"],[\"a\",0]]",
                "[path(..)] § {\"a\":1} § [[],[\"a\"]]",
                "del(.a, .b) § {\"a\":1,\"b\":2,\"c\":3} § {\"c\":3}",
                ".a |= . + 1 § {\"a\":1} § {\"a\":2}",
                ".[] += 1 § [1,2] § [2,3]",
                "to_entries § {\"a\":1} § [{\"key\":\"a\",\"value\":1}]",
                "def f($x): $x + 1; f(1) § null § 2",
                "[.[] as [$a, $b] | $a + $b] § [[1,2],[3,4]] § [3,7]",
                "if .a then \"y\" elif .b then \"z\" else \"n\" end § {\"b\":1} § \"z\"",
                "flatten § [[1],[[2]]] § [1,2]",
                "(.a, .b) = 1 § {} § {\"a\":1,\"b\":1}",
                "\"x\" * 3 § null § \"xxx\"",
            })
    void mapsAsJqDoes(String mapping, String record, String expected) throws Exception {
        // When
        Object result = evaluate(compiled(mapping), JSON.readTree(record));

        // Then
        assertThat(JSON.<JsonNode>valueToTree(result))
                .hasToString(JSON.readTree(expected).toString());
    }

    @Test
    void keepsTheDigitsOfANumber() throws Exception {
        for (String number : List.of(
                "0.1234567890123456789",
                "12345678901234567890",
                "9007199254740993",
                "20.75",
                "1",
                "0",
                "-17",
                "1.7976931348623157E+308")) {
            // When
            Object result = evaluate(compiled("tonumber"), JSON.getNodeFactory().textNode(number));

            // Then
            assertThat(new java.math.BigDecimal(result.toString())).isEqualByComparingTo(number);
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "`1d`", "`5f`", "`0x1p3`", "`NaN`", "`Infinity`", "` 1`", "`1 `", "`1e-400`", "`1e400`",
                        "`1e2147483647`",
                "`1e99999999999`", "`+1`", "`.5`", "`5.`", "`007`", "``", "`１`", "`1,5`", "`1_000`", "`true`"
            })
    void saysThatTextIsNoNumber(String text) {
        // When
        assertThatThrownBy(() ->
                        evaluate(compiled("tonumber"), JSON.getNodeFactory().textNode(text)))
                // Then
                .rootCause()
                .hasMessageStartingWith("must be a number")
                .hasMessageEndingWith(", got \"" + text + "\"");
    }

    @Test
    void letsTheMappingSayWhichColumnIsNoNumber() {
        // When
        assertThatThrownBy(() -> evaluate(
                        compiled("tonumber? // error(\"mrr: must be a number, got \\\"\\(.)\\\"\")"),
                        JSON.getNodeFactory().textNode("1d")))
                // Then
                .rootCause()
                .hasMessage("mrr: must be a number, got \"1d\"");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '§',
            value = {"{a: § a", "foo(1) | § x", ".a == § x", "\"abc § x"})
    void refusesWhatIsNoMappingAtTheStart(String mapping) {
        assertThatThrownBy(() -> compiled(mapping)).isInstanceOf(ExpressionIllegalSyntaxException.class);
    }

    @Test
    void canBeAPredicate() throws Exception {
        // Given
        Exchange exchange = new DefaultExchange(camel);
        exchange.getMessage().setBody(JSON.readTree("{\"a\":1}"));

        // Then
        assertThat(camel.resolveLanguage("jq").createPredicate(".a == 1").matches(exchange))
                .isTrue();
        assertThat(camel.resolveLanguage("jq").createPredicate(".a == 2").matches(exchange))
                .isFalse();
    }

    private static Throwable root(Throwable thrown) {
        return thrown.getCause() == null ? thrown : root(thrown.getCause());
    }

    private Expression compiled(String mapping) {
        return camel.resolveLanguage("jq").createExpression(mapping);
    }

    private Object evaluate(Expression expression, JsonNode record) {
        Exchange exchange = new DefaultExchange(camel);
        exchange.getMessage().setBody(record);
        return expression.evaluate(exchange, Object.class);
    }
}
