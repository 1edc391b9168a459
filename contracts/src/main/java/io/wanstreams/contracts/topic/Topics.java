package io.wanstreams.contracts.topic;

import io.wanstreams.contracts.job.StageName;
import io.wanstreams.contracts.request.ModelProfile;
import java.time.Duration;
import java.util.List;

/** The topics, in one table. Provisioning, documentation and manifests are checked against it. */
public final class Topics {

    public static final String REQUESTS = "wan.requests";
    public static final String JOBS = "wan.jobs";
    public static final String TENSORS = "wan.tensors";
    public static final String CHECKPOINTS = "wan.checkpoints";
    public static final String MEDIA = "wan.media";
    public static final String PROGRESS = "wan.progress";
    public static final String DISPATCH = "wan.dispatch";
    public static final String RESULTS = "wan.results";
    public static final String WEBHOOKS = "wan.webhooks";
    public static final String DEAD_LETTERS = "wan.dead-letters";

    private static final String TICKETS = "wan.tickets.";

    private static final TopicSpec PROMPT_TICKETS =
            new TopicSpec("wan.tickets.prompt.<model>", 4, 12, Duration.ofDays(7), "job id", "dispatcher", "prompt");
    private static final TopicSpec STAGE_TICKETS = new TopicSpec(
            "wan.tickets.<stage>.<model>",
            1,
            1,
            Duration.ofDays(7),
            "job id",
            "dispatcher, workers",
            "the stage's group");

    private static final List<TopicSpec> FIXED = List.of(
            new TopicSpec(REQUESTS, 1, 12, Duration.ofDays(7), "any", "upstream systems", "gateway"),
            new TopicSpec(JOBS, 4, 12, Duration.ofDays(30), "job id", "gateway, dispatcher, workers", "all"),
            new TopicSpec(
                    TENSORS,
                    2,
                    24,
                    Duration.ofHours(48),
                    "job id",
                    "gateway, encode, denoise",
                    "denoise, decode, tools"),
            new TopicSpec(CHECKPOINTS, 1, 12, Duration.ofHours(6), "job id", "denoise", "denoise, tools"),
            new TopicSpec(MEDIA, 1, 12, Duration.ofDays(7), "job id", "gateway, decode", "encode, gateway"),
            new TopicSpec(PROGRESS, 1, 6, Duration.ofHours(1), "job id", "workers", "gateway, dispatcher"),
            new TopicSpec(DISPATCH, 1, 1, Duration.ofHours(1), "none", "nobody", "elects the dispatcher"),
            new TopicSpec(RESULTS, 1, 12, Duration.ofDays(30), "job id", "gateway", "downstream systems"),
            new TopicSpec(WEBHOOKS, 1, 12, Duration.ofDays(7), "job id", "gateway", "gateway"),
            new TopicSpec(DEAD_LETTERS, 1, 3, Duration.ofDays(30), "as found", "all", "operators"));

    private Topics() {}

    /** The topics that do not depend on the models served. */
    public static List<TopicSpec> fixed() {
        return FIXED;
    }

    /** The topic of the tickets for one stage of one model. */
    public static TopicSpec tickets(StageName stage, String model) {
        TopicSpec row = stage == StageName.PROMPT ? PROMPT_TICKETS : STAGE_TICKETS;
        return row.named(ticketTopic(stage, model));
    }

    /**
     * The name of that topic; also the name of its share group, or consumer group for the prompt stage.
     *
     * @throws IllegalArgumentException when the model's name is not a slug
     */
    public static String ticketTopic(StageName stage, String model) {
        ModelProfile.checkName(model);
        return TICKETS + stage + "." + model;
    }

    /** All rows, for documentation: the fixed ones and the two kinds of ticket topics. */
    public static List<TopicSpec> table() {
        return java.util.stream.Stream.concat(FIXED.stream(), java.util.stream.Stream.of(PROMPT_TICKETS, STAGE_TICKETS))
                .toList();
    }
}
