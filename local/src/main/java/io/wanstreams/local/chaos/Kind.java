package io.wanstreams.local.chaos;

/** The kinds of faults after which work is taken up again. */
enum Kind {
    WORKER_KILLED("worker killed"),
    WORKER_HANGS("worker hangs"),
    WORKER_STOPS("worker stops in good order"),
    BROKER_RESTARTED("broker gone and back"),
    DISPATCHER_KILLED("dispatcher killed");

    private final String text;

    Kind(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }
}
