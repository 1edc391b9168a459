package io.wanstreams.transport.ticket;

import io.wanstreams.contracts.job.StageName;
import io.wanstreams.contracts.json.ContractJson;
import io.wanstreams.contracts.json.MalformedContractException;
import io.wanstreams.contracts.ticket.Ticket;
import org.jspecify.annotations.Nullable;

/** Reads tickets for one stage of one model, believing nothing. */
public final class TicketCheck {

    private final StageName stage;
    private final String model;

    public TicketCheck(StageName stage, String model) {
        this.stage = stage;
        this.model = model;
    }

    /**
     * Reads a ticket.
     *
     * @throws MalformedContractException when it is none, or one of another stage or model; the message is the reason
     *     for its dead letter
     */
    public Ticket read(byte @Nullable [] value) {
        if (value == null) {
            throw new MalformedContractException("Ticket: expected JSON, found nothing", null);
        }
        Ticket ticket = ContractJson.read(value, Ticket.class);
        expect(ticket.stage() == stage, "is for stage " + ticket.stage() + ", this queue is for " + stage);
        expect(ticket.job().request().model().equals(model), "is for another model, this queue is for model " + model);
        expect(ticket.job().route().contains(stage), "is for a stage that its job's route does not have");
        expect(ticket.turn() >= 0, "has the negative turn " + ticket.turn());
        return ticket;
    }

    private static void expect(boolean fine, String problem) {
        if (!fine) {
            throw new MalformedContractException("Ticket " + problem, null);
        }
    }
}
