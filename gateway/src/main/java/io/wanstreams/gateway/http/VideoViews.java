package io.wanstreams.gateway.http;

import io.wanstreams.contracts.bundle.BundleRef;
import io.wanstreams.contracts.job.CompletedStage;
import io.wanstreams.contracts.job.FailureCode;
import io.wanstreams.contracts.job.Job;
import io.wanstreams.contracts.job.JobError;
import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.job.Phase;
import io.wanstreams.contracts.job.StageName;
import io.wanstreams.contracts.job.StageOutputs;
import io.wanstreams.contracts.job.StageTurn;
import io.wanstreams.contracts.job.VariantOf;
import io.wanstreams.contracts.progress.Heartbeat;
import io.wanstreams.contracts.request.DenoiseSettings;
import io.wanstreams.contracts.request.VideoRequest;
import io.wanstreams.contracts.topic.TopicSpec;
import io.wanstreams.contracts.topic.Topics;
import io.wanstreams.gateway.board.BoardJob;
import io.wanstreams.gateway.board.ProgressBoard;
import io.wanstreams.gateway.request.LengthRule;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Jobs as clients see them. */
final class VideoViews {

    private static final Duration MEDIA_RETENTION = Topics.fixed().stream()
            .filter(topic -> topic.name().equals(Topics.MEDIA))
            .map(TopicSpec::retention)
            .findFirst()
            .orElseThrow();

    private final ProgressBoard progress;

    VideoViews(ProgressBoard progress) {
        this.progress = progress;
    }

    VideoView of(BoardJob boardJob) {
        Job job = boardJob.job();
        VideoRequest request = job.request();
        Long completedAt =
                job.phase() instanceof Phase.Completed ? (Long) job.changedAt().getEpochSecond() : null;
        return new VideoView(
                job.id().toString(),
                "video",
                status(job),
                progress.percent(job),
                job.submittedAt().getEpochSecond(),
                completedAt,
                completedAt == null ? null : (Long) (completedAt + MEDIA_RETENTION.toSeconds()),
                request.model(),
                request.prompt().prompt(),
                LengthRule.seconds(request.numFrames(), request.fps()),
                request.width() + "x" + request.height(),
                text(job.origin().remixOf()),
                error(job),
                stage(job),
                progress.newest(job).map(VideoViews::stageProgress).orElse(null),
                effective(job),
                request.warnings(),
                request.metadata(),
                job.completed().stream().map(VideoViews::finished).toList(),
                variants(job));
    }

    private static @Nullable List<String> variants(Job job) {
        VariantOf variant = job.origin().variant();
        return variant == null
                ? null
                : variant.all().stream().map(JobId::toString).toList();
    }

    Optional<Heartbeat> newest(Job job) {
        return progress.newest(job);
    }

    /** {@code in_progress} from the first claim on. */
    static String status(Job job) {
        Phase phase = job.phase();
        if (phase instanceof Phase.Completed) {
            return "completed";
        }
        if (phase instanceof Phase.Submitted
                || (phase instanceof Phase.Waiting waiting && isUntouched(job, waiting.at()))) {
            return "queued";
        }
        return phase instanceof Phase.AtStage ? "in_progress" : "failed";
    }

    private static boolean isUntouched(Job job, StageTurn at) {
        return job.completed().isEmpty() && at.attempt() == 1 && at.checkpoint() == null;
    }

    private static VideoView.@Nullable Failure error(Job job) {
        Phase phase = job.phase();
        if (phase instanceof Phase.Failed failed) {
            return error(failed.error());
        } else if (phase instanceof Phase.Cancelled) {
            return error(new JobError(FailureCode.CANCELLED, "The job was cancelled."));
        } else if (phase instanceof Phase.Unreadable) {
            return error(new JobError(
                    FailureCode.INTERNAL_ERROR,
                    "The job was written by a newer version that this gateway cannot read."));
        }
        return null;
    }

    private static VideoView.Failure error(JobError error) {
        return new VideoView.Failure(error.code().toString(), error.message());
    }

    /** Where the job is, or where it ended. */
    private static String stage(Job job) {
        if (job.phase() instanceof Phase.Submitted) {
            return "accepted";
        }
        StageName stage = job.phase().stageTurn().map(StageTurn::stage).orElseGet(() -> {
            int last = job.route().size() - 1;
            return job.route().get(Math.min(job.completed().size(), last));
        });
        return stage.name().toLowerCase(Locale.ROOT);
    }

    private static VideoView.StageProgress stageProgress(Heartbeat heartbeat) {
        return new VideoView.StageProgress(
                heartbeat.step(), heartbeat.of(), Math.round(heartbeat.stepsPerSecond() * 1000) / 1000.0);
    }

    private static VideoView.EffectiveParams effective(Job job) {
        VideoRequest request = job.request();
        DenoiseSettings denoise = request.denoise();
        return new VideoView.EffectiveParams(
                request.model(),
                request.preset().toString(),
                request.width() + "x" + request.height(),
                request.numFrames(),
                request.fps(),
                denoise.numInferenceSteps(),
                denoise.guidanceScale(),
                denoise.guidanceScale2(),
                denoise.flowShift(),
                denoise.boundaryRatio(),
                denoise.sigmaGrid().toString(),
                denoise.scheduler().toString(),
                denoise.seed(),
                request.prompt().negativePrompt(),
                text(request.prompt().lighting()),
                text(request.prompt().composition()),
                text(request.prompt().colorTone()),
                digest(request.image()),
                digest(request.lastImage()),
                job.text(StageOutputs.PROMPT).orElse(null));
    }

    private static @Nullable String digest(@Nullable BundleRef image) {
        return image == null ? null : image.sha256();
    }

    private static @Nullable String text(@Nullable Object choice) {
        return choice == null ? null : Objects.toString(choice);
    }

    private static VideoView.Stage finished(CompletedStage stage) {
        return new VideoView.Stage(
                stage.stage().name().toLowerCase(Locale.ROOT),
                stage.worker(),
                stage.timings().claimMs(),
                stage.timings().workMs(),
                stage.timings().computeMs(),
                stage.completedAt().toEpochMilli() / 1000.0);
    }
}
