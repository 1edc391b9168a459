/**
 * Tests of claims and of the stage loop.
 * They share one broker in this JVM; each test takes a model name and job ids of its own.
 */
@NullMarked
package io.wanstreams.transport.stage;

import org.jspecify.annotations.NullMarked;
