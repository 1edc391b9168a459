package io.wanstreams.gateway.results;

import io.wanstreams.contracts.job.Job;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Says what to write when an event has counted. A pure function of the fold: asked again, it says the same. */
@FunctionalInterface
public interface Announcer {

    /** The records that this new state of a job calls for, in order. */
    List<ProducerRecord<String, byte[]>> announce(Job job);
}
