package io.wanstreams.local;

import io.quarkus.bootstrap.logging.InitialConfigurator;
import java.util.logging.Handler;
import java.util.logging.LogRecord;

/** What is logged before Quarkus knows where to. It is kept, and handed on once Quarkus does. */
final class EarlyLog {

    private EarlyLog() {}

    /** Lets go of it when Quarkus never came that far, so that it does not follow the sentence that says why. */
    static void drop() {
        if (!InitialConfigurator.DELAYED_HANDLER.isActivated()) {
            InitialConfigurator.DELAYED_HANDLER.setHandlers(new Handler[] {new Nowhere()});
        }
    }

    private static final class Nowhere extends Handler {
        @Override
        public void publish(LogRecord entry) {
            // Dropped.
        }

        @Override
        public void flush() {
            // Nothing is kept.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
