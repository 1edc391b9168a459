/**
 * Byte streams of any size as chunks in one partition, read back with everything verified.
 * Readers believe nothing: limits come before allocation.
 */
@NullMarked
package io.wanstreams.transport.bundle;

import org.jspecify.annotations.NullMarked;
