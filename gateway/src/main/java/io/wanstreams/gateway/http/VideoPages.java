package io.wanstreams.gateway.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.smallrye.mutiny.Uni;
import io.wanstreams.gateway.board.BoardJob;
import io.wanstreams.gateway.board.JobBoard;
import io.wanstreams.gateway.intake.Lookup;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Pages of a list. */
final class VideoPages {

    private static final int DEFAULT_LIMIT = 20;
    private static final int LIMIT = 100;

    /**
     * The list envelope. An empty page names no ids: a pager that saw {@code last_id} would ask again.
     *
     * @param hasMore whether a page after {@code lastId} has something
     */
    @Schema(name = "VideoList")
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Page(
            String object,
            List<VideoView> data,
            @Nullable String firstId,
            @Nullable String lastId,
            boolean hasMore) {}

    private final JobBoard board;
    private final Lookup lookup;
    private final VideoViews views;

    VideoPages(JobBoard board, Lookup lookup, VideoViews views) {
        this.board = board;
        this.lookup = lookup;
        this.views = views;
    }

    Uni<Page> page(
            String tenant, @Nullable String after, @Nullable String limit, @Nullable String order, ListFilter filter) {
        int most = limit(limit);
        boolean isNewestFirst = isNewestFirst(order);
        return cursor(tenant, after).map(cursor -> page(tenant, cursor, most, isNewestFirst, filter));
    }

    private Page page(String tenant, Optional<BoardJob> after, int most, boolean isNewestFirst, ListFilter filter) {
        List<VideoView> found = board.list(tenant, after, isNewestFirst)
                .filter(job -> filter.shows(job.job()))
                .limit(most + 1L)
                .map(views::of)
                .toList();
        List<VideoView> data = found.subList(0, Math.min(most, found.size()));
        return new Page(
                "list",
                data,
                data.isEmpty() ? null : data.get(0).id(),
                data.isEmpty() ? null : data.get(data.size() - 1).id(),
                found.size() > most);
    }

    private Uni<Optional<BoardJob>> cursor(String tenant, @Nullable String after) {
        if (after == null || after.isEmpty()) {
            return Uni.createFrom().item(Optional.empty());
        }
        return lookup.find(tenant, after).invoke(job -> {
            if (job.isEmpty()) {
                throw ApiException.invalid("after", "after is the id of a video; there is no such video.");
            }
        });
    }

    private static boolean isNewestFirst(@Nullable String order) {
        return switch (order == null || order.isEmpty() ? "desc" : order) {
            case "desc" -> true;
            case "asc" -> false;
            default -> throw ApiException.invalid("order", "order is asc or desc.");
        };
    }

    private static int limit(@Nullable String limit) {
        if (limit == null || limit.isEmpty()) {
            return DEFAULT_LIMIT;
        }
        try {
            int most = Integer.parseInt(limit);
            if (most >= 1 && most <= LIMIT) {
                return most;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw ApiException.invalid("limit", "limit is 1 to " + LIMIT + ".");
    }
}
