/** Tests of job events and their fold. */
@NullMarked
package io.wanstreams.contracts.job;

import org.jspecify.annotations.NullMarked;
