package io.vitallyrelay.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vitallyrelay.message.Contract;
import io.vitallyrelay.message.Notice;
import io.vitallyrelay.message.NullPolicy;
import io.vitallyrelay.message.Origin;
import io.vitallyrelay.message.Stamp;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OwnIdsTest {
    private static final String ONE = "{\"type\":\"track\",\"userId\":\"u\",\"event\":\"e1\",\"messageId\":\"same-1\"}";
    private static final String OTHER = ONE.replace("e1", "e2");

    private final Contract contract = new Contract(1000, InstantSource.system());
    private final List<Notice> told = new ArrayList<>();
    private final OwnIds ids = new OwnIds((notice, count, detail, origin) -> told.add(notice));

    @Test
    void areToldWhereOneRecordBringsThemTwice() throws Exception {
        // When
        admit(ONE, "line 1", 0);
        admit(OTHER, "line 1", 1);

        // Then
        assertThat(told).containsExactly(Notice.SAME_MESSAGE_ID);
    }

    @Test
    void areLookedForInATextWhereTheirKeyStands() {
        assertThat(OwnIds.mayHaveOne(ONE.getBytes(UTF_8))).isTrue();
        assertThat(OwnIds.mayHaveOne("{\"messageId\"".getBytes(UTF_8))).isTrue();
        assertThat(OwnIds.mayHaveOne("{\"messageI\":\"messageId ".getBytes(UTF_8)))
                .isFalse();
    }

    @Test
    void areForgottenWhereTheNextRecordBegins() throws Exception {
        // When
        admit(ONE, "line 1", 0);
        admit(OTHER, "line 2", 0);

        // Then
        assertThat(told).isEmpty();
    }

    @Test
    void areRememberedAmongTheElementsOfAnArray() throws Exception {
        // When
        admit(ONE, "line 1, element 1", 0);
        admit(ONE.replace("same-1", "same-2"), "line 1, element 2", 0);
        admit(OTHER, "line 1, element 3", 0);
        admit(OTHER, "line 2, element 1", 0);
        admit(ONE, "element 1", 0);
        admit(OTHER, "element 2", 0);
        admit(ONE, "element 3", 0);

        // Then
        assertThat(told).containsExactly(Notice.SAME_MESSAGE_ID, Notice.SAME_MESSAGE_ID);
    }

    @Test
    void areNotToldWhereTheSameMessageComesTwice() throws Exception {
        // When
        admit(ONE, "line 1, element 1", 0);
        admit(ONE, "line 1, element 2", 0);

        // Then
        assertThat(told).isEmpty();
    }

    private void admit(String json, String position, int index) throws Exception {
        JsonNode candidate = new ObjectMapper().readTree(json);
        Stamp stamp = new Stamp(null, NullPolicy.OMIT, new Origin("messages", "m.jsonl#1f", position), index);
        ids.admitted(contract.admit(candidate, stamp), candidate, stamp);
    }
}
