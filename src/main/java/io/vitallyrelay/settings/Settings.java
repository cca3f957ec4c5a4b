package io.vitallyrelay.settings;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The service's settings. {@link SettingsReader} checks them; their limits stand in {@code docs/reference/settings.md}.
 * Immutable, so safe for use by several threads.
 *
 * @param url where batches are posted
 * @param token what stands after {@code Basic } in the {@code Authorization} header; never shown
 * @param batchSize messages in a batch, at most
 * @param batchWindow the age of a batch's first message at which the batch is posted
 * @param batchBytes bytes of a batch's UTF-8 JSON, at most
 * @param messageBytes bytes of a message's UTF-8 JSON, at most
 * @param lanes ordered streams from the spool to Vitally
 * @param rate requests a second over all lanes, at most; 0: as many as Vitally allows
 * @param retryInitial longest wait before the first retry
 * @param retryMax longest wait before any retry
 * @param retryMaxAge how long a batch is retried; {@code null} means for ever
 * @param retryAfterMax longest wait that the endpoint can ask for
 * @param holdProbe how often a request is tried during a hold
 * @param doubtfulSuccess what a 200 means whose body is not as documented
 * @param refusedInARow so many refused messages of an integration in a row hold it; 0: never
 * @param refusedPercent a larger share of its last 200 messages holds it too
 * @param blockedType what becomes of messages of a type that is refused one and all
 * @param unknownFields what becomes of a message with a field that its type does not have
 * @param unknownTypes what becomes of a message of a type that is not known
 * @param nulls what becomes of nulls in traits and properties where the route does not say
 * @param connection how Vitally is reached
 * @param data folder of inbox and spool; absolute, created when missing
 * @param routes folder of the routes; its real path
 * @param spoolMaxBytes bytes of pending messages at which sources wait
 * @param deadLettersMaxBytes bytes of dead letters at which records that would become more of them wait
 * @param deadLettersKeep how long a dead letter is kept; null for ever
 * @param spoolSync when appended messages are forced to disk
 * @param ledgerKeep how long a settled unit stays in the ledger
 * @param jms the broker whose queues are read
 * @param shutdownGrace time for batches in flight when the service stops
 * @param recordBytes bytes of one record from a source, at most
 * @param httpHosts names under which commands are taken, apart from this machine's
 * @param mappingTimeout time that a mapping may take for one record
 * @param dataSources the databases, by their names
 */
public record Settings(
        URI url,
        String token,
        int batchSize,
        Duration batchWindow,
        int batchBytes,
        int messageBytes,
        int lanes,
        int rate,
        Duration retryInitial,
        Duration retryMax,
        Duration retryMaxAge,
        Duration retryAfterMax,
        Duration holdProbe,
        DoubtfulSuccess doubtfulSuccess,
        BlockedType blockedType,
        int refusedInARow,
        int refusedPercent,
        Unknown unknownFields,
        Unknown unknownTypes,
        Nulls nulls,
        Connection connection,
        Path data,
        Path routes,
        long spoolMaxBytes,
        long deadLettersMaxBytes,
        Duration deadLettersKeep,
        SpoolSync spoolSync,
        Duration ledgerKeep,
        JmsSettings jms,
        Duration shutdownGrace,
        int recordBytes,
        List<String> httpHosts,
        Duration mappingTimeout,
        Map<String, DataSourceSettings> dataSources) {

    /** All settings but the token, the passwords and what may be secret in the URL. */
    @Override
    public String toString() {
        return "Settings[url=" + HttpUrl.withoutSecrets(url.toString())
                + ", token=" + Token.HIDDEN
                + ", batchSize=" + batchSize
                + ", batchWindow=" + batchWindow
                + ", batchBytes=" + batchBytes
                + ", messageBytes=" + messageBytes
                + ", lanes=" + lanes
                + ", rate=" + rate
                + ", retryInitial=" + retryInitial
                + ", retryMax=" + retryMax
                + ", retryMaxAge=" + (retryMaxAge == null ? TimeSpan.FOREVER : retryMaxAge)
                + ", retryAfterMax=" + retryAfterMax
                + ", holdProbe=" + holdProbe
                + ", doubtfulSuccess=" + doubtfulSuccess
                + ", blockedType=" + blockedType
                + ", refusedInARow=" + refusedInARow
                + ", refusedPercent=" + refusedPercent
                + ", unknownFields=" + unknownFields
                + ", unknownTypes=" + unknownTypes
                + ", nulls=" + nulls
                + ", connection=" + connection
                + ", data=" + data
                + ", routes=" + routes
                + ", spoolMaxBytes=" + spoolMaxBytes
                + ", deadLettersMaxBytes=" + deadLettersMaxBytes
                + ", deadLettersKeep=" + (deadLettersKeep == null ? TimeSpan.FOREVER : deadLettersKeep)
                + ", spoolSync=" + spoolSync
                + ", ledgerKeep=" + ledgerKeep
                + ", jms=" + jms
                + ", shutdownGrace=" + shutdownGrace
                + ", recordBytes=" + recordBytes
                + ", httpHosts=" + httpHosts
                + ", mappingTimeout=" + mappingTimeout
                + ", dataSources=" + dataSources.keySet() + "]";
    }
}
