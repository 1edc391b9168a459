package io.wanstreams.denoise;

import io.wanstreams.inference.preview.PreviewMap;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The preview map of a model, made beside the work when it is first asked for. Until then, and without one, nothing is shown. */
final class PreviewSource {

    /** Shows nothing. */
    static final PreviewSource NONE = new PreviewSource(
            () -> {
                throw new IllegalStateException("There are no previews.");
            },
            false);

    private static final Logger log = LoggerFactory.getLogger(PreviewSource.class);

    private final Supplier<PreviewMap> maker;
    private final AtomicBoolean open;
    private volatile @Nullable PreviewMap map;

    private PreviewSource(Supplier<PreviewMap> maker, boolean isOpen) {
        this.maker = maker;
        this.open = new AtomicBoolean(isOpen);
    }

    /** @param maker called once, on a thread of its own; may take its time */
    PreviewSource(Supplier<PreviewMap> maker) {
        this(maker, true);
    }

    /** The map; empty while it is being made. Never waits. */
    Optional<PreviewMap> map() {
        if (open.compareAndSet(true, false)) {
            Thread thread = new Thread(this::make, "wan-preview-map");
            thread.setDaemon(true);
            thread.start();
        }
        return Optional.ofNullable(map);
    }

    private void make() {
        try {
            map = maker.get();
        } catch (RuntimeException | OutOfMemoryError e) {
            log.atWarn().addKeyValue("error", e.toString()).log("No previews");
        }
    }
}
