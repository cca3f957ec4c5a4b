package io.vitallyrelay.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsReaderTest {
    private static final String FILE = "application.properties";
    private static final String SECRET = "c2stbGl2ZS1zZWNyZXQ6";

    @TempDir
    Path folder;

    private final Map<String, String> values = new HashMap<>();
    private final Map<String, String> sources = new HashMap<>();

    @BeforeEach
    void givenWhatIsRequired() throws IOException {
        configure("vitally.url", "https://acme.api.vitally.io/analytics/v1/batch");
        configure("vitally.token", SECRET);
        configure(
                "relay.routes", Files.createDirectory(folder.resolve("routes")).toString());
    }

    @Test
    void takesTheDefaultsOfWhatIsNotConfigured() throws Exception {
        // When
        Settings settings = read();

        // Then
        assertThat(settings.get(SettingsTable.LANES)).isEqualTo(8);
        assertThat(settings.get(SettingsTable.BATCH_WINDOW)).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.get(SettingsTable.RETRY_MAX_AGE)).isNull();
        assertThat(settings.get(SettingsTable.DATA)).isEqualTo(Path.of("data").toAbsolutePath());
        assertThat(settings.get(SettingsTable.SPOOL_MAX_BYTES)).isEqualTo(1L << 30);
        assertThat(settings.get(SettingsTable.SPOOL_SYNC)).isEqualTo(SpoolSync.ALWAYS);
        assertThat(settings.get(SettingsTable.HTTP_HOSTS)).isEmpty();
        assertThat(settings.get(SettingsTable.JMS_URL)).isNull();
        assertThat(settings.get(SettingsTable.PROXY)).isNull();
        assertThat(settings.tls()).isSameAs(SSLContext.getDefault());
        assertThat(settings.dataSources()).isEmpty();
    }

    @Test
    void takesWhatIsConfigured() {
        // Given
        configure("vitally.url", "http://localhost:8099/batch?region=eu");
        configure("vitally.lanes", "7");
        configure("vitally.batch.bytes", "200KB");
        configure("vitally.message.bytes", "1KiB");
        configure("vitally.retry.initial", "3ms");
        configure("vitally.retry.max-age", "5h");
        configure("vitally.response-timeout", "PT8S");
        configure("vitally.unknown-fields", "pass");
        configure("vitally.blocked-type", "hold");
        configure("vitally.proxy", "http://proxy.example:3128");
        configure("relay.data", folder.resolve("elsewhere").toString());
        configure("relay.jms.url", "amqp://mq:5672");
        configure("relay.jms.protocol", "amqp");
        configure("relay.jms.user", "relay");
        configure("relay.shutdown.grace", "0s");
        configure("relay.http.hosts", "relay.example, [::2]");
        configure("relay.datasource.main.url", "jdbc:h2:mem:a");
        configure("relay.datasource.main.user", "me");
        configure("relay.datasource.main.password", SECRET);
        configure("relay.datasource.main.zone", "Europe/Berlin");
        configure("relay.datasource.main.timeout", "90s");

        // When
        Settings settings = read();

        // Then
        assertThat(settings.get(SettingsTable.URL)).isEqualTo(URI.create("http://localhost:8099/batch?region=eu"));
        assertThat(settings.get(SettingsTable.TOKEN)).isEqualTo(SECRET);
        assertThat(settings.get(SettingsTable.LANES)).isEqualTo(7);
        assertThat(settings.get(SettingsTable.BATCH_BYTES)).isEqualTo(200_000);
        assertThat(settings.get(SettingsTable.MESSAGE_BYTES)).isEqualTo(1_024);
        assertThat(settings.get(SettingsTable.RETRY_INITIAL)).isEqualTo(Duration.ofMillis(3));
        assertThat(settings.get(SettingsTable.RETRY_MAX_AGE)).isEqualTo(Duration.ofHours(5));
        assertThat(settings.get(SettingsTable.RESPONSE_TIMEOUT)).isEqualTo(Duration.ofSeconds(8));
        assertThat(settings.get(SettingsTable.UNKNOWN_FIELDS)).isEqualTo(Unknown.PASS);
        assertThat(settings.get(SettingsTable.BLOCKED_TYPE)).isEqualTo(BlockedType.HOLD);
        assertThat(settings.get(SettingsTable.PROXY)).isEqualTo(URI.create("http://proxy.example:3128"));
        assertThat(settings.get(SettingsTable.DATA)).isEqualTo(folder.resolve("elsewhere"));
        assertThat(settings.get(SettingsTable.ROUTES)).isEqualTo(folder.resolve("routes"));
        assertThat(settings.get(SettingsTable.JMS_URL)).isEqualTo("amqp://mq:5672");
        assertThat(settings.get(SettingsTable.JMS_PROTOCOL)).isEqualTo(JmsProtocol.AMQP);
        assertThat(settings.get(SettingsTable.JMS_USER)).isEqualTo("relay");
        assertThat(settings.get(SettingsTable.SHUTDOWN_GRACE)).isZero();
        assertThat(settings.get(SettingsTable.HTTP_HOSTS)).containsExactly("relay.example", "[::2]");
        assertThat(settings.dataSources())
                .isEqualTo(Map.of(
                        "main",
                        new DataSourceSettings(
                                "jdbc:h2:mem:a", "me", SECRET, ZoneId.of("Europe/Berlin"), Duration.ofSeconds(90))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://relay.example", "relay.example:8080", "a b", "relay/", "*.example"})
    void refusesAHostThatIsNoNameAlone(String hosts) {
        // Given
        configure("relay.http.hosts", hosts);

        // Then
        assertRefused(
                "The settings cannot be used:",
                "relay.http.hosts=" + hosts
                        + " (application.properties): must be names or addresses of hosts, separated by commas,"
                        + " without ports");
    }

    @Test
    void readsEmptyAsAbsent() {
        // Given
        configure("vitally.lanes", " ");

        // When
        Settings settings = read();

        // Then
        assertThat(settings.get(SettingsTable.LANES)).isEqualTo(8);
    }

    @Test
    void listsAllProblemsEachOnItsLine() {
        // Given
        values.remove("vitally.url");
        configure("vitally.batch.size", "101");
        configure("vitally.retry.max-age", "12");
        configure("relay.spool.sync", "never");

        // Then
        assertRefused(
                "The settings cannot be used:",
                "vitally.url: is required, and must be an absolute http or https URL with a host,"
                        + " without user info and fragment",
                "vitally.batch.size=101 (application.properties): must be a whole number from 1 to 100",
                "vitally.retry.max-age=12 (application.properties): must be forever, or a duration from 1s to 3650d;"
                        + " the unit is missing, which is one of ms, s, m, h, d",
                "relay.spool.sync=never (application.properties): must be always or interval");
    }

    @ParameterizedTest
    @CsvSource({
        "vitally.batch.size, 0",
        "vitally.batch.size, 1.5",
        "vitally.lanes, 65",
        "vitally.lanes, 99999999999",
        "vitally.batch.window, 49ms",
        "vitally.batch.window, 61m",
        "vitally.batch.window, -5s",
        "vitally.batch.window, 5 weeks",
        "vitally.batch.window, 5w",
        "vitally.connect-timeout, 0s",
        "vitally.response-timeout, PT0S",
        "vitally.total-timeout, 29s",
        "vitally.total-timeout, 61m",
        "vitally.proxy, proxy.example:3128",
        "vitally.proxy, http://proxy.example",
        "vitally.proxy, https://proxy.example:3128",
        "vitally.proxy, http://me:secret@proxy.example:3128",
        "vitally.proxy, http://proxy.example:3128/path",
        "vitally.tls.trust-store, nowhere.pem",
        "vitally.tls.trust-store, src",
        "vitally.tls.trust-store, pom.xml",
        "vitally.tls.key-store, pom.xml",
        "vitally.retry.initial, 0ms",
        "vitally.retry.max-age, 9223372036854775807d",
        "vitally.retry.max-age, never",
        "relay.ledger.keep, forever",
        "relay.shutdown.grace, PT-1S",
        "vitally.batch.bytes, 10000001",
        "vitally.message.bytes, 255",
        "vitally.message.bytes, 2MiB",
        "relay.spool.max-bytes, 15MiB",
        "relay.spool.max-bytes, 4GIB",
        "relay.spool.max-bytes, 9223372036854775807GiB",
        "relay.record.bytes, -1",
        "relay.data, pom.xml",
        "relay.routes, nowhere",
        "relay.routes, pom.xml",
        "vitally.url, acme.api.vitally.io",
        "vitally.url, ftp://acme.example/batch",
        "vitally.url, https:///batch",
        "vitally.url, https://acme.example:0/batch",
        "vitally.url, https://acme.example:65536/batch",
        "vitally.url, https://acme.example/batch#top",
        "vitally.url, https://me@acme.example/batch",
        "relay.jms.url, mq:61616",
        "relay.jms.url, http://mq:61616",
        "relay.jms.url, tcp://me@mq:61616",
        "relay.jms.url, tcp://",
    })
    void refuses(String key, String text) {
        // Given
        configure(key, text);

        // When
        Throwable refusal = catchThrowable(this::read);

        // Then
        assertThat(refusal).isInstanceOf(SettingsException.class);
        assertThat(refusal.getMessage().lines().skip(1))
                .singleElement()
                .asString()
                .startsWith(key + "=")
                .contains(" (application.properties): must be ");
    }

    @ParameterizedTest
    @CsvSource({
        "vitally.batch.size, 1",
        "vitally.batch.size, 100",
        "vitally.batch.window, 50ms",
        "vitally.batch.window, 1h",
        "vitally.batch.bytes, 10MB",
        "vitally.message.bytes, 256",
        "vitally.lanes, 64",
        "vitally.retry.max-age, FOREVER",
        "relay.spool.max-bytes, 16MiB",
        "relay.spool.max-bytes, 9223372036854775807",
        "relay.spool.sync, INTERVAL",
        "relay.jms.url, tcp://mq:61616?consumerWindowSize=0",
        "relay.jms.url, '(tcp://mq1:61616,tcp://mq2:61616)?ha=true'"
    })
    void takes(String key, String text) {
        // Given
        configure(key, text);

        // When
        Throwable refusal = catchThrowable(this::read);

        // Then
        assertThat(refusal).isNull();
    }

    @Test
    void refusesABatchTooSmallForItsLargestMessage() {
        // Given
        configure("vitally.batch.bytes", "1025");
        configure("vitally.message.bytes", "1024");

        // Then
        assertRefused(
                "The settings cannot be used:",
                "vitally.batch.bytes=1025 (application.properties): must be at least 1026,"
                        + " which is vitally.message.bytes and 2");
    }

    @Test
    void takesABatchThatJustHoldsItsLargestMessage() {
        // Given
        configure("vitally.batch.bytes", "1026");
        configure("vitally.message.bytes", "1024");

        // When
        Settings settings = read();

        // Then
        assertThat(settings.get(SettingsTable.BATCH_BYTES).intValue()).isEqualTo(1026);
    }

    @Test
    void refusesRetryWaitsThatShrink() {
        // Given
        configure("vitally.retry.initial", "61s");

        // Then
        assertRefused(
                "The settings cannot be used:",
                "vitally.retry.max=1m (default): must be at least vitally.retry.initial");
    }

    @ParameterizedTest
    @CsvSource({"tcp://mq:61616, amqp", "amqp://mq:5672, core", "failover:(amqp://mq:5672), core"})
    void refusesABrokerThatSpeaksAnotherProtocol(String url, String protocol) {
        // Given
        configure("relay.jms.url", url);
        configure("relay.jms.protocol", protocol);

        // When
        Throwable refusal = catchThrowable(this::read);

        // Then
        assertThat(refusal)
                .hasMessageContaining("relay.jms.protocol=" + protocol)
                .hasMessageContaining("relay.jms.url");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                SECRET,
                "tcp://me:" + SECRET + "@mq:61616",
                "tcp://me:p?" + SECRET + "@mq:61616",
                "ftp://mq:61616?keyStorePassword=" + SECRET
            })
    void showsNoSecretOfAWrongBrokerUrl(String url) {
        // Given
        configure("relay.jms.url", url);

        // When
        Throwable refusal = catchThrowable(this::read);

        // Then
        assertThat(refusal).isInstanceOf(SettingsException.class).hasMessageNotContaining(SECRET);
    }

    @Test
    void printsNoSecretOfTheBroker() {
        // Given
        configure(
                "relay.jms.url", "(tcp://a:1?keyStorePassword=" + SECRET + ",tcp://b:2)?trustStorePassword=" + SECRET);
        configure("relay.jms.password", SECRET.toLowerCase(Locale.ROOT));

        // When
        String printed = read().toString();

        // Then
        assertThat(printed)
                .contains("relay.jms.url=(tcp://a:1?(hidden),tcp://b:2)?(hidden), relay.jms.protocol=core")
                .doesNotContain(SECRET, SECRET.toLowerCase(Locale.ROOT));
    }

    @Test
    void refusesALinkedRoutesFolderAndNamesTheRealOne() throws IOException {
        // Given
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("routes"));
        configure("relay.routes", link.toString());

        // Then
        assertThatThrownBy(this::read)
                .isInstanceOf(SettingsException.class)
                .hasMessageEndingWith("give the folder which the link points to, "
                        + folder.resolve("routes").toRealPath());
    }

    @Test
    void refusesAnIntegrationWhoseFolderIsALink() throws IOException {
        // Given
        Files.createSymbolicLink(
                folder.resolve("routes").resolve("accounts"), Files.createDirectory(folder.resolve("a")));
        configure("relay.routes", folder.resolve("routes").toString());

        // Then
        assertThatThrownBy(this::read)
                .isInstanceOf(SettingsException.class)
                .hasMessageEndingWith("its folder accounts is a symbolic link");
    }

    @Test
    void takesARoutesFolderAsKubernetesMountsIt() throws IOException {
        // Given a file that is a link, and the hidden folder behind it, which is one too
        Path routes = folder.resolve("routes");
        Files.createSymbolicLink(routes.resolve("..data"), Files.createDirectory(routes.resolve("..2026")));
        Files.createFile(routes.resolve("..2026/a.camel.yaml"));
        Files.createSymbolicLink(routes.resolve("a.camel.yaml"), Path.of("..data/a.camel.yaml"));
        configure("relay.routes", routes.toString());

        // When
        Settings settings = read();

        // Then
        assertThat(settings.get(SettingsTable.ROUTES)).isEqualTo(routes.toRealPath());
    }

    @Test
    void resolvesALinkAboveTheRoutesFolder() throws IOException {
        // Given
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder);
        configure("relay.routes", link.resolve("routes").toString());

        // When
        Settings settings = read();

        // Then
        assertThat(settings.get(SettingsTable.ROUTES))
                .isEqualTo(folder.resolve("routes").toRealPath());
    }

    @Test
    void namesTheVariableWhichAValueIsFrom() {
        // Given the variable is stronger than the file, so that the key's value is from the variable's source too
        values.put("vitally.lanes", "0");
        sources.put("vitally.lanes", "EnvConfigSource");
        sources.put("VITALLY_LANES", "EnvConfigSource");

        // Then
        assertRefused(
                "The settings cannot be used:",
                "vitally.lanes=0 (environment variable VITALLY_LANES): must be a whole number from 1 to 64");
    }

    @Test
    void namesTheStrongerSourceThanTheVariable() {
        // Given
        values.put("vitally.lanes", "0");
        sources.put("vitally.lanes", "system property");
        sources.put("VITALLY_LANES", "EnvConfigSource");

        // Then
        assertRefused(
                "The settings cannot be used:",
                "vitally.lanes=0 (system property): must be a whole number from 1 to 64");
    }

    @Test
    void keepsAMessageOnItsLine() {
        // Given
        configure("vitally.lanes", "1\nvitally.lanes=2\u2028\u001b[31m");

        // Then
        assertRefused(
                "The settings cannot be used:",
                "vitally.lanes=1?vitally.lanes=2??[31m (application.properties):"
                        + " must be a whole number from 1 to 64");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Basic " + SECRET,
                " basic " + SECRET,
                SECRET + "\n",
                SECRET + " ",
                SECRET + "\u0000",
                SECRET + "\u00e4",
                SECRET + "\u007f"
            })
    void refusesATokenThatIsNoHeaderValueAndHidesIt(String token) {
        // Given
        configure("vitally.token", token);

        // When
        Throwable refusal = catchThrowable(this::read);

        // Then
        assertThat(refusal)
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("vitally.token=(hidden) (application.properties): must be visible ASCII")
                .hasMessageNotContaining(SECRET);
    }

    @Test
    void refusesABlankToken() {
        // Given
        configure("vitally.token", " \n");

        // Then
        assertRefused(
                "The settings cannot be used:",
                "vitally.token: is required, and must be visible ASCII characters without spaces");
    }

    @Test
    void saysWhatToGiveInPlaceOfAWholeHeader() {
        // Given
        configure("vitally.token", "Basic " + SECRET);

        // Then
        assertThatThrownBy(this::read).hasMessageEndingWith("give only what stands after \"Basic \"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                SECRET,
                "https://me:" + SECRET + "@acme.example/batch",
                "https://me:p@/?#" + SECRET + "@acme.example/batch",
                "https://acme.example:0/batch?key=" + SECRET,
                "https://acme.example/batch#" + SECRET,
                "https:me:" + SECRET + "@acme.example",
                "ftp://" + SECRET + "://acme.example",
                "https://me:" + SECRET + "@acme example"
            })
    void showsNoSecretOfAWrongUrl(String url) {
        // Given
        configure("vitally.url", url);

        // When
        Throwable refusal = catchThrowable(this::read);

        // Then
        assertThat(refusal).isInstanceOf(SettingsException.class).hasMessageNotContaining(SECRET);
    }

    @Test
    void showsWhatIsNoSecretOfAWrongUrl() {
        // Given
        configure("vitally.url", "https://me:" + SECRET + "@acme.example/batch?key=1");

        // Then
        assertThatThrownBy(this::read)
                .hasMessageContaining("vitally.url=https://(hidden)@acme.example/batch?(hidden) (application.");
    }

    @Test
    void hasNoCauseWhichCouldShowASecret() {
        // Given
        configure("vitally.url", "https://" + SECRET + " .example");

        // Then
        assertThatThrownBy(this::read).isInstanceOf(SettingsException.class).hasNoCause();
    }

    @Test
    void printsNoSecret() {
        // Given
        configure("vitally.url", "https://acme.example/batch?key=" + SECRET);

        // When
        String printed = read().toString();

        // Then
        assertThat(printed).contains("token=(hidden)").doesNotContain(SECRET);
    }

    @ParameterizedTest
    @CsvSource({
        "proxy.example:3128, proxy.example:3128",
        "relay:pass@word@proxy.example:3128, (hidden)@proxy.example:3128",
        "http://relay:password@proxy.example:3128, (hidden)@proxy.example:3128"
    })
    void showsARefusedProxyWithoutItsLogin(String text, String shown) {
        // Given
        configure("vitally.proxy", text);

        // When
        Throwable refusal = catchThrowable(this::read);

        // Then
        assertThat(refusal).hasMessageContaining("vitally.proxy=" + shown + " (application.properties): must be ");
    }

    @Test
    void printsEachSettingByItsKey() {
        // Given
        configure("vitally.retry.initial", "PT0.25S");
        configure("relay.datasource.main.url", "jdbc:h2:mem:" + SECRET);

        // When
        String printed = read().toString();

        // Then
        assertThat(SettingsTable.ALL)
                .hasSizeGreaterThan(40)
                .allSatisfy(
                        setting -> assertThat(printed).containsPattern("[{ ]" + Pattern.quote(setting.key() + "=")));
        assertThat(printed)
                .contains(
                        "vitally.retry.initial=PT0.25S, vitally.retry.max=1m, vitally.retry.max-age=forever,",
                        "vitally.proxy.password=none",
                        "relay.data=" + Path.of("data").toAbsolutePath(),
                        "relay.datasource.main.url=(hidden), relay.datasource.main.user=none,");
    }

    @Test
    void knowsEachDataSourceByItsName() {
        // Given one in a file, and one in the environment, which SmallRye Config lists twice
        configure("relay.datasource.main.url", "jdbc:h2:mem:a");
        values.put("relay.datasource.crm2.url", "jdbc:h2:mem:b");
        sources.put("RELAY_DATASOURCE_CRM2_URL", "environment");
        sources.put("relay.datasource.crm2.url", "environment");

        // When
        Settings loaded = read();

        // Then
        assertThat(loaded.warnings()).isEmpty();
        assertThat(loaded.dataSources())
                .isEqualTo(Map.of(
                        "main",
                                new DataSourceSettings(
                                        "jdbc:h2:mem:a", "", "", ZoneId.of("UTC"), Duration.ofMinutes(1)),
                        "crm2",
                                new DataSourceSettings(
                                        "jdbc:h2:mem:b", "", "", ZoneId.of("UTC"), Duration.ofMinutes(1))));
    }

    @Test
    void saysWhatIsWrongWithADataSourceAndShowsNoSecret() {
        // Given
        configure("relay.datasource.main.url", "postgresql://me:" + SECRET + "@host/db");
        configure("relay.datasource.main.zone", "Berlin");
        configure("relay.datasource.main.timeout", "0s");
        configure("relay.datasource.crm.password", SECRET);
        configure("relay.datasource.crm.pasword", SECRET);

        // When
        Throwable refusal = catchThrowable(this::read);

        // Then
        assertThat(refusal)
                .hasMessageNotContaining(SECRET)
                .hasMessageContaining("relay.datasource.main.url=(hidden) (application.properties): must be a JDBC URL")
                .hasMessageContaining("relay.datasource.main.zone=Berlin (application.properties): must be a time zone")
                .hasMessageContaining(
                        "relay.datasource.main.timeout=0s (application.properties): must be a duration from 1s to 1h")
                .hasMessageContaining("relay.datasource.crm.url: is required, and must be a JDBC URL")
                .hasMessageContaining("did you mean relay.datasource.crm.password?")
                .hasMessageContaining(", relay.datasource.<name>.url, ");
    }

    @Test
    void refusesAMisspelledKeyWithoutItsValue() {
        // Given
        configure("vitally.tokne", SECRET);

        // When
        Throwable refusal = catchThrowable(this::read);

        // Then
        assertThat(refusal)
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("\nvitally.tokne (application.properties): is not a setting,"
                        + " did you mean vitally.token?\nknown settings: vitally.url, vitally.token, ")
                .hasMessageNotContaining(SECRET);
    }

    @Test
    void makesNoGuessForAKeyLikeNoOther() {
        // Given
        configure("relay.frequency", "5s");

        // Then
        assertThatThrownBy(this::read)
                .hasMessageContaining("relay.frequency (application.properties): is not a setting\n");
    }

    @Test
    void leavesTheSettingsOfOthersAlone() {
        // Given
        configure("quarkus.http.host", "127.0.0.1");
        configure("camel.main.name", "relay");
        configure("HOME", "/");

        // When
        Settings loaded = read();

        // Then
        assertThat(loaded.warnings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"VITALLY_TOKN, VITALLY_TOKEN", "VITALLY_BATCHSIZE, VITALLY_BATCH_SIZE", "RELAY_DATE, RELAY_DATA"})
    void refusesAMisspelledVariable(String misspelled, String meant) {
        // Given
        configure(misspelled, SECRET);

        // Then
        assertRefused(
                "The settings cannot be used:",
                misspelled + " (environment): is not a setting, did you mean " + meant + "?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"VITALLY", "RELAY"})
    void onlyWarnsOfTheVariablesThatKubernetesSetsForAServiceOfThatName(String service) {
        // Given
        configure(service + "_SERVICE_HOST", "10.0.0.11");
        configure(service + "_SERVICE_PORT", "80");
        configure(service + "_SERVICE_PORT_HTTP", "80");
        configure(service + "_PORT", "tcp://10.0.0.11:80");
        configure(service + "_PORT_80_TCP", "tcp://10.0.0.11:80");
        configure(service + "_PORT_80_TCP_PROTO", "tcp");
        configure(service + "_PORT_80_TCP_PORT", "80");
        configure(service + "_PORT_80_TCP_ADDR", "10.0.0.11");

        // When
        Settings loaded = read();

        // Then
        assertThat(loaded.warnings())
                .hasSize(8)
                .contains(service + "_PORT (environment): is not a setting and has no effect");
    }

    @Test
    void knowsAVariableThatIsListedAgainAsAProperty() {
        // Given what SmallRye Config makes of two variables
        configure("VITALLY_RETRY_MAX_AGE", "3d");
        configure("vitally.retry.max.age", "3d");
        configure("VITALLY_PORT_80_TCP", "tcp://10.0.0.11:80");
        configure("vitally.port[80]tcp", "tcp://10.0.0.11:80");

        // When
        Settings loaded = read();

        // Then
        assertThat(loaded.warnings())
                .containsExactly("VITALLY_PORT_80_TCP (environment): is not a setting and has no effect");
    }

    @Test
    void warnsWhenTheTokenCanBeReadOnTheWay() {
        // Given
        configure("vitally.url", "http://acme.example/batch");

        // When
        Settings loaded = read();

        // Then
        assertThat(loaded.warnings())
                .containsExactly(
                        "vitally.url (application.properties): is not https, so that others can read the token");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:8099/", "http://127.0.0.1:8099/", "http://[::1]:8099/"})
    void doesNotWarnOfPlainHttpOnThisMachine(String url) {
        // Given
        configure("vitally.url", url);

        // When
        Settings loaded = read();

        // Then
        assertThat(loaded.warnings()).isEmpty();
    }

    private void configure(String name, String value) {
        values.put(name, value);
        sources.put(name, FILE);
    }

    private Settings read() {
        return SettingsReader.read(key -> Optional.ofNullable(values.get(key)), sources);
    }

    private void assertRefused(String... lines) {
        assertThatThrownBy(this::read).isInstanceOf(SettingsException.class).hasMessage(String.join("\n", lines));
    }
}
