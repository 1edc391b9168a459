package io.wanstreams.contracts.exploration;

import io.wanstreams.contracts.job.Job;
import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.job.RecordedEvent;
import io.wanstreams.contracts.ticket.LogCursor;
import io.wanstreams.contracts.ticket.Ticket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All logs met so far, as a tree of appends; each is folded once, by the rules explored. A log is known by a number. */
final class Logs {

    /** The log without events. */
    static final int EMPTY = 0;

    private static final JobId ID = JobId.parse("00000000-0000-7000-8000-000000000000");

    private final Rules rules;
    private final List<Node> nodes = new ArrayList<>();
    private final Map<Long, Integer> children = new HashMap<>();

    /** @param tickets written with the events of this log, in order */
    private record Node(
            int id, int parent, int length, @Nullable Job job, List<Ticket> tickets) {}

    Logs(Rules rules) {
        this.rules = rules;
        nodes.add(new Node(EMPTY, EMPTY, 0, null, List.of()));
    }

    int append(int log, LogEntry entry) {
        return children.computeIfAbsent((long) log << 16 | entry.pack(), key -> create(nodes.get(log), entry));
    }

    private int create(Node before, LogEntry entry) {
        int offset = before.length;
        Job job = rules.fold(before.job, new RecordedEvent(ID, offset, Instant.EPOCH, entry.event()));
        List<Ticket> tickets = before.tickets;
        if (entry.ticketStage() >= 0 && job != null) {
            tickets = new ArrayList<>(tickets);
            LogCursor upTo = new LogCursor("jobs", 0, offset + 1L);
            tickets.add(new Ticket(LogEntry.ROUTE.get(entry.ticketStage()), offset, job, upTo));
        }
        nodes.add(new Node(nodes.size(), before.id, offset + 1, job, tickets));
        return nodes.size() - 1;
    }

    int length(int log) {
        return nodes.get(log).length;
    }

    List<Ticket> tickets(int log) {
        return nodes.get(log).tickets;
    }

    @Nullable
    Job job(int log) {
        return nodes.get(log).job;
    }

    /** The job as somebody sees it who has read only the first events. */
    @Nullable
    Job job(int log, int read) {
        Node node = nodes.get(log);
        while (node.length > read) {
            node = nodes.get(node.parent);
        }
        return node.job;
    }
}
