package io.wanstreams.prompt;

import io.smallrye.mutiny.Uni;
import io.wanstreams.contracts.job.FailureCode;
import io.wanstreams.contracts.job.StageOutputs;
import io.wanstreams.contracts.json.MalformedContractException;
import io.wanstreams.contracts.ticket.Ticket;
import io.wanstreams.transport.TransportException;
import io.wanstreams.transport.crash.CrashPoint;
import io.wanstreams.transport.stage.RetriableStageException;
import io.wanstreams.transport.stage.StageClaim;
import io.wanstreams.transport.stage.StageClaims;
import io.wanstreams.transport.stage.StageOutput;
import io.wanstreams.transport.ticket.DeadLetters;
import io.wanstreams.transport.ticket.TicketCheck;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of the tickets of one model: the job is claimed in the log, the ticket accepted, the prompt made, the
 * stage completed. Everything that waits for Kafka runs on a few threads of its own; making the prompt holds none.
 */
final class TicketDesk implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(TicketDesk.class);
    private static final Duration FIRST_RETRY = Duration.ofMillis(500);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(5);

    private final TicketCheck check;
    private final StageClaims claims;
    private final DeadLetters deadLetters;
    private final PromptStage stage;
    private final ExecutorService threads;
    private final Duration patience;
    private final Duration grace;
    private final Set<StageClaim> open = ConcurrentHashMap.newKeySet();

    TicketDesk(
            TicketCheck check,
            StageClaims claims,
            DeadLetters deadLetters,
            PromptStage stage,
            ExecutorService threads,
            PromptConfig settings) {
        this.check = check;
        this.claims = claims;
        this.deadLetters = deadLetters;
        this.stage = stage;
        this.threads = threads;
        this.patience = settings.patience();
        this.grace = settings.grace();
    }

    /**
     * Handles a ticket; never fails.
     *
     * @param accept says that the ticket has done its duty: called once the log knows who works, or that nobody has to
     */
    Uni<Void> handle(ConsumerRecord<?, byte[]> message, Supplier<CompletionStage<Void>> accept) {
        return onThreads(() -> claim(message))
                .onFailure(TransportException.class)
                .retry()
                .withBackOff(FIRST_RETRY, LONGEST_RETRY)
                .expireIn(patience.toMillis())
                .onFailure()
                .recoverWithItem(e -> givenUp(message, e))
                .call(claimed -> Uni.createFrom().completionStage(accept))
                .chain(claimed ->
                        claimed.map(this::work).orElseGet(() -> Uni.createFrom().voidItem()))
                .onFailure()
                .invoke(e -> log.atError().setCause(e).log("Ticket not handled, the dispatcher will write another"))
                .onFailure()
                .recoverWithNull();
    }

    /** Jobs in work. */
    int size() {
        return open.size();
    }

    /** Lets what is under way end within the grace period; other jobs are yielded. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(grace.toMillis(), TimeUnit.MILLISECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        open.forEach(claims::yieldTurn);
    }

    private Optional<StageClaim> claim(ConsumerRecord<?, byte[]> message) {
        Ticket ticket;
        try {
            ticket = check.read(message.value());
        } catch (MalformedContractException e) {
            deadLetters.write(message, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
        try {
            Optional<StageClaim> won = claims.claim(ticket, System.nanoTime());
            won.ifPresent(open::add);
            return won;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static Optional<StageClaim> givenUp(ConsumerRecord<?, byte[]> message, Throwable error) {
        log.atWarn()
                .addKeyValue("topic", message.topic())
                .addKeyValue("partition", message.partition())
                .addKeyValue("offset", message.offset())
                .addKeyValue("error", error.toString())
                .log("Ticket given up, the dispatcher will write another");
        return Optional.empty();
    }

    private Uni<Void> work(StageClaim claim) {
        CrashPoint.AT_WORK.reached(claim.stage(), claim.job().id());
        long began = System.nanoTime();
        return stage.outputs(claim.job().request())
                .chain(outputs -> onThreads(() -> complete(claim, outputs, began)))
                .onFailure()
                .recoverWithUni(e -> onThreads(() -> fail(claim, e)))
                .eventually(() -> open.remove(claim))
                .replaceWithVoid();
    }

    private boolean complete(StageClaim claim, StageOutputs outputs, long began) {
        try {
            return claims.complete(claim, new StageOutput(outputs, Duration.ofNanos(System.nanoTime() - began)));
        } catch (InterruptedException e) {
            claims.yieldTurn(claim);
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean fail(StageClaim claim, Throwable error) {
        claims.fail(
                claim,
                new RetriableStageException(
                        FailureCode.STAGE_FAILED,
                        "The prompt stage ended with an unexpected "
                                + error.getClass().getSimpleName() + ".",
                        error));
        return false;
    }

    private <T> Uni<T> onThreads(Supplier<T> blocking) {
        return Uni.createFrom().completionStage(() -> CompletableFuture.supplyAsync(blocking, threads));
    }
}
