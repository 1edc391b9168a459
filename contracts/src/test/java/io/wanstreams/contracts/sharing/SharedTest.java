package io.wanstreams.contracts.sharing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.wanstreams.contracts.bundle.BundleRef;
import io.wanstreams.contracts.bundle.TensorEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class SharedTest {

    @Test
    void equalValuesAreOne() {
        Shared<List<Integer>> shared = new Shared<>(16);
        List<Integer> first = List.of(1, 2);

        assertThat(shared.of(first)).isSameAs(first);
        assertThat(shared.of(new ArrayList<>(first))).isSameAs(first);
        assertThat(shared.of(List.of(1, 3))).isEqualTo(List.of(1, 3));
        assertThat(Shared.text(new String("host/decode"))).isSameAs(Shared.text(new String("host/decode")));
    }

    /** More values than the table has places, again and again: all come back equal. */
    @Test
    void forgettingDoesNoHarm() {
        Shared<Integer> shared = new Shared<>(4);
        for (int i = 0; i < 1000; i++) {
            assertThat(shared.of(i % 97)).isEqualTo(i % 97);
        }
        assertThatIllegalArgumentException().isThrownBy(() -> new Shared<>(3));
    }

    @Test
    void longTextsAreNotKept() {
        String prompt = "x".repeat(513);
        String again = "x".repeat(513);

        assertThat(Shared.text(prompt)).isSameAs(prompt);
        assertThat(Shared.text(again)).isSameAs(again);
    }

    @Test
    void mapsAreCopiesThatCannotBeChanged() {
        SortedMap<String, String> mine = new TreeMap<>(Map.of("device", "cpu"));
        SortedMap<String, String> shared = Shared.map(mine);
        mine.put("device", "cuda:0");

        assertThat(shared).containsExactly(Map.entry("device", "cpu"));
        assertThat(Shared.map(new TreeMap<>(Map.of("device", "cpu")))).isSameAs(shared);
        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> shared.put("a", "b"));
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> Shared.map(new TreeMap<>()).put("a", "b"));
    }

    @Test
    void bundlesOfOneKindHaveOneTable() {
        assertThat(bundle().tensors()).isSameAs(bundle().tensors());
        assertThat(bundle().topic()).isSameAs(bundle().topic());
    }

    private static BundleRef bundle() {
        List<TensorEntry> table = List.of(new TensorEntry("latents", "F32", List.of(16L, 21L)));
        return new BundleRef(
                new String("wan.tensors"), "id", 0, 0, 0, 1, 1, "0".repeat(64), BundleRef.SAFETENSORS, table);
    }
}
