package io.wanstreams.contracts.sharing;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Gives one and the same instance for equal values, as far as it remembers them. What was read from JSON is a new object every
 * time, though the names of workers, topics and models, environments and tables of tensors are the same in all jobs.
 *
 * <p>Bounded: a table of fixed size, in which a newcomer takes the place of whoever was there. Forgetting costs memory
 * elsewhere, never correctness. Thread-safe.
 *
 * @param <T> immutable, with equality by content
 */
public final class Shared<T> {

    /** Longer texts are people's own. */
    private static final int TEXT_LIMIT_CHARS = 512;

    private static final Shared<String> TEXTS = new Shared<>(4096);
    private static final Shared<SortedMap<String, String>> MAPS = new Shared<>(512);

    private final AtomicReferenceArray<@Nullable T> table;

    /** @param size of the table, a power of two */
    public Shared(int size) {
        if (Integer.bitCount(size) != 1) {
            throw new IllegalArgumentException("a table's size is a power of two, found " + size);
        }
        this.table = new AtomicReferenceArray<>(size);
    }

    /** The value, or one that is equal to it. */
    public T of(T value) {
        int hash = value.hashCode();
        int place = (hash ^ (hash >>> 16)) & (table.length() - 1);
        @Nullable T known = table.get(place);
        if (known != null && known.equals(value)) {
            return known;
        }
        table.set(place, value);
        return value;
    }

    /** A text that is likely to come again. */
    public static String text(String text) {
        return text.length() <= TEXT_LIMIT_CHARS ? TEXTS.of(text) : text;
    }

    /** A copy that cannot be changed of a map that is likely to come again. */
    public static SortedMap<String, String> map(SortedMap<String, String> map) {
        return map.isEmpty()
                ? Collections.emptySortedMap()
                : MAPS.of(Collections.unmodifiableSortedMap(new TreeMap<>(map)));
    }
}
