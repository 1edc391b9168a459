package io.wanstreams.inference.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The order in which ONNX Runtime's sequential executor runs nodes: depth first from the nodes whose results nobody
 * reads, of a node's inputs the one that was written last comes first (GraphViewer's default order, as profiles show it).
 */
final class RunOrder {
    private final List<Model.Use> nodes;
    private final Map<String, Integer> makers = new HashMap<>();
    private final List<Model.Use> order = new ArrayList<>();
    private final Set<Integer> seen = new HashSet<>();

    private RunOrder(List<Model.Use> nodes) {
        this.nodes = nodes;
    }

    static List<Model.Use> of(Model model) {
        RunOrder run = new RunOrder(model.uses);
        Set<Integer> leaves = run.leaves();
        leaves.stream().sorted((a, b) -> b - a).forEach(run::visit);
        return run.order;
    }

    /** Also notes who makes what. */
    private Set<Integer> leaves() {
        Set<Integer> leaves = new HashSet<>();
        for (int i = 0; i < nodes.size(); i++) {
            int index = i;
            nodes.get(i).out().forEach(result -> makers.put(result.name(), index));
            leaves.add(i);
        }
        for (Model.Use node : nodes) {
            makers(node).forEach(leaves::remove);
        }
        return leaves;
    }

    /** The nodes that make what a node reads; inputs and weights have none. */
    private Stream<Integer> makers(Model.Use node) {
        return node.in().stream()
                .map(Value::name)
                .filter(makers::containsKey)
                .map(name -> makers.getOrDefault(name, 0));
    }

    private void visit(int leaf) {
        Deque<Integer> stack = new ArrayDeque<>();
        stack.push(leaf);
        while (!stack.isEmpty()) {
            int index = stack.pop();
            if (index < 0) {
                order.add(nodes.get(-index - 1));
            } else if (seen.add(index)) {
                // Its negative comes off the stack when all that it needs has run.
                stack.push(-index - 1);
                makers(nodes.get(index))
                        .filter(maker -> !seen.contains(maker))
                        .distinct()
                        .sorted()
                        .forEach(stack::push);
            }
        }
    }
}
