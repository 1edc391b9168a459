package io.wanstreams.local;

import java.nio.file.Path;

/**
 * Where this program lies and keeps its things.
 *
 * @param root of the checkout
 */
record Checkout(Path root) {

    /** Set by the start script. Not below {@code wan.}, where the services have their settings. */
    private static final String ROOT = "wanstreams.root";

    static Checkout ofProcess() {
        return new Checkout(
                Path.of(System.getProperty(ROOT, "")).toAbsolutePath().normalize());
    }

    Path demoModel() {
        return root.resolve("demo-model");
    }

    /** What a system that stays keeps its data in. */
    Path data() {
        return root.resolve(".wan/data");
    }

    /** Below this, each system of a single command gets a directory of its own. */
    Path runs() {
        return root.resolve(".wan/runs");
    }
}
