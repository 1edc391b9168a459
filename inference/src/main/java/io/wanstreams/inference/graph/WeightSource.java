package io.wanstreams.inference.graph;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** Where a graph's weights come from: asked for each while the graph is built, and for their places when it is done. */
public interface WeightSource {
    /** True if there is a tensor of that name. */
    boolean has(String name);

    /** Refuses, with a sentence that names file and tensor, a weight that is missing or has other extents. */
    void require(String name, long... dims);

    /** How the layer of that weight [out, in] is computed; {@link PartName} names the parts of all but F32. */
    default LinearFormat format(String name) {
        return LinearFormat.FLOAT;
    }

    /** Makes the named weights available as F32 (parts of {@link PartName} as those say) and says where they lie. */
    Located locate(Set<String> names);

    /** The same weights for a graph that only wants to know what it costs: nothing is converted, no place is right. */
    default WeightSource unlocated() {
        return new UnlocatedWeights(this);
    }

    /**
     * @param folder below which all files are
     * @param places by name of the weight
     */
    record Located(Path folder, Map<String, Place> places) {}

    /**
     * @param location file, relative to the folder, with {@code /} between its parts
     * @param offset of the first byte in the file
     * @param length in bytes
     */
    record Place(String location, long offset, long length) {}
}
