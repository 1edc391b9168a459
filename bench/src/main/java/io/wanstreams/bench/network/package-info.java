/**
 * The networks' speed and memory, on random weights of real sizes.
 * Nothing here needs a published checkpoint.
 */
@NullMarked
package io.wanstreams.bench.network;

import org.jspecify.annotations.NullMarked;
