package io.vitallyrelay.message;

import static io.vitallyrelay.message.Candidates.JSON;
import static io.vitallyrelay.message.Candidates.NOW;
import static io.vitallyrelay.message.Candidates.ORIGIN;
import static io.vitallyrelay.message.Candidates.STAMP;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.InstantSource;
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
    /** Told by the short way, and by the long one, of the same text. */
    private final List<String> toldOfPlain = new ArrayList<>();

    private final List<String> toldOfTree = new ArrayList<>();
    private final Contract byBytes = contract(toldOfPlain);
    private final Contract byTree = contract(toldOfTree);

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
                    i % 3 == 0 ? "user" : null, one(random, NullPolicy.OMIT, NullPolicy.SEND, null), ORIGIN, i);
            toldOfPlain.clear();
            Message plain = byBytes.admitPlain(text.getBytes(UTF_8), stamp);
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
            toldOfPlain.clear();
            Message plain = byBytes.admitPlain(damaged, STAMP);
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
            toldOfPlain.clear();
            Message plain = byBytes.admitPlain(text.getBytes(UTF_8), stamp);

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
                "'messageId':'undefined'",
                "'messageId':0",
                "'organizationId':'NULL'",
                "'organizationId':' null '",
                "'organizationId':'[object Object]'",
                "'organizationId':-1",
                "'organizationId':''",
                "'organizationId':'\u200b'",
                "'organizationId':'\u007f'",
                "'messageId':' \u00a0'",
                "'messageId':1.5",
                "'messageId':true",
                "'organizationId':'a\\\\b'",
                "'acountId':'a'",
                "'traits':{} x",
            })
    void leavesWhatIsWrongOrUnusualToTheTree(String field) {
        String text = (USER + "," + field + "}").replace('\'', '"');

        assertThat(byBytes.admitPlain(text.getBytes(UTF_8), STAMP)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{", "{}", "[]", "null", "{'type':'user'}", "{'type':'people','userId':'u'}", "{'type'"})
    void leavesWhatIsNoMessageToTheTree(String text) {
        assertThat(byBytes.admitPlain(text.replace('\'', '"').getBytes(UTF_8), STAMP))
                .isNull();
    }

    @Test
    void leavesAnAccountWithoutANameToTheTree() {
        String named = "{'type':'account','accountId':'a','traits':{'name':'A'}}".replace('\'', '"');

        assertThat(byBytes.admitPlain(named.getBytes(UTF_8), STAMP)).isNotNull();
        assertThat(byBytes.admitPlain(named.replace("\"A\"", "null").getBytes(UTF_8), STAMP))
                .isNull();
        assertThat(byBytes.admitPlain(named.replace("name", "title").getBytes(UTF_8), STAMP))
                .isNull();
        assertThat(byBytes.admitPlain(named.replace("\"A\"", "\" \"").getBytes(UTF_8), STAMP))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1970-01-01T00:00:00.000Z", "9999-12-31T00:00:00.000Z", "2028-01-01T00:00:00Z"})
    void leavesATimestampThatIsUnlikelyToTheTree(String timestamp) {
        String text = USER.replace('\'', '"').replace("2018-05-15T12:31:12.123Z", timestamp) + "}";

        assertThat(byBytes.admitPlain(text.getBytes(UTF_8), STAMP)).isNull();
    }

    @Test
    void tellsHowManyNullsItLeavesOut() {
        // Given
        String text =
                USER.replace('\'', '"') + ",\"traits\":{\"a\":null,\"b\":[null,{\"c\":null}],\"d\":{\"e\":null}}}";
        Stamp stamp = new Stamp(null, null, ORIGIN, 0);

        // When
        Message plain = byBytes.admitPlain(text.getBytes(UTF_8), stamp);

        // Then
        assertThat(same(plain, text, stamp)).isTrue();
        assertThat(toldOfPlain).containsExactly("NULL_LEFT_OUT 3" + ORIGIN);
    }

    @Test
    void leavesAMessageThatIsTooLargeToTheTree() {
        String large = USER.replace('\'', '"') + ",\"traits\":{\"a\":\"" + "x".repeat(32768) + "\"}}";

        assertThat(byBytes.admitPlain(large.getBytes(UTF_8), STAMP)).isNull();
    }

    private static Contract contract(List<String> told) {
        return new Contract(
                ContractRules.strict(32768),
                InstantSource.fixed(Instant.parse(NOW)),
                (notice, count, detail, origin) -> told.add(notice + " " + count + detail + origin));
    }

    private boolean same(Message plain, String text, Stamp stamp) {
        try {
            JsonNode tree = Json.tree(text);
            toldOfTree.clear();
            Message whole = byTree.admit(tree, stamp);
            return plain.type() == whole.type()
                    && plain.messageId().equals(whole.messageId())
                    && plain.entity().equals(whole.entity())
                    && toldOfPlain.equals(toldOfTree)
                    && new String(plain.json(), UTF_8).equals(new String(whole.json(), UTF_8));
        } catch (ContractException | JsonProcessingException e) {
            return false;
        }
    }

    private static NullPolicy one(Random random, NullPolicy... of) {
        return of[random.nextInt(of.length)];
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
