package io.vitallyrelay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What images, manifests and the unit of systemd must have in common with the service. */
class DeploymentTest {
    private static final Path DEPLOY = Path.of("deploy");
    private static final String USER = "10001";
    /** The default of relay.shutdown.grace, and what the service takes beyond it at most. */
    private static final Duration STOP = Duration.ofSeconds(20 + 5);

    @Test
    void theGraceIsTheOneThatTheDeploymentsCountWith() throws IOException {
        // Then
        assertThat(Files.readString(Path.of("application.properties"))).contains("\nrelay.shutdown.grace=20s\n");
    }

    @Test
    void kubernetesWaitsLongerThanAStopTakes() throws IOException {
        // When
        JsonNode pod = pod();

        // Then
        assertThat(Duration.ofSeconds(pod.path("terminationGracePeriodSeconds").asLong()))
                .isGreaterThan(STOP);
    }

    @Test
    void systemdWaitsLongerThanAStopTakes() throws IOException {
        // When
        Matcher stop = Pattern.compile("\nTimeoutStopSec=(\\d+)\n").matcher(read("systemd/vitally-relay.service"));

        // Then
        assertThat(stop.find()).isTrue();
        assertThat(Duration.ofSeconds(Long.parseLong(stop.group(1)))).isGreaterThan(STOP);
    }

    @Test
    void dockerIsToldToWaitLongerThanAStopTakes() throws IOException {
        // When
        Matcher stop = Pattern.compile("--stop-timeout (\\d+)")
                .matcher(Files.readString(Path.of("docs/howto/deploy-docker.md")));

        // Then
        assertThat(stop.find()).isTrue();
        assertThat(Duration.ofSeconds(Long.parseLong(stop.group(1)))).isGreaterThan(STOP);
    }

    @Test
    void aPodMayDoNothingThatItNeedNot() throws IOException {
        // Given
        JsonNode pod = pod();

        // When
        JsonNode container = pod.path("containers").path(0).path("securityContext");

        // Then
        assertThat(pod.path("securityContext").path("runAsNonRoot").asBoolean()).isTrue();
        assertThat(pod.path("securityContext").path("runAsUser").asText()).isEqualTo(USER);
        assertThat(pod.path("securityContext").path("fsGroup").asText()).isEqualTo(USER);
        assertThat(container.path("readOnlyRootFilesystem").asBoolean()).isTrue();
        assertThat(container.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
        assertThat(container.path("capabilities").path("drop").path(0).asText()).isEqualTo("ALL");
    }

    @Test
    void aPodIsNotStartedAgainWhileWhatItNeedsIsAway() throws IOException {
        // When
        JsonNode container = pod().path("containers").path(0);

        // Then
        assertThat(container.path("startupProbe").at("/exec/command/1").asText())
                .isEqualTo("live");
        assertThat(container.path("livenessProbe").at("/exec/command/1").asText())
                .isEqualTo("live");
        assertThat(container.path("readinessProbe").at("/exec/command/1").asText())
                .isEqualTo("ready");
    }

    @Test
    void noVariableOfAnotherServiceGetsIntoAPod() throws IOException {
        // When
        JsonNode links = pod().path("enableServiceLinks");

        // Then
        assertThat(links.asBoolean(true)).isFalse();
    }

    @Test
    void javaGetsTheOptionsThatTheFiguresAreOf() throws IOException {
        assertThat(read("docker/Dockerfile.jvm")).contains("java @java.options ");
        assertThat(Path.of("src/archive/lib/launch.sh")).content().contains("\"$java\" \"@$file_of_options\"");
    }

    @Test
    void systemdRunsTheArchive() throws IOException {
        assertThat(read("systemd/vitally-relay.service")).contains("\nExecStart=/opt/vitally-relay/bin/relay run\n");
    }

    @Test
    void theSpoolIsOnAVolumeWhereTheImageKeepsIt() throws IOException {
        // When
        List<String> mounts = new ArrayList<>();
        pod().path("containers")
                .path(0)
                .path("volumeMounts")
                .forEach(mount -> mounts.add(mount.path("mountPath").asText()));

        // Then
        assertThat(mounts).contains("/data", "/opt/vitally-relay/routes/accounts-csv");
        assertThat(statefulSet()
                        .path("spec")
                        .path("volumeClaimTemplates")
                        .path(0)
                        .path("metadata")
                        .path("name")
                        .asText())
                .isEqualTo("data");
    }

    @ParameterizedTest
    @ValueSource(strings = {"docker/Dockerfile.jvm", "docker/Dockerfile.native"})
    void anImageIsNotRunByRootAndGetsTheSignals(String file) throws IOException {
        // When
        String image = read(file);

        // Then
        assertThat(image)
                .contains("\nUSER " + USER + ":" + USER + "\n")
                .contains("\nVOLUME /data\n")
                .contains("\nHEALTHCHECK ")
                .contains("RELAY_DATA=/data")
                .containsPattern("\nENTRYPOINT \\[.*(exec java|\\./vitally-relay)");
    }

    private static JsonNode pod() throws IOException {
        return statefulSet().path("spec").path("template").path("spec");
    }

    private static JsonNode statefulSet() throws IOException {
        for (Object document :
                new Load(LoadSettings.builder().build()).loadAllFromString(read("kubernetes/vitally-relay.yaml"))) {
            JsonNode manifest = new ObjectMapper().valueToTree(document);
            if (manifest.path("kind").asText().equals("StatefulSet")) {
                return manifest;
            }
        }
        throw new AssertionError("no StatefulSet");
    }

    private static String read(String file) throws IOException {
        return Files.readString(DEPLOY.resolve(file));
    }
}
