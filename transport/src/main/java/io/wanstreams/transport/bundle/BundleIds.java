package io.wanstreams.transport.bundle;

import io.wanstreams.contracts.bundle.BundleRef;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which {@code wan-bundle} a reference leads to, as its first chunk says: remembered for the last few bundles, so that
 * the many range reads of one video look at its first chunk once.
 */
final class BundleIds {

    private static final int REMEMBERED = 256;

    private record Place(String topicId, int partition, long firstOffset) {}

    private final Map<Place, String> ids = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Place, String> eldest) {
            return size() > REMEMBERED;
        }
    };

    synchronized Optional<String> of(BundleRef ref) {
        return Optional.ofNullable(ids.get(place(ref)));
    }

    synchronized void remember(BundleRef ref, String id) {
        ids.put(place(ref), id);
    }

    private static Place place(BundleRef ref) {
        return new Place(ref.topicId(), ref.partition(), ref.firstOffset());
    }
}
