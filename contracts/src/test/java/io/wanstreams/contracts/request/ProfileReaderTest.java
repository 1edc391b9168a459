package io.wanstreams.contracts.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wanstreams.contracts.job.StageName;
import io.wanstreams.contracts.json.ContractJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The directories are built here: configs as Diffusers writes them, reduced to what a profile is made of. */
class ProfileReaderTest {

    private static final String TWO_EXPERTS =
            "{'_class_name':'WanPipeline','boundary_ratio':0.875,'expand_timesteps':false,"
                    + "'transformer_2':['diffusers','WanTransformer3DModel']}";
    private static final String ONE_EXPERT =
            "{'_class_name':'WanPipeline','boundary_ratio':null,'expand_timesteps':true,'transformer_2':[null,null]}";
    private static final String CARD =
            "{'name':'demo','defaults':{'width':256,'height':128,'num_frames':25,'fps':12,'num_inference_steps':20,"
                    + "'guidance_scale':3.5,'guidance_scale_2':2.0,'flow_shift':4.0},'sizes':['256x128']}";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void readsATwoExpertCheckpoint() throws IOException {
        checkpoint(TWO_EXPERTS, "{'out_channels':16,'patch_size':[1,2,2]}", "{}", "{'flow_shift':3.0}");
        ModelProfile profile = ProfileReader.read("t2v", directory);
        assertThat(profile)
                .isEqualTo(new ModelProfile(
                        "t2v",
                        true,
                        false,
                        0.875,
                        16,
                        8,
                        4,
                        2,
                        ImageInput.REFUSED,
                        Preset.WAN,
                        new ModelDefaults(
                                1280, 720, 81, 16, 40, 4.0, 3.0, 12.0, SigmaGrid.WAN, FamilyDefaults.NEGATIVE_PROMPT),
                        new ModelDefaults(832, 480, 81, 16, 50, 5.0, 5.0, 3.0, SigmaGrid.DIFFUSERS, ""),
                        List.of(),
                        81));
        assertThat(profile.route()).isEqualTo(StageName.TWO_EXPERTS);
        assertThat(profile.sizeMultiple()).isEqualTo(16);
        assertThat(profile.defaults(Preset.WAN)).isEqualTo(profile.wan());
        assertThat(profile.defaults(Preset.DIFFUSERS)).isEqualTo(profile.diffusers());
    }

    @Test
    void readsAOneExpertCheckpoint() throws IOException {
        checkpoint(
                ONE_EXPERT,
                "{'out_channels':48,'patch_size':[1,2,2]}",
                "{'scale_factor_spatial':16,'scale_factor_temporal':4}",
                "{'flow_shift':5.0}");
        assertThat(ProfileReader.read("ti2v", directory))
                .isEqualTo(new ModelProfile(
                        "ti2v",
                        false,
                        true,
                        null,
                        48,
                        16,
                        4,
                        2,
                        ImageInput.OPTIONAL,
                        Preset.WAN,
                        new ModelDefaults(
                                1280, 704, 121, 24, 50, 5.0, 5.0, 5.0, SigmaGrid.WAN, FamilyDefaults.NEGATIVE_PROMPT),
                        new ModelDefaults(832, 480, 81, 24, 50, 5.0, 5.0, 5.0, SigmaGrid.DIFFUSERS, ""),
                        List.of(),
                        121));
        assertThat(ProfileReader.read("ti2v", directory).route()).isEqualTo(StageName.ONE_EXPERT);
    }

    @Test
    void readsACheckpointThatNeedsAnImage() throws IOException {
        checkpoint(
                TWO_EXPERTS.replace("WanPipeline", "WanImageToVideoPipeline"),
                "{'in_channels':36,'out_channels':16}",
                "{}",
                "{'flow_shift':3.0}");
        ModelProfile profile = ProfileReader.read("i2v", directory);
        assertThat(profile.image()).isEqualTo(ImageInput.REQUIRED);
        assertThat(profile.latentChannels()).isEqualTo(16);
        assertThat(profile.wan().guidanceScale()).isEqualTo(3.5);
        assertThat(profile.wan().guidanceScale2()).isEqualTo(3.5);
        assertThat(profile.wan().flowShift()).isEqualTo(5.0);
        assertThat(profile.diffusers().flowShift()).isEqualTo(3.0);
    }

    @Test
    void aProfileFromBeforeImagesTakesNone() throws IOException {
        checkpoint(ONE_EXPERT, "{}", "{}", "{}");
        ModelProfile profile = ProfileReader.read("m", directory);
        assertThat(profile.image()).isEqualTo(ImageInput.OPTIONAL);
        String json = new String(ContractJson.write(profile), StandardCharsets.UTF_8);
        String older = json.replace("\"image\":\"optional\",", "");
        assertThat(older).isNotEqualTo(json);
        assertThat(ContractJson.read(older.getBytes(StandardCharsets.UTF_8), ModelProfile.class)
                        .image())
                .isEqualTo(ImageInput.REFUSED);
    }

    @Test
    void theCardComesBeforeTheFamily() throws IOException {
        checkpoint(TWO_EXPERTS, "{}", "{'scale_factor_spatial':16}", "{'flow_shift':3.0}");
        write("card.json", CARD);
        ModelProfile profile = ProfileReader.read("demo", directory);
        assertThat(profile.preset()).isEqualTo(Preset.DIFFUSERS);
        assertThat(profile.diffusers())
                .isEqualTo(new ModelDefaults(256, 128, 25, 12, 20, 3.5, 2.0, 4.0, SigmaGrid.DIFFUSERS, ""));
        assertThat(profile.wan())
                .isEqualTo(new ModelDefaults(
                        256, 128, 25, 12, 20, 3.5, 2.0, 4.0, SigmaGrid.WAN, FamilyDefaults.NEGATIVE_PROMPT));
        assertThat(profile.trainedSizes()).containsExactly("256x128");
        assertThat(profile.trainedFrames()).isEqualTo(25);
    }

    @Test
    void oneGuidanceScaleInTheCardIsThatOfBothExperts() throws IOException {
        checkpoint(TWO_EXPERTS, "{}", "{}", "{}");
        write("card.json", "{'preset':'wan','defaults':{'guidance_scale':6.0}}");
        ModelProfile profile = ProfileReader.read("demo", directory);
        assertThat(profile.preset()).isEqualTo(Preset.WAN);
        assertThat(profile.wan().guidanceScale()).isEqualTo(6.0);
        assertThat(profile.wan().guidanceScale2()).isEqualTo(6.0);
    }

    @Test
    void publishedDefaultsAreBroughtToWhatTheCheckpointCanMake() throws IOException {
        checkpoint(
                TWO_EXPERTS, "{'patch_size':[1,3,3]}", "{'scale_factor_spatial':16,'scale_factor_temporal':16}", "{}");
        ModelProfile profile = ProfileReader.read("odd", directory);
        assertThat(List.of(profile.wan().width(), profile.wan().height())).containsExactly(1248, 720);
        assertThat(List.of(profile.diffusers().width(), profile.diffusers().height()))
                .containsExactly(816, 480);
        checkpoint(ONE_EXPERT, "{}", "{'scale_factor_spatial':512,'scale_factor_temporal':7}", "{}");
        ModelProfile coarse = ProfileReader.read("odd", directory);
        assertThat(List.of(
                        coarse.wan().width(),
                        coarse.wan().height(),
                        coarse.wan().numFrames()))
                .containsExactly(1024, 1024, 120);
        assertThat(coarse.trainedFrames()).isEqualTo(120);
    }

    @Test
    void channelsDefaultToThoseThatGoIn() throws IOException {
        checkpoint(ONE_EXPERT, "{'in_channels':12,'out_channels':null}", "{}", "{}");
        assertThat(ProfileReader.read("m", directory).latentChannels()).isEqualTo(12);
    }

    @Test
    void theNegativePromptIsTheOriginalVerbatim() throws NoSuchAlgorithmException {
        byte[] digest = MessageDigest.getInstance("SHA-256")
                .digest(FamilyDefaults.NEGATIVE_PROMPT.getBytes(StandardCharsets.UTF_8));
        // sha256sum of the UTF-8 text in wan/configs/shared_config.py of the original repository.
        assertThat(HexFormat.of().formatHex(digest))
                .isEqualTo("ce96e0324e4b54ce4b6e867f669ca520952e1a34cc116543516b1897f0d3c47e");
    }

    @Test
    void aProfileFileStandsForACheckpoint() throws IOException {
        checkpoint(TWO_EXPERTS, "{}", "{}", "{}");
        ModelProfile profile = ProfileReader.read("demo", directory);
        Path file = Files.write(directory.resolve("demo.json"), ContractJson.write(profile));
        assertThat(ProfileReader.read("demo", file)).isEqualTo(profile);
        assertThatThrownBy(() -> ProfileReader.read("other", file))
                .isInstanceOf(ProfileException.class)
                .hasMessage(file + " describes model 'demo', expected 'other'.");
    }

    @Test
    void aModelFileHasTheProfileOfItsBaseUnderItsOwnName() throws IOException {
        checkpoint(TWO_EXPERTS, "{}", "{}", "{}");
        write("derived.json", "{'base':'.','loras':[]}");
        ModelProfile profile = ProfileReader.read("derived", directory.resolve("derived.json"));
        assertThat(profile.name()).isEqualTo("derived");
        ModelDefaults lightning = profile.defaults(Preset.LIGHTNING);
        assertThat(List.of(lightning.numInferenceSteps(), lightning.flowShift(), lightning.guidanceScale()))
                .containsExactly(4, 5.0, 1.0);
        assertThat(lightning.numFrames()).isEqualTo(profile.wan().numFrames());
        assertThat(profile.wan())
                .isEqualTo(ProfileReader.read("demo", directory).wan());
    }

    @Test
    void aProfileFileThatIsNoneIsRefused() throws IOException {
        Path file = directory.resolve("profile.json");
        for (String text : List.of("", "[]", "null", "{}", "{'name':'demo','two_experts':7}")) {
            write("profile.json", text);
            assertThatThrownBy(() -> ProfileReader.read("demo", file))
                    .as(text)
                    .isInstanceOf(ProfileException.class)
                    .hasMessageStartingWith(file + " is not a model profile: ModelProfile: ");
        }
        assertThatThrownBy(() -> ProfileReader.read("demo", directory.resolve("none.json")))
                .isInstanceOf(ProfileException.class)
                .hasMessageEndingWith("none.json cannot be read: expected a Diffusers directory or a profile file.");
    }

    @ParameterizedTest
    @CsvSource({
        "model_index.json",
        "transformer/config.json",
        "vae/config.json",
        "scheduler/scheduler_config.json",
    })
    void aFileThatIsMissingOrNoJsonIsNamed(String name) throws IOException {
        checkpoint(TWO_EXPERTS, "{}", "{}", "{}");
        Path file = directory.resolve(name);
        for (String text : List.of("", "{", "[]", "null", "{} {}", "\u0000")) {
            write(name, text);
            assertThatThrownBy(() -> ProfileReader.read("demo", directory))
                    .as(text)
                    .isInstanceOf(ProfileException.class)
                    .hasMessageStartingWith(file + " ")
                    .hasMessageContaining("JSON");
        }
        write(name, "{'x':'" + "y".repeat(1 << 20) + "'}");
        assertThatThrownBy(() -> ProfileReader.read("demo", directory))
                .isInstanceOf(ProfileException.class)
                .hasMessage(file + " is too long for a config: expected at most 1048576 bytes.");
        Files.delete(file);
        assertThatThrownBy(() -> ProfileReader.read("demo", directory))
                .isInstanceOf(ProfileException.class)
                .hasMessage(file + " cannot be read: expected a Diffusers directory or a profile file.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "model_index.json | '_class_name':'WanPipeline' | '_class_name':'FluxPipeline' | found FluxPipeline.",
                "model_index.json | '_class_name':'WanPipeline' | '_class_name':7 | expected a text as _class_name,"
                        + " found 7.",
                "model_index.json | 'boundary_ratio':0.875 | 'boundary_ratio':1 | expected a number between 0 and 1 as"
                        + " boundary_ratio",
                "model_index.json | 'boundary_ratio':0.875 | 'boundary_ratio':0 | found 0.",
                "model_index.json | 'boundary_ratio':0.875 | 'boundary_ratio':'7/8' | found \"7/8\".",
                "model_index.json | 'boundary_ratio':0.875 | 'boundary_ratio':null | boundary_ratio is missing",
                "model_index.json | 'expand_timesteps':false | 'expand_timesteps':0 | expected true or false as"
                        + " expand_timesteps",
                "model_index.json | ['diffusers','WanTransformer3DModel'] | 'yes' | as transformer_2, found \"yes\".",
                "transformer/config.json | 'patch_size':[1,2,2] | 'patch_size':[1,2] | expected [1, n, n] as"
                        + " patch_size",
                "transformer/config.json | 'patch_size':[1,2,2] | 'patch_size':[1,2,4] | found [1, 2, 4].",
                "transformer/config.json | 'patch_size':[1,2,2] | 'patch_size':[2,2,2] | found [2, 2, 2].",
                "transformer/config.json | 'patch_size':[1,2,2] | 'patch_size':[1,0,0] | expected a list of positive"
                        + " integers",
                "transformer/config.json | 'patch_size':[1,2,2] | 'patch_size':2 | expected a list of positive"
                        + " integers",
                "transformer/config.json | 'out_channels':16 | 'out_channels':0 | expected a positive integer as"
                        + " out_channels",
                "transformer/config.json | 'out_channels':16 | 'out_channels':1.5 | expected a positive integer as"
                        + " out_channels",
                "vae/config.json | 'scale_factor_spatial':8 | 'scale_factor_spatial':-8 | as scale_factor_spatial,"
                        + " found -8.",
                "vae/config.json | 'scale_factor_spatial':8 | 'scale_factor_spatial':2147483647 | multiple of"
                        + " 4294967294",
                "vae/config.json | 'scale_factor_temporal':4 | 'scale_factor_temporal':'4' | as scale_factor_temporal",
                "transformer/config.json | 'out_channels':16 | 'in_channels':20,'out_channels':16 | expected 16 or 36"
                        + " as in_channels, found 20.",
                "scheduler/scheduler_config.json | 'flow_shift':3.0 | 'flow_shift':0 | expected a positive number as"
                        + " flow_shift",
                "scheduler/scheduler_config.json | 'flow_shift':3.0 | 'flow_shift':1e999 | expected a positive number"
                        + " as flow_shift",
                "card.json | 'width':256 | 'width':'256' | expected a positive integer as width, found \"256\".",
                "card.json | 'width':256 | 'width':250 | default size of preset wan is a multiple of 16 each way,"
                        + " found 250x128.",
                "card.json | 'num_frames':25 | 'num_frames':24 | 1 more than a multiple of 4, found 24.",
                "card.json | 'guidance_scale':3.5 | 'guidance_scale':-1 | expected a positive number as guidance_scale",
                "card.json | 'name':'demo' | 'preset':'best' | expected wan or diffusers as preset, found best.",
                "card.json | 'name':'demo' | 'preset':7 | expected a text as preset, found 7.",
                "card.json | 'sizes':['256x128'] | 'sizes':['256'] | expected WIDTHxHEIGHT as sizes, found 256.",
                "card.json | 'sizes':['256x128'] | 'sizes':'256x128' | expected a list of texts as sizes",
                "card.json | 'defaults':{ | 'defaults':7,'x':{ | expected an object as defaults, found 7.",
            })
    void aValueOfTheWrongKindIsNamed(String name, String right, String wrong, String message) throws IOException {
        checkpoint(
                TWO_EXPERTS,
                "{'out_channels':16,'patch_size':[1,2,2]}",
                "{'scale_factor_spatial':8,'scale_factor_temporal':4}",
                "{'flow_shift':3.0}");
        write("card.json", CARD);
        assertThat(ProfileReader.read("demo", directory).twoExperts()).isTrue();
        String text = Files.readString(directory.resolve(name)).replace('"', '\'');
        assertThat(text).contains(right);
        write(name, text.replace(right, wrong));
        assertThatThrownBy(() -> ProfileReader.read("demo", directory))
                .isInstanceOf(ProfileException.class)
                .hasMessageContaining(directory.toString())
                .hasMessageContaining(message)
                .message()
                .hasSizeLessThan(400);
    }

    @Test
    void theDemoModelAndTheReferenceModelsHaveProfiles() {
        @Nullable String root = System.getProperty("wan.root");
        assertThat(root).isNotNull();
        Path golden = Path.of(root, "inference/src/test/golden");
        ModelProfile demo = ProfileReader.read("demo", Path.of(root, "demo-model"));
        assertThat(demo.trainedSizes()).isNotEmpty();
        assertThat(ProfileReader.read("t2v", golden.resolve("t2v")).route()).isEqualTo(StageName.TWO_EXPERTS);
        assertThat(ProfileReader.read("ti2v", golden.resolve("ti2v")).route()).isEqualTo(StageName.ONE_EXPERT);
        assertThat(ProfileReader.read("t2v", golden.resolve("t2v")).image()).isEqualTo(ImageInput.REFUSED);
        assertThat(ProfileReader.read("i2v", golden.resolve("i2v")).image()).isEqualTo(ImageInput.REQUIRED);
        assertThat(ProfileReader.read("ti2v", golden.resolve("ti2v")).image()).isEqualTo(ImageInput.OPTIONAL);
    }

    private void checkpoint(String index, String transformer, String vae, String scheduler) throws IOException {
        write("model_index.json", index);
        write("transformer/config.json", transformer);
        write("vae/config.json", vae);
        write("scheduler/scheduler_config.json", scheduler);
    }

    private void write(String name, String json) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, json.replace('\'', '"'));
    }
}
