package io.wanstreams.gateway.results;

import io.wanstreams.contracts.job.Job;
import io.wanstreams.contracts.json.VideoResultCodec;
import io.wanstreams.contracts.result.VideoResult;
import io.wanstreams.contracts.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/** One CloudEvent on {@code wan.results} when a job ends. */
public final class ResultAnnouncer implements Announcer {

    @Override
    public List<ProducerRecord<String, byte[]>> announce(Job job) {
        return VideoResult.of(job).map(ResultAnnouncer::message).stream().toList();
    }

    private static ProducerRecord<String, byte[]> message(VideoResult result) {
        ProducerRecord<String, byte[]> message =
                new ProducerRecord<>(Topics.RESULTS, result.job().toString(), VideoResultCodec.data(result));
        VideoResultCodec.headers(result)
                .forEach((name, value) -> message.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        return message;
    }
}
