package io.wanstreams.transport.verify;

/** What must hold when everything has come to rest. */
public enum Rule {
    /** No producer holds readers back. */
    TRANSACTIONS("no transaction is open"),
    /** Each event follows from earlier ones of its job: none is missing between them. */
    NO_GAP("every event has those it follows from"),
    /** The production fold and a second one, written independently, see the same job after every event. */
    FOLDS_AGREE("two folds agree after every event"),
    /** Completed, or failed, cancelled or deleted for a known reason. */
    JOBS_OVER("every job is over, and as it should be"),
    /** The stages of the route, in order, none twice and, in a completed job, none left out. */
    STAGES_ONCE("each stage counts once, in the route's order"),
    /** What live and completed jobs refer to is there, byte for byte. */
    REFERENCES("every reference reads back with its digest"),
    /** Bundles that nobody refers to come from attempts that were lost, and from nothing else. */
    ORPHANS("bundles without a reference come from lost attempts"),
    /** Nothing waits in a ticket topic. */
    TICKETS("no ticket is left"),
    /** One result event per job that is over. */
    RESULTS("one result per job");

    private final String text;

    Rule(String text) {
        this.text = text;
    }

    /** The rule in words, for tables. */
    public String text() {
        return text;
    }
}
