package io.wanstreams.transport.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wanstreams.transport.TransportException;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ServiceLifecycleTest {

    private final AtomicInteger closed = new AtomicInteger();
    private final AtomicInteger exits = new AtomicInteger();
    private volatile boolean ready;

    @Test
    void aStartedServiceSaysItselfWhetherItIsReadyAndIsClosedOnce() throws Exception {
        ServiceLifecycle lifecycle = lifecycle(Service::new);
        assertThat(lifecycle.isReady()).isFalse();
        ready = true;

        lifecycle.start();

        await().until(lifecycle::isReady);
        ready = false;
        assertThat(lifecycle.isReady()).isFalse();
        lifecycle.stop();
        assertThat(closed).hasValue(1);
        assertThat(exits).hasValue(0);
    }

    @Test
    void aFailedStartEndsTheProcess() {
        ServiceLifecycle lifecycle = lifecycle(() -> {
            throw new IllegalArgumentException("wan.device is wrong.");
        });

        lifecycle.start();

        await().until(() -> exits.get() == 1);
        assertThat(lifecycle.isReady()).isFalse();
    }

    @Test
    void aStopInterruptsTheStart() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        ServiceLifecycle lifecycle = lifecycle(() -> {
            started.countDown();
            new CountDownLatch(1).await();
            return new Service();
        });
        lifecycle.start();
        started.await();

        lifecycle.stop();

        assertThat(closed).hasValue(0);
        assertThat(exits).hasValue(0);
    }

    @Test
    void whatStartedAllTheSameIsClosed() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        ServiceLifecycle lifecycle = lifecycle(() -> {
            started.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                // Native code that loads weights does not hear it either.
            }
            return new Service();
        });
        lifecycle.start();
        started.await();

        lifecycle.stop();

        assertThat(closed).hasValue(1);
    }

    @Test
    void aServiceThatNeverStartedIsStopped() throws Exception {
        lifecycle(Service::new).stop();

        assertThat(closed).hasValue(0);
    }

    @Test
    void theOperatorGetsASentenceForWhatTheyCanMend() {
        assertThat(StartFailure.isForOperator(new TransportException("Kafka is away"), Set.of()))
                .isTrue();
        assertThat(StartFailure.isForOperator(new IllegalStateException("ours"), Set.of()))
                .isFalse();
        assertThat(StartFailure.isForOperator(new IllegalStateException("theirs"), Set.of(IllegalStateException.class)))
                .isTrue();
    }

    private ServiceLifecycle lifecycle(ServiceLifecycle.Start start) {
        return new ServiceLifecycle("test-service", Set.of(), start, exits::incrementAndGet);
    }

    private final class Service implements RunningService {
        @Override
        public boolean isReady() {
            return ready;
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }
}
