/**
 * Images as clients send them: PNG, JPEG, WebP. Nothing is believed: what the header says is checked before anything is
 * decoded, and every refusal is one sentence. Pixels are those that Pillow's {@code convert("RGB")} gives: alpha is dropped,
 * colour profiles are not applied. And pictures of ours as JPEG.
 */
@NullMarked
package io.wanstreams.images;

import org.jspecify.annotations.NullMarked;
