package io.wanstreams.gateway.results;

import io.wanstreams.contracts.job.Job;
import io.wanstreams.contracts.job.JobEvent;
import io.wanstreams.contracts.job.JobId;
import io.wanstreams.gateway.Jobs;
import io.wanstreams.gateway.request.Profiles;
import io.wanstreams.kafka.embedded.SharedBroker;
import io.wanstreams.transport.KafkaClients;
import io.wanstreams.transport.KafkaSettings;
import io.wanstreams.transport.log.KafkaJobLog;
import io.wanstreams.transport.topic.TopicPlan;
import io.wanstreams.transport.topic.TopicProvisioner;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** A job log on the shared broker, and a topic of results that no other gateway writes to. */
final class Announcements implements AutoCloseable {

    final String topic = SharedBroker.uniqueName("results");
    final String group = SharedBroker.uniqueName("results");
    final KafkaClients clients = new KafkaClients(KafkaSettings.of(SharedBroker.bootstrapServers()));
    private final KafkaJobLog jobLog;
    private final SplittableRandom random = new SplittableRandom(11);

    Announcements() throws Exception {
        new TopicProvisioner(clients)
                .provision(TopicPlan.of(TopicPlan.Profile.LOCAL, List.of(Profiles.A14B, Profiles.TI2V_5B)));
        clients.admin()
                .createTopics(List.of(new NewTopic(topic, 2, (short) 1)))
                .all()
                .get();
        this.jobLog = new KafkaJobLog(clients, "/test");
    }

    /** What gateways announce, for these jobs only and into this test's topic. */
    static Announcer into(String topic, java.util.function.Predicate<Job> mine) {
        return job -> mine.test(job)
                ? new ResultAnnouncer()
                        .announce(job).stream()
                                .map(found ->
                                        new ProducerRecord<>(topic, null, found.key(), found.value(), found.headers()))
                                .toList()
                : List.of();
    }

    /** A job of this test, by its tenant. */
    JobId submit() throws Exception {
        JobId id = JobId.ofTime(System.currentTimeMillis(), random);
        JobEvent.Submitted event = Jobs.submitted();
        append(id, new JobEvent.Submitted(event.request(), event.route(), topic, event.origin()));
        return id;
    }

    boolean isMine(Job job) {
        return job.tenant().equals(topic);
    }

    void append(JobId id, JobEvent event) throws Exception {
        jobLog.append(id, event).get(10, TimeUnit.SECONDS);
    }

    /** The committed records of the topic so far. */
    List<ConsumerRecord<String, byte[]>> committed() {
        return committed(topic);
    }

    List<ConsumerRecord<String, byte[]>> committed(String from) {
        List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
        try (Consumer<String, byte[]> consumer = clients.barrierConsumer("test-results")) {
            List<TopicPartition> partitions = consumer.partitionsFor(from).stream()
                    .map(p -> new TopicPartition(p.topic(), p.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            consumer.endOffsets(partitions).forEach((partition, end) -> {
                while (consumer.position(partition) < end) {
                    consumer.poll(Duration.ofMillis(100)).forEach(found::add);
                }
            });
        }
        return found;
    }

    static String header(ConsumerRecord<String, byte[]> message, String name) {
        return new String(message.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        jobLog.close();
        clients.close();
    }
}
