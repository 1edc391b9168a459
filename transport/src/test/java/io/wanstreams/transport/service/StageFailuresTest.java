package io.wanstreams.transport.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanstreams.contracts.job.FailureCode;
import org.junit.jupiter.api.Test;

class StageFailuresTest {

    private final StageFailures failures = new StageFailures("this video");

    @Test
    void errorsOfTheRuntimeAreRetriedAndMemoryHasACodeOfItsOwn() {
        assertThat(failures.of(new RuntimeException("Failed to allocate memory for requested buffer of size 1")))
                .hasMessageContaining("suffice for this video: Failed to allocate")
                .extracting(failure -> failure.code())
                .isEqualTo(FailureCode.OUT_OF_MEMORY);
        assertThat(failures.of(new RuntimeException("CUDA failure 2: out of memory"))
                        .code())
                .isEqualTo(FailureCode.OUT_OF_MEMORY);
        assertThat(failures.of(new RuntimeException("Non-zero status code")).code())
                .isEqualTo(FailureCode.STAGE_FAILED);
    }

    @Test
    void aHeapThatIsTooSmallNamesTheSetting() {
        assertThat(failures.of(new OutOfMemoryError("Java heap space")))
                .hasMessageContaining("suffice for this video; give the worker a larger -Xmx")
                .extracting(failure -> failure.code())
                .isEqualTo(FailureCode.OUT_OF_MEMORY);
    }
}
