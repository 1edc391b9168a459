package io.wanstreams.transport.service;

import io.wanstreams.contracts.request.ProfileException;
import io.wanstreams.tensors.SafetensorsException;
import io.wanstreams.transport.TransportException;
import io.wanstreams.transport.topic.TopicMismatchException;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;

/** Says why a service cannot start: one sentence where the operator can mend it, a stack trace where only we can. */
final class StartFailure {

    private static final Set<Class<? extends RuntimeException>> OF_EVERY_SERVICE = Set.of(
            SafetensorsException.class,
            ProfileException.class,
            TransportException.class,
            TopicMismatchException.class,
            IllegalArgumentException.class);

    private StartFailure() {}

    /** @param ofThisService its further exceptions whose message is a sentence for the operator */
    static void report(
            Logger log, String service, Throwable failure, Set<Class<? extends RuntimeException>> ofThisService) {
        if (isForOperator(failure, ofThisService)) {
            log.error("{} cannot start: {}", service, failure.getMessage());
        } else {
            log.atError().setCause(failure).log("{} cannot start", service);
        }
    }

    static boolean isForOperator(Throwable failure, Set<Class<? extends RuntimeException>> ofThisService) {
        return Stream.concat(OF_EVERY_SERVICE.stream(), ofThisService.stream())
                .anyMatch(type -> type.isInstance(failure));
    }
}
