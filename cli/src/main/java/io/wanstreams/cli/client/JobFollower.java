package io.wanstreams.cli.client;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Follows a job to its end over the gateway's event stream. A stream that breaks or stays silent is opened again and the
 * job is asked for in between, so a restarted gateway costs a pause, not the job.
 */
public final class JobFollower {

    /** Patience with a stream that says nothing and a gateway that does not answer. */
    public record Patience(Duration silence, Duration unreachable) {
        public static final Patience USUAL = new Patience(Duration.ofSeconds(5), Duration.ofSeconds(60));
    }

    /** More than a stream's worth between two looks; when full, the stream waits. */
    private static final int QUEUE_LIMIT_EVENTS = 256;

    /** The only event whose data is not the job. */
    private static final String PREVIEW = "video.preview";

    private final VideosClient client;
    private final Patience patience;

    public JobFollower(VideosClient client, Patience patience) {
        this.client = client;
        this.patience = patience;
    }

    /**
     * Waits for the end of a job and passes on every state on the way.
     *
     * @return the job, completed or failed
     * @throws VideosException when the gateway is gone for longer than patience allows
     */
    public Video follow(String id, Consumer<Video> listener) {
        BlockingQueue<Video> states = new LinkedBlockingQueue<>(QUEUE_LIMIT_EVENTS);
        Stream stream = open(id, states);
        try {
            while (true) {
                @Nullable Video video = states.poll(patience.silence().toMillis(), TimeUnit.MILLISECONDS);
                if (video == null) {
                    video = askUntilAnswered(id);
                    if (stream.isOver()) {
                        stream.close();
                        stream = open(id, states);
                    }
                }
                listener.accept(video);
                if (video.isCompleted() || video.isFailed()) {
                    return video;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new VideosException("Interrupted while following job " + id, e);
        } finally {
            stream.close();
        }
    }

    private Video askUntilAnswered(String id) throws InterruptedException {
        long giveUp = System.nanoTime() + patience.unreachable().toNanos();
        while (true) {
            try {
                return client.get(id);
            } catch (VideosException e) {
                if (System.nanoTime() > giveUp) {
                    throw e;
                }
                TimeUnit.MILLISECONDS.sleep(Math.min(500, patience.silence().toMillis()));
            }
        }
    }

    private Stream open(String id, BlockingQueue<Video> states) {
        Stream stream = new Stream(id, states);
        stream.thread.setDaemon(true);
        stream.thread.start();
        return stream;
    }

    /** One connection to the event stream, read by a thread of its own. */
    private final class Stream {
        private final Thread thread;
        private volatile @Nullable InputStream in;
        private volatile boolean closed;

        Stream(String id, BlockingQueue<Video> states) {
            thread = new Thread(() -> read(id, states), "wan-events");
        }

        boolean isOver() {
            return !thread.isAlive();
        }

        void close() {
            closed = true;
            thread.interrupt();
            InputStream opened = in;
            if (opened != null) {
                try {
                    opened.close();
                } catch (IOException e) {
                    // Closing is all that was wanted.
                }
            }
        }

        private void read(String id, BlockingQueue<Video> states) {
            try (InputStream opened = client.events(id)) {
                in = opened;
                SseReader events = new SseReader(opened);
                for (SseReader.Event event = events.next(); event != null && !closed; event = events.next()) {
                    if (event.name().startsWith("video.") && !event.name().equals(PREVIEW)) {
                        states.put(client.video(event.data().getBytes(StandardCharsets.UTF_8)));
                    }
                }
            } catch (IOException | VideosException e) {
                // The follower sees that the stream is over, asks for the job and opens another.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
