package io.wanstreams.bench.bundle;

import io.wanstreams.bench.measure.Sample;
import io.wanstreams.bench.measure.Turns;
import io.wanstreams.bench.report.Columns;
import io.wanstreams.bench.report.Report.Row;
import io.wanstreams.bench.report.Report.Target;
import io.wanstreams.contracts.job.JobId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.ToDoubleFunction;

/** Carries the same bytes as a bundle and through bare clients, in turns. */
public final class BundleBench {

    private static final double PROMISED_RATIO = 0.7;
    private static final String MEGABYTES_PER_SECOND = "MB/s";

    private final int bytes;
    private final List<RoundTrip> bare = new ArrayList<>();
    private final List<RoundTrip> bundle = new ArrayList<>();

    private BundleBench(int bytes) {
        this.bytes = bytes;
    }

    /**
     * Measures.
     *
     * @param warmups rounds that do not count
     */
    public static BundleBench run(String bootstrapServers, int bytes, int warmups, int rounds) throws Exception {
        // Noise, as latents are: nothing to compress.
        byte[] content = new byte[bytes];
        new Random(bytes).nextBytes(content);
        // One job: all bundles go to one partition, as the bare records do.
        JobId job = JobId.parse(UUID.randomUUID().toString());
        BundleBench bench = new BundleBench(bytes);
        try (BareClients bareClients = new BareClients(bootstrapServers, BenchTopics.create(bootstrapServers));
                BundleStoreClients store = new BundleStoreClients(bootstrapServers)) {
            Turns.take(
                    warmups + rounds,
                    round -> keep(bench.bare, round >= warmups, bareClients.carry(content)),
                    round -> keep(bench.bundle, round >= warmups, store.carry(content, job)));
        }
        return bench;
    }

    /** Both sides' rates, there and back and each way. */
    public List<Row> rows() {
        return List.of(
                row("bundle, there and back", bundle, trip -> trip.megabytesPerSecond(bytes)),
                row("bare clients, there and back", bare, trip -> trip.megabytesPerSecond(bytes)),
                row("bundle, write", bundle, trip -> RoundTrip.rate(bytes, trip.write())),
                row("bare clients, write", bare, trip -> RoundTrip.rate(bytes, trip.write())),
                row("bundle, read", bundle, trip -> RoundTrip.rate(bytes, trip.read())),
                row("bare clients, read", bare, trip -> RoundTrip.rate(bytes, trip.read())));
    }

    /** The promise: most of what bare clients reach. */
    public Target target() {
        double ratio = rate(bundle).median() / rate(bare).median();
        return new Target("bundle / bare clients, medians", ratio, PROMISED_RATIO, true);
    }

    private Sample rate(List<RoundTrip> trips) {
        return sample(trips, trip -> trip.megabytesPerSecond(bytes));
    }

    private static Row row(String what, List<RoundTrip> trips, ToDoubleFunction<RoundTrip> rate) {
        return new Row(what, MEGABYTES_PER_SECOND, Columns.spread(sample(trips, rate)));
    }

    private static Sample sample(List<RoundTrip> trips, ToDoubleFunction<RoundTrip> figure) {
        return Sample.of(trips.stream().map(figure::applyAsDouble).toList());
    }

    private static void keep(List<RoundTrip> trips, boolean counts, RoundTrip trip) {
        if (counts) {
            trips.add(trip);
        }
    }
}
