package io.wanstreams.kafka.embedded;

import io.wanstreams.kafka.embedded.BrokerSettings.Detour;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * The broker as a program of its own, to be stopped and killed apart from everything else. Arguments: data directory, port, and for
 * each detour {@code <port>:<advertised port>}. Says {@code ready} on a line when it answers; SIGTERM stops it in good order.
 */
public final class BrokerProgram {

    /** What it prints when it answers. */
    public static final String READY = "ready";

    /** After a kill, on a machine where everything starts at once. */
    private static final Duration START_TIMEOUT = Duration.ofMinutes(3);

    private static final int FAILED = 1;

    private BrokerProgram() {}

    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws InterruptedException {
        try {
            EmbeddedKafka broker = EmbeddedKafka.start(settings(arguments).withOnFailure(BrokerProgram::fail));
            Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "broker-stop"));
            System.out.println(READY);
            new CountDownLatch(1).await();
        } catch (EmbeddedKafkaException | IllegalArgumentException e) {
            fail(String.valueOf(e.getMessage()));
        }
    }

    static BrokerSettings settings(String... arguments) {
        if (arguments.length < 2) {
            throw new IllegalArgumentException(
                    "Expected a data directory, a port and detours, found " + Arrays.toString(arguments));
        }
        List<Detour> detours =
                Arrays.stream(arguments).skip(2).map(BrokerProgram::detour).toList();
        return BrokerSettings.in(Path.of(arguments[0]))
                .withPort(Integer.parseInt(arguments[1]))
                .withStartTimeout(START_TIMEOUT)
                .withDetours(detours);
    }

    private static Detour detour(String text) {
        String[] ports = text.split(":", -1);
        if (ports.length != 2) {
            throw new IllegalArgumentException("A detour is <port>:<advertised port>, found " + text);
        }
        return new Detour(Integer.parseInt(ports[0]), Integer.parseInt(ports[1]));
    }

    @SuppressWarnings("SystemOut")
    private static void fail(String sentence) {
        System.err.println(sentence);
        Runtime.getRuntime().halt(FAILED);
    }
}
