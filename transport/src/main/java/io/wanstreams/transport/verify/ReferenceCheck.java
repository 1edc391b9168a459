package io.wanstreams.transport.verify;

import io.wanstreams.contracts.bundle.BundleRef;
import io.wanstreams.contracts.job.Checkpoint;
import io.wanstreams.contracts.job.Job;
import io.wanstreams.contracts.job.Phase;
import io.wanstreams.transport.TransportException;
import io.wanstreams.transport.bundle.BundleException;
import io.wanstreams.transport.bundle.BundleStore;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;

/** Reads what live and completed jobs refer to, whole. */
final class ReferenceCheck {

    private final BundleStore bundles;
    private final Map<TopicPartition, Long> beginnings;
    private final Findings findings;
    private int expired;

    /** @param beginnings first offsets that the topics still hold */
    ReferenceCheck(BundleStore bundles, Map<TopicPartition, Long> beginnings, Findings findings) {
        this.bundles = bundles;
        this.beginnings = beginnings;
        this.findings = findings;
    }

    void check(Job job) throws InterruptedException {
        boolean completed = job.phase() instanceof Phase.Completed;
        if (job.isTerminal() && !completed) {
            return;
        }
        for (BundleRef ref : references(job).distinct().toList()) {
            if (completed && isGone(ref)) {
                expired++;
            } else {
                read(job, ref);
            }
        }
    }

    /** How many references of completed jobs lead to what the topics' retention has removed. */
    int expired() {
        return expired;
    }

    private static Stream<BundleRef> references(Job job) {
        Stream<BundleRef> outputs =
                job.completed().stream().flatMap(stage -> stage.outputs().bundles().values().stream());
        Stream<BundleRef> checkpoint = job.phase().stageTurn().stream()
                .flatMap(at -> Optional.ofNullable(at.checkpoint()).stream())
                .map(Checkpoint::bundle);
        Stream<BundleRef> noise = Stream.ofNullable(job.request().denoise().noise());
        return Stream.of(outputs, checkpoint, noise).flatMap(refs -> refs);
    }

    private boolean isGone(BundleRef ref) {
        return beginnings.getOrDefault(new TopicPartition(ref.topic(), ref.partition()), 0L) > ref.firstOffset();
    }

    private void read(Job job, BundleRef ref) throws InterruptedException {
        findings.looked(Rule.REFERENCES, 1);
        try (InputStream stream = bundles.open(ref)) {
            stream.transferTo(java.io.OutputStream.nullOutputStream());
        } catch (BundleException | TransportException e) {
            findings.add(Rule.REFERENCES, job.id(), String.valueOf(e.getMessage()));
        } catch (IOException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            findings.add(Rule.REFERENCES, job.id(), String.valueOf(cause.getMessage()));
        }
    }

    /** The topics that bundles lie in. */
    static List<String> topics() {
        return List.of(
                io.wanstreams.contracts.topic.Topics.TENSORS,
                io.wanstreams.contracts.topic.Topics.CHECKPOINTS,
                io.wanstreams.contracts.topic.Topics.MEDIA);
    }
}
