package io.vitallyrelay.app;

import io.vitallyrelay.delivery.AnswerReader;
import io.vitallyrelay.delivery.Batch;
import io.vitallyrelay.delivery.Delivery;
import io.vitallyrelay.delivery.DeliveryListeners;
import io.vitallyrelay.delivery.Gate;
import io.vitallyrelay.delivery.LaneStates;
import io.vitallyrelay.delivery.LastBatches;
import io.vitallyrelay.delivery.Stop;
import io.vitallyrelay.delivery.Tap;
import io.vitallyrelay.delivery.UnderWay;
import io.vitallyrelay.delivery.camel.BatchStrategy;
import io.vitallyrelay.delivery.camel.DeliverySteps;
import io.vitallyrelay.delivery.camel.LaneComponent;
import io.vitallyrelay.delivery.http.VitallyClient;
import io.vitallyrelay.message.Contract;
import io.vitallyrelay.message.Notices;
import io.vitallyrelay.settings.Settings;
import io.vitallyrelay.settings.SettingsTable;
import io.vitallyrelay.sink.camel.DeadLetterStep;
import io.vitallyrelay.sink.camel.SpoolComponent;
import io.vitallyrelay.source.SourceStates;
import io.vitallyrelay.source.camel.RecordOutcome;
import io.vitallyrelay.source.file.InboxLocks;
import io.vitallyrelay.source.file.Inboxes;
import io.vitallyrelay.source.file.OpenFiles;
import io.vitallyrelay.source.file.camel.FilesComponent;
import io.vitallyrelay.source.file.camel.InboxHooks;
import io.vitallyrelay.source.mapping.MappingLimits;
import io.vitallyrelay.source.mapping.camel.MappingLanguage;
import io.vitallyrelay.source.queue.BrokerState;
import io.vitallyrelay.source.queue.Uncommitted;
import io.vitallyrelay.source.queue.camel.QueueComponent;
import io.vitallyrelay.source.queue.camel.QueueContainer;
import io.vitallyrelay.source.table.Database;
import io.vitallyrelay.source.table.Tables;
import io.vitallyrelay.source.table.camel.TableComponent;
import io.vitallyrelay.spool.Spool;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.net.PasswordAuthentication;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Expression;
import org.apache.camel.Predicate;
import org.apache.camel.Processor;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.util.concurrent.SynchronousExecutorService;

/** What the routes call by name: the endpoints {@code lane:}, {@code spool:}, {@code records:},
 * {@code table:} and the steps by reference. */
@Singleton
public class CamelBeans {

    @Produces
    @Singleton
    @Named("lane")
    LaneComponent lane(Spool spool, Stop stop, Settings settings, UnderWay underWay, LaneStates states, Gate gate) {
        Batch.Limits limits = new Batch.Limits(
                settings.get(SettingsTable.BATCH_SIZE),
                settings.get(SettingsTable.BATCH_BYTES).intValue(),
                settings.get(SettingsTable.MESSAGE_BYTES).intValue());
        return new LaneComponent(spool.lanes(), stop, limits, underWay, states, gate);
    }

    @Produces
    @Singleton
    @Named("spool")
    SpoolComponent spool(Spool spool, Contract contract, Notices notices) {
        return new SpoolComponent(spool, contract, notices);
    }

    @Produces
    @Singleton
    @Named("records")
    FilesComponent records(
            Spool spool, Settings settings, Inboxes inboxes, OpenFiles openFiles, Stop stop, InstantSource clock) {
        return new FilesComponent(
                spool,
                new InboxLocks(inboxes.root()),
                openFiles,
                settings.get(SettingsTable.RECORD_BYTES).intValue(),
                () -> stop.has(Stop.Step.SOURCES),
                clock,
                System::nanoTime);
    }

    @Produces
    @Singleton
    @Named("inbox")
    InboxHooks inbox(Inboxes inboxes, SourceStates states, Stop stop) {
        return new InboxHooks(inboxes, states, () -> stop.has(Stop.Step.SOURCES), System::nanoTime);
    }

    @Produces
    @Singleton
    @Named("queue")
    QueueComponent queue(Spool spool, Uncommitted uncommitted, Settings settings) {
        return new QueueComponent(
                spool, uncommitted, settings.get(SettingsTable.RECORD_BYTES).intValue());
    }

    @Produces
    @Singleton
    @Named("jms")
    JmsComponent jms(Settings settings, BrokerState state, Spool spool, Uncommitted uncommitted, SourceStates states) {
        return QueueContainer.component(BrokerConnections.to(settings, state), spool, uncommitted, states);
    }

    @Produces
    @Singleton
    @Named("table")
    TableComponent table(
            Tables tables, Spool spool, Settings settings, Stop stop, SourceStates states, InstantSource clock) {
        Map<String, Database> databases = new HashMap<>();
        settings.dataSources()
                .forEach((name, source) -> databases.put(
                        name,
                        new Database(
                                name,
                                source.url(),
                                source.user(),
                                source.password(),
                                source.zone(),
                                source.timeout())));
        return new TableComponent(
                databases,
                tables,
                spool,
                settings.get(SettingsTable.RECORD_BYTES).intValue(),
                stop::isNow,
                states,
                clock);
    }

    @Produces
    @Singleton
    @Named("deadLetter")
    Processor deadLetter(Spool spool) {
        return new DeadLetterStep(spool);
    }

    /** A mapping may take as much memory as the service has, and no more. */
    @Produces
    @Singleton
    @Named("jq")
    MappingLanguage jq(Settings settings) {
        return new MappingLanguage(new MappingLimits(
                settings.get(SettingsTable.MAPPING_TIMEOUT),
                Runtime.getRuntime().maxMemory()));
    }

    @Produces
    @Singleton
    @Named("recordOutcome")
    AggregationStrategy recordOutcome() {
        return new RecordOutcome();
    }

    @Produces
    @Singleton
    @Named("batch")
    AggregationStrategy batch() {
        return new BatchStrategy();
    }

    @Produces
    @Singleton
    @Named("batchFull")
    Predicate batchFull() {
        return BatchStrategy.full();
    }

    @Produces
    @Singleton
    @Named("batchWindow")
    Expression batchWindow(Settings settings) {
        return BatchStrategy.window(settings.get(SettingsTable.BATCH_WINDOW));
    }

    /** Batches are posted by the thread that completes them: a lane that posts takes no further messages. */
    @Produces
    @Singleton
    @Named("sameThread")
    ExecutorService sameThread() {
        return new SynchronousExecutorService();
    }

    @Produces
    @Singleton
    DeliverySteps steps(
            Delivery.Rules rules, AnswerReader reader, Meters meters, LastBatches batches, Tap tap, UnderWay underWay) {
        return new DeliverySteps(rules, reader, new DeliveryListeners(List.of(meters, batches, tap)), underWay);
    }

    @Produces
    @Singleton
    @Named("beginDelivery")
    Processor begin(DeliverySteps steps) {
        return steps.begin();
    }

    @Produces
    @Singleton
    @Named("messagesLeft")
    Predicate messagesLeft(DeliverySteps steps) {
        return steps.goesOn();
    }

    @Produces
    @Singleton
    @Named("nextPart")
    Processor nextPart(DeliverySteps steps) {
        return steps.nextPart();
    }

    @Produces
    @Singleton
    @Named("verdict")
    Processor verdict(DeliverySteps steps) {
        return steps.verdict();
    }

    @Produces
    @Singleton
    @Named("vitallyClient")
    HttpClientConfigurer vitallyClient(Settings settings) {
        VitallyClient.Options options = new VitallyClient.Options(
                settings.get(SettingsTable.LANES),
                settings.get(SettingsTable.CONNECT_TIMEOUT),
                settings.get(SettingsTable.RESPONSE_TIMEOUT),
                settings.get(SettingsTable.TOTAL_TIMEOUT),
                settings.tls(),
                settings.get(SettingsTable.PROXY),
                login(settings.get(SettingsTable.PROXY_USER), settings.get(SettingsTable.PROXY_PASSWORD)));
        return new VitallyClient(settings.get(SettingsTable.TOKEN), options)::configure;
    }

    private static PasswordAuthentication login(String user, String password) {
        return user == null
                ? null
                : new PasswordAuthentication(user, password == null ? new char[0] : password.toCharArray());
    }
}
