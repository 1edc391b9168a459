package io.wanstreams.gateway.http;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.wanstreams.contracts.progress.Preview;
import java.util.Base64;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A picture of a video that is being made, as the data of an event. */
@Schema(name = "VideoPreview")
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record PreviewView(
        String id,
        String object,
        String stage,
        int step,
        int of,

        @Schema(description = "JPEG as data URL, ready to be shown")
        String image) {

    static PreviewView of(Preview preview) {
        return new PreviewView(
                preview.job().toString(),
                "video.preview",
                preview.stage().name().toLowerCase(Locale.ROOT),
                preview.step(),
                preview.of(),
                "data:" + Preview.MEDIA_TYPE + ";base64," + Base64.getEncoder().encodeToString(preview.jpeg()));
    }
}
