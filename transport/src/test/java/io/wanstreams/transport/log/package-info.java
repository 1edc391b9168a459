/**
 * Tests of the job log.
 * They share one broker in this JVM; each test takes a model name and job ids of its own.
 */
@NullMarked
package io.wanstreams.transport.log;

import org.jspecify.annotations.NullMarked;
