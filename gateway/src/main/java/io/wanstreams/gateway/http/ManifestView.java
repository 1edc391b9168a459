package io.wanstreams.gateway.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.wanstreams.contracts.bundle.BundleRef;
import io.wanstreams.contracts.job.CompletedStage;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How a video was made, as a file to keep beside it: what was asked, what was carried out, by whom on what, and the digests
 * of everything that was made. The same job always gives the same bytes.
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
record ManifestView(
        String id,
        String format,
        long createdAt,
        @Nullable Long completedAt,
        @Nullable String prompt,
        VideoView.EffectiveParams effectiveParams,
        Map<String, String> metadata,
        @Nullable String remixedFromVideoId,
        @Nullable List<String> variants,
        List<Stage> stages) {

    static final String FORMAT = "io.wanstreams.manifest.v1";

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Stage(
            String stage,
            String worker,
            Map<String, String> environment,
            long workMs,
            double completedAt,
            Map<String, String> text,
            Map<String, File> files) {}

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record File(String mediaType, long bytes, String sha256) {}

    static ManifestView of(VideoView video, List<CompletedStage> stages) {
        return new ManifestView(
                video.id(),
                FORMAT,
                video.createdAt(),
                video.completedAt(),
                video.prompt(),
                video.effectiveParams(),
                video.metadata(),
                video.remixedFromVideoId(),
                video.variants(),
                stages.stream().map(ManifestView::stage).toList());
    }

    private static Stage stage(CompletedStage stage) {
        SortedMap<String, File> files = new TreeMap<>();
        stage.outputs().bundles().forEach((name, bundle) -> files.put(name, file(bundle)));
        return new Stage(
                stage.stage().name().toLowerCase(Locale.ROOT),
                stage.worker(),
                stage.environment(),
                stage.timings().workMs(),
                stage.completedAt().toEpochMilli() / 1000.0,
                stage.outputs().text(),
                files);
    }

    private static File file(BundleRef bundle) {
        return new File(bundle.mediaType(), bundle.length(), bundle.sha256());
    }
}
