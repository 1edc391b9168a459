package io.wanstreams.denoise;

import io.wanstreams.transport.stage.StageAbandonedException;
import io.wanstreams.transport.stage.StageRun;
import io.wanstreams.transport.testing.TestStageRun;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** A run whose worker is told to stop. */
final class StoppingRuns {

    private StoppingRuns() {}

    /** The same run, told to stop when so many steps are reported. */
    static StageRun stoppingAtStep(TestStageRun run, int step) {
        return (StageRun) Proxy.newProxyInstance(
                StageRun.class.getClassLoader(), new Class<?>[] {StageRun.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("progress") && (int) arguments[0] >= step) {
                        throw new StageAbandonedException(StageAbandonedException.Reason.STOPPING);
                    }
                    try {
                        return method.invoke(run, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getTargetException();
                    }
                });
    }
}
