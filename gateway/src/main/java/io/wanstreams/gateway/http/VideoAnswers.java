package io.wanstreams.gateway.http;

import io.wanstreams.gateway.board.BoardJob;
import io.wanstreams.gateway.board.ProgressBoard;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

/** Answers that are one video job. */
@Singleton
public final class VideoAnswers {

    private final VideoViews views;

    VideoAnswers(ProgressBoard progress) {
        this.views = new VideoViews(progress);
    }

    VideoViews views() {
        return views;
    }

    /** The job as it is. */
    Response of(BoardJob job) {
        return Response.ok(ApiJson.write(views.of(job)))
                .header("openai-poll-after-ms", PollAdvice.millis(job.job(), views))
                .build();
    }

    /** A job that has just been made. */
    Response created(BoardJob job) {
        return Response.fromResponse(of(job))
                .header(HttpHeaders.LOCATION, "/v1/videos/" + job.job().id())
                .build();
    }
}
