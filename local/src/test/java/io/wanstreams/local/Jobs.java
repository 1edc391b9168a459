package io.wanstreams.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanstreams.cli.client.JobFollower;
import io.wanstreams.cli.client.Submission;
import io.wanstreams.cli.client.Variant;
import io.wanstreams.cli.client.Video;
import io.wanstreams.cli.client.VideosClient;
import io.wanstreams.contracts.request.ModelProfile;
import io.wanstreams.contracts.request.ProfileReader;
import io.wanstreams.tensors.Safetensors;
import io.wanstreams.tensors.SafetensorsLimits;
import io.wanstreams.tensors.SafetensorsReader;
import io.wanstreams.tensors.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** Small jobs of the demo model, over HTTP like any client. */
final class Jobs {

    static final ModelProfile DEMO = ProfileReader.read("demo-model", Root.DEMO_MODEL);

    /** Small for any model: two tokens each way. */
    static final int SIDE = 2 * DEMO.sizeMultiple();

    static final int FRAMES = DEMO.temporalStride() + 1;

    private final VideosClient client;

    Jobs(URI url) {
        client = new VideosClient(url);
    }

    Video submit(String prompt, long seed, int steps) {
        Map<String, Object> fields = fields(seed, steps);
        fields.put("prompt", prompt);
        return client.submit(Submission.of(fields));
    }

    /** A video that begins with an image and whose frames are kept. */
    Video submitWithImage(Path image, long seed, int steps) {
        Map<String, Object> fields = fields(seed, steps);
        fields.put("save_frames", true);
        return client.submit(new Submission(fields, Map.of(Submission.IMAGE, image)));
    }

    private static Map<String, Object> fields(long seed, int steps) {
        Map<String, Object> fields = new TreeMap<>();
        fields.put("seed", seed);
        fields.put("size", SIDE + "x" + SIDE);
        fields.put("num_frames", FRAMES);
        fields.put("num_inference_steps", steps);
        return fields;
    }

    Video get(String id) {
        return client.get(id);
    }

    /** Waits for the end of a job, which must be a good one. */
    Video finish(Video video) {
        JobFollower.Patience patience = new JobFollower.Patience(Duration.ofSeconds(2), Duration.ofSeconds(60));
        Video finished = new JobFollower(client, patience).follow(video.id(), state -> {});
        assertThat(finished.isCompleted()).as("%s", finished).isTrue();
        return finished;
    }

    Path video(Video video, Path directory) {
        Path file = directory.resolve(video.id() + ".mp4");
        client.download(video.id(), Variant.VIDEO, file);
        return file;
    }

    /** The final latents as the gateway hands them out. */
    Safetensors latents(Video video, Path directory) throws IOException {
        Path file = directory.resolve(video.id() + ".safetensors");
        client.download(video.id(), Variant.LATENTS, file);
        return read(file);
    }

    /** The kept frames, U8 [frames, height, width, 3]. */
    Tensor frames(Video video, Path directory) throws IOException {
        Path file = directory.resolve(video.id() + ".frames");
        client.download(video.id(), Variant.FRAMES, file);
        return read(file).tensor("frames");
    }

    static Safetensors read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return SafetensorsReader.read(in, SafetensorsLimits.CHECKPOINT);
        }
    }
}
