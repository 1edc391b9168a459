package io.wanstreams.transport.bundle;

import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

/**
 * SHA-256 of chunks in order, computed on another thread while the next ones are fetched: hashing takes as long as
 * fetching. A few chunks may wait for it, then the reader does.
 */
final class OverlappedDigest {

    private static final int CHUNKS_AHEAD = 16;

    private final MessageDigest sha256 = Digests.sha256();
    private final Semaphore room = new Semaphore(CHUNKS_AHEAD);
    private CompletableFuture<Void> hashed = CompletableFuture.completedFuture(null);

    /** The chunk must not be written to any more. */
    void update(byte[] chunk) throws InterruptedException {
        room.acquire();
        hashed = hashed.thenRunAsync(() -> {
            sha256.update(chunk);
            room.release();
        });
    }

    /** The digest of all chunks, lower-case hex. Ends the digest. */
    String hex() {
        hashed.join();
        return HexFormat.of().formatHex(sha256.digest());
    }
}
