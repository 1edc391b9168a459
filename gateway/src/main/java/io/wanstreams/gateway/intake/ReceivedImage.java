package io.wanstreams.gateway.intake;

import io.wanstreams.contracts.request.Preset;
import io.wanstreams.gateway.request.GivenImage;
import io.wanstreams.images.ImageFile;

/** An image that has come whole and whose header is fine: what it is, and its bytes as they were sent. */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record ReceivedImage(ImageFile file, byte[] bytes) {

    /**
     * What a request has to know of it.
     *
     * @param preset decides whether the picture is turned as the camera says
     */
    GivenImage given(Preset preset) {
        boolean upright = preset.turnsImagesUpright();
        return new GivenImage(file.width(upright), file.height(upright), null);
    }
}
