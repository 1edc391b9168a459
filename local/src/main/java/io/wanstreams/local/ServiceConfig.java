package io.wanstreams.local;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the services are told when they live in one process: their ordinary settings, as system properties, so that a setting on
 * the command line ({@code -D}) still comes first.
 */
final class ServiceConfig {

    private final Map<String, String> values;

    private ServiceConfig(Map<String, String> values) {
        this.values = Collections.unmodifiableMap(values);
    }

    static ServiceConfig of(LocalSettings settings, String model, String bootstrapServers) {
        Map<String, String> values = new TreeMap<>();
        values.put("kafka.bootstrap.servers", bootstrapServers);
        values.put("wan.topics.provision", "none"); // done before they start
        values.put("wan.models." + model, settings.model().toString());
        values.put("wan.prompt.models", model);
        values.put("wan.encoder.model", model);
        values.put("wan.denoise.model", model);
        values.put("wan.decoder.model", model);
        values.put("wan.device.shared", "true"); // both experts live here, and a small model is in a hurry to start
        values.put("wan.precision", settings.precision());
        values.put("wan.worker.id", "local");
        values.put("quarkus.http.host", settings.host());
        values.put("quarkus.http.port", Integer.toString(settings.httpPort()));
        values.put("quarkus.log.console.enabled", Boolean.toString(settings.verbose()));
        values.put("quarkus.log.file.enabled", "true");
        values.put("quarkus.log.file.path", settings.log().toString());
        values.put("quarkus.log.file.rotation.max-file-size", "10M");
        values.put("quarkus.log.file.rotation.max-backup-index", "3");
        return new ServiceConfig(values);
    }

    Map<String, String> values() {
        return values;
    }

    void apply() {
        values.forEach((key, value) -> {
            if (System.getProperty(key) == null) {
                System.setProperty(key, value);
            }
        });
    }
}
