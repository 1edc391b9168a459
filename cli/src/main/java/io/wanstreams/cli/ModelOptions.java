package io.wanstreams.cli;

import io.wanstreams.cli.ModelChanges.Lora;
import io.wanstreams.cli.client.VideosException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Options of commands that start a model. */
public final class ModelOptions {

    private static final List<String> PRECISIONS = List.of("auto", "fp32", "int8", "bf16", "w8");

    @Option(
            names = "--lora",
            paramLabel = "FILE[=STRENGTH]",
            description =
                    "Add this LoRA (safetensors) to the transformer, or to the expert for high noise. May be given"
                            + " several times. The result is served under a name of its own. Strength: 1 unless said.")
    private List<String> loras = new ArrayList<>();

    @Option(names = "--lora-2", paramLabel = "FILE[=STRENGTH]", description = "The same for the expert for low noise.")
    private List<String> loras2 = new ArrayList<>();

    @Option(
            names = "--precision",
            paramLabel = "NAME",
            defaultValue = "auto",
            description = "What transformers compute in. On a CPU fp32, int8 (a quarter of the memory, slightly other"
                    + " pixels), or auto: int8 where fp32 does not fit and the processor is made for it. On a GPU bf16,"
                    + " w8 (weights in eight bits), fp32, or auto: bf16. Default: ${DEFAULT-VALUE}.")
    private String precision = "auto";

    /**
     * What was asked for.
     *
     * @throws VideosException naming the option that is wrong
     */
    public ModelChanges changes() {
        List<Lora> all = new ArrayList<>();
        loras.forEach(text -> all.add(lora("--lora", "transformer", text)));
        loras2.forEach(text -> all.add(lora("--lora-2", "transformer_2", text)));
        if (!PRECISIONS.contains(precision)) {
            throw new VideosException("--precision " + precision + " is none of " + String.join(", ", PRECISIONS));
        }
        return new ModelChanges(all, precision);
    }

    private static Lora lora(String option, String component, String text) {
        int equals = text.lastIndexOf('=');
        String file = equals < 0 ? text : text.substring(0, equals);
        try {
            double strength = equals < 0 ? 1 : Double.parseDouble(text.substring(equals + 1));
            if (file.isEmpty() || !Double.isFinite(strength)) {
                throw new NumberFormatException();
            }
            return new Lora(component, Path.of(file), strength);
        } catch (NumberFormatException | InvalidPathException e) {
            throw new VideosException(
                    option + " " + text + " is not FILE or FILE=STRENGTH, for example motion.safetensors=0.8", e);
        }
    }
}
