package io.wanstreams.transport.bundle;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Objects;

/** The bytes of verified chunks as a stream: {@code length} of them after the first {@code skip}. */
final class ChunkInputStream extends InputStream {

    private static final byte[] NOTHING = new byte[0];

    private final ChunkReader chunks;
    private byte[] chunk = NOTHING;
    private int position;
    private long skip;
    private long left;

    ChunkInputStream(ChunkReader chunks, long skip, long length) {
        this.chunks = chunks;
        this.skip = skip;
        this.left = length;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        if (left == 0) {
            close();
            return -1;
        }
        while (position == chunk.length) {
            advance();
        }
        int taken = (int) Math.min(Math.min(length, left), chunk.length - position);
        System.arraycopy(chunk, position, target, offset, taken);
        position += taken;
        left -= taken;
        return taken;
    }

    @Override
    public int available() {
        return (int) Math.min(left, chunk.length - position);
    }

    @Override
    public void close() {
        chunks.close();
    }

    private void advance() throws IOException {
        try {
            byte[] next = chunks.next();
            if (next == null) {
                throw new EOFException("The bundle ended " + left + " bytes early");
            }
            chunk = next;
            position = (int) skip;
            skip = 0;
        } catch (BundleException e) {
            close();
            throw new IOException(e.getMessage(), e);
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while reading a bundle");
        }
    }
}
