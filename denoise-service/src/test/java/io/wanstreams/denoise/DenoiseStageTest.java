package io.wanstreams.denoise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.wanstreams.contracts.bundle.BundleRef;
import io.wanstreams.contracts.job.Checkpoint;
import io.wanstreams.contracts.job.FailureCode;
import io.wanstreams.contracts.job.Job;
import io.wanstreams.contracts.job.StageName;
import io.wanstreams.contracts.job.StageOutputs;
import io.wanstreams.contracts.request.DenoiseSettings;
import io.wanstreams.contracts.request.SchedulerChoice;
import io.wanstreams.contracts.request.SigmaGrid;
import io.wanstreams.contracts.topic.Topics;
import io.wanstreams.inference.noise.TorchNoise;
import io.wanstreams.tensors.Tensor;
import io.wanstreams.transport.stage.PermanentStageException;
import io.wanstreams.transport.stage.RetriableStageException;
import io.wanstreams.transport.stage.StageAbandonedException;
import io.wanstreams.transport.stage.StageOutput;
import io.wanstreams.transport.testing.InMemoryBundleStore;
import io.wanstreams.transport.testing.TestJobs;
import io.wanstreams.transport.testing.TestStageRun;
import io.wanstreams.transport.testing.TestStageRun.Progress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DenoiseStageTest {

    private Map<String, Tensor> image = Map.of();

    /** 48x32 pixels, 9 frames: latents [2, 3, 4, 6]. */
    private static final long[] DIMS = {2, 3, 4, 6};

    private static final int ELEMENTS = 2 * 3 * 4 * 6;

    private final InMemoryBundleStore bundles = new InMemoryBundleStore();
    private final FakeExpert expert = new FakeExpert();

    @Test
    void bothExpertsAfterEachOtherGiveTheBitsOfTheWholePlan() throws Exception {
        // With both guidance scales equal, one expert that takes all steps computes the same numbers.
        Tensor whole = tensors(latents(run(StageName.DENOISE, settings(null, null), null)))
                .get("latents");

        BundleRef high = latents(run(StageName.DENOISE_HIGH, settings(0.875, null), null));
        BundleRef low = latents(run(StageName.DENOISE_LOW, settings(0.875, null), high));

        assertThat(tensors(low)).containsOnlyKeys("latents");
        assertThat(tensors(low).get("latents")).isEqualTo(whole);
    }

    /** The other solvers hand on what they need, and no more. */
    @ParameterizedTest
    @CsvSource({"DPM_SOLVER, solver.model_output.0", "EULER, latents"})
    void bothExpertsTakeTheStepsOfTheSolverThatWasChosen(SchedulerChoice scheduler, String handedOn) throws Exception {
        Tensor unipc = tensors(latents(run(StageName.DENOISE, settings(null, null), null)))
                .get("latents");
        Tensor whole = tensors(latents(run(StageName.DENOISE, with(scheduler, null), null)))
                .get("latents");

        BundleRef high = latents(run(StageName.DENOISE_HIGH, with(scheduler, 0.875), null));
        BundleRef low = latents(run(StageName.DENOISE_LOW, with(scheduler, 0.875), high));

        assertThat(tensors(high))
                .satisfies(names -> assertThat(names.keySet()).isEqualTo(new TreeSet<>(List.of("latents", handedOn))));
        assertThat(tensors(low).get("latents")).isEqualTo(whole).isNotEqualTo(unipc);
    }

    private static DenoiseSettings with(SchedulerChoice scheduler, @Nullable Double boundary) {
        return new DenoiseSettings(6, 4, 4, 3, boundary, SigmaGrid.DIFFUSERS, scheduler, 1, null);
    }

    @Test
    void theHighNoiseStageHandsTheSolversHistoryOn() throws Exception {
        BundleRef high = latents(run(StageName.DENOISE_HIGH, settings(0.875, null), null));

        assertThat(tensors(high))
                .containsOnlyKeys("latents", "solver.last_sample", "solver.model_output.0", "solver.model_output.1");
        assertThat(high.topic()).isEqualTo(Topics.TENSORS);
    }

    @Test
    void progressCountsTheStagesOwnSteps() throws Exception {
        BundleRef high = latents(run(StageName.DENOISE_HIGH, settings(0.875, null), null));
        TestStageRun low = run(StageName.DENOISE_LOW, settings(0.875, null), high);

        stage(CheckpointRule.NEVER).run(low);

        int steps = low.progress().get(0).of();
        assertThat(steps).isBetween(1, 5);
        assertThat(low.progress())
                .containsExactlyElementsOf(IntStream.rangeClosed(0, steps)
                        .mapToObj(step -> new Progress(step, steps))
                        .toList());
    }

    @Test
    void theSeedDecidesTheNoise() throws Exception {
        Tensor seedOne = tensors(latents(run(StageName.DENOISE, settings(null, null), null)))
                .get("latents");
        Tensor again = tensors(latents(run(StageName.DENOISE, settings(null, null), null)))
                .get("latents");
        DenoiseSettings other =
                new DenoiseSettings(6, 4, 4, 3, null, SigmaGrid.DIFFUSERS, SchedulerChoice.UNIPC, 2, null);
        Tensor seedTwo = tensors(latents(run(StageName.DENOISE, other, null))).get("latents");

        assertThat(again).isEqualTo(seedOne);
        assertThat(seedTwo).isNotEqualTo(seedOne);
    }

    @Test
    void noiseThatCameWithTheRequestIsUsed() throws Exception {
        BundleRef noise = write(Map.of("latents", Tensor.of(TorchNoise.randn(1, ELEMENTS), DIMS)));
        Tensor drawn = tensors(latents(run(StageName.DENOISE, settings(null, null), null)))
                .get("latents");

        DenoiseSettings given =
                new DenoiseSettings(6, 4, 4, 3, null, SigmaGrid.DIFFUSERS, SchedulerChoice.UNIPC, 77, noise);

        assertThat(tensors(latents(run(StageName.DENOISE, given, null))).get("latents"))
                .isEqualTo(drawn);
    }

    @Test
    void noiseOfAnotherShapeFailsTheJobAndSaysBoth() {
        BundleRef noise = write(Map.of("latents", Tensor.of(new float[2 * 3 * 4 * 4], 2, 3, 4, 4)));

        assertThatExceptionOfType(PermanentStageException.class)
                .isThrownBy(() -> stage(CheckpointRule.NEVER).run(run(StageName.DENOISE, settings(null, noise), null)))
                .withMessageContaining("[2,3,4,4]")
                .withMessageContaining("[2,3,4,6]")
                .satisfies(e -> assertThat(e.code()).isEqualTo(FailureCode.INVALID_REFERENCE));
    }

    @Test
    void noiseThatIsNoNumberFailsTheJob() {
        float[] values = new float[ELEMENTS];
        values[7] = Float.NaN;
        BundleRef noise = write(Map.of("latents", Tensor.of(values, DIMS)));

        assertThatExceptionOfType(PermanentStageException.class)
                .isThrownBy(() -> stage(CheckpointRule.NEVER).run(run(StageName.DENOISE, settings(null, noise), null)))
                .withMessageContaining("NaN");
    }

    @Test
    void aFileOfNoiseWithoutLatentsFailsTheJob() {
        BundleRef noise = write(Map.of("noise", Tensor.of(new float[ELEMENTS], DIMS)));

        assertThatExceptionOfType(PermanentStageException.class)
                .isThrownBy(() -> stage(CheckpointRule.NEVER).run(run(StageName.DENOISE, settings(null, noise), null)))
                .withMessageContaining("latents");
    }

    @Test
    void historyThatIsMissingFailsTheJob() {
        BundleRef bare = write(Map.of("latents", Tensor.of(new float[ELEMENTS], DIMS)));

        assertThatExceptionOfType(PermanentStageException.class)
                .isThrownBy(
                        () -> stage(CheckpointRule.NEVER).run(run(StageName.DENOISE_LOW, settings(0.875, null), bare)))
                .withMessageContaining("solver.last_sample");
    }

    @Test
    void aGuidanceScaleOfOneLeavesOutThePassWithTheNegativePrompt() throws Exception {
        latents(run(StageName.DENOISE, settings(null, null), null));
        int guided = expert.passes.getAndSet(0);
        latents(run(
                StageName.DENOISE,
                new DenoiseSettings(6, 1, 1, 3, null, SigmaGrid.DIFFUSERS, SchedulerChoice.UNIPC, 1, null),
                null));

        assertThat(guided).isEqualTo(12);
        assertThat(expert.passes).hasValue(6);
    }

    @Test
    void eachExpertHasAGuidanceScaleOfItsOwn() throws Exception {
        DenoiseSettings highOnly =
                new DenoiseSettings(6, 4, 1, 3, 0.875, SigmaGrid.DIFFUSERS, SchedulerChoice.UNIPC, 1, null);
        TestStageRun first = run(StageName.DENOISE_HIGH, highOnly, null);
        BundleRef high = latents(first);
        int highSteps = first.progress().get(0).of();
        assertThat(expert.passes.getAndSet(0)).isEqualTo(2 * highSteps);

        latents(run(StageName.DENOISE_LOW, highOnly, high));

        assertThat(expert.passes).hasValue(6 - highSteps);
    }

    @Test
    void checkpointsComeByStepsButNotAtTheEnd() throws Exception {
        TestStageRun run = run(StageName.DENOISE, settings(null, null), null);

        stage(new CheckpointRule(2, Duration.ZERO)).run(run);

        assertThat(run.checkpoints()).extracting(Checkpoint::step).containsExactly(2, 4);
        assertThat(run.checkpoints().get(0).bundle().topic()).isEqualTo(Topics.CHECKPOINTS);
    }

    @Test
    void aRunThatGoesOnFromACheckpointGivesTheSameBits() throws Exception {
        TestStageRun first = run(StageName.DENOISE, settings(null, null), null);
        StageOutput whole = stage(new CheckpointRule(2, Duration.ZERO)).run(first);

        for (Checkpoint checkpoint : first.checkpoints()) {
            TestStageRun second =
                    run(StageName.DENOISE, settings(null, null), null).resumingFrom(checkpoint);
            StageOutput resumed = stage(CheckpointRule.NEVER).run(second);
            assertThat(tensors(ref(resumed))).isEqualTo(tensors(ref(whole)));
            assertThat(second.progress().get(0)).isEqualTo(new Progress(checkpoint.step(), 6));
        }
    }

    /** They are kept for 6 h, and a job may wait for a worker longer than that. */
    @Test
    void aCheckpointThatIsGoneCostsTimeAndNotTheJob() throws Exception {
        BundleRef whole = latents(run(StageName.DENOISE, settings(null, null), null));
        BundleRef gone = new InMemoryBundleStore()
                .write(
                        io.wanstreams.transport.bundle.BundleDescription.of(
                                Topics.CHECKPOINTS, TestJobs.id(), StageName.DENOISE, BundleRef.SAFETENSORS),
                        io.wanstreams.transport.bundle.BundleContent.of(
                                Map.of("latents", Tensor.of(new float[ELEMENTS], DIMS))));

        TestStageRun second = run(StageName.DENOISE, settings(null, null), null).resumingFrom(new Checkpoint(4, gone));

        assertThat(latents(second).sha256()).isEqualTo(whole.sha256());
    }

    @Test
    void checkpointsOfTheLowNoiseStageCountStepsOfTheWholePlan() throws Exception {
        TestStageRun firstRun = run(StageName.DENOISE_HIGH, settings(0.875, null), null);
        BundleRef high = latents(firstRun);
        TestStageRun low = run(StageName.DENOISE_LOW, settings(0.875, null), high);

        stage(new CheckpointRule(1, Duration.ZERO)).run(low);

        int first = firstRun.progress().get(0).of();
        assertThat(low.checkpoints())
                .extracting(Checkpoint::step)
                .containsExactlyElementsOf(IntStream.range(first + 1, 6).boxed().toList());
    }

    @Test
    void aRunThatNobodyWantsEndsAtTheNextStep() {
        TestStageRun run = run(StageName.DENOISE, settings(null, null), null).abandonAtStep(2);

        assertThatExceptionOfType(StageAbandonedException.class)
                .isThrownBy(() -> stage(CheckpointRule.NEVER).run(run));
        assertThat(expert.passes).hasValue(4);
    }

    @Test
    void aPassUnderWayIsCancelledWhenNobodyWantsItsResult() {
        TestStageRun run = run(StageName.DENOISE, settings(null, null), null);
        expert.beforePass = () -> {
            if (expert.passes.get() == 3) {
                run.abandon();
            }
        };

        assertThatExceptionOfType(StageAbandonedException.class)
                .isThrownBy(() -> stage(CheckpointRule.NEVER).run(run));
        assertThat(expert.passes).hasValue(3);
    }

    @Test
    void aWorkerThatStopsSavesWhatItHas() {
        TestStageRun run = run(StageName.DENOISE, settings(null, null), null);

        assertThatExceptionOfType(StageAbandonedException.class)
                .isThrownBy(() -> stage(CheckpointRule.NEVER).run(StoppingRuns.stoppingAtStep(run, 3)));
        assertThat(run.checkpoints()).extracting(Checkpoint::step).containsExactly(3);
    }

    @Test
    void aWorkerThatStopsBeforeItsFirstStepHasNothingToSave() {
        TestStageRun run = run(StageName.DENOISE, settings(null, null), null);

        assertThatExceptionOfType(StageAbandonedException.class)
                .isThrownBy(() -> stage(CheckpointRule.NEVER).run(StoppingRuns.stoppingAtStep(run, 0)));
        assertThat(run.checkpoints()).isEmpty();
    }

    @Test
    void aRunThatWasLostSavesNothing() {
        TestStageRun run = run(StageName.DENOISE, settings(null, null), null).abandonAtStep(3);

        assertThatExceptionOfType(StageAbandonedException.class)
                .isThrownBy(() -> stage(CheckpointRule.NEVER).run(run));
        assertThat(run.checkpoints()).isEmpty();
    }

    @Test
    void theChannelsOfAnImageAreReadInEveryPass() throws Exception {
        float[] channels = new float[ELEMENTS];
        Arrays.fill(channels, 0.25f);

        Tensor plain = tensors(latents(run(StageName.DENOISE, settings(null, null), null)))
                .get("latents");
        image = Map.of("image.condition", Tensor.of(channels, DIMS));
        Tensor conditioned = tensors(latents(run(StageName.DENOISE, settings(null, null), null)))
                .get("latents");

        assertThat(conditioned).isNotEqualTo(plain);
        assertThat(expert.passes).hasValue(24);
    }

    @Test
    void aFirstFrameThatIsGivenStands() throws Exception {
        int positions = (int) (DIMS[2] * DIMS[3]);
        float[] frame = new float[(int) DIMS[0] * positions];
        Arrays.fill(frame, 0.125f);
        image = Map.of("image.latent", Tensor.of(frame, DIMS[0], 1, DIMS[2], DIMS[3]));

        float[] made = Objects.requireNonNull(tensors(latents(run(StageName.DENOISE, settings(null, null), null)))
                        .get("latents"))
                .toFloats();

        assertThat(Arrays.copyOf(made, positions)).containsOnly(0.125f);
        assertThat(Arrays.copyOfRange(made, positions, 2 * positions)).doesNotContain(0.125f);
    }

    @Test
    void anImageOfAnotherSizeFailsTheJob() {
        image = Map.of("image.latent", Tensor.of(new float[2 * 2 * 2], 2, 1, 2, 2));

        assertThatExceptionOfType(PermanentStageException.class)
                .isThrownBy(() -> stage(CheckpointRule.NEVER).run(run(StageName.DENOISE, settings(null, null), null)))
                .withMessageContaining("image.latent")
                .withMessageContaining("[2,1,4,6]");
    }

    @Test
    void aSizeThatTheModelDoesNotHaveFailsTheJob() {
        Job job = job(TestJobs.request("m", settings(null, null), 40, 32), null);

        assertThatExceptionOfType(PermanentStageException.class)
                .isThrownBy(() -> stage(CheckpointRule.NEVER).run(new TestStageRun(job, StageName.DENOISE, bundles)))
                .withMessageContaining("width")
                .withMessageContaining("16")
                .withMessageContaining("40");
    }

    @Test
    void aHeapThatIsTooSmallIsAnErrorOfMemory() {
        expert.beforePass = () -> {
            throw new OutOfMemoryError("Java heap space");
        };

        assertThatExceptionOfType(RetriableStageException.class)
                .isThrownBy(() -> stage(CheckpointRule.NEVER).run(run(StageName.DENOISE, settings(null, null), null)))
                .satisfies(e -> assertThat(e.code()).isEqualTo(FailureCode.OUT_OF_MEMORY));
    }

    private DenoiseStage stage(CheckpointRule rule) {
        return new DenoiseStage(expert, rule, PreviewRule.NEVER, System::nanoTime);
    }

    private BundleRef latents(TestStageRun run) throws Exception {
        return ref(stage(CheckpointRule.NEVER).run(run));
    }

    private static BundleRef ref(StageOutput output) {
        return Objects.requireNonNull(output.outputs().bundles().get(StageOutputs.LATENTS));
    }

    private Map<String, Tensor> tensors(BundleRef ref) throws Exception {
        return bundles.readTensors(ref).tensors();
    }

    private static DenoiseSettings settings(@Nullable Double boundary, @Nullable BundleRef noise) {
        return new DenoiseSettings(6, 4, 4, 3, boundary, SigmaGrid.DIFFUSERS, SchedulerChoice.UNIPC, 1, noise);
    }

    private TestStageRun run(StageName stage, DenoiseSettings settings, @Nullable BundleRef latents) {
        return new TestStageRun(job(TestJobs.request("m", settings, 48, 32), latents), stage, bundles);
    }

    private Job job(io.wanstreams.contracts.request.VideoRequest request, @Nullable BundleRef latents) {
        Map<String, BundleRef> outputs = new TreeMap<>();
        outputs.put(StageOutputs.CONDITIONING, write(conditioning()));
        if (latents != null) {
            outputs.put(StageOutputs.LATENTS, latents);
        }
        List<StageName> route = StageName.TWO_EXPERTS;
        return TestJobs.job(request, route, StageName.ENCODE, StageOutputs.ofBundles(outputs));
    }

    private Map<String, Tensor> conditioning() {
        Map<String, Tensor> tensors = new TreeMap<>(image);
        tensors.put("text.positive", Tensor.of(new float[] {0.5f, 0, 0}, 1, 3));
        tensors.put("text.negative", Tensor.of(new float[] {-0.5f, 0, 0, 0, 0, 0}, 2, 3));
        return tensors;
    }

    private BundleRef write(Map<String, Tensor> tensors) {
        return bundles.write(
                io.wanstreams.transport.bundle.BundleDescription.of(
                        Topics.TENSORS, TestJobs.id(), StageName.ENCODE, BundleRef.SAFETENSORS),
                io.wanstreams.transport.bundle.BundleContent.of(tensors));
    }
}
