package io.wanstreams.transport.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wanstreams.contracts.bundle.BundleRef;
import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.job.StageName;
import io.wanstreams.contracts.topic.Topics;
import io.wanstreams.transport.TestKafka;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class KafkaBundleStoreIT extends BundleStoreContract {

    private static TestKafka kafka;
    private static KafkaBundleStore store;

    @BeforeAll
    static void open() throws Exception {
        kafka = TestKafka.shared();
        store = new KafkaBundleStore(kafka.clients, 2, Duration.ofMillis(300));
    }

    @AfterAll
    static void close() {
        store.close();
        kafka.close();
    }

    @Override
    BundleStore store() {
        return store;
    }

    /** The concatenated values are the file, and every chunk says all about the bundle. */
    @Test
    void aPlainConsumerCanReadABundle() throws Exception {
        byte[] bytes = random(2 * CHUNK + 3);
        JobId job = TestKafka.newJobId();
        BundleRef ref = store.write(
                BundleDescription.of(Topics.MEDIA, job, StageName.DECODE, "image/png"), BundleContent.of(bytes));

        List<ConsumerRecord<String, byte[]>> chunks = chunks(ref);

        byte[] whole = new byte[bytes.length];
        int end = 0;
        for (int i = 0; i < chunks.size(); i++) {
            ConsumerRecord<String, byte[]> chunk = chunks.get(i);
            System.arraycopy(chunk.value(), 0, whole, end, chunk.value().length);
            end += chunk.value().length;
            assertThat(chunk.key()).isEqualTo(job.toString());
            assertThat(header(chunk, "content-type")).isEqualTo("image/png");
            assertThat(header(chunk, "wan-chunk")).isEqualTo(i + "/3");
            assertThat(header(chunk, "wan-length")).isEqualTo(Integer.toString(bytes.length));
            assertThat(header(chunk, "wan-job")).isEqualTo(job.toString());
            assertThat(header(chunk, "wan-stage")).isEqualTo("decode");
            assertThat(header(chunk, "wan-crc32c")).matches("[0-9a-f]{8}");
            assertThat(header(chunk, "wan-bundle")).isEqualTo(header(chunks.get(0), "wan-bundle"));
        }
        assertThat(Arrays.copyOf(whole, end)).isEqualTo(bytes);
    }

    @Test
    void writersOfOnePartitionDoNotDisturbEachOther() throws Exception {
        JobId job = TestKafka.newJobId();
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            List<Future<BundleRef>> written = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                byte[] bytes = random(4 * CHUNK + i);
                written.add(threads.submit(() -> store.write(
                        BundleDescription.of(Topics.TENSORS, job, StageName.DECODE, "video/mp4"),
                        BundleContent.of(bytes))));
            }
            for (int i = 0; i < 3; i++) {
                try (InputStream stream = store.open(written.get(i).get());
                        InputStream part = store.open(written.get(i).get(), 2L * CHUNK + 1, 10)) {
                    byte[] bytes = random(4 * CHUNK + i);
                    assertThat(stream.readAllBytes()).isEqualTo(bytes);
                    assertThat(part.readAllBytes()).isEqualTo(Arrays.copyOfRange(bytes, 2 * CHUNK + 1, 2 * CHUNK + 11));
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void oneReaderTooManyIsToldToComeAgain() throws Exception {
        BundleRef ref = write(random(2 * CHUNK));
        try (InputStream one = store.open(ref);
                InputStream two = store.open(ref)) {
            assertThatThrownBy(() -> store.open(ref))
                    .isInstanceOf(BundleUnavailableException.class)
                    .hasMessageContaining("All 2 readers of bundles have been busy");
            assertThat(one.read()).isEqualTo(two.read());
        }
        store.open(ref).close();
    }

    @Test
    void contentThatBreaksItsPromiseIsRefused() {
        assertThatThrownBy(() -> store.write(description(), promising(5, new byte[6])))
                .isInstanceOf(BundleUnavailableException.class)
                .hasMessageContaining("longer than the 5 bytes");
        assertThatThrownBy(() -> store.write(description(), promising(7, new byte[6])))
                .isInstanceOf(BundleUnavailableException.class)
                .hasMessageContaining("shorter than the 7 bytes");
    }

    private static BundleContent promising(long length, byte[] bytes) {
        return new BundleContent() {
            @Override
            public long length() {
                return length;
            }

            @Override
            public void writeTo(WritableByteChannel channel) throws IOException {
                BundleContent.of(bytes).writeTo(channel);
            }
        };
    }

    private static List<ConsumerRecord<String, byte[]>> chunks(BundleRef ref) {
        TopicPartition partition = new TopicPartition(ref.topic(), ref.partition());
        List<ConsumerRecord<String, byte[]>> chunks = new ArrayList<>();
        try (Consumer<String, byte[]> consumer = kafka.clients.bundleConsumer("plain")) {
            consumer.assign(List.of(partition));
            consumer.seek(partition, ref.firstOffset());
            while (consumer.position(partition) <= ref.lastOffset()) {
                consumer.poll(Duration.ofMillis(100)).forEach(chunks::add);
            }
        }
        return chunks.subList(0, ref.chunks());
    }

    private static String header(ConsumerRecord<String, byte[]> chunk, String name) {
        return new String(chunk.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
