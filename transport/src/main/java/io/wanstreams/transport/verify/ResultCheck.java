package io.wanstreams.transport.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.json.ContractJson;
import io.wanstreams.contracts.topic.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Holds the result events against the jobs: each that is over has exactly one, with the id {@code <job>/<state>}. */
final class ResultCheck {

    private static final ObjectMapper JSON = ContractJson.mapper();

    private final Findings findings;
    private final Map<String, List<String>> idsByJob = new HashMap<>();

    ResultCheck(Findings findings) {
        this.findings = findings;
    }

    void result(ConsumerRecord<String, byte[]> message) {
        String id = id(message);
        String job = id.contains("/") ? id.substring(0, id.indexOf('/')) : String.valueOf(message.key());
        idsByJob.computeIfAbsent(job, any -> new ArrayList<>()).add(id);
    }

    /** Whether every job that is over has a result, or nobody writes any. */
    boolean isComplete(Collection<JobTrace> jobs, Expectations.Results wanted) {
        return wanted == Expectations.Results.NEVER
                || (wanted == Expectations.Results.IF_ANY && idsByJob.isEmpty())
                || jobs.stream()
                        .filter(trace -> trace.ending().isPresent())
                        .allMatch(trace -> idsByJob.containsKey(trace.id().toString()));
    }

    void conclude(Collection<JobTrace> jobs, Expectations.Results wanted) {
        if (wanted == Expectations.Results.NEVER || (wanted == Expectations.Results.IF_ANY && idsByJob.isEmpty())) {
            findings.note(Topics.RESULTS + " was not looked at" + (idsByJob.isEmpty() ? ": it is empty" : ""));
            return;
        }
        Map<JobId, JobTrace> known = new HashMap<>();
        jobs.forEach(trace -> known.put(trace.id(), trace));
        jobs.forEach(trace -> trace.ending().ifPresent(ending -> check(trace.id(), trace.id() + "/" + ending)));
        idsByJob.forEach((job, ids) -> {
            JobTrace trace = find(known, job);
            if (trace == null || trace.ending().isEmpty()) {
                findings.add(Rule.RESULTS, job, "has results " + ids + ", and the log knows of no end of it");
            }
        });
    }

    private void check(JobId job, String expected) {
        findings.looked(Rule.RESULTS, 1);
        List<String> found = idsByJob.getOrDefault(job.toString(), List.of());
        if (!found.equals(List.of(expected))) {
            findings.add(Rule.RESULTS, job, "has results " + found + ", expected one: " + expected);
        }
    }

    private static @Nullable JobTrace find(Map<JobId, JobTrace> known, String job) {
        try {
            return known.get(JobId.parse(job));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** In binary mode a header, in structured mode a field. */
    private static String id(ConsumerRecord<String, byte[]> message) {
        Header id = message.headers().lastHeader("ce_id");
        if (id != null && id.value() != null) {
            return new String(id.value(), StandardCharsets.UTF_8);
        }
        try {
            JsonNode event = message.value() == null ? JSON.missingNode() : JSON.readTree(message.value());
            return event.path("id").asText("");
        } catch (IOException e) {
            return "";
        }
    }
}
