package io.wanstreams.decoder.video;

import io.wanstreams.tensors.DType;
import io.wanstreams.tensors.SafetensorsLayout;
import io.wanstreams.tensors.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/**
 * Writes frames as they come into a safetensors file: one tensor {@value #TENSOR}, U8 [frames, height, width, 3]. Holds
 * nothing but the frame at hand.
 */
public final class FrameSpool implements FrameSink, AutoCloseable {

    public static final String TENSOR = "frames";

    private final Path file;
    private final FileChannel channel;
    private final SafetensorsLayout layout;

    private FrameSpool(Path file, FileChannel channel, SafetensorsLayout layout) {
        this.file = file;
        this.channel = channel;
        this.layout = layout;
    }

    /**
     * Begins a file.
     *
     * @param file is made, or overwritten
     * @throws IOException when it cannot be written
     */
    public static FrameSpool open(Path file, int frames, FrameSize size) throws IOException {
        SafetensorsLayout layout = SafetensorsLayout.of(
                Map.of(TENSOR, new SafetensorsLayout.Slot(DType.U8, Shape.of(frames, size.height(), size.width(), 3))),
                Map.of());
        FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        FrameSpool spool = new FrameSpool(file, channel, layout);
        try {
            spool.write(layout.prefix());
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        return spool;
    }

    @Override
    public void accept(RgbFrame frame) throws IOException {
        write(frame.bytes());
    }

    private void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /**
     * Makes sure that all frames have come.
     *
     * @throws IOException when the file has another length than its header says
     */
    public void finish() throws IOException {
        long expected = layout.header().fileBytes();
        if (channel.size() != expected) {
            throw new IOException("The file " + file + " of decoded frames has " + channel.size() + " bytes, expected "
                    + expected + ".");
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
