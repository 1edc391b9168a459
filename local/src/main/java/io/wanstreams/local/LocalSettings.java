package io.wanstreams.local;

import java.nio.file.Path;

/**
 * How to run a system in this process.
 *
 * @param data where broker and log keep their files
 * @param model checkpoint directory or model file
 * @param host on which the gateway listens
 * @param httpPort of the gateway
 * @param kafkaPort of the broker on the loopback interface; 0 for a free one
 * @param precision what transformers compute in: {@code auto}, {@code fp32} or {@code int8}
 * @param verbose log to the console too
 */
record LocalSettings(
        Path data, Path model, String host, int httpPort, int kafkaPort, String precision, boolean verbose) {

    LocalSettings {
        data = data.toAbsolutePath().normalize();
        model = model.toAbsolutePath().normalize();
    }

    Path kafka() {
        return data.resolve("kafka");
    }

    Path log() {
        return data.resolve("log").resolve("wan.log");
    }
}
