package io.wanstreams.contracts.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobIdTest {

    private static final UUID DNS = UUID.fromString("6ba7b810-9dad-11d1-80b4-00c04fd430c8");

    @Test
    void isAVersion5UuidAsInTheRfc() {
        // RFC 9562, appendix A.4.
        assertThat(JobId.nameBased(DNS, "www.example.com")).hasToString("2ed6657d-e927-568b-95e1-2665a8aea6a2");
    }

    @Test
    void isAVersion7UuidAsInTheRfc() {
        // RFC 9562, appendix A.6: 2022-02-22 19:22:22 UTC, rand_a CC3, rand_b 18C4DC0C0C07398F.
        Deque<Long> drawn = new ArrayDeque<>(List.of(0xCC3L, 0x18C4DC0C0C07398FL));
        RandomGenerator random = drawn::remove;
        assertThat(JobId.ofTime(0x017F22E279B0L, random)).hasToString("017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
    }

    @Test
    void keepsVersionAndVariantWhateverIsDrawn() {
        for (long bits : new long[] {0, -1}) {
            UUID uuid = JobId.ofTime(1, () -> bits).uuid();
            assertThat(uuid.version()).isEqualTo(7);
            assertThat(uuid.variant()).isEqualTo(2);
        }
        UUID named = JobId.ofIdempotencyKey("default", "key-1").uuid();
        assertThat(named.version()).isEqualTo(5);
        assertThat(named.variant()).isEqualTo(2);
    }

    @Test
    void ordersByTime() {
        JobId earlier = JobId.ofTime(1_000, () -> -1);
        JobId later = JobId.ofTime(1_001, () -> 0);
        assertThat(earlier).isLessThan(later);
        assertThat(JobId.ofTime(1L << 47, () -> 0)).as("past the sign bit").isGreaterThan(later);
    }

    @Test
    void isTheSameForTheSameRequestAndForNoOther() {
        JobId id = JobId.ofIdempotencyKey("default", "key-1");
        assertThat(id).isEqualTo(JobId.ofIdempotencyKey("default", "key-1"));
        assertThat(List.of(
                        JobId.ofIdempotencyKey("default", "key-2"),
                        JobId.ofIdempotencyKey("other", "key-1"),
                        JobId.ofIdempotencyKey("defaultk", "ey-1"),
                        JobId.ofIdempotencyKey("default\0key", "1"),
                        JobId.ofCloudEvent("default", "key-1")))
                .doesNotContain(id);
        assertThat(JobId.ofCloudEvent("a\0b", "c")).isNotEqualTo(JobId.ofCloudEvent("a", "b\0c"));
    }

    @Test
    void namesDoNotChangeBetweenReleases() {
        // Pinned: a client's retry after an upgrade must still name the same job.
        assertThat(JobId.ofIdempotencyKey("default", "key-1")).hasToString("3950aea7-0337-5d61-bda5-ec3c4ed327cf");
        assertThat(JobId.ofCloudEvent("/studio", "17")).hasToString("50ffa656-f855-5b9f-995f-21a7d9e87b94");
    }

    @Property
    void readsBackWhatItWrites(@ForAll long high, @ForAll long low) {
        JobId id = new JobId(new UUID(high, low));
        assertThat(JobId.parse(id.toString())).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "1-1-1-1-1",
                "01890A5D-AC96-774B-BCCE-B302099A8057",
                "01890a5dac96774bbcceb302099a8057",
                "01890a5d-ac96-774b-bcce-b302099a805g",
                "01890a5d-ac96-774b-bcceb-302099a8057",
                " 1890a5d-ac96-774b-bcce-b302099a8057",
                "01890a5d-ac96-774b-bcce-b302099a80577"
            })
    void refusesEveryOtherFormWithoutRepeatingIt(String text) {
        assertThatThrownBy(() -> JobId.parse(text))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("not a job id: expected a UUID in lower case");
    }
}
