package io.wanstreams.local;

import java.nio.file.Path;

/** The checkout under test. */
final class Root {

    static final Path PATH =
            Path.of(System.getProperty("wan.root", "..")).toAbsolutePath().normalize();
    static final Path DEMO_MODEL = PATH.resolve("demo-model");
    static final Path GOLDEN = PATH.resolve("inference/src/test/golden");

    private Root() {}
}
