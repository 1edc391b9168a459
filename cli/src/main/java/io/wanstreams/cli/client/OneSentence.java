package io.wanstreams.cli.client;

import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/** What a person needs to know of an exception, on one line. */
public final class OneSentence {

    private OneSentence() {}

    /** The first message on the way down the causes, with the file system's silent exceptions put into words. */
    public static String of(Throwable thrown) {
        for (@Nullable Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            String message = words(cause);
            if (!message.isBlank()) {
                return message.replaceAll("\\s*\\R\\s*", " ").strip();
            }
        }
        return thrown.getClass().getSimpleName();
    }

    private static String words(Throwable cause) {
        if (cause instanceof AccessDeniedException denied) {
            return "no permission for " + denied.getFile();
        }
        if (cause instanceof NoSuchFileException missing) {
            return missing.getFile() + " does not exist";
        }
        return cause.getMessage() == null ? "" : cause.getMessage();
    }
}
