package io.wanstreams.inference.checkpoint;

import io.wanstreams.tensors.SafetensorsException;
import io.wanstreams.tensors.SafetensorsFile;
import io.wanstreams.tensors.SafetensorsLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Finds which file of a component's folder holds which tensor. */
final class WeightFiles {
    private static final String INDEX = ".safetensors.index.json";
    private static final String SINGLE = ".safetensors";

    /** Names that the libraries give their files, most usual first. */
    private static final List<String> STEMS = List.of("diffusion_pytorch_model", "model", "pytorch_model");

    private WeightFiles() {}

    /**
     * What a component's folder holds.
     *
     * @param origin the index, or the only file
     * @param holders file by name of the tensor
     */
    record Found(Path origin, Map<String, SafetensorsFile> holders) {}

    static Found find(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new CheckpointException("Folder " + folder + " is missing; model_index.json names this component.");
        }
        for (String stem : STEMS) {
            for (Path file : List.of(folder.resolve(stem + INDEX), folder.resolve(stem + SINGLE))) {
                if (Files.exists(file)) {
                    return read(file);
                }
            }
        }
        return read(only(folder));
    }

    /** A folder with other names, when there is no doubt: one index, or one file. */
    private static Path only(Path folder) {
        List<Path> found = list(folder, WeightFiles::isIndex);
        if (found.isEmpty()) {
            found = list(folder, file -> file.toString().endsWith(SINGLE));
        }
        if (found.isEmpty()) {
            throw new CheckpointException("Folder " + folder + " has no weights: expected one of " + STEMS
                    + ", each with " + SINGLE + " or " + INDEX + ".");
        }
        if (found.size() > 1) {
            throw new CheckpointException(
                    "Folder " + folder + " has " + found.size() + " files of weights and no index: "
                            + found.stream()
                                    .map(file -> String.valueOf(file.getFileName()))
                                    .limit(5)
                                    .toList() + ".");
        }
        return found.get(0);
    }

    private static List<Path> list(Path folder, Predicate<Path> wanted) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(wanted).sorted().toList();
        } catch (IOException e) {
            throw new CheckpointException("Folder " + folder + " cannot be listed: " + e.getMessage() + ".", e);
        }
    }

    /** Also with a variant in its name: {@code model.safetensors.index.fp16.json}. */
    private static boolean isIndex(Path file) {
        return file.toString().endsWith(".json") && file.toString().contains(".safetensors.index.");
    }

    private static Found read(Path file) {
        return new Found(file, isIndex(file) ? readShards(file) : readSingle(file));
    }

    private static Map<String, SafetensorsFile> readSingle(Path path) {
        SafetensorsFile file = open(path);
        Map<String, SafetensorsFile> holders = new TreeMap<>();
        file.header().tensors().keySet().forEach(name -> holders.put(name, file));
        return holders;
    }

    private static Map<String, SafetensorsFile> readShards(Path index) {
        Map<String, SafetensorsFile> shards = new HashMap<>();
        Map<String, SafetensorsFile> holders = new TreeMap<>();
        ConfigFile.read(index).strings("weight_map").forEach((tensor, shard) -> {
            SafetensorsFile file = shards.computeIfAbsent(shard, name -> open(shard(index, name)));
            if (file.header().tensor(tensor).isEmpty()) {
                throw new CheckpointException("Tensor " + tensor + " is missing in " + file.path() + ", where "
                        + index.getFileName() + " says it is.");
            }
            holders.put(tensor, file);
        });
        return holders;
    }

    private static Path shard(Path index, String name) {
        Path shard = index.resolveSibling(name);
        if (name.contains("/") || name.contains("\\") || name.equals("..") || !name.endsWith(SINGLE)) {
            throw new CheckpointException("File " + index + " names the shard \"" + name
                    + "\", expected a file name that ends in " + SINGLE + ".");
        }
        if (!Files.exists(shard)) {
            throw new CheckpointException("Shard " + shard + " is missing; " + index.getFileName() + " names it.");
        }
        return shard;
    }

    static SafetensorsFile open(Path path) {
        try {
            return SafetensorsFile.open(path, SafetensorsLimits.CHECKPOINT);
        } catch (SafetensorsException e) {
            throw new CheckpointException(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new CheckpointException("File " + path + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            throw new CheckpointException("File " + path + " cannot be found any more: " + e.getMessage() + ".", e);
        }
    }

    /** The deepest folder that all files are below: ONNX Runtime reads weights below one folder only. */
    static Path commonFolder(Collection<Path> files) {
        Path common = null;
        for (Path file : files) {
            Path parent = parent(file);
            while (common != null && !parent.startsWith(common)) {
                common = parent(common);
            }
            common = common == null ? parent : common;
        }
        if (common == null) {
            throw new IllegalArgumentException("There are no files.");
        }
        return common;
    }

    private static Path parent(Path path) {
        Path parent = path.getParent();
        if (parent == null) {
            throw new CheckpointException("File " + path + " has no folder in common with the others; put the cache on"
                    + " the checkpoint's drive.");
        }
        return parent;
    }
}
