package io.wanstreams.gateway.results;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Set;
import org.apache.kafka.clients.producer.Producer;

/** A producer whose process dies before or after one of its calls. */
final class DyingProducer {

    /** What a killed process does not catch. */
    static final class Death extends Error {
        private static final long serialVersionUID = 1L;
    }

    private static final Set<String> WORK =
            Set.of("beginTransaction", "send", "sendOffsetsToTransaction", "commitTransaction");

    private DyingProducer() {}

    /** Dies at a call of a transaction: before it when {@code halfCall} is even, after it when odd. */
    @SuppressWarnings("unchecked")
    static Producer<String, byte[]> of(Producer<String, byte[]> real, int halfCall) {
        int[] passed = {0};
        return (Producer<String, byte[]>) Proxy.newProxyInstance(
                Producer.class.getClassLoader(), new Class<?>[] {Producer.class}, (p, call, args) -> {
                    boolean works = WORK.contains(call.getName());
                    if (works && passed[0]++ == halfCall) {
                        throw new Death();
                    }
                    Object result;
                    try {
                        result = call.invoke(real, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                    if (works && passed[0]++ == halfCall) {
                        throw new Death();
                    }
                    return result;
                });
    }
}
