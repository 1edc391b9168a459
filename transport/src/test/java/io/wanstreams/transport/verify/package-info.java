/** Tests of the job verifier: every planted fault is reported, and nothing else is. */
@NullMarked
package io.wanstreams.transport.verify;

import org.jspecify.annotations.NullMarked;
