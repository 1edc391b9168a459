package io.wanstreams.gateway.intake;

import io.wanstreams.contracts.request.VideoRequest;
import io.wanstreams.gateway.request.RequestDraft;

/** What an order asks for. */
public sealed interface Wish {

    /**
     * A new video, or several that differ in their seeds.
     *
     * @param draft what was asked for; its gaps are filled, its values checked
     * @param uploads the files that came with it
     */
    record Fresh(RequestDraft draft, Uploads uploads) implements Wish {}

    /** A request that is complete, because another job was made from nearly the same. */
    record Derived(VideoRequest request) implements Wish {}
}
