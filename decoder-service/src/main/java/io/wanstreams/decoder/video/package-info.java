/** Frames become files: H.264 in MP4, JPEG, safetensors. Knows nothing of jobs, models or Kafka. */
@NullMarked
package io.wanstreams.decoder.video;

import org.jspecify.annotations.NullMarked;
