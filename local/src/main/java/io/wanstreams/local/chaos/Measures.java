package io.wanstreams.local.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** How long work lay still after each kind of fault, and how many steps a dead denoise worker had done for nothing. Thread-safe. */
final class Measures {

    /**
     * How long work lay still.
     *
     * @param alone whether broker, dispatcher and network were well meanwhile: only then the time is this fault's own
     */
    record Resumption(Duration after, boolean alone) {}

    /**
     * Steps that will be done again.
     *
     * @param alone whether checkpoints could be written before
     */
    record Loss(int steps, boolean alone) {}

    private final Map<Kind, List<Resumption>> resumptions = new EnumMap<>(Kind.class);
    private final List<Loss> losses = new ArrayList<>();

    synchronized void resumed(Kind kind, Resumption resumption) {
        resumptions.computeIfAbsent(kind, any -> new ArrayList<>()).add(resumption);
    }

    synchronized void lost(Loss loss) {
        losses.add(loss);
    }

    /** Sorted, shortest first. */
    synchronized List<Resumption> resumptions(Kind kind) {
        return resumptions.getOrDefault(kind, List.of()).stream()
                .sorted(Comparator.comparing(Resumption::after))
                .toList();
    }

    /** Sorted, fewest first. */
    synchronized List<Loss> losses() {
        return losses.stream().sorted(Comparator.comparingInt(Loss::steps)).toList();
    }
}
