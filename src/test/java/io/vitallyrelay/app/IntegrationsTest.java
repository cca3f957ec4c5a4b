package io.vitallyrelay.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vitallyrelay.source.SourceState;
import io.vitallyrelay.source.SourceStates;
import io.vitallyrelay.source.Sources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.camel.CamelContext;
import org.apache.camel.Processor;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One integration's mistake is its own. */
@Timeout(120)
class IntegrationsTest {
    @TempDir
    private Path folder;

    private final CamelContext camel = new DefaultCamelContext();
    private final Sources sources = new Sources();
    private final SourceStates states = new SourceStates(InstantSource.fixed(Instant.EPOCH));
    private final Queue<String> got = new ConcurrentLinkedQueue<>();

    @BeforeEach
    void start() {
        camel.getShutdownStrategy().setTimeout(5);
        camel.getRegistry().bind("collect", (Processor)
                exchange -> got.add(exchange.getMessage().getHeader("CamelFileName", String.class)));
        camel.start();
    }

    @AfterEach
    void close() throws Exception {
        camel.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a component that is not there  | wrong | to: {uri: 'nonsense:x'}                            | nonsense",
                "an option that is not there    | wrong | to: {uri: 'file:x?nonsense=1'}                     | nonsense",
                "a step that is not there       | wrong | nonsense: {uri: 'direct:x'}                        | nonsense",
                "a language that is not there   | wrong | setBody: {language: {language: no, expression: 1}} | no",
                "a bean that is not there       | wrong | process: {ref: nonsense}                           | nonsense",
                "a mapping that is not there    | wrong | setBody: {jq: {expression: 'resource:file:/nonsense/mapping.jq'}} | mapping.jq",
                "a mapping that is no jq        | wrong | setBody: {jq: {expression: '{a:'}}                 | {a:",
                "YAML that is none              | wrong | to: [                                              | wrong.camel.yaml",
                "the id of another integration  | good  | process: {ref: collect}                            | the id good is that of another route",
            })
    void startsTheOthersAndReadsNothingOfTheOneThatIsWrong(String mistake, String id, String step, String said)
            throws Exception {
        // Given
        integration("good", route("good", "good", "process: {ref: collect}"));
        integration("wrong", route("fine", "wrong", "process: {ref: collect}") + route(id, "wrong", step));
        integration("zulu", route("zulu", "zulu", "process: {ref: collect}"));

        // When
        new Integrations(camel, states, sources, route -> false).start(folder.resolve("routes"));

        // Then
        await().atMost(Duration.ofSeconds(60)).until(() -> got.contains("good.txt") && got.contains("zulu.txt"));
        assertThat(states.all()).singleElement().satisfies(state -> {
            assertThat(state.integration()).isEqualTo("wrong");
            assertThat(state.down()).isTrue();
            assertThat(state.problem()).contains("wrong.camel.yaml", said);
        });
        assertThat(sources.all()).containsKey("wrong");
        assertThat(got).doesNotContain("wrong.txt");
        assertThat(folder.resolve("inbox/wrong/wrong.txt")).exists();
        assertThat(camel.getCamelContextExtension().getRouteStartupOrder()).hasSize(2);
    }

    @Test
    void namesARouteThatIsInNoList() throws Exception {
        // Given
        integration("good", route("good", "good", "process: {ref: collect}"));
        integration("wrong", "# a route\nfrom:\n  uri: direct:x\n  steps:\n    - log: x\n");

        // When
        new Integrations(camel, states, sources, route -> false).start(folder.resolve("routes"));

        // Then
        await().atMost(Duration.ofSeconds(60)).until(() -> got.contains("good.txt"));
        assertThat(states.all())
                .singleElement()
                .satisfies(state -> assertThat(state.problem())
                        .startsWith("wrong.camel.yaml: 'from:' stands alone, and is not loaded so"));
    }

    @ParameterizedTest
    @CsvSource({
        "wrong/wrong.camel.yml, wrong/wrong.camel.yml is not loaded: the name of a file of routes ends in .camel.yaml: rename it",
        "wrong/wrong.yaml, wrong/wrong.yaml is not loaded: the name of a file of routes ends in .camel.yaml: rename it",
        "wrong/team/wrong.camel.yaml, wrong/team/wrong.camel.yaml is not loaded: the folder of an integration stands directly below"
    })
    void namesWhatLooksLikeARouteAndIsNotLoaded(String file, String said) throws Exception {
        // Given
        integration("good", route("good", "good", "process: {ref: collect}"));
        Path misplaced = folder.resolve("routes").resolve(file);
        Files.createDirectories(misplaced.getParent());
        Files.writeString(misplaced, route("wrong", "wrong", "process: {ref: collect}"));

        // When
        new Integrations(camel, states, sources, route -> false).start(folder.resolve("routes"));

        // Then
        await().atMost(Duration.ofSeconds(60)).until(() -> got.contains("good.txt"));
        assertThat(states.all()).singleElement().satisfies(state -> {
            assertThat(state.integration()).isEqualTo("wrong");
            assertThat(state.problem()).startsWith(said);
        });
    }

    @Test
    void leavesOtherFilesOfAnIntegrationAlone() throws Exception {
        // Given
        integration("one", route("one", "one", "process: {ref: collect}"));
        Path routes = folder.resolve("routes/one");
        Files.writeString(routes.resolve("values.yaml"), "plans: {a: 1}");
        Files.writeString(routes.resolve("old.yaml"), route("old", "one", "log: x"));
        Files.writeString(
                Files.createDirectories(routes.resolve("tests")).resolve("case.yaml"), "from: a file\nroute: none\n");

        // When
        new Integrations(camel, states, sources, route -> false).start(folder.resolve("routes"));

        // Then
        await().atMost(Duration.ofSeconds(60)).until(() -> got.contains("one.txt"));
        assertThat(states.all()).isEmpty();
    }

    @Test
    void startsAllThatIsRight() throws Exception {
        // Given
        integration("one", route("one", "one", "process: {ref: collect}"));
        integration("two", route("two", "two", "process: {ref: collect}") + route("three", "two", "log: x"));
        Files.createDirectories(folder.resolve("routes/.hidden"));

        // When
        new Integrations(camel, states, sources, route -> route.getRouteId().equals("three"))
                .start(folder.resolve("routes"));

        // Then
        await().atMost(Duration.ofSeconds(60)).until(() -> got.contains("one.txt") && got.contains("two.txt"));
        assertThat(states.all()).extracting(SourceState::integration).isEmpty();
        assertThat(camel.getRouteController().getRouteStatus("three").isStarted())
                .isFalse();
    }

    @Test
    void startsNoRouteThatItsFileLeavesStopped() throws Exception {
        // Given
        integration("one", route("one", "one", "process: {ref: collect}"));
        integration("two", route("two", "two", "log: x").replace("id: two", "id: two\n    autoStartup: false"));

        // When
        new Integrations(camel, states, sources, route -> false).start(folder.resolve("routes"));

        // Then
        await().atMost(Duration.ofSeconds(60)).until(() -> got.contains("one.txt"));
        assertThat(camel.getRouteController().getRouteStatus("two").isStarted()).isFalse();
    }

    @Test
    void holdsTheRoutesOfItsKameletsToo() throws Exception {
        // Given
        kamelet("letters-source", "source", "file:{{folder}}?delay=10&initialDelay=0", "to: kamelet:sink");
        kamelet("letters-sink", "sink", "kamelet:source", "process: {ref: collect}");
        integration("a-first", throughKamelets("a-first", "to: {uri: 'nonsense:x'}"));
        integration("good", throughKamelets("good", "log: x"));
        integration("wrong", throughKamelets("wrong", "to: {uri: 'nonsense:x'}"));

        // When
        new Integrations(camel, states, sources, route -> false).start(folder.resolve("routes"));

        // Then
        await().atMost(Duration.ofSeconds(60)).until(() -> got.contains("good.txt"));
        assertThat(got).doesNotContain("wrong.txt");
        assertThat(folder.resolve("inbox/wrong/wrong.txt")).exists();
        assertThat(states.all()).extracting(SourceState::integration).containsExactly("a-first", "wrong");
        assertThat(camel.getCamelContextExtension().getRouteStartupOrder())
                .as("the route that runs, and those of its two Kamelets")
                .hasSize(3);
    }

    private void kamelet(String name, String type, String from, String step) throws Exception {
        camel.getComponent("kamelet", KameletComponent.class).setLocation("file:" + folder.resolve("kamelets"));
        String yaml = """
                apiVersion: camel.apache.org/v1
                kind: Kamelet
                metadata:
                  name: %s
                  labels:
                    camel.apache.org/kamelet.type: %s
                spec:
                  definition:
                    title: Test
                    type: object
                    properties:
                      folder:
                        title: Folder
                        type: string
                        default: none
                  template:
                    from:
                      uri: "%s"
                      steps:
                        - %s
                """.formatted(name, type, from, step);
        Files.writeString(Files.createDirectories(folder.resolve("kamelets")).resolve(name + ".kamelet.yaml"), yaml);
    }

    private String throughKamelets(String name, String step) {
        return """
                - route:
                    id: %s
                    from:
                      uri: kamelet:letters-source
                      parameters:
                        folder: "%s"
                      steps:
                        - to: kamelet:letters-sink
                        - %s
                """.formatted(name, folder.resolve("inbox").resolve(name), step);
    }

    private String route(String id, String inbox, String step) {
        return """
                - route:
                    id: %s
                    from:
                      uri: "file:%s?delay=10&initialDelay=0"
                      steps:
                        - %s
                """.formatted(id, folder.resolve("inbox").resolve(inbox), step);
    }

    private void integration(String name, String yaml) throws Exception {
        Files.writeString(
                Files.createDirectories(folder.resolve("inbox").resolve(name)).resolve(name + ".txt"), "x");
        Files.writeString(
                Files.createDirectories(folder.resolve("routes").resolve(name)).resolve(name + ".camel.yaml"), yaml);
    }
}
