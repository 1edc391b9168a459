package io.wanstreams.gateway.http;

import io.smallrye.mutiny.Uni;
import io.wanstreams.gateway.access.Callers;
import io.wanstreams.gateway.board.BoardJob;
import io.wanstreams.gateway.intake.Lookup;
import jakarta.inject.Singleton;

/** The caller's jobs by their ids; those of others do not exist. */
@Singleton
public final class Videos {

    private final Callers callers;
    private final Lookup lookup;

    Videos(Callers callers, Lookup lookup) {
        this.callers = callers;
        this.lookup = lookup;
    }

    /** The job, or the 404 that says there is none. */
    Uni<BoardJob> find(String id) {
        return lookup.find(callers.tenant(), id).map(found -> found.orElseThrow(ApiException::noSuchVideo));
    }
}
