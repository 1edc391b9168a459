package io.wanstreams.local;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Remembers the first error that one of our services logs. A service that cannot start says so in its log and ends its process; here the
 * process is everybody's, and its person wants the sentence on the terminal.
 */
final class FirstError extends Handler {

    private static final String OURS = "io.wanstreams";

    /** Held here, since the log manager alone would let it go. */
    private final Logger logger = Logger.getLogger(OURS);

    private final AtomicReference<LogRecord> first = new AtomicReference<>();

    static FirstError listen() {
        FirstError listener = new FirstError();
        listener.logger.addHandler(listener);
        return listener;
    }

    Optional<String> sentence() {
        return Optional.ofNullable(first.get())
                .map(error -> error.getThrown() == null
                        ? error.getMessage()
                        : error.getMessage() + ": " + StartFailure.sentence(error.getThrown()));
    }

    @Override
    public void publish(LogRecord entry) {
        if (entry.getLevel().intValue() >= Level.SEVERE.intValue()) {
            first.compareAndSet(null, entry);
        }
    }

    @Override
    public void flush() {
        // Nothing is kept back.
    }

    @Override
    public void close() {
        logger.removeHandler(this);
    }
}
