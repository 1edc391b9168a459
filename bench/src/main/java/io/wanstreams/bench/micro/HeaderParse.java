package io.wanstreams.bench.micro;

import io.wanstreams.tensors.Safetensors;
import io.wanstreams.tensors.SafetensorsLimits;
import io.wanstreams.tensors.SafetensorsReader;
import io.wanstreams.tensors.SafetensorsWriter;
import io.wanstreams.tensors.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Reading a safetensors header as every bundle's reader does, strictly. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class HeaderParse {

    /** 4 is what crosses between the experts, 64 the most that the wire allows. */
    @Param({"4", "64"})
    public int tensors;

    private ByteBuffer file = ByteBuffer.allocate(0);

    @Setup
    public void write() throws IOException {
        Map<String, Tensor> content = new TreeMap<>();
        for (int i = 0; i < tensors; i++) {
            content.put("solver.model_output." + i, Tensor.of(new float[16], 1, 16));
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        SafetensorsWriter.of(content).writeTo(Channels.newChannel(bytes));
        file = ByteBuffer.wrap(bytes.toByteArray());
    }

    @Benchmark
    public Safetensors parse() {
        return SafetensorsReader.read(file.duplicate(), SafetensorsLimits.WIRE);
    }
}
