package io.vitallyrelay.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitallyrelay.message.Notice;
import io.vitallyrelay.message.Origin;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CountedWarningsTest {
    private final List<String> warnings = Collections.synchronizedList(new ArrayList<>());
    private final CountedWarnings counted = new CountedWarnings(warnings::add);

    @Test
    void sayWhatWhereHowManyAndWhatToDo() {
        // When
        tell(Notice.NAMELESS_ACCOUNT, 1, "", "crm");
        tell(Notice.UNLIKELY_ID, 1, "userId \"null\"", "crm");

        // Then
        assertThat(warnings)
                .containsExactly(
                        "crm: 1 account(s) without traits.name so far, the last from accounts.csv, line 7."
                                + " Vitally wants it for new accounts.",
                        "crm: 1 id(s) of the kind that programs write where they have none so far, the last from accounts.csv,"
                                + " line 7: userId \"null\". To Vitally all that bears it is one; leave the record or the"
                                + " field out in the mapping.");
    }

    @Test
    void showNoLineEndAndNoPlaceOfThousandsOfCharacters() {
        // Given
        Origin odd = new Origin("crm", "a\nb.csv", "x".repeat(70_000));

        // When
        counted.told(Notice.NAMELESS_ACCOUNT, 1, "", odd);

        // Then
        assertThat(warnings)
                .singleElement()
                .asString()
                .contains("the last from a\\u000Ab.csv, " + "x".repeat(99) + "…. Vitally");
    }

    @Test
    void comeLessAndLessOften() {
        // When
        for (int i = 0; i < 1_000; i++) {
            tell(Notice.NAMELESS_ACCOUNT, 1, "", "crm");
        }

        // Then
        assertThat(counts()).containsExactly(1, 10, 100, 1000);
    }

    @Test
    void missNoPowerOfTenWhereSeveralCountAtOnce() {
        // When
        for (int count : new int[] {3, 5, 4, 70, 200, 1_000_000}) {
            tell(Notice.NULL_LEFT_OUT, count, "", "crm");
        }

        // Then
        assertThat(counts()).containsExactly(3, 12, 282, 1_000_282);
    }

    @Test
    void areCountedForEachIntegrationAndKind() {
        // When
        tell(Notice.NAMELESS_ACCOUNT, 1, "", "crm");
        tell(Notice.NAMELESS_ACCOUNT, 1, "", "shop");
        tell(Notice.UNLIKELY_TIMESTAMP, 1, "", "shop");

        // Then
        assertThat(counts()).containsExactly(1, 1, 1);
    }

    @Test
    void areNeitherLostNorDoubledAmongThreads() throws Exception {
        // Given
        CountDownLatch go = new CountDownLatch(1);
        List<Thread> threads = IntStream.range(0, 4)
                .mapToObj(i -> new Thread(() -> {
                    try {
                        go.await();
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                    for (int k = 0; k < 2_500; k++) {
                        tell(Notice.UNLIKELY_ID, 1, "", "crm");
                    }
                }))
                .toList();
        threads.forEach(Thread::start);

        // When
        go.countDown();
        for (Thread thread : threads) {
            thread.join();
        }

        // Then
        assertThat(counts()).containsExactlyInAnyOrder(1, 10, 100, 1_000, 10_000);
    }

    private void tell(Notice notice, int count, String detail, String integration) {
        counted.told(notice, count, detail, new Origin(integration, "accounts.csv", "line 7"));
    }

    private List<Integer> counts() {
        return warnings.stream()
                .map(warning -> Integer.parseInt(warning.split(" ")[1]))
                .toList();
    }
}
