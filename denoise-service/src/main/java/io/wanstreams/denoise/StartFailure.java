package io.wanstreams.denoise;

import io.wanstreams.contracts.request.ProfileException;
import io.wanstreams.denoise.device.DeviceUnavailableException;
import io.wanstreams.inference.checkpoint.CheckpointException;
import io.wanstreams.inference.session.InferenceException;
import io.wanstreams.tensors.SafetensorsException;
import io.wanstreams.transport.TransportException;
import io.wanstreams.transport.topic.TopicMismatchException;
import org.slf4j.Logger;

/** Says why a service cannot start: one sentence where the operator can mend it, a stack trace where only we can. */
final class StartFailure {

    private StartFailure() {}

    static void report(Logger log, String service, Throwable failure) {
        if (isForOperator(failure)) {
            log.error("{} cannot start: {}", service, failure.getMessage());
        } else {
            log.atError().setCause(failure).log("{} cannot start", service);
        }
    }

    private static boolean isForOperator(Throwable failure) {
        return failure instanceof CheckpointException
                || failure instanceof DeviceUnavailableException
                || failure instanceof InferenceException
                || failure instanceof SafetensorsException
                || failure instanceof ProfileException
                || failure instanceof TransportException
                || failure instanceof TopicMismatchException
                || failure instanceof IllegalArgumentException;
    }
}
