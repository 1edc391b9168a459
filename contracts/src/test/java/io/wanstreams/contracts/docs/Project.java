package io.wanstreams.contracts.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** The files of the project. */
final class Project {

    private Project() {}

    static Path file(String name) {
        return Path.of(Objects.requireNonNull(System.getProperty("wan.root"), "wan.root is set by the build"), name);
    }

    static String text(String name) throws IOException {
        return Files.readString(file(name));
    }
}
