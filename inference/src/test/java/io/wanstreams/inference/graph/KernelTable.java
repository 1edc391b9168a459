package io.wanstreams.inference.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a provider can run, from the tables {@code cuda.kernels} and {@code tensorrt.kernels} beside this class. A line has
 * an operator, the first opset version of a kernel, the types of its inputs and results (letters stand for one type each,
 * a star for any number more), and what the letters may be.
 */
public final class KernelTable {

    private record Kernel(int since, List<String> in, List<String> out, Map<String, Set<String>> types) {

        boolean runs(OperatorUse use) {
            Map<String, String> chosen = new HashMap<>();
            boolean fits = use.in().size() <= in.size() || in.get(in.size() - 1).endsWith("*");
            for (int i = 0; fits && i < use.in().size(); i++) {
                fits = agrees(in.get(Math.min(i, in.size() - 1)), use.in().get(i), chosen);
            }
            for (int i = 0; fits && i < use.out().size(); i++) {
                fits = agrees(
                        out.get(Math.min(i, out.size() - 1)), use.out().get(i).name(), chosen);
            }
            return fits;
        }

        private boolean agrees(String formal, String type, Map<String, String> chosen) {
            String letter = formal.replace("*", "");
            if (type.equals(OperatorUse.ABSENT)) {
                return true;
            }
            Set<String> allowed = types.get(letter);
            if (allowed == null) {
                return letter.equals(type);
            }
            return allowed.contains(type)
                    && chosen.computeIfAbsent(letter, unused -> type).equals(type);
        }
    }

    private final Map<String, List<Kernel>> kernels = new TreeMap<>();

    private KernelTable() {}

    public static KernelTable of(Flavour.Provider provider) {
        KernelTable table = new KernelTable();
        String name = provider.name().toLowerCase(Locale.ROOT) + ".kernels";
        try (InputStream in = Objects.requireNonNull(KernelTable.class.getResourceAsStream(name), name);
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            lines.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .forEach(table::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return table;
    }

    private void add(String line) {
        List<String> words = List.of(line.trim().split("\\s+"));
        List<String> sides = List.of(words.get(2).split(">"));
        Map<String, Set<String>> types = new HashMap<>();
        for (String binding : words.subList(3, words.size())) {
            List<String> pair = List.of(binding.split("="));
            types.put(pair.get(0), Set.of(pair.get(1).split(",")));
        }
        kernels.computeIfAbsent(words.get(0), unused -> new ArrayList<>())
                .add(new Kernel(
                        Integer.parseInt(words.get(1)),
                        List.of(sides.get(0).split(",")),
                        List.of(sides.get(1).split(",")),
                        types));
    }

    /** Whether there is a kernel for a kind of node: the newest that is not newer than the graph. */
    boolean runs(OperatorUse use) {
        String name = use.domain().isEmpty() ? use.op() : use.domain() + ":" + use.op();
        return kernels.getOrDefault(name, List.of()).stream()
                .filter(kernel -> kernel.since() <= use.opset())
                .max((a, b) -> Integer.compare(a.since(), b.since()))
                .map(kernel -> kernel.runs(use))
                .orElse(false);
    }

    /** Fails naming every kind of node that the provider would leave to the processor, or refuse. */
    public void runsAll(OnnxModel model) {
        assertThat(model.operators()).isNotEmpty().allMatch(this::runs);
    }
}
