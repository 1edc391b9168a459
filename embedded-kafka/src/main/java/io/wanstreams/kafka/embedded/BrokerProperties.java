package io.wanstreams.kafka.embedded;

import io.wanstreams.kafka.embedded.BrokerSettings.Detour;
import java.util.List;
import java.util.Properties;

/** Kafka's configuration of one broker that is also its own controller, tuned to start, restart and clean up quickly. */
final class BrokerProperties {

    static final int NODE_ID = 1;
    static final String HOST = "localhost";
    static final String CONTROLLER_LISTENER = "CONTROLLER";
    private static final String CLIENT_LISTENER = "PLAINTEXT";

    private BrokerProperties() {}

    static Properties of(DataDirectory directory, int clientPort, int controllerPort, List<Detour> detours) {
        Properties p = new Properties();
        p.setProperty("process.roles", "broker,controller");
        p.setProperty("node.id", Integer.toString(NODE_ID));
        // Static voters are not persisted, so the ports may change between runs.
        p.setProperty("controller.quorum.voters", NODE_ID + "@" + HOST + ":" + controllerPort);
        StringBuilder listeners = new StringBuilder(listener(CLIENT_LISTENER, clientPort));
        StringBuilder advertised = new StringBuilder(listener(CLIENT_LISTENER, clientPort));
        StringBuilder protocols =
                new StringBuilder(CLIENT_LISTENER + ":PLAINTEXT," + CONTROLLER_LISTENER + ":PLAINTEXT");
        for (int i = 0; i < detours.size(); i++) {
            String name = "DETOUR" + i;
            listeners.append(',').append(listener(name, detours.get(i).port()));
            advertised.append(',').append(listener(name, detours.get(i).advertised()));
            protocols.append(',').append(name).append(":PLAINTEXT");
        }
        listeners.append(',').append(listener(CONTROLLER_LISTENER, controllerPort));
        p.setProperty("listeners", listeners.toString());
        p.setProperty("advertised.listeners", advertised.toString());
        p.setProperty("controller.listener.names", CONTROLLER_LISTENER);
        p.setProperty("inter.broker.listener.name", CLIENT_LISTENER);
        p.setProperty("listener.security.protocol.map", protocols.toString());
        p.setProperty("log.dirs", directory.log().toString());
        oneReplica(p);
        quick(p);
        small(p);
        // A topic that nobody provisioned has the wrong partitions and retention: refuse it.
        p.setProperty("auto.create.topics.enable", "false");
        p.setProperty("log.message.timestamp.type", "LogAppendTime");
        return p;
    }

    private static String listener(String name, int port) {
        return name + "://" + HOST + ":" + port;
    }

    private static void oneReplica(Properties p) {
        p.setProperty("default.replication.factor", "1");
        p.setProperty("min.insync.replicas", "1");
        for (String topic : new String[] {"offsets.topic", "transaction.state.log", "share.coordinator.state.topic"}) {
            p.setProperty(topic + ".replication.factor", "1");
            p.setProperty(topic + ".num.partitions", "1");
        }
        p.setProperty("transaction.state.log.min.isr", "1");
        p.setProperty("share.coordinator.state.topic.min.isr", "1");
    }

    private static void quick(Properties p) {
        // After kill -9 a start waits until the old broker session has ended, 9 s by default. Much shorter, and a
        // machine whose cores all compute makes the controller think that its broker is gone.
        p.setProperty("broker.session.timeout.ms", "4000");
        p.setProperty("broker.heartbeat.interval.ms", "500");
        p.setProperty("group.initial.rebalance.delay.ms", "0");
        // Transactions of dead producers (time-out 5 s) are looked for every second instead of every ten.
        p.setProperty("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
        // Kafka's smallest lock on a ticket is 15 s; with this a test can see one end.
        p.setProperty("group.share.min.record.lock.duration.ms", "1000");
        p.setProperty("log.retention.check.interval.ms", "60000");
    }

    private static void small(Properties p) {
        p.setProperty("num.network.threads", "2");
        p.setProperty("num.io.threads", "4");
        p.setProperty("background.threads", "2");
        p.setProperty("log.cleaner.threads", "1");
        p.setProperty("log.cleaner.dedupe.buffer.size", "4194304");
        p.setProperty("log.index.size.max.bytes", "1048576");
    }
}
