package io.wanstreams.inference.checkpoint;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What LoRAs add to one tensor. The parts are read when they are added, so memory holds those of one tensor. */
final class Delta {
    private final List<Part> parts;

    private Delta(List<Part> parts) {
        this.parts = parts;
    }

    /** One summand. */
    private record Part(LoraTensor tensor, float factor) {}

    /** @param factor by which it is multiplied */
    static Delta of(LoraTensor tensor, float factor) {
        return new Delta(List.of(new Part(tensor, factor)));
    }

    Delta and(Delta other) {
        List<Part> all = new ArrayList<>(parts);
        all.addAll(other.parts);
        return new Delta(all);
    }

    /** Tells apart what would give other sums. */
    void describe(ContentDigests digests, StringBuilder into) throws IOException {
        for (Part part : parts) {
            into.append(digests.sha256(part.tensor().file()))
                    .append(' ')
                    .append(part.factor())
                    .append('\n');
        }
    }

    /** The sums, in order. */
    void merge(StoredTensor base, StoredTensor.Sink sink) throws IOException {
        List<Addend> addends = new ArrayList<>();
        for (Part part : parts) {
            addends.add(part.tensor().open(part.factor()));
        }
        long[] done = {0};
        base.stream((values, count) -> {
            for (Addend addend : addends) {
                addend.addTo(values, done[0], count);
            }
            done[0] += count;
            sink.accept(values, count);
        });
    }

    /** A summand whose values are in memory. */
    @FunctionalInterface
    interface Addend {
        /** Adds to elements first … first + count − 1 of the tensor. */
        void addTo(float[] values, long first, int count);
    }
}
