package io.wanstreams.gateway.webhook;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The fold of one partition of {@code wan.webhooks}: what is still to be delivered, in lanes of one job and one receiver.
 * Only the head of a lane is tried. Progress that was not delivered before the lane's next event came is dropped: it is
 * only the latest value.
 */
final class Lanes {

    private final Map<Delivery.Lane, Deque<Delivery>> lanes = new LinkedHashMap<>();
    private final Set<Delivery.Lane> inFlight = new HashSet<>();
    private int size;

    /** Folds one more record in. */
    void apply(String job, int partition, long offset, Instant time, DeliveryRecord found) {
        Delivery.Lane lane = new Delivery.Lane(job, found.receiver());
        if (found instanceof DeliveryRecord.Queued queued) {
            queue(lane, new Delivery(job, queued, partition, offset, 0, time));
        } else if (found instanceof DeliveryRecord.Attempted attempted) {
            attempted(lane, attempted);
        } else {
            remove(lane, found.event());
        }
    }

    /** How many events are to be delivered. */
    int size() {
        return size;
    }

    /** Takes out heads that are due, up to these limits; they stay in their lanes, in flight, until {@link #landed}. */
    List<Delivery> depart(Instant now, int most, int mostPerPlace, Map<String, Integer> flyingByPlace) {
        List<Delivery> departing = new ArrayList<>();
        for (Map.Entry<Delivery.Lane, Deque<Delivery>> lane : lanes.entrySet()) {
            if (departing.size() >= most) {
                break;
            }
            Delivery head = lane.getValue().getFirst();
            int there = flyingByPlace.getOrDefault(head.place(), 0);
            if (!head.due().isAfter(now) && there < mostPerPlace && inFlight.add(lane.getKey())) {
                flyingByPlace.put(head.place(), there + 1);
                departing.add(head);
            }
        }
        return departing;
    }

    /** The attempt is over; what it said is folded in with its record. */
    void landed(Delivery delivery) {
        inFlight.remove(delivery.lane());
    }

    /** How many attempts are under way at each place. */
    Map<String, Integer> flying() {
        Map<String, Integer> places = new HashMap<>();
        for (Delivery.Lane lane : inFlight) {
            Deque<Delivery> deliveries = lanes.get(lane);
            if (deliveries != null) {
                places.merge(deliveries.getFirst().place(), 1, Integer::sum);
            }
        }
        return places;
    }

    private void queue(Delivery.Lane lane, Delivery delivery) {
        Deque<Delivery> deliveries = lanes.computeIfAbsent(lane, key -> new ArrayDeque<>());
        Iterator<Delivery> waiting = deliveries.iterator();
        boolean isHead = true;
        while (waiting.hasNext()) {
            boolean mayBeFlying = isHead && inFlight.contains(lane);
            isHead = false;
            if (waiting.next().isProgress() && !mayBeFlying) {
                waiting.remove();
                size--;
            }
        }
        deliveries.addLast(delivery);
        size++;
    }

    private void attempted(Delivery.Lane lane, DeliveryRecord.Attempted attempted) {
        Deque<Delivery> deliveries = lanes.get(lane);
        Delivery head = deliveries == null ? null : deliveries.peekFirst();
        if (deliveries == null
                || head == null
                || !head.queued().event().equals(attempted.event())
                || head.attempts() >= attempted.attempts()) {
            return;
        }
        deliveries.removeFirst();
        if (head.isProgress() && !deliveries.isEmpty()) {
            size--;
        } else {
            deliveries.addFirst(head.after(attempted));
        }
    }

    private void remove(Delivery.Lane lane, String event) {
        Deque<Delivery> deliveries = lanes.get(lane);
        if (deliveries != null
                && deliveries.removeIf(found -> found.queued().event().equals(event))) {
            size--;
            if (deliveries.isEmpty()) {
                lanes.remove(lane);
            }
        }
    }
}
