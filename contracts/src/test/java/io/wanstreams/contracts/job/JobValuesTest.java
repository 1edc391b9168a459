package io.wanstreams.contracts.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wanstreams.contracts.request.Fixtures;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Values that refuse to be wrong. */
class JobValuesTest {

    private static final JobOrigin ORIGIN = new JobOrigin("http", null, "");

    @Test
    void aRouteHasStagesAndNoneTwice() {
        for (List<StageName> route :
                List.of(List.<StageName>of(), List.of(StageName.DECODE, StageName.ENCODE, StageName.DECODE))) {
            assertThatThrownBy(() -> new JobEvent.Submitted(Fixtures.request(), route, "default", ORIGIN))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("a job's route");
        }
    }

    @Test
    void variantsHaveIdsThatFollowFromTheFirst() {
        JobId first = JobId.ofIdempotencyKey("default", "key");
        List<JobId> all = new VariantOf(first, 2, 3).all();

        assertThat(all).hasSize(3).doesNotHaveDuplicates().startsWith(first);
        assertThat(all.get(1)).isEqualTo(JobId.ofVariant(first, 2)).isNotEqualTo(JobId.ofVariant(all.get(1), 2));
        for (int[] wrong : new int[][] {{1, 1}, {0, 2}, {3, 2}}) {
            assertThatThrownBy(() -> new VariantOf(first, wrong[0], wrong[1])).hasMessageContaining("count");
        }
    }

    @Test
    void aCheckpointCountsItsStepsFromOne() {
        assertThat(new Checkpoint(1, Jobs.ref("wan.checkpoints")).step()).isEqualTo(1);
        assertThatThrownBy(() -> new Checkpoint(0, Jobs.ref("wan.checkpoints")))
                .hasMessage("a checkpoint's step counts from 1, found 0");
    }

    @Test
    void aBackOffIsNotNegative() {
        assertThatThrownBy(() -> new JobEvent.Failed(StageName.DECODE, 1, Jobs.ERROR, Duration.ofMillis(-1)))
                .hasMessageContaining("retry_after is not negative");
    }

    @Test
    void aLongErrorMessageIsCutBetweenCharacters() {
        String text = "x".repeat(999) + "😀".repeat(5);
        String cut = new JobError(FailureCode.INTERNAL_ERROR, text).message();
        assertThat(cut).isEqualTo("x".repeat(999));
        assertThat(new JobError(FailureCode.INTERNAL_ERROR, "y".repeat(1001)).message())
                .hasSize(1000);
        assertThat(new JobError(FailureCode.INTERNAL_ERROR, "short").message()).isEqualTo("short");
    }

    @Test
    void mapsAreCopied() {
        TreeMap<String, String> environment = new TreeMap<>(Map.of("device", "cpu"));
        JobEvent.Started started = new JobEvent.Started(StageName.DECODE, 1, "w", environment);
        Phase.Running running = new Phase.Running(Jobs.at(null), "w", environment, 2);
        StageOutputs outputs = new StageOutputs(new TreeMap<>(environment), new TreeMap<>());
        CompletedStage stage = new CompletedStage(
                StageName.DECODE, "w", environment, outputs, new StageTimings(0, 0, 0), Jobs.SUBMITTED_AT);
        environment.clear();
        for (Map<String, String> copy : List.<Map<String, String>>of(
                started.environment(), running.environment(), stage.environment(), outputs.text())) {
            assertThat(copy).containsExactly(Map.entry("device", "cpu"));
            assertThatThrownBy(copy::clear).isInstanceOf(UnsupportedOperationException.class);
        }
    }

    @Test
    void wordsReadBackAndUnknownOnesAreAnsweredWithTheList() {
        for (StageName stage : StageName.values()) {
            assertThat(StageName.parse(stage.toString())).isEqualTo(stage);
        }
        for (FailureCode code : FailureCode.values()) {
            assertThat(FailureCode.parse(code.toString())).isEqualTo(code);
        }
        for (RequeueReason reason : RequeueReason.values()) {
            assertThat(RequeueReason.parse(reason.toString())).isEqualTo(reason);
        }
        assertThatThrownBy(() -> StageName.parse("DENOISE"))
                .hasMessage("expected one of prompt, encode, denoise-high, denoise-low, denoise, decode");
        assertThatThrownBy(() -> RequeueReason.parse("RETRY"))
                .hasMessage("expected one of retry, worker_lost, ticket_lost");
        assertThatThrownBy(() -> FailureCode.parse("secret"))
                .hasMessageStartingWith("expected one of invalid_reference, ")
                .hasMessageNotContaining("secret");
    }

    @Test
    void routesFollowTheExperts() {
        assertThat(StageName.TWO_EXPERTS).hasToString("[prompt, encode, denoise-high, denoise-low, decode]");
        assertThat(StageName.ONE_EXPERT).hasToString("[prompt, encode, denoise, decode]");
        assertThat(StageName.TWO_EXPERTS.stream().filter(StageName::isDenoise))
                .containsExactly(StageName.DENOISE_HIGH, StageName.DENOISE_LOW);
        assertThat(StageName.DENOISE.isDenoise()).isTrue();
    }
}
