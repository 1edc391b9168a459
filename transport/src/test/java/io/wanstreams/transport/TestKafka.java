package io.wanstreams.transport;

import io.wanstreams.contracts.job.Job;
import io.wanstreams.contracts.job.JobEvent;
import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.job.JobOrigin;
import io.wanstreams.contracts.job.Phase;
import io.wanstreams.contracts.job.RecordedEvent;
import io.wanstreams.contracts.job.StageName;
import io.wanstreams.contracts.request.DenoiseSettings;
import io.wanstreams.contracts.request.Preset;
import io.wanstreams.contracts.request.PromptSpec;
import io.wanstreams.contracts.request.SchedulerChoice;
import io.wanstreams.contracts.request.SigmaGrid;
import io.wanstreams.contracts.request.VideoRequest;
import io.wanstreams.contracts.ticket.LogCursor;
import io.wanstreams.contracts.topic.Topics;
import io.wanstreams.kafka.embedded.SharedBroker;
import io.wanstreams.transport.log.JobLogReader;
import io.wanstreams.transport.log.JobRecords;
import io.wanstreams.transport.log.JobView;
import io.wanstreams.transport.log.KafkaJobLog;
import io.wanstreams.transport.log.LogPosition;
import io.wanstreams.transport.log.StageTransactions;
import io.wanstreams.transport.topic.TopicPlan;
import io.wanstreams.transport.topic.TopicProvisioner;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** One model on a broker, with what a gateway and a dispatcher would do to its jobs. */
public final class TestKafka implements AutoCloseable {

    public static final List<StageName> ROUTE = List.of(StageName.ENCODE, StageName.DENOISE, StageName.DECODE);
    public static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Random RANDOM = new Random();

    public final KafkaClients clients;
    public final String model;
    private final KafkaJobLog log;
    private final JobLogReader reader;
    private final StageTransactions dispatcher;

    private final String bootstrapServers;

    private TestKafka(String bootstrapServers, String model) throws InterruptedException {
        this.bootstrapServers = bootstrapServers;
        this.clients = new KafkaClients(KafkaSettings.of(bootstrapServers));
        this.model = model;
        new TopicProvisioner(clients).provision(new TopicPlan(TopicPlan.Profile.LOCAL, Map.of(model, ROUTE)));
        this.log = new KafkaJobLog(clients, "/wan/test/gateway");
        this.reader = new JobLogReader(clients);
        this.dispatcher = new StageTransactions(clients, "dispatcher-" + model, "/wan/test/dispatcher");
    }

    /** A model of its own on the broker that all tests share. */
    public static TestKafka shared() throws InterruptedException {
        return on(SharedBroker.bootstrapServers());
    }

    /** A model on another broker. */
    public static TestKafka on(String bootstrapServers) throws InterruptedException {
        return new TestKafka(bootstrapServers, SharedBroker.uniqueName("m"));
    }

    /** The same model with clients of its own; topics that are missing by now are made. */
    public TestKafka again() throws InterruptedException {
        return new TestKafka(bootstrapServers, model);
    }

    public static JobId newJobId() {
        return JobId.ofTime(System.currentTimeMillis(), RANDOM);
    }

    public VideoRequest request() {
        return new VideoRequest(
                model,
                Preset.WAN,
                new PromptSpec("a red ball", "", null, null, null),
                64,
                64,
                9,
                16,
                null,
                null,
                new DenoiseSettings(4, 5, 5, 3, null, SigmaGrid.WAN, SchedulerChoice.UNIPC, 7, null),
                false,
                Duration.ofHours(12),
                new TreeMap<>(),
                List.of());
    }

    /** Submits a job and admits it: its first ticket is out. */
    public JobId admitted() throws InterruptedException {
        JobId id = newJobId();
        LogPosition position =
                append(id, new JobEvent.Submitted(request(), ROUTE, "default", new JobOrigin("http", null, "00")));
        JobView nothing = new JobView(id, null, new LogCursor(reader.topic().id(), position.partition(), 0));
        awaitRead(id, dispatcher.append(reader.readToEnd(nothing).view(), new JobEvent.Admitted()));
        return id;
    }

    public LogPosition append(JobId id, JobEvent event) throws InterruptedException {
        try {
            return log.append(id, event).get(30, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Appends an event and its ticket as the dispatcher does. */
    public LogPosition dispatch(JobId id, JobEvent event) {
        LogPosition position = dispatcher.append(view(id), event);
        awaitRead(id, position);
        return position;
    }

    /** A commit is confirmed a moment before readers see it. */
    private void awaitRead(JobId id, LogPosition position) {
        Awaitility.await().atMost(PATIENCE).until(() -> view(id).upTo().next() > position.offset());
    }

    /** The job, read from the beginning of the log. */
    public JobView view(JobId id) {
        return reader.readToEnd(
                        new JobView(id, null, new LogCursor(reader.topic().id(), partition(id), 0)))
                .view();
    }

    public Job job(JobId id) {
        Job job = view(id).job();
        if (job == null) {
            throw new IllegalStateException("No job " + id);
        }
        return job;
    }

    /** Waits until the job is in such a phase. */
    public <P extends Phase> P await(JobId id, Class<P> phase) {
        return phase.cast(Awaitility.await(phase.getSimpleName())
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> job(id).phase(), phase::isInstance));
    }

    /** All events of the job, in order. */
    public List<RecordedEvent> events(JobId id) {
        List<RecordedEvent> events = new ArrayList<>();
        TopicPartition partition = new TopicPartition(Topics.JOBS, partition(id));
        try (Consumer<String, byte[]> consumer = clients.barrierConsumer("test-events")) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(100))
                        .forEach(message -> JobRecords.decode(message)
                                .filter(event -> event.id().equals(id))
                                .ifPresent(events::add));
            }
        }
        return events;
    }

    /** What was put aside from a topic, in order. */
    public List<ConsumerRecord<String, byte[]>> deadLetters(String topic) {
        TopicPartition partition = new TopicPartition(Topics.DEAD_LETTERS, 0);
        List<ConsumerRecord<String, byte[]>> letters = new ArrayList<>();
        try (Consumer<String, byte[]> consumer = clients.barrierConsumer("test-letters")) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(100)).forEach(letter -> {
                    if (header(letter, "dead-letter-topic").equals(topic)) {
                        letters.add(letter);
                    }
                });
            }
        }
        return letters;
    }

    public static String header(ConsumerRecord<String, byte[]> message, String name) {
        return new String(message.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    public int partition(JobId id) {
        byte[] key = id.toString().getBytes(StandardCharsets.UTF_8);
        return Utils.toPositive(Utils.murmur2(key)) % reader.topic().partitions();
    }

    /** Tickets of a stage that nobody has accepted, as the share group sees it; null before the group has a place. */
    public @Nullable Long lag(StageName stage) throws Exception {
        String group = Topics.ticketTopic(stage, model);
        return clients
                .admin()
                .listShareGroupOffsets(Map.of(group, new ListShareGroupOffsetsSpec()))
                .partitionsToOffsetInfo(group)
                .get(30, TimeUnit.SECONDS)
                .values()
                .stream()
                .flatMap(info -> info.lag().stream())
                .findFirst()
                .orElse(null);
    }

    @Override
    public void close() {
        dispatcher.close();
        log.close();
        reader.close();
        clients.close();
    }
}
