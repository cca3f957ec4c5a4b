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
import java.util.List;

/** Every setting there is, in the order of the documentation. */
final class SettingsTable {
    private static final String VITALLY = "Vitally";
    private static final String CONNECTION = "Connection to Vitally";
    private static final String MESSAGES = "Messages";
    private static final String BATCHES = "Batches";
    private static final String RETRIES = "Retries";
    private static final String FOLDERS = "Folders";
    private static final String SPOOL = "Spool and ledger";
    private static final String JMS = "JMS broker";
    private static final String SERVICE = "Service";

    static final Setting<URI> URL = new Setting<>(
            VITALLY, "vitally.url", null, "URL", new HttpUrl(), "The whole address that batches are posted to.");
    static final Setting<String> TOKEN = new Setting<>(
            VITALLY,
            "vitally.token",
            null,
            "text",
            new Token(),
            "The secret that follows \"Basic \" in the Authorization header, sent as it stands.");

    static final Setting<Duration> CONNECT_TIMEOUT = new Setting<>(
            CONNECTION,
            "vitally.connect-timeout",
            "10s",
            "duration",
            TimeSpan.between(ofMillis(1), ofMinutes(10)),
            "Time to open a connection to Vitally.");
    static final Setting<Duration> RESPONSE_TIMEOUT = new Setting<>(
            CONNECTION,
            "vitally.response-timeout",
            "30s",
            "duration",
            TimeSpan.between(ofMillis(1), ofMinutes(10)),
            "Time to wait for the answer to a batch, and between two pieces of it.");
    static final Setting<Duration> TOTAL_TIMEOUT = new Setting<>(
            CONNECTION,
            "vitally.total-timeout",
            "1m",
            "duration",
            TimeSpan.between(ofMillis(1), ofHours(1)),
            "Time for a request in all, from connecting to the end of the answer; at least vitally.response-timeout.");
    static final Setting<Path> TRUST_STORE = new Setting<>(
            CONNECTION,
            "vitally.tls.trust-store",
            "",
            "file",
            new Optionally<>(new ExistingFile("trusted certificates")),
            "The authorities to trust, and no others; without it, those that the JDK trusts.");
    static final Setting<String> TRUST_STORE_PASSWORD = new Setting<>(
            CONNECTION,
            "vitally.tls.trust-store-password",
            "",
            "text",
            new OptionalText(true),
            "Opens vitally.tls.trust-store; not for PEM.");
    static final Setting<Path> KEY_STORE = new Setting<>(
            CONNECTION,
            "vitally.tls.key-store",
            "",
            "file",
            new Optionally<>(new ExistingFile("a private key and its certificates")),
            "The certificate to show where a client certificate is asked for, with its key.");
    static final Setting<String> KEY_STORE_PASSWORD = new Setting<>(
            CONNECTION,
            "vitally.tls.key-store-password",
            "",
            "text",
            new OptionalText(true),
            "Opens vitally.tls.key-store and the key in it; not for PEM.");
    static final Setting<URI> PROXY = new Setting<>(
            CONNECTION,
            "vitally.proxy",
            "",
            "URL",
            new Optionally<>(new ProxyUrl()),
            "The HTTP proxy that all requests go through.");
    static final Setting<String> PROXY_USER = new Setting<>(
            CONNECTION, "vitally.proxy.user", "", "text", new OptionalText(false), "Who logs in to the proxy.");
    static final Setting<String> PROXY_PASSWORD = new Setting<>(
            CONNECTION,
            "vitally.proxy.password",
            "",
            "text",
            new OptionalText(true),
            "The password of vitally.proxy.user.");

    static final Setting<Unknown> UNKNOWN_FIELDS = new Setting<>(
            MESSAGES,
            "vitally.unknown-fields",
            "refuse",
            "word",
            new OneOf<>(Unknown.class),
            "What becomes of a message with a field that its type does not have: a dead letter, or sent as it is.");
    static final Setting<Unknown> UNKNOWN_TYPES = new Setting<>(
            MESSAGES,
            "vitally.unknown-types",
            "refuse",
            "word",
            new OneOf<>(Unknown.class),
            "What becomes of a message of a type that is not known: a dead letter, or sent as it is.");
    static final Setting<Nulls> NULLS = new Setting<>(
            MESSAGES,
            "vitally.nulls",
            "omit",
            "word",
            new OneOf<>(Nulls.class),
            "What becomes of a trait or property that is null: left out, or sent; nulls at vitally-sink goes before it.");

    static final Setting<Integer> BATCH_SIZE = new Setting<>(
            BATCHES,
            "vitally.batch.size",
            "100",
            "messages",
            new WholeNumber(1, 100),
            "Messages in a batch, at most. Vitally takes 100.");
    static final Setting<Duration> BATCH_WINDOW = new Setting<>(
            BATCHES,
            "vitally.batch.window",
            "5s",
            "duration",
            TimeSpan.between(ofMillis(50), ofHours(1)),
            "Age of its first message at which a batch is posted although it is not full.");
    static final Setting<Long> BATCH_BYTES = new Setting<>(
            BATCHES,
            "vitally.batch.bytes",
            "500000",
            "bytes",
            new ByteSize(258, 10_000_000),
            "Size of a batch as UTF-8 JSON, at most; at least vitally.message.bytes and 2 for the brackets.");
    static final Setting<Long> MESSAGE_BYTES = new Setting<>(
            BATCHES,
            "vitally.message.bytes",
            "32768",
            "bytes",
            new ByteSize(256, 1 << 20),
            "Size of a message as UTF-8 JSON, at most; a larger one becomes a dead letter.");
    static final Setting<Integer> LANES = new Setting<>(
            BATCHES,
            "vitally.lanes",
            "8",
            "lanes",
            new WholeNumber(1, 64),
            "Ordered streams that post side by side; messages of one entity share a lane.");
    static final Setting<Integer> RATE = new Setting<>(
            BATCHES,
            "vitally.rate",
            "0",
            "requests a second",
            new WholeNumber(0, 10_000),
            "Requests a second over all lanes, at most; 0 finds out what Vitally allows.");

    static final Setting<Duration> RETRY_INITIAL = new Setting<>(
            RETRIES,
            "vitally.retry.initial",
            "500ms",
            "duration",
            TimeSpan.between(ofMillis(1), ofHours(1)),
            "Longest wait before the first retry; it doubles with each further one.");
    static final Setting<Duration> RETRY_MAX = new Setting<>(
            RETRIES,
            "vitally.retry.max",
            "1m",
            "duration",
            TimeSpan.between(ofMillis(1), ofDays(1)),
            "Longest wait before any retry; at least vitally.retry.initial.");
    static final Setting<Duration> RETRY_MAX_AGE = new Setting<>(
            RETRIES,
            "vitally.retry.max-age",
            TimeSpan.FOREVER,
            "duration",
            new TimeSpan(ofSeconds(1), ofDays(3650), true),
            "How long an outage is retried before messages become dead letters.");

    static final Setting<Duration> RETRY_AFTER_MAX = new Setting<>(
            RETRIES,
            "vitally.retry.after-max",
            "5m",
            "duration",
            TimeSpan.between(ofSeconds(1), ofDays(1)),
            "Longest wait that Retry-After and its like can ask for.");
    static final Setting<Duration> HOLD_PROBE = new Setting<>(
            RETRIES,
            "vitally.hold.probe",
            "1m",
            "duration",
            TimeSpan.between(ofSeconds(1), ofDays(1)),
            "How often one request is tried while Vitally refuses all of them, as it does a wrong token.");
    static final Setting<DoubtfulSuccess> DOUBTFUL_SUCCESS = new Setting<>(
            RETRIES,
            "vitally.doubtful-success",
            "delivered",
            "word",
            new OneOf<>(DoubtfulSuccess.class),
            "What a 200 means whose body is cut, is not JSON or speaks of errors, and what a 207 means. A web page"
                    + " always is a hold.");
    static final Setting<BlockedType> BLOCKED_TYPE = new Setting<>(
            RETRIES,
            "vitally.blocked-type",
            "dead-letter",
            "word",
            new OneOf<>(BlockedType.class),
            "What becomes of messages of a type that Vitally refuses one and all; hold stops all lanes.");

    static final Setting<Integer> REFUSED_IN_A_ROW = new Setting<>(
            RETRIES,
            "vitally.refused-hold.in-a-row",
            "20",
            "number",
            new WholeNumber(0, 10_000),
            "After so many refused messages of an integration in a row its others wait; 0: never.");
    static final Setting<Integer> REFUSED_PERCENT = new Setting<>(
            RETRIES,
            "vitally.refused-hold.percent",
            "90",
            "number",
            new WholeNumber(1, 100),
            "They wait too where more than this share of the last 200 messages of an integration was refused.");

    static final Setting<Path> DATA = new Setting<>(
            FOLDERS,
            "relay.data",
            "data",
            "folder",
            new DataFolder(),
            "Where inbox and spool are kept; created when missing.");
    static final Setting<Path> ROUTES = new Setting<>(
            FOLDERS,
            "relay.routes",
            "routes",
            "folder",
            new RoutesFolder(),
            "Where the routes are: one folder for each integration.");

    static final Setting<Long> SPOOL_MAX_BYTES = new Setting<>(
            SPOOL,
            "relay.spool.max-bytes",
            "1GiB",
            "bytes",
            new ByteSize(16 << 20, Long.MAX_VALUE),
            "Bytes of pending messages in the spool at which sources wait.");
    static final Setting<Long> DEAD_LETTERS_MAX_BYTES = new Setting<>(
            SPOOL,
            "relay.dead-letters.max-bytes",
            "1GiB",
            "bytes",
            new ByteSize(1 << 20, Long.MAX_VALUE),
            "Bytes of dead letters in the spool at which records that would become more of them wait, with their sources.");
    static final Setting<Duration> DEAD_LETTERS_KEEP = new Setting<>(
            SPOOL,
            "relay.dead-letters.keep",
            TimeSpan.FOREVER,
            "duration",
            new TimeSpan(ofMinutes(1), ofDays(3650), true),
            "How long a dead letter is kept; an older one is given up and counted as discarded.");
    static final Setting<SpoolSync> SPOOL_SYNC = new Setting<>(
            SPOOL,
            "relay.spool.sync",
            "always",
            "word",
            new OneOf<>(SpoolSync.class),
            "When messages are forced to disk: always before their source is acknowledged, or at an interval"
                    + " (faster, but a power failure can lose the latest).");
    static final Setting<Duration> LEDGER_KEEP = new Setting<>(
            SPOOL,
            "relay.ledger.keep",
            "7d",
            "duration",
            TimeSpan.between(ofSeconds(1), ofDays(3650)),
            "How long a unit stays in the ledger after its last message was settled.");

    static final Setting<String> JMS_URL = new Setting<>(
            JMS,
            "relay.jms.url",
            "",
            "URL",
            new BrokerUrl(),
            "The broker whose queues are read; without it, integrations that read queues are not started.");
    static final Setting<JmsProtocol> JMS_PROTOCOL = new Setting<>(
            JMS,
            "relay.jms.protocol",
            "core",
            "word",
            new OneOf<>(JmsProtocol.class),
            "What the broker speaks: core is Artemis' own protocol, amqp is AMQP 1.0.");
    static final Setting<String> JMS_USER = new Setting<>(
            JMS, "relay.jms.user", "", "text", new OptionalText(false), "Who the service is for the broker.");
    static final Setting<String> JMS_PASSWORD =
            new Setting<>(JMS, "relay.jms.password", "", "text", new OptionalText(true), "The secret that proves it.");

    static final Setting<Duration> SHUTDOWN_GRACE = new Setting<>(
            SERVICE,
            "relay.shutdown.grace",
            "20s",
            "duration",
            TimeSpan.between(ZERO, ofHours(1)),
            "Time for open batches to be sent when the service stops; what is left is sent after the next start.");
    static final Setting<Long> RECORD_BYTES = new Setting<>(
            SERVICE,
            "relay.record.bytes",
            "1048576",
            "bytes",
            new ByteSize(256, 64 << 20),
            "Size of one record of a source, at most; a larger one becomes a dead letter.");
    static final Setting<List<String>> HTTP_HOSTS = new Setting<>(
            SERVICE,
            "relay.http.hosts",
            "",
            "host names",
            new HostNames(),
            "Names of this service, apart from this machine's, under which the HTTP interface takes commands (POST).");
    static final Setting<Duration> MAPPING_TIMEOUT = new Setting<>(
            SERVICE,
            "relay.mapping.timeout",
            "5s",
            "duration",
            TimeSpan.between(ofMillis(100), ofMinutes(1)),
            "Time that a mapping may take for one record; the record becomes a dead letter when it takes longer.");

    static final List<Setting<?>> ALL = List.of(
            URL,
            TOKEN,
            CONNECT_TIMEOUT,
            RESPONSE_TIMEOUT,
            TOTAL_TIMEOUT,
            TRUST_STORE,
            TRUST_STORE_PASSWORD,
            KEY_STORE,
            KEY_STORE_PASSWORD,
            PROXY,
            PROXY_USER,
            PROXY_PASSWORD,
            UNKNOWN_FIELDS,
            UNKNOWN_TYPES,
            NULLS,
            BATCH_SIZE,
            BATCH_WINDOW,
            BATCH_BYTES,
            MESSAGE_BYTES,
            LANES,
            RATE,
            RETRY_INITIAL,
            RETRY_MAX,
            RETRY_MAX_AGE,
            RETRY_AFTER_MAX,
            HOLD_PROBE,
            DOUBTFUL_SUCCESS,
            BLOCKED_TYPE,
            REFUSED_IN_A_ROW,
            REFUSED_PERCENT,
            DATA,
            ROUTES,
            SPOOL_MAX_BYTES,
            DEAD_LETTERS_MAX_BYTES,
            DEAD_LETTERS_KEEP,
            SPOOL_SYNC,
            LEDGER_KEEP,
            JMS_URL,
            JMS_PROTOCOL,
            JMS_USER,
            JMS_PASSWORD,
            SHUTDOWN_GRACE,
            RECORD_BYTES,
            HTTP_HOSTS,
            MAPPING_TIMEOUT);

    private SettingsTable() {}
}
