package io.wanstreams.gateway.request;

import io.wanstreams.contracts.request.ImageInput;
import io.wanstreams.contracts.request.ModelDefaults;
import io.wanstreams.contracts.request.ModelProfile;
import io.wanstreams.contracts.request.Preset;
import io.wanstreams.contracts.request.SigmaGrid;
import java.time.Duration;
import java.util.List;

/** Profiles and limits for tests: the published shapes of the family (spec transformer-and-text §1). */
public final class Profiles {

    public static final ModelProfile A14B = new ModelProfile(
            "wan2.2-t2v-a14b",
            true,
            false,
            0.875,
            16,
            8,
            4,
            2,
            ImageInput.REFUSED,
            Preset.WAN,
            new ModelDefaults(1280, 720, 81, 16, 40, 4.0, 3.0, 12.0, SigmaGrid.WAN, "ugly"),
            new ModelDefaults(832, 480, 81, 16, 50, 5.0, 5.0, 3.0, SigmaGrid.DIFFUSERS, ""),
            List.of("1280x720", "832x480"),
            81);

    public static final ModelProfile TI2V_5B = new ModelProfile(
            "wan2.2-ti2v-5b",
            false,
            true,
            null,
            48,
            16,
            4,
            2,
            ImageInput.OPTIONAL,
            Preset.WAN,
            new ModelDefaults(1280, 704, 121, 24, 50, 5.0, 5.0, 5.0, SigmaGrid.WAN, "ugly"),
            new ModelDefaults(832, 480, 81, 24, 50, 5.0, 5.0, 5.0, SigmaGrid.DIFFUSERS, ""),
            List.of(),
            121);

    public static final ModelProfile I2V_A14B = new ModelProfile(
            "wan2.2-i2v-a14b",
            true,
            false,
            0.9,
            16,
            8,
            4,
            2,
            ImageInput.REQUIRED,
            Preset.WAN,
            new ModelDefaults(1280, 720, 81, 16, 40, 3.5, 3.5, 5.0, SigmaGrid.WAN, "ugly"),
            new ModelDefaults(832, 480, 81, 16, 50, 5.0, 5.0, 3.0, SigmaGrid.DIFFUSERS, ""),
            List.of(),
            81);

    public static final RequestLimits LIMITS = new RequestLimits(
            1000, 500, 1_000_000, 200, 120_000, 16, 64, 512, 4, Duration.ofHours(12), Duration.ofHours(24));

    private Profiles() {}

    public static RequestResolver resolver() {
        return new RequestResolver(List.of(A14B, TI2V_5B), LIMITS);
    }
}
