package io.wanstreams.local;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanstreams.cli.ModelChanges;
import io.wanstreams.cli.ModelChanges.Lora;
import io.wanstreams.cli.client.OneSentence;
import io.wanstreams.cli.client.VideosException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;

/** Writes the file that describes a checkpoint with LoRAs, for the services to read. */
final class DerivedModel {

    private DerivedModel() {}

    /**
     * The model to serve: the checkpoint itself where nothing is changed.
     *
     * @param folder where a model file is put; its name tells checkpoint, first LoRA and what was chosen
     */
    static Path of(Path checkpoint, ModelChanges changes, Path folder) {
        if (changes.loras().isEmpty()) {
            return checkpoint;
        }
        JsonMapper mapper = new JsonMapper();
        ObjectNode model = mapper.createObjectNode();
        model.put("base", absolute(checkpoint));
        ArrayNode loras = model.putArray("loras");
        for (Lora lora : changes.loras()) {
            loras.addObject()
                    .put("file", absolute(lora.file()))
                    .put("strength", lora.strength())
                    .put("component", lora.component());
        }
        byte[] json = model.toPrettyString().getBytes(StandardCharsets.UTF_8);
        Path file = folder.resolve(name(checkpoint, changes, json) + ".json");
        try {
            Files.createDirectories(folder);
            Files.write(file, json);
            return file;
        } catch (IOException e) {
            throw new VideosException("Cannot write " + file + ": " + OneSentence.of(e), e);
        }
    }

    private static String name(Path checkpoint, ModelChanges changes, byte[] json) {
        CRC32 choice = new CRC32();
        choice.update(json);
        String base = shortened(ModelName.of(checkpoint));
        String lora = shortened(ModelName.of(changes.loras().get(0).file()));
        return String.format("%s-%s-%08x", base, lora, choice.getValue());
    }

    private static String shortened(String name) {
        return name.substring(0, Math.min(name.length(), 18)).replaceAll("[-.]+$", "");
    }

    private static String absolute(Path path) {
        return path.toAbsolutePath().normalize().toString();
    }
}
