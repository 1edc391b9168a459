package io.wanstreams.local;

import io.wanstreams.cli.client.OneSentence;
import java.net.BindException;
import org.jspecify.annotations.Nullable;

/** Turns whatever ended a start into the sentence that a person can act on. */
final class StartFailure {

    private static final String OURS = "io.wanstreams.";

    private StartFailure() {}

    /** The first message of our own on the way down the causes; the last one where there is none of ours. */
    static String sentence(Throwable failure) {
        Throwable last = failure;
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause.getClass().getName().startsWith(OURS) && cause.getMessage() != null) {
                return OneSentence.of(cause);
            }
            if (cause instanceof BindException) {
                return "A port was taken while the system started (" + OneSentence.of(cause) + "); start it again";
            }
            last = cause;
        }
        return last.getClass().getSimpleName() + ": " + OneSentence.of(last);
    }
}
