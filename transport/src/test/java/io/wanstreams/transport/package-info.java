/**
 * What all tests of this module use.
 * They share one broker in this JVM; each test takes a model name and job ids of its own.
 */
@NullMarked
package io.wanstreams.transport;

import org.jspecify.annotations.NullMarked;
