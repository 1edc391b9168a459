package io.wanstreams.gateway.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.wanstreams.contracts.bundle.BundleRef;
import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.job.JobOrigin;
import io.wanstreams.contracts.request.VideoRequest;
import io.wanstreams.gateway.board.BoardJob;
import io.wanstreams.gateway.board.JobBoard;
import io.wanstreams.gateway.request.BodyReader;
import io.wanstreams.gateway.request.CallbackRule;
import io.wanstreams.gateway.request.DraftReader;
import io.wanstreams.gateway.request.Profiles;
import io.wanstreams.gateway.request.Refusal;
import io.wanstreams.gateway.request.RefusedException;
import io.wanstreams.images.ImageLimits;
import io.wanstreams.transport.testing.InMemoryBundleStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ImageSubmissionsTest {

    private static final byte[] PICTURE = Png.noise(64, 48);
    private static final int LIMIT_BYTES = 20_000;
    private static final SubmitSettings SETTINGS = new SubmitSettings(
            Duration.ofSeconds(5),
            100,
            Duration.ofSeconds(7),
            1 << 20,
            ImageLimits.DEFAULTS.with(LIMIT_BYTES, 10_000),
            new TenantLimits(100, 5L * PICTURE.length / 2),
            CallbackRule.noCallbacks());

    private final JobBoard board = new JobBoard(100);
    private final FakeLog log = new FakeLog(board);
    private final InMemoryBundleStore bundles = new InMemoryBundleStore();
    private final ImageThreads threads = new ImageThreads(1, 1);
    private final AtomicInteger fetched = new AtomicInteger();
    private ImageFetch fetch = (reference, limitBytes) -> PICTURE;

    @AfterEach
    void stop() {
        threads.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"input_reference", "image_reference", "reference_url"})
    void storesTheImageOfADataUrlAsItCame(String field) throws Exception {
        VideoRequest request = submit("{'" + field + "':'" + Png.url(PICTURE) + "'}");

        BundleRef image = Objects.requireNonNull(request.image());
        assertThat(stored(image)).isEqualTo(PICTURE);
        assertThat(image.mediaType()).isEqualTo("image/png");
        assertThat(request.width() > request.height())
                .as("the shape is the image's")
                .isTrue();
        assertThat(fetched).hasValue(0);
    }

    @Test
    void storesTheImageBehindAnUrlOnAThreadOfItsOwn() throws Exception {
        AtomicReference<String> thread = new AtomicReference<>();
        fetch = (reference, limitBytes) -> {
            thread.set(Thread.currentThread().getName());
            assertThat(limitBytes).isEqualTo(LIMIT_BYTES);
            return PICTURE;
        };

        VideoRequest request = submit("{'reference_url':'https://example.org/a'}");

        assertThat(stored(Objects.requireNonNull(request.image()))).isEqualTo(PICTURE);
        assertThat(thread.get()).startsWith("wan-images-");
    }

    @Test
    void variantsShareTheImage() {
        fetch = (reference, limitBytes) -> {
            fetched.incrementAndGet();
            return PICTURE;
        };

        VideoRequest request = submit("{'n':3,'reference_url':'https://example.org/a'}");
        log.read();

        assertThat(fetched).hasValue(1);
        assertThat(board.live())
                .hasSize(3)
                .allSatisfy(job -> assertThat(job.job().request().image()).isEqualTo(request.image()));
    }

    @Test
    void aFileAndAnUrlAreOneTooMany(@TempDir Path directory) throws IOException {
        Path file = Files.write(directory.resolve("a"), PICTURE);

        Refusal refusal = refusal("{'reference_url':'https://example.org/a'}", Map.of(Uploads.IMAGE, file));

        assertThat(refusal.param()).isEqualTo("reference_url");
        assertThat(log.unread()).isZero();
    }

    @Test
    void whatComesIsJudgedLikeAFile() {
        fetch = (reference, limitBytes) -> "<html>".getBytes(UTF_8);
        assertThat(refusal("{'reference_url':'https://example.org/a'}").param()).isEqualTo("reference_url");

        fetch = (reference, limitBytes) -> Png.black(200, 100);
        assertThat(refusal("{'input_reference':'https://example.org/a'}").message())
                .contains("200x100 pixels", "allowed are 10000");
        assertThat(refusal("{'input_reference':'" + Png.url(new byte[LIMIT_BYTES + 3]) + "'}")
                        .message())
                .contains("allowed are " + LIMIT_BYTES);
        assertThat(log.unread()).isZero();
    }

    @Test
    void nothingIsFetchedForARequestThatHasNoUseForIt() {
        fetch = (reference, limitBytes) -> {
            throw new AssertionError("asked for it");
        };

        assertThat(refusal("{'model':'wan2.2-t2v-a14b','reference_url':'https://example.org/a'}")
                        .code())
                .isEqualTo(Refusal.UNSUPPORTED);
        assertThat(refusal("{'last_image':'https://example.org/a'}").param()).isEqualTo("last_image");
    }

    @Test
    void boundsTheBytesOfATenant() {
        submit("{'reference_url':'https://example.org/a'}");
        submit("{'reference_url':'https://example.org/a'}");
        log.read();
        assertThatThrownBy(() -> submit("{'reference_url':'https://example.org/a'}"))
                .isInstanceOf(IntakeException.TenantFull.class)
                .hasMessageContaining("bytes");
    }

    @Test
    void turnsAwayWhoWouldWaitTooLong() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        fetch = (reference, limitBytes) -> {
            begun.countDown();
            await(end);
            return PICTURE;
        };
        List<Order> orders = List.of(url(), url(), url());
        Submissions submissions = submissions();
        List<UniAssertSubscriber<BoardJob>> answers = orders.stream()
                .map(order -> submissions.submit(order).subscribe().withSubscriber(UniAssertSubscriber.create()))
                .toList();
        await(begun);

        answers.get(2).awaitFailure().assertFailedWith(IntakeException.Overloaded.class);
        end.countDown();
        assertThat(answers.get(0).awaitItem().getItem().job().request().image()).isNotNull();
        answers.get(1).awaitItem();
    }

    @Test
    void fetchesNothingWhereTheOperatorDoesNotWantIt() {
        fetch = ImageFetch.nothing();

        assertThat(refusal("{'reference_url':'https://example.org/a'}").message())
                .contains("wan.gateway.images.fetch");
    }

    private byte[] stored(BundleRef image) throws Exception {
        try (InputStream in = bundles.open(image)) {
            return in.readAllBytes();
        }
    }

    private VideoRequest submit(String body) {
        return submissions()
                .submit(order(body, Map.of()))
                .await()
                .indefinitely()
                .job()
                .request();
    }

    private Refusal refusal(String body) {
        return refusal(body, Map.of());
    }

    private Refusal refusal(String body, Map<String, Path> files) {
        RefusedException refused = catchThrowableOfType(
                RefusedException.class,
                () -> submissions().submit(order(body, files)).await().indefinitely());
        assertThat(refused).isNotNull();
        return refused.refusal();
    }

    private Submissions submissions() {
        return new Submissions(
                Profiles.resolver(),
                board,
                log,
                log,
                bundles,
                SETTINGS,
                new Random(1),
                () -> true,
                (reference, limitBytes) -> fetch.get(reference, limitBytes),
                threads);
    }

    private static Order url() {
        return order("{'reference_url':'https://example.org/a'}", Map.of());
    }

    private static Order order(String json, Map<String, Path> files) {
        String model = json.contains("'model'") ? "" : "'model':'wan2.2-ti2v-5b',";
        String text = "{" + model + "'prompt':'a cat','size':'320x192'," + json.substring(1);
        var body = BodyReader.object(text.replace('\'', '"').getBytes(UTF_8));
        Uploads uploads = new Uploads(new TreeMap<>(files));
        JobOrigin origin = new JobOrigin("http", null, RequestDigest.of(body, uploads));
        return new Order(
                JobId.ofTime(1, new Random()),
                false,
                "default",
                origin,
                new Wish.Fresh(DraftReader.read(body), uploads));
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
