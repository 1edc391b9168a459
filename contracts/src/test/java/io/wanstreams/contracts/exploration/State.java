package io.wanstreams.contracts.exploration;

/**
 * Everything that decides what can happen next.
 *
 * @param log number of the log, see {@link Logs}
 * @param open bit i is set while the log's ticket i is neither accepted nor lost
 * @param decided what the dispatcher has decided to write, packed; 0 for nothing
 * @param doubled a second dispatcher has acted
 * @param faults how many more there may be
 * @param cancelled a cancellation has been written, or there is to be none
 */
record State(
        int log, int open, Worker first, Worker second, int decided, boolean doubled, int faults, boolean cancelled) {

    Worker worker(int index) {
        return index == 0 ? first : second;
    }

    State with(int index, Worker worker) {
        return index == 0
                ? new State(log, open, worker, second, decided, doubled, faults, cancelled)
                : new State(log, open, first, worker, decided, doubled, faults, cancelled);
    }

    State withLog(int newLog, int newOpen) {
        return new State(newLog, newOpen, first, second, decided, doubled, faults, cancelled);
    }

    State withDecided(int packed) {
        return new State(log, open, first, second, packed, doubled, faults, cancelled);
    }

    State closed(int ticket) {
        return withLog(log, open & ~(1 << ticket));
    }

    boolean isOpen(int ticket) {
        return (open >> ticket & 1) != 0;
    }

    State withFault() {
        return new State(log, open, first, second, decided, doubled, faults - 1, cancelled);
    }

    State withDoubled() {
        return new State(log, open, first, second, decided, true, faults, cancelled);
    }

    State withCancelled() {
        return new State(log, open, first, second, decided, doubled, faults, true);
    }

    long high() {
        return (long) log << 16 | open;
    }

    long low() {
        return (long) decided << 32
                | (long) first.pack() << 20
                | (long) second.pack() << 8
                | (doubled ? 16 : 0)
                | (cancelled ? 32 : 0)
                | faults;
    }

    static State of(long high, long low) {
        return new State(
                (int) (high >> 16),
                (int) (high & 0xffff),
                Worker.unpack((int) (low >> 20) & 0xfff),
                Worker.unpack((int) (low >> 8) & 0xfff),
                (int) (low >> 32),
                (low & 16) != 0,
                (int) (low & 15),
                (low & 32) != 0);
    }
}
