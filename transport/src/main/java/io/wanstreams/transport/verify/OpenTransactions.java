package io.wanstreams.transport.verify;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.TopicPartition;

/** Transactions that have not ended, and what they hide from readers. */
final class OpenTransactions {

    private static final Set<TransactionState> NOT_OVER =
            Set.of(TransactionState.ONGOING, TransactionState.PREPARE_COMMIT, TransactionState.PREPARE_ABORT);

    private final Admin admin;
    private final Offsets offsets;

    OpenTransactions(Admin admin, Offsets offsets) {
        this.admin = admin;
        this.offsets = offsets;
    }

    /** Sentences by transactional id or partition; empty when nothing is open. */
    Map<String, String> open(Collection<TopicPartition> ours) {
        Map<String, String> open = new TreeMap<>();
        List<String> ids = Offsets.answer(
                        admin.listTransactions(new ListTransactionsOptions().filterStates(NOT_OVER))
                                .all(),
                        "list its transactions")
                .stream()
                .map(TransactionListing::transactionalId)
                .toList();
        Offsets.answer(admin.describeTransactions(ids).all(), "describe its transactions")
                .forEach((id, transaction) -> {
                    if (isOpenIn(transaction, ours)) {
                        open.put(
                                id,
                                "is " + transaction.state() + " in " + transaction.topicPartitions() + ", by producer "
                                        + transaction.producerId());
                    }
                });
        Map<TopicPartition, Long> committed = offsets.committedEnds(ours);
        offsets.ends(ours).forEach((partition, end) -> {
            long visible = committed.getOrDefault(partition, end);
            if (visible < end) {
                open.put(
                        partition.toString(),
                        "readers of committed records see it up to offset " + visible + ", and it ends at " + end);
            }
        });
        return open;
    }

    private static boolean isOpenIn(TransactionDescription transaction, Collection<TopicPartition> ours) {
        return NOT_OVER.contains(transaction.state())
                && transaction.topicPartitions().stream().anyMatch(ours::contains);
    }
}
