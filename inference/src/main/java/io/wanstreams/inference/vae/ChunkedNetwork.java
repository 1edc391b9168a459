package io.wanstreams.inference.vae;

import io.wanstreams.inference.session.Cancellation;
import io.wanstreams.inference.session.Device;
import io.wanstreams.inference.session.Results;
import io.wanstreams.inference.session.Session;
import io.wanstreams.inference.session.SessionSettings;
import io.wanstreams.inference.session.SessionTensor;
import java.util.HashMap;
import java.util.Map;

/**
 * A network for the first chunk of a video and one for all others. What a chunk leaves for the next stays in the runtime's
 * memory. Source: vae.md §7, packaging A.
 */
final class ChunkedNetwork implements AutoCloseable {

    private final ChunkGraph graph;
    private final Session first;
    private final Session next;

    private ChunkedNetwork(ChunkGraph graph, Session first, Session next) {
        this.graph = graph;
        this.first = first;
        this.next = next;
    }

    static ChunkedNetwork open(ChunkGraph first, ChunkGraph next, Device device, SessionSettings settings) {
        Session opened = Session.open(first.model(), device, settings);
        try {
            return new ChunkedNetwork(next, opened, Session.open(next.model(), device, settings));
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    /** Begins a video; the caller closes it. */
    Video begin() {
        return new Video();
    }

    /** The chunks of one video, in order. */
    final class Video implements AutoCloseable {

        private final Map<String, SessionTensor> context = new HashMap<>();
        private boolean begun;

        /** Runs the next chunk, and puts its context in the place of the one before; the results are the caller's to close. */
        Results next(SessionTensor chunk, Cancellation cancellation) {
            Map<String, SessionTensor> inputs = new HashMap<>(context);
            inputs.put(graph.input(), chunk);
            Results results = (begun ? next : first).run(inputs, cancellation);
            begun = true;
            for (String name : graph.contexts()) {
                SessionTensor old = context.put(name, results.take(ChunkContext.leaving(name)));
                if (old != null) {
                    old.close();
                }
            }
            return results;
        }

        @Override
        public void close() {
            context.values().forEach(SessionTensor::close);
        }
    }

    @Override
    public void close() {
        first.close();
        next.close();
    }
}
