package io.wanstreams.tensors;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns the JSON of a safetensors header into its table; one token at a time, no tree. */
final class HeaderParser {
    private static final String METADATA = "__metadata__";

    private final JsonParser json;
    private final SafetensorsLimits limits;
    private final Map<String, TensorInfo> tensors = new LinkedHashMap<>();
    private @Nullable Map<String, String> metadata;

    private HeaderParser(JsonParser json, SafetensorsLimits limits) {
        this.json = json;
        this.limits = limits;
    }

    static SafetensorsHeader parse(ByteBuffer bytes, SafetensorsLimits limits) {
        int length = bytes.remaining();
        String text = decode(bytes);
        if (!text.startsWith("{")) {
            throw new SafetensorsException("The header does not begin with '{': not a safetensors file.");
        }
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(8)
                        .maxNumberLength(24)
                        .maxNameLength(limits.nameChars())
                        .maxStringLength(limits.headerBytes())
                        .build())
                .build();
        try (JsonParser json = factory.createParser(text)) {
            HeaderParser parser = new HeaderParser(json, limits);
            parser.readAll();
            Map<String, String> metadata = parser.metadata == null ? Map.of() : parser.metadata;
            return new SafetensorsHeader(SafetensorsHeader.PREFIX_BYTES + (long) length, parser.tensors, metadata);
        } catch (IOException e) {
            throw new SafetensorsException("The header is not valid JSON: " + firstLine(e) + ".", e);
        }
    }

    private static String decode(ByteBuffer bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(bytes)
                    .toString();
        } catch (CharacterCodingException e) {
            throw new SafetensorsException("The header is not valid UTF-8.", e);
        }
    }

    private static String firstLine(IOException e) {
        String message = String.valueOf(e.getMessage());
        return message.lines().findFirst().orElse("unreadable");
    }

    private void readAll() throws IOException {
        json.nextToken();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = checkedName(json.currentName());
            json.nextToken();
            if (name.equals(METADATA)) {
                readMetadata();
            } else {
                add(readTensor(name));
            }
        }
        if (json.nextToken() != null) {
            throw new SafetensorsException("The header has text behind its closing brace.");
        }
    }

    private void add(TensorInfo tensor) {
        if (tensors.putIfAbsent(tensor.name(), tensor) != null) {
            throw new SafetensorsException("Tensor " + tensor.name() + " is listed twice.");
        }
        if (tensors.size() > limits.tensors()) {
            throw new SafetensorsException("The file has more than " + limits.tensors() + " tensors.");
        }
    }

    private void readMetadata() throws IOException {
        if (metadata != null) {
            throw new SafetensorsException("__metadata__ is listed twice.");
        }
        expect(JsonToken.START_OBJECT, METADATA, "an object of strings");
        Map<String, String> entries = new HashMap<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String key = checkedName(json.currentName());
            json.nextToken();
            expect(JsonToken.VALUE_STRING, METADATA + "." + key, "a string");
            if (entries.put(key, json.getText()) != null) {
                throw new SafetensorsException("__metadata__ lists " + key + " twice.");
            }
        }
        metadata = entries;
    }

    private TensorInfo readTensor(String name) throws IOException {
        expect(JsonToken.START_OBJECT, name, "an object with dtype, shape and data_offsets");
        DType type = null;
        long[] dims = null;
        long[] offsets = null;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            json.nextToken();
            if (field.equals("dtype") && type == null) {
                type = readType(name);
            } else if (field.equals("shape") && dims == null) {
                dims = readNumbers(name, field, Shape.MAX_RANK);
            } else if (field.equals("data_offsets") && offsets == null) {
                offsets = readNumbers(name, field, 2);
            } else {
                throw new SafetensorsException(
                        "Tensor " + name + " has an unknown or repeated field " + quoted(field) + ".");
            }
        }
        if (type == null || dims == null || offsets == null || offsets.length != 2) {
            throw new SafetensorsException("Tensor " + name + " needs dtype, shape and two data_offsets.");
        }
        return checked(name, type, dims, offsets);
    }

    private TensorInfo checked(String name, DType type, long[] dims, long[] offsets) {
        if (offsets[1] > limits.dataBytes()) {
            throw new SafetensorsException("Tensor " + name + " ends at data byte " + offsets[1] + ", allowed are "
                    + limits.dataBytes() + ".");
        }
        try {
            return new TensorInfo(name, type, Shape.of(dims), offsets[0], offsets[1]);
        } catch (IllegalArgumentException e) {
            throw new SafetensorsException("Tensor " + name + " is wrong: " + e.getMessage(), e);
        }
    }

    private DType readType(String name) throws IOException {
        expect(JsonToken.VALUE_STRING, name + ".dtype", "a string");
        String text = json.getText();
        return DType.named(text)
                .orElseThrow(() ->
                        new SafetensorsException("Tensor " + name + " has the unknown dtype " + quoted(text) + "."));
    }

    private long[] readNumbers(String name, String field, int most) throws IOException {
        expect(JsonToken.START_ARRAY, name + "." + field, "an array of whole numbers");
        long[] numbers = new long[most];
        int count = 0;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            expect(JsonToken.VALUE_NUMBER_INT, name + "." + field, "an array of whole numbers");
            if (count == most) {
                throw new SafetensorsException(
                        "Tensor " + name + " has more than " + most + " numbers in " + field + ".");
            }
            numbers[count++] = readNumber(name, field);
        }
        return Arrays.copyOf(numbers, count);
    }

    private long readNumber(String name, String field) throws IOException {
        boolean fits = json.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
        if (!fits || json.getLongValue() < 0) {
            throw new SafetensorsException("Tensor " + name + " has " + json.getText() + " in " + field
                    + ", allowed are 0 to " + Long.MAX_VALUE + ".");
        }
        return json.getLongValue();
    }

    private void expect(JsonToken token, String where, String what) {
        if (json.currentToken() != token) {
            throw new SafetensorsException("The header has something else at " + where + ", expected " + what + ".");
        }
    }

    private String checkedName(String name) {
        if (name.length() > limits.nameChars()) {
            throw new SafetensorsException(
                    "A name of " + name.length() + " characters is longer than " + limits.nameChars() + ".");
        }
        if (name.isEmpty() || !StandardCharsets.UTF_8.newEncoder().canEncode(name)) {
            throw new SafetensorsException("The header has an empty name or one with half a character.");
        }
        return name;
    }

    private static String quoted(String text) {
        return '"' + (text.length() <= 40 ? text : text.substring(0, 40) + "…") + '"';
    }
}
