package io.wanstreams.transport.verify;

import io.wanstreams.contracts.bundle.ChunkHeaders;
import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.job.StageName;
import io.wanstreams.transport.verify.JobTrace.Place;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Counts the bundles that no event names. A worker that dies, or loses its job, between a bundle and its event leaves a few;
 * a stage that went well leaves none, or the topics would grow with every job.
 */
final class OrphanCheck {

    /** A decode run writes video, thumbnail, sprite sheet and frames before its event; a denoise run one checkpoint and its latents. */
    private static final int BUNDLES_PER_LOST_RUN = 5;

    private record Owner(String job, String stage) {}

    private final Map<JobId, JobTrace> jobs;
    private final Findings findings;
    private final Set<Place> mentioned = new HashSet<>();
    private final Set<String> seen = new HashSet<>();
    private final Map<Owner, Integer> orphans = new HashMap<>();

    OrphanCheck(Map<JobId, JobTrace> jobs, Findings findings) {
        this.jobs = jobs;
        this.findings = findings;
        jobs.values().forEach(trace -> mentioned.addAll(trace.mentioned()));
    }

    /** One chunk of any bundle, in the order of its partition. */
    void chunk(ConsumerRecord<String, byte[]> message) {
        if (!seen.add(header(message, "wan-bundle"))) {
            return;
        }
        findings.looked(Rule.ORPHANS, 1);
        if (!mentioned.contains(new Place(message.topic(), message.partition(), message.offset()))) {
            orphans.merge(new Owner(header(message, "wan-job"), header(message, "wan-stage")), 1, Integer::sum);
        }
    }

    /** Says what is too much, and how much there is in all. */
    void conclude() {
        Map<String, Integer> byStage = new TreeMap<>();
        orphans.forEach((owner, number) -> {
            byStage.merge(owner.stage(), number, Integer::sum);
            int allowed = allowed(owner);
            if (number > allowed) {
                findings.add(
                        Rule.ORPHANS,
                        owner.job(),
                        number + " bundles of stage " + owner.stage() + " that no event names, at most " + allowed
                                + " can come from lost attempts");
            }
        });
        if (!byStage.isEmpty()) {
            findings.note("bundles that no event names, left to the topics' retention: " + byStage);
        }
    }

    private int allowed(Owner owner) {
        if (owner.stage().equals(ChunkHeaders.REQUEST)) {
            // Written before the job exists: a gateway that dies, or a request sent twice, leaves it.
            return Integer.MAX_VALUE;
        }
        try {
            JobTrace trace = jobs.get(JobId.parse(owner.job()));
            return trace == null ? 0 : trace.lostRuns(StageName.parse(owner.stage())) * BUNDLES_PER_LOST_RUN;
        } catch (IllegalArgumentException e) {
            return 0;
        }
    }

    private static String header(ConsumerRecord<String, byte[]> message, String name) {
        Header header = message.headers().lastHeader(name);
        return header == null || header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }
}
