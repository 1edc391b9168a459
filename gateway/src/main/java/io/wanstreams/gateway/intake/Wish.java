package io.wanstreams.gateway.intake;

import io.wanstreams.contracts.request.VideoRequest;
import io.wanstreams.gateway.request.RequestDraft;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What an order asks for. */
public sealed interface Wish {

    /**
     * A new video, or several that differ in their seeds.
     *
     * @param draft what was asked for; its gaps are filled, its values checked
     * @param noise a safetensors file with initial latents, or null
     */
    record Fresh(RequestDraft draft, @Nullable Path noise) implements Wish {}

    /** A request that is complete, because another job was made from nearly the same. */
    record Derived(VideoRequest request) implements Wish {}
}
