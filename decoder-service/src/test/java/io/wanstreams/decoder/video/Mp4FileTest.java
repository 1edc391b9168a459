package io.wanstreams.decoder.video;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Mp4FileTest {

    @TempDir
    Path folder;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Test
    void aWholeFileWithItsIndexFirstIsGood() throws IOException {
        box("ftyp", 16);
        box("moov", 100);
        longBox("mdat", 1000);

        assertThatCode(() -> Mp4File.check(written())).doesNotThrowAnyException();
    }

    @Test
    void anIndexBehindThePicturesIsRefused() throws IOException {
        box("ftyp", 16);
        box("mdat", 1000);
        box("moov", 100);

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> Mp4File.check(written()))
                .withMessageContaining("[ftyp, mdat, moov]");
    }

    @Test
    void aFileWithoutIndexIsRefused() throws IOException {
        box("ftyp", 16);
        box("mdat", 1000);

        assertThatExceptionOfType(IOException.class).isThrownBy(() -> Mp4File.check(written()));
    }

    @Test
    void aBoxCutOffIsRefused() throws IOException {
        box("ftyp", 16);
        box("moov", 100);
        box("mdat", 1000);
        Path file = folder.resolve("cut.mp4");
        Files.write(file, java.util.Arrays.copyOf(bytes.toByteArray(), bytes.size() - 1));

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> Mp4File.check(file))
                .withMessageContaining("mdat");
    }

    @Test
    void aHeaderCutOffIsRefused() throws IOException {
        box("ftyp", 16);
        bytes.write(0);

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> Mp4File.check(written()))
                .withMessageContaining("cut off");
    }

    @Test
    void aBoxWithoutEndIsRefused() throws IOException {
        header("ftyp", 0);

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> Mp4File.check(written()))
                .withMessageContaining("claims 0 bytes");
    }

    private Path written() throws IOException {
        return Files.write(folder.resolve("file.mp4"), bytes.toByteArray());
    }

    private void box(String type, int content) throws IOException {
        header(type, 8 + content);
        bytes.write(new byte[content]);
    }

    private void longBox(String type, int content) throws IOException {
        header(type, 1);
        new DataOutputStream(bytes).writeLong(16L + content);
        bytes.write(new byte[content]);
    }

    private void header(String type, int length) throws IOException {
        new DataOutputStream(bytes).writeInt(length);
        bytes.write(type.getBytes(StandardCharsets.US_ASCII));
    }
}
