package io.wanstreams.decoder;

import io.wanstreams.contracts.job.FailureCode;
import io.wanstreams.decoder.video.FrameSink;
import io.wanstreams.decoder.video.FrameSize;
import io.wanstreams.decoder.video.RgbFrame;
import io.wanstreams.inference.session.Cancellation;
import io.wanstreams.inference.vae.DecodedFrame;
import io.wanstreams.inference.vae.FrameDecoder;
import io.wanstreams.transport.stage.PermanentStageException;
import io.wanstreams.transport.stage.RetriableStageException;
import io.wanstreams.transport.stage.StageException;
import io.wanstreams.transport.stage.StageRun;
import java.io.IOException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes frames from the decoder, reports a latent frame as done with its first frame, and hands them on. After the first
 * problem it cancels the decoding and ignores what still comes.
 */
final class FrameFeed implements FrameDecoder.FrameConsumer {

    private final StageRun run;
    private final FrameSink sink;
    private final int latentFrames;
    private final int framesPerLatent;
    private final Cancellation cancellation;
    private final LongSupplier nanoTime;

    private int latentsDone;
    private int frames;
    private long outsideNanos;
    private @Nullable StageException problem;

    FrameFeed(
            StageRun run,
            FrameSink sink,
            int latentFrames,
            int framesPerLatent,
            Cancellation cancellation,
            LongSupplier nanoTime) {
        this.run = run;
        this.sink = sink;
        this.latentFrames = latentFrames;
        this.framesPerLatent = framesPerLatent;
        this.cancellation = cancellation;
        this.nanoTime = nanoTime;
    }

    @Override
    public void accept(DecodedFrame frame) {
        if (problem != null) {
            return;
        }
        try {
            report(frame.index());
            sink.accept(picture(frame));
            frames++;
        } catch (StageException e) {
            stop(e);
        } catch (IOException e) {
            stop(new RetriableStageException(FailureCode.STORAGE_FAILED, String.valueOf(e.getMessage()), e));
        }
    }

    private void stop(StageException reason) {
        problem = reason;
        cancellation.cancel();
    }

    private void report(int frame) throws StageException {
        int done = frame == 0 ? 1 : 2 + (frame - 1) / framesPerLatent;
        if (done != latentsDone) {
            latentsDone = done;
            long began = nanoTime.getAsLong();
            run.progress(done, latentFrames);
            outsideNanos += nanoTime.getAsLong() - began;
        }
    }

    private RgbFrame picture(DecodedFrame frame) throws PermanentStageException {
        int width = run.request().width();
        int height = run.request().height();
        if (frame.width() != width || frame.height() != height) {
            throw new PermanentStageException(
                    FailureCode.STAGE_FAILED,
                    "The latents decode to frames of " + frame.width() + "x" + frame.height()
                            + ", the request asks for " + width + "x" + height + ".");
        }
        return new RgbFrame(new FrameSize(width, height), frame.rgb());
    }

    /** Throws what went wrong with a frame, if anything did. */
    void rethrow() throws StageException {
        if (problem != null) {
            throw problem;
        }
    }

    int frames() {
        return frames;
    }

    /** Time spent on anything but decoding frames and making the video of them, in nanoseconds. */
    long outsideNanos() {
        return outsideNanos;
    }
}
