/**
 * The arithmetic of measuring: percentiles, fair turns, the machine's name.
 * Nothing here knows what is measured.
 */
@NullMarked
package io.wanstreams.bench.measure;

import org.jspecify.annotations.NullMarked;
