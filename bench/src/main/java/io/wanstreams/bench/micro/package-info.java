/**
 * JMH benchmarks of the few pure functions that every chunk and every event passes.
 * Run with: bench jmh
 */
@NullMarked
package io.wanstreams.bench.micro;

import org.jspecify.annotations.NullMarked;
