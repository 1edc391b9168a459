package io.wanstreams.inference.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One extent of a shape: a number, or a polynomial over extents known only at run time such as {@code 2*height} or
 * {@code frames*height*width}. Polynomials are kept in one form, so equal extents are equal objects.
 */
public final class Dim {
    /** Between the symbols of a product; not a character of any symbol. */
    private static final String BETWEEN = "·";

    /** Coefficient by product of symbols; the key of the constant is the empty list. No coefficient is 0. */
    private final SortedMap<String, Long> terms;

    private Dim(SortedMap<String, Long> terms) {
        this.terms = terms;
    }

    /** A known extent. */
    public static Dim of(long size) {
        return ofTerms(Map.of("", size));
    }

    /** An extent known at run time. Equal names are equal extents. */
    public static Dim named(String symbol) {
        return ofTerms(Map.of(symbol, 1L));
    }

    /** Known extents. */
    public static List<Dim> list(long... sizes) {
        List<Dim> dims = new ArrayList<>();
        for (long size : sizes) {
            dims.add(of(size));
        }
        return List.copyOf(dims);
    }

    /** The product of extents; 1 of none. */
    public static Dim product(List<Dim> dims) {
        return dims.stream().reduce(of(1), Dim::times);
    }

    private static Dim ofTerms(Map<String, Long> terms) {
        SortedMap<String, Long> kept = new TreeMap<>(terms);
        kept.values().removeIf(coefficient -> coefficient == 0);
        return new Dim(kept);
    }

    /** True for a number. */
    public boolean isFixed() {
        return terms.isEmpty() || (terms.size() == 1 && terms.containsKey(""));
    }

    /**
     * The number.
     *
     * @throws IllegalStateException if the extent is known only at run time
     */
    public long size() {
        if (!isFixed()) {
            throw new IllegalStateException("Extent " + this + " is known only at run time.");
        }
        return terms.getOrDefault("", 0L);
    }

    public boolean is(long size) {
        return isFixed() && size() == size;
    }

    public Dim plus(Dim other) {
        Map<String, Long> sum = new TreeMap<>(terms);
        other.terms.forEach((symbols, coefficient) -> sum.merge(symbols, coefficient, Math::addExact));
        return ofTerms(sum);
    }

    public Dim plus(long other) {
        return plus(of(other));
    }

    public Dim minus(Dim other) {
        return plus(other.times(-1));
    }

    public Dim times(Dim other) {
        Map<String, Long> product = new TreeMap<>();
        terms.forEach((mine, a) -> other.terms.forEach(
                (theirs, b) -> product.merge(joined(mine, theirs), Math.multiplyExact(a, b), Math::addExact)));
        return ofTerms(product);
    }

    public Dim times(long other) {
        return times(of(other));
    }

    /** The quotient, rounded down; exact where every coefficient divides, else a new symbol for the rounded quotient. */
    public Dim dividedBy(long divisor) {
        if (isFixed()) {
            return of(Math.floorDiv(size(), divisor));
        }
        if (terms.values().stream().allMatch(coefficient -> coefficient % divisor == 0)) {
            Map<String, Long> quotient = new TreeMap<>();
            terms.forEach((symbols, coefficient) -> quotient.put(symbols, coefficient / divisor));
            return ofTerms(quotient);
        }
        return named("floor((" + this + ")/" + divisor + ")");
    }

    private static String joined(String left, String right) {
        if (left.isEmpty() || right.isEmpty()) {
            return left + right;
        }
        List<String> symbols = new ArrayList<>(List.of(left.split(BETWEEN)));
        symbols.addAll(List.of(right.split(BETWEEN)));
        return symbols.stream().sorted().collect(Collectors.joining(BETWEEN));
    }

    /**
     * The extent when the symbols have these sizes.
     *
     * @throws IllegalArgumentException if one is not given
     */
    long at(Map<String, Long> sizes) {
        long sum = 0;
        for (Map.Entry<List<String>, Long> term : terms().entrySet()) {
            long product = term.getValue();
            for (String symbol : term.getKey()) {
                Long size = sizes.get(symbol);
                if (size == null) {
                    throw new IllegalArgumentException("Extent " + symbol + " of " + this + " is not given.");
                }
                product = Math.multiplyExact(product, size);
            }
            sum = Math.addExact(sum, product);
        }
        return sum;
    }

    /** The terms: coefficient by the symbols multiplied; for the graph's run-time arithmetic. */
    Map<List<String>, Long> terms() {
        return terms.entrySet().stream()
                .collect(Collectors.toMap(
                        term -> term.getKey().isEmpty()
                                ? List.of()
                                : List.of(term.getKey().split(BETWEEN)),
                        Map.Entry::getValue));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Dim that && terms.equals(that.terms);
    }

    @Override
    public int hashCode() {
        return terms.hashCode();
    }

    @Override
    public String toString() {
        if (terms.isEmpty()) {
            return "0";
        }
        return terms.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByKey().reversed())
                .map(Dim::text)
                .collect(Collectors.joining("+"))
                .replace("+-", "-");
    }

    private static String text(Map.Entry<String, Long> term) {
        if (term.getKey().isEmpty()) {
            return term.getValue().toString();
        }
        String symbols = term.getKey().replace(BETWEEN, "*");
        return term.getValue() == 1 ? symbols : term.getValue() + "*" + symbols;
    }
}
