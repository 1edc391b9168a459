package io.wanstreams.transport.progress;

import io.wanstreams.contracts.progress.Preview;

/** Hears previews, on the feed's thread: quick, never blocking. */
@FunctionalInterface
public interface PreviewListener {

    void onPreview(Preview preview);
}
