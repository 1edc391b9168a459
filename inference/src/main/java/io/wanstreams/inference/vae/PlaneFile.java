package io.wanstreams.inference.vae;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Planes that are put together from tiles in a file, so memory holds no more than a tile; gone when closed. */
final class PlaneFile implements AutoCloseable {

    private final FileChannel file;
    private final int height;
    private final int width;

    private PlaneFile(FileChannel file, int height, int width) {
        this.file = file;
        this.height = height;
        this.width = width;
    }

    /** @throws UncheckedIOException naming the folder */
    static PlaneFile create(Path folder, int height, int width) {
        try {
            Files.createDirectories(folder);
            Path path = Files.createTempFile(folder, "tiles-", ".f32");
            return new PlaneFile(
                    FileChannel.open(
                            path,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.DELETE_ON_CLOSE),
                    height,
                    width);
        } catch (IOException e) {
            throw new UncheckedIOException("Tiles cannot be kept in " + folder + ": " + e.getMessage(), e);
        }
    }

    /** Writes a tile's first rows and columns; what lies beyond the planes is left out. */
    void write(Tile tile, int top, int left, int rows, int columns) {
        int keptRows = Math.min(Math.min(rows, tile.height()), height - top);
        int keptColumns = Math.min(Math.min(columns, tile.width()), width - left);
        ByteBuffer row = buffer(keptColumns);
        try {
            for (int plane = 0; plane < tile.planes(); plane++) {
                for (int y = 0; y < keptRows; y++) {
                    int from = (plane * tile.height() + y) * tile.width();
                    row.clear().asFloatBuffer().put(tile.values(), from, keptColumns);
                    long position = (((long) plane * height + top + y) * width + left) * Float.BYTES;
                    while (row.hasRemaining()) {
                        position += file.write(row, position);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("A tile cannot be written: " + e.getMessage(), e);
        }
    }

    /** Some planes from a first one on. */
    float[] read(int first, int planes) {
        float[] values = new float[planes * height * width];
        ByteBuffer bytes = buffer(values.length);
        long start = (long) first * height * width * Float.BYTES;
        try {
            while (bytes.hasRemaining()) {
                if (file.read(bytes, start + bytes.position()) < 0) {
                    throw new IOException("the file is shorter than its planes");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The tiles cannot be read: " + e.getMessage(), e);
        }
        bytes.flip().asFloatBuffer().get(values);
        return values;
    }

    private static ByteBuffer buffer(int floats) {
        return ByteBuffer.allocateDirect(Math.multiplyExact(floats, Float.BYTES))
                .order(ByteOrder.nativeOrder());
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
