package io.vitallyrelay.settings;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Every setting there is, in the order of the documentation, but those of {@link DataSourceGroup}. A row is all that a new one
 * takes: {@link Settings#get} has its value.
 */
public final class SettingsTable {
    /** Before the rows, which put themselves into it. */
    private static final List<Setting<?>> ROWS = new ArrayList<>();

    static final List<Setting<?>> ALL = Collections.unmodifiableList(ROWS);

    private static final String VITALLY = "Vitally";
    private static final String CONNECTION = "Connection to Vitally";
    private static final String MESSAGES = "Messages";
    private static final String BATCHES = "Batches";
    private static final String RETRIES = "Retries";
    private static final String FOLDERS = "Folders";
    private static final String SPOOL = "Spool and ledger";
    private static final String JMS = "JMS broker";
    private static final String SERVICE = "Service";

    public static final Setting<URI> URL =
            row(VITALLY, "vitally.url", null, new HttpUrl(), "The whole address that batches are posted to.");
    public static final Setting<String> TOKEN = row(
            VITALLY,
            "vitally.token",
            null,
            new Token(),
            "The secret that follows \"Basic \" in the Authorization header, sent as it stands.");
    public static final Setting<Duration> CONNECT_TIMEOUT = row(
            CONNECTION,
            "vitally.connect-timeout",
            "10s",
            TimeSpan.between(ofMillis(1), ofMinutes(10)),
            "Time to open a connection to Vitally.");
    public static final Setting<Duration> RESPONSE_TIMEOUT = row(
            CONNECTION,
            "vitally.response-timeout",
            "30s",
            TimeSpan.between(ofMillis(1), ofMinutes(10)),
            "Time to wait for the answer to a batch, and between two pieces of it.");
    public static final Setting<Duration> TOTAL_TIMEOUT = row(
            CONNECTION,
            "vitally.total-timeout",
            "1m",
            TimeSpan.between(ofMillis(1), ofHours(1)),
            "Time for a request in all, from connecting to the end of the answer; at least vitally.response-timeout.");
    public static final Setting<Path> TRUST_STORE = row(
            CONNECTION,
            "vitally.tls.trust-store",
            "",
            new ExistingFile("trusted certificates"),
            "The authorities to trust, and no others; without it, those that the JDK trusts.");
    public static final Setting<String> TRUST_STORE_PASSWORD = row(
            CONNECTION,
            "vitally.tls.trust-store-password",
            "",
            new Text(true),
            "Opens vitally.tls.trust-store; not for PEM.");
    public static final Setting<Path> KEY_STORE = row(
            CONNECTION,
            "vitally.tls.key-store",
            "",
            new ExistingFile("a private key and its certificates"),
            "The certificate to show where a client certificate is asked for, with its key.");
    public static final Setting<String> KEY_STORE_PASSWORD = row(
            CONNECTION,
            "vitally.tls.key-store-password",
            "",
            new Text(true),
            "Opens vitally.tls.key-store and the key in it; not for PEM.");
    public static final Setting<URI> PROXY =
            row(CONNECTION, "vitally.proxy", "", new ProxyUrl(), "The HTTP proxy that all requests go through.");
    public static final Setting<String> PROXY_USER =
            row(CONNECTION, "vitally.proxy.user", "", new Text(false), "Who logs in to the proxy.");
    public static final Setting<String> PROXY_PASSWORD =
            row(CONNECTION, "vitally.proxy.password", "", new Text(true), "The password of vitally.proxy.user.");
    public static final Setting<Unknown> UNKNOWN_FIELDS = row(
            MESSAGES,
            "vitally.unknown-fields",
            "refuse",
            new OneOf<>(Unknown.class),
            "What becomes of a message with a field that its type does not have: a dead letter, or sent as it is.");
    public static final Setting<Unknown> UNKNOWN_TYPES = row(
            MESSAGES,
            "vitally.unknown-types",
            "refuse",
            new OneOf<>(Unknown.class),
            "What becomes of a message of a type that is not known: a dead letter, or sent as it is.");
    public static final Setting<Nulls> NULLS = row(
            MESSAGES,
            "vitally.nulls",
            "omit",
            new OneOf<>(Nulls.class),
            "What becomes of a trait or property that is null: left out, or sent; nulls at vitally-sink goes before it.");
    public static final Setting<Integer> BATCH_SIZE = row(
            BATCHES,
            "vitally.batch.size",
            "100",
            new WholeNumber(1, 100),
            "Messages in a batch, at most. Vitally takes 100.");
    public static final Setting<Duration> BATCH_WINDOW = row(
            BATCHES,
            "vitally.batch.window",
            "5s",
            TimeSpan.between(ofMillis(50), ofHours(1)),
            "Age of its first message at which a batch is posted although it is not full.");
    public static final Setting<Long> BATCH_BYTES = row(
            BATCHES,
            "vitally.batch.bytes",
            "500000",
            new ByteSize(258, 10_000_000),
            "Size of a batch as UTF-8 JSON, at most; at least vitally.message.bytes and 2 for the brackets.");
    public static final Setting<Long> MESSAGE_BYTES = row(
            BATCHES,
            "vitally.message.bytes",
            "32768",
            new ByteSize(256, 1 << 20),
            "Size of a message as UTF-8 JSON, at most; a larger one becomes a dead letter.");
    public static final Setting<Integer> LANES = row(
            BATCHES,
            "vitally.lanes",
            "8",
            new WholeNumber(1, 64),
            "Ordered streams that post side by side; messages of one entity share a lane.");
    public static final Setting<Integer> RATE = row(
            BATCHES,
            "vitally.rate",
            "0",
            new WholeNumber(0, 10_000),
            "Requests a second over all lanes, at most; 0 finds out what Vitally allows.");
    public static final Setting<Duration> RETRY_INITIAL = row(
            RETRIES,
            "vitally.retry.initial",
            "500ms",
            TimeSpan.between(ofMillis(1), ofHours(1)),
            "Longest wait before the first retry; it doubles with each further one.");
    public static final Setting<Duration> RETRY_MAX = row(
            RETRIES,
            "vitally.retry.max",
            "1m",
            TimeSpan.between(ofMillis(1), ofDays(1)),
            "Longest wait before any retry; at least vitally.retry.initial.");
    public static final Setting<Duration> RETRY_MAX_AGE = row(
            RETRIES,
            "vitally.retry.max-age",
            TimeSpan.FOREVER,
            new TimeSpan(ofSeconds(1), ofDays(3650), true),
            "How long an outage is retried before messages become dead letters.");
    public static final Setting<Duration> RETRY_AFTER_MAX = row(
            RETRIES,
            "vitally.retry.after-max",
            "5m",
            TimeSpan.between(ofSeconds(1), ofDays(1)),
            "Longest wait that Retry-After and its like can ask for.");
    public static final Setting<Duration> HOLD_PROBE = row(
            RETRIES,
            "vitally.hold.probe",
            "1m",
            TimeSpan.between(ofSeconds(1), ofDays(1)),
            "How often one request is tried while Vitally refuses all of them, as it does a wrong token.");
    public static final Setting<DoubtfulSuccess> DOUBTFUL_SUCCESS = row(
            RETRIES,
            "vitally.doubtful-success",
            "delivered",
            new OneOf<>(DoubtfulSuccess.class),
            "What a 200 means whose body is cut, is not JSON or speaks of errors, and what a 207 means. A web page always is a hold.");
    public static final Setting<BlockedType> BLOCKED_TYPE = row(
            RETRIES,
            "vitally.blocked-type",
            "dead-letter",
            new OneOf<>(BlockedType.class),
            "What becomes of messages of a type that Vitally refuses one and all; hold stops all lanes.");
    public static final Setting<Integer> REFUSED_IN_A_ROW = row(
            RETRIES,
            "vitally.refused-hold.in-a-row",
            "20",
            new WholeNumber(0, 10_000),
            "After so many refused messages of an integration in a row its others wait; 0: never.");
    public static final Setting<Integer> REFUSED_PERCENT = row(
            RETRIES,
            "vitally.refused-hold.percent",
            "90",
            new WholeNumber(1, 100),
            "They wait too where more than this share of the last 200 messages of an integration was refused.");
    public static final Setting<Path> DATA = row(
            FOLDERS, "relay.data", "data", new DataFolder(), "Where inbox and spool are kept; created when missing.");
    public static final Setting<Path> ROUTES = row(
            FOLDERS,
            "relay.routes",
            "routes",
            new RoutesFolder(),
            "Where the routes are: one folder for each integration.");
    public static final Setting<Long> SPOOL_MAX_BYTES = row(
            SPOOL,
            "relay.spool.max-bytes",
            "1GiB",
            new ByteSize(16 << 20, Long.MAX_VALUE),
            "Bytes of pending messages in the spool at which sources wait.");
    public static final Setting<Long> DEAD_LETTERS_MAX_BYTES = row(
            SPOOL,
            "relay.dead-letters.max-bytes",
            "1GiB",
            new ByteSize(1 << 20, Long.MAX_VALUE),
            "Bytes of dead letters in the spool at which records that would become more of them wait, with their sources.");
    public static final Setting<Duration> DEAD_LETTERS_KEEP = row(
            SPOOL,
            "relay.dead-letters.keep",
            TimeSpan.FOREVER,
            new TimeSpan(ofMinutes(1), ofDays(3650), true),
            "How long a dead letter is kept; an older one is given up and counted as discarded.");
    public static final Setting<Integer> DEAD_LETTERS_KEEP_LAST = row(
            SPOOL,
            "relay.dead-letters.keep-last",
            "",
            new WholeNumber(1, 1_000_000_000),
            "So many dead letters are kept, the newest; older ones are given up and counted as discarded.");
    public static final Setting<Integer> REPLAY_PERCENT = row(
            SPOOL,
            "relay.replay.percent",
            "20",
            new WholeNumber(1, 100),
            "The share of what is sent, and of the time, that a replay of dead letters may have while other messages wait.");
    public static final Setting<SpoolSync> SPOOL_SYNC = row(
            SPOOL,
            "relay.spool.sync",
            "always",
            new OneOf<>(SpoolSync.class),
            "When messages are forced to disk: always before their source is acknowledged, or at an interval (faster, but a power failure can lose the latest).");
    public static final Setting<Duration> LEDGER_KEEP = row(
            SPOOL,
            "relay.ledger.keep",
            "7d",
            TimeSpan.between(ofSeconds(1), ofDays(3650)),
            "How long a unit stays in the ledger after its last message was settled.");
    public static final Setting<String> JMS_URL = row(
            JMS,
            "relay.jms.url",
            "",
            new BrokerUrl(),
            "The broker whose queues are read; without it, integrations that read queues are not started.");
    public static final Setting<JmsProtocol> JMS_PROTOCOL = row(
            JMS,
            "relay.jms.protocol",
            "core",
            new OneOf<>(JmsProtocol.class),
            "What the broker speaks: core is Artemis' own protocol, amqp is AMQP 1.0.");
    public static final Setting<String> JMS_USER =
            row(JMS, "relay.jms.user", "", new Text(false), "Who the service is for the broker.");
    public static final Setting<String> JMS_PASSWORD =
            row(JMS, "relay.jms.password", "", new Text(true), "The secret that proves it.");
    public static final Setting<Duration> SHUTDOWN_GRACE = row(
            SERVICE,
            "relay.shutdown.grace",
            "20s",
            TimeSpan.between(ZERO, ofHours(1)),
            "Time for open batches to be sent when the service stops; what is left is sent after the next start.");
    public static final Setting<Long> RECORD_BYTES = row(
            SERVICE,
            "relay.record.bytes",
            "1048576",
            new ByteSize(256, 64 << 20),
            "Size of one record of a source, at most; a larger one becomes a dead letter.");
    public static final Setting<List<String>> HTTP_HOSTS = row(
            SERVICE,
            "relay.http.hosts",
            "",
            new HostNames(),
            "Names of this service, apart from this machine's, under which the HTTP interface answers, such as that of a proxy.");
    public static final Setting<Path> HTTP_USERS = row(
            SERVICE,
            "relay.http.users",
            "",
            new FileName(),
            "The file of those who may log in, made by ./relay user; without it, the file users in relay.data.");
    public static final Setting<Integer> MANAGEMENT_PORT = row(
            SERVICE,
            "relay.http.management-port",
            "",
            new WholeNumber(1, 65_535),
            "A port of their own for /q/health and /q/metrics, without login; /q/metrics is then there alone.");
    public static final Setting<String> MANAGEMENT_HOST = row(
            SERVICE,
            "relay.http.management-host",
            "",
            new ListenAddress(),
            "Where relay.http.management-port listens; without it, where quarkus.http.host says.");
    public static final Setting<Duration> MAPPING_TIMEOUT = row(
            SERVICE,
            "relay.mapping.timeout",
            "5s",
            TimeSpan.between(ofMillis(100), ofMinutes(1)),
            "Time that a mapping may take for one record; the record becomes a dead letter when it takes longer.");

    public static final Setting<Boolean> TAP_BODIES = row(
            SERVICE,
            "relay.tap.bodies",
            "false",
            new TrueOrFalse(),
            "Whether the last messages that were settled are kept in memory and shown whole, up to 100 of each lane.");

    private SettingsTable() {}

    private static <T> Setting<T> row(String group, String key, String defaultText, Kind<T> kind, String explanation) {
        Setting<T> row = new Setting<>(group, key, defaultText, kind, explanation);
        ROWS.add(row);
        return row;
    }
}
