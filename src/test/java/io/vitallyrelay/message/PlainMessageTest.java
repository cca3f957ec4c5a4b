package io.vitallyrelay.message;

import static io.vitallyrelay.message.Candidates.CONTRACT;
import static io.vitallyrelay.message.Candidates.JSON;
import static io.vitallyrelay.message.Candidates.ORIGIN;
import static io.vitallyrelay.message.Candidates.STAMP;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the contract takes without a tree is what it makes of the tree, byte for byte. */
class PlainMessageTest {
    private static final int CANDIDATES = 40_000;
    /** As files are read. */
    private static final ObjectReader TREE = JSON.reader()
            .with(
                    DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS,
                    DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY,
                    DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .without(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES);

    private static final String USER =
            "{'type':'user','userId':'u1','accountId':'a1','timestamp':'2018-05-15T12:31:12.123Z'";

    @Test
    void takesWhatTheTreeGivesOrLeavesItToTheTree() {
        // Given
        long seed = seed();
        Random random = new Random(seed);
        RandomCandidates candidates = new RandomCandidates(random);
        List<String> disagreements = new ArrayList<>();
        int taken = 0;

        // When
        for (int i = 0; i < CANDIDATES; i++) {
            ObjectNode candidate = i % 2 == 0 ? candidates.raw() : candidates.canonicalOrBroken();
            String text = spelling(shuffled(candidate, random), random);
            Stamp stamp = new Stamp(
                    i % 3 == 0 ? "user" : null, random.nextBoolean() ? NullPolicy.OMIT : NullPolicy.SEND, ORIGIN, i);
            Message plain = CONTRACT.admitPlain(text.getBytes(UTF_8), stamp);
            if (plain != null) {
                taken++;
                if (!same(plain, text, stamp)) {
                    disagreements.add(text);
                }
            }
        }

        // Then
        assertThat(disagreements).as("seed %d, %d taken", seed, taken).isEmpty();
        assertThat(taken).as("taken with seed %d", seed).isGreaterThan(CANDIDATES / 20);
    }

    @Test
    void takesNoTextThatWasDamagedUnlessTheTreeDoesToo() {
        // Given
        long seed = seed();
        Random random = new Random(seed);
        String whole =
                USER + ",'messageId':'m','traits':{'z':null,'a':[1,-2.50,true,null,{'b':'x\\n'}],'n':null,'name':'é'}}";
        byte[] text = whole.replace('\'', '"').getBytes(UTF_8);
        List<String> disagreements = new ArrayList<>();
        int taken = 0;

        // When
        for (int i = 0; i < CANDIDATES; i++) {
            byte[] damaged = text.clone();
            for (int k = random.nextInt(3); k >= 0; k--) {
                damaged[random.nextInt(damaged.length)] =
                        (byte) "\"{}[],:.0-1eE\\ntu xé\t\u0001".charAt(random.nextInt(22));
            }
            String asText = new String(damaged, UTF_8);
            if (asText.indexOf('\uFFFD') >= 0) {
                continue; // the reader refuses what is not UTF-8
            }
            Message plain = CONTRACT.admitPlain(damaged, STAMP);
            if (plain != null) {
                taken++;
                if (!same(plain, asText, STAMP)) {
                    disagreements.add(asText);
                }
            }
        }

        // Then
        assertThat(disagreements).as("seed %d, %d taken", seed, taken).isEmpty();
        assertThat(taken).as("taken with seed %d", seed).isGreaterThan(CANDIDATES / 100);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'traits':{}",
                "'traits':{'name':'Ann','seats':17,'rate':-1.50,'vip':true,'tags':['a',null,{'b':[]}],'left':null}",
                "'traits':{'a':null,'b':1}",
                "'traits':{ 'a' : null , 'b' : null , 'c':1 , 'd' : null , 'e': {'f':null,'g':2}, 'h':null }",
                "'traits':{'a':null,'b':{'c':null}}",
                "'traits':{'text':'two\\nlines, \\'quoted\\' and é€😀'}",
                "'traits':null",
                "'messageId':'m1'",
                "'messageId':17",
                "'organizationId':null , 'traits' : { 'a' : [ 1 , 2 ] , 'b' : { } }",
            })
    void takesWhatIsUsual(String field) {
        // Given
        String text = (USER + "," + field + "}").replace("\\'", "\\\"").replace('\'', '"');

        for (NullPolicy nulls : NullPolicy.values()) {
            Stamp stamp = new Stamp("user", nulls, ORIGIN, 0);

            // When
            Message plain = CONTRACT.admitPlain(text.getBytes(UTF_8), stamp);

            // Then
            assertThat(plain).isNotNull();
            assertThat(same(plain, text, stamp)).as("nulls: %s", nulls).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'traits':{'a':1,'a':1}",
                "'traits':{'a':1e3}",
                "'traits':{'a':01}",
                "'traits':{'a':-0}",
                "'traits':{'a':1.}",
                "'traits':{'a':tru}",
                "'traits':{'a':'\\/'}",
                "'traits':{'a':'\\u0041'}",
                "'traits':{'a':'\t'}",
                "'traits':{'a' 1}",
                "'traits':{'a':1,}",
                "'traits':{'a':[1,]}",
                "'traits':{'a':1}}",
                "'traits':'x'",
                "'properties':{}",
                "'userId':'u2'",
                "'messageId':''",
                "'messageId':' \u00a0'",
                "'messageId':1.5",
                "'messageId':true",
                "'organizationId':'a\\\\b'",
                "'acountId':'a'",
                "'traits':{} x",
            })
    void leavesWhatIsWrongOrUnusualToTheTree(String field) {
        String text = (USER + "," + field + "}").replace('\'', '"');

        assertThat(CONTRACT.admitPlain(text.getBytes(UTF_8), STAMP)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{", "{}", "[]", "null", "{'type':'user'}", "{'type':'people','userId':'u'}", "{'type'"})
    void leavesWhatIsNoMessageToTheTree(String text) {
        assertThat(CONTRACT.admitPlain(text.replace('\'', '"').getBytes(UTF_8), STAMP))
                .isNull();
    }

    @Test
    void leavesAnAccountWithoutANameToTheTree() {
        String named = "{'type':'account','accountId':'a','traits':{'name':'A'}}".replace('\'', '"');

        assertThat(CONTRACT.admitPlain(named.getBytes(UTF_8), STAMP)).isNotNull();
        assertThat(CONTRACT.admitPlain(named.replace("\"A\"", "null").getBytes(UTF_8), STAMP))
                .isNull();
        assertThat(CONTRACT.admitPlain(named.replace("name", "title").getBytes(UTF_8), STAMP))
                .isNull();
    }

    @Test
    void leavesAMessageThatIsTooLargeToTheTree() {
        String large = USER.replace('\'', '"') + ",\"traits\":{\"a\":\"" + "x".repeat(32768) + "\"}}";

        assertThat(CONTRACT.admitPlain(large.getBytes(UTF_8), STAMP)).isNull();
    }

    private static boolean same(Message plain, String text, Stamp stamp) {
        try {
            JsonNode tree = TREE.readTree(text);
            Message whole = CONTRACT.admit(tree, stamp);
            return plain.type() == whole.type()
                    && plain.messageId().equals(whole.messageId())
                    && plain.entity().equals(whole.entity())
                    && new String(plain.json(), UTF_8).equals(new String(whole.json(), UTF_8));
        } catch (RefusedException | JsonProcessingException e) {
            return false;
        }
    }

    private static ObjectNode shuffled(ObjectNode candidate, Random random) {
        List<Map.Entry<String, JsonNode>> fields = new ArrayList<>(candidate.properties());
        Collections.shuffle(fields, random);
        ObjectNode shuffled = JSON.createObjectNode();
        fields.forEach(field -> shuffled.set(field.getKey(), field.getValue()));
        return shuffled;
    }

    /** The same JSON with white space where it may stand, and sometimes a field twice. */
    private static String spelling(ObjectNode candidate, Random random) {
        String text = random.nextBoolean() ? candidate.toString() : candidate.toPrettyString();
        if (random.nextInt(10) > 0) {
            return text;
        }
        String field = candidate.fieldNames().next();
        return "{\"" + field + "\":" + candidate.get(field) + "," + text.substring(1);
    }

    /** A new one for each run; to run a failure again: {@code -Dcontract.seed=…}. */
    private static long seed() {
        long seed = Long.getLong("contract.seed", System.nanoTime());
        System.out.println("PlainMessageTest: -Dcontract.seed=" + seed);
        return seed;
    }
}
