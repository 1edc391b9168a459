package io.wanstreams.tensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsHeaderTest {
    private static final SafetensorsLimits LIMITS = new SafetensorsLimits(4096, 4, 40, 1 << 20);

    @Test
    void readsNamesTypesShapesAndMetadata() {
        SafetensorsHeader header = read("{\"__metadata__\":{\"format\":\"pt\"},"
                + "\"b\":{\"dtype\":\"F32\",\"shape\":[2,2],\"data_offsets\":[2,18]},"
                + "\"a\":{\"dtype\":\"BF16\",\"shape\":[],\"data_offsets\":[0,2]}}  ");
        assertThat(header.tensors()).containsOnlyKeys("a", "b");
        assertThat(header.tensor("b")).contains(new TensorInfo("b", DType.F32, Shape.of(2, 2), 2, 18));
        assertThat(header.metadata()).containsEntry("format", "pt");
        assertThat(header.dataBytes()).isEqualTo(18);
        assertThat(header.inFileOrder()).extracting(TensorInfo::name).containsExactly("a", "b");
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', textBlock = """
            {'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]},'a':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}} | Tensor a is listed twice
            {'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},'b':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}} | overlap
            {'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]},'b':{'dtype':'F32','shape':[1],'data_offsets':[8,12]}} | leave a hole
            {'a':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}} | leave a hole
            {'a':{'dtype':'F32','shape':[3],'data_offsets':[0,8]}} | takes 12 bytes
            {'a':{'dtype':'F32','shape':[1],'data_offsets':[8,4]}} | its offsets are [8,4]
            {'a':{'dtype':'F32','shape':[4294967296,4294967296],'data_offsets':[0,4]}} | more elements than 64 bits
            {'a':{'dtype':'F32','shape':[4611686018427387904],'data_offsets':[0,4]}} | more elements than 64 bits
            {'a':{'dtype':'F32','shape':[-1],'data_offsets':[0,4]}} | has -1 in shape
            {'a':{'dtype':'F32','shape':[99999999999999999999],'data_offsets':[0,4]}} | has 99999999999999999999 in shape
            {'a':{'dtype':'F32','shape':[1.0],'data_offsets':[0,4]}} | something else at a.shape
            {'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4,8]}} | more than 2 numbers in data_offsets
            {'a':{'dtype':'F32','shape':[1],'data_offsets':[0]}} | two data_offsets
            {'a':{'dtype':'F32','shape':[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1],'data_offsets':[0,4]}} | more than 16 numbers in shape
            {'a':{'dtype':'F33','shape':[1],'data_offsets':[0,4]}} | unknown dtype
            {'a':{'dtype':'F32','data_offsets':[0,4]}} | needs dtype, shape
            {'a':{'dtype':'F32','shape':[1],'shape':[1],'data_offsets':[0,4]}} | unknown or repeated field "shape"
            {'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4],'x':1}} | unknown or repeated field "x"
            {'a':7} | something else at a
            {'':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}} | empty name
            {'\\ud800':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}} | half a character
            {'a':{'dtype':'U8','shape':[2000000],'data_offsets':[0,2000000]}} | allowed are 1048576
            {'__metadata__':{'a':1}} | something else at __metadata__.a
            {'__metadata__':{'a':'1','a':'2'}} | lists a twice
            {'__metadata__':{},'__metadata__':{}} | __metadata__ is listed twice
            {'a':{'dtype':'U8','shape':[0],'data_offsets':[0,0]},'b':{'dtype':'U8','shape':[0],'data_offsets':[0,0]},'c':{'dtype':'U8','shape':[0],'data_offsets':[0,0]},'d':{'dtype':'U8','shape':[0],'data_offsets':[0,0]},'e':{'dtype':'U8','shape':[0],'data_offsets':[0,0]}} | more than 4 tensors
            {'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa':{}} | exceeds the maximum allowed
            {'a':[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]} | something else at a
            {'a':{'dtype':'F32','shape':[[[[[[[[[[1]]]]]]]]]],'data_offsets':[0,4]}} | something else at a.shape
            {} {} | behind its closing brace
            {'a':  | not valid JSON
            {'a':{'dtype':'F32' | not valid JSON
            [] | does not begin
            """)
    void refusesWithOneClearSentence(String header, String sentence) {
        assertThatExceptionOfType(SafetensorsException.class)
                .isThrownBy(() -> read(header.replace('\'', '"')))
                .satisfies(e -> assertThat(e.getMessage()).hasLineCount(1))
                .withMessageContaining(sentence);
    }

    @Test
    void refusesBadUtf8() {
        byte[] header = "{\"?\":{}}".getBytes(StandardCharsets.UTF_8);
        header[2] = (byte) 0xff;
        assertThatExceptionOfType(SafetensorsException.class)
                .isThrownBy(() -> SafetensorsHeader.read(ByteBuffer.wrap(SafetensorsBytes.file(header, 0)), LIMITS))
                .withMessageContaining("UTF-8");
    }

    @Test
    void refusesALongHeaderBeforeReadingIt() {
        for (long claim : new long[] {-1, 0, 1, 4097, Long.MAX_VALUE}) {
            ByteBuffer bytes = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
            bytes.putLong(0, claim);
            assertThatExceptionOfType(SafetensorsException.class)
                    .isThrownBy(() -> SafetensorsHeader.read(bytes, LIMITS))
                    .withMessageContaining(Long.toUnsignedString(claim) + " bytes, allowed are 2 to 4096");
        }
    }

    @Test
    void refusesAHeaderThatIsCutOff() throws IOException {
        byte[] whole = SafetensorsBytes.file("{ }", 0);
        for (int length = 0; length < whole.length; length++) {
            ByteArrayInputStream part = new ByteArrayInputStream(whole, 0, length);
            assertThatExceptionOfType(SafetensorsException.class)
                    .isThrownBy(() -> SafetensorsHeader.read(Channels.newChannel(part), LIMITS))
                    .withMessageContaining("cut off");
        }
        assertThat(SafetensorsHeader.read(Channels.newChannel(new ByteArrayInputStream(whole)), LIMITS)
                        .tensors())
                .isEmpty();
    }

    private static SafetensorsHeader read(String header) {
        return SafetensorsHeader.read(ByteBuffer.wrap(SafetensorsBytes.file(header, 0)), LIMITS);
    }
}
