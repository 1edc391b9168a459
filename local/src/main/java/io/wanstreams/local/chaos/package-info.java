/**
 * {@code ./wan chaos}: services and broker as processes that die by a schedule, with a faulty network between them, and a look at
 * every job when all is quiet again. The schedule is a pure function of a seed; how the processes get through it is not.
 */
@NullMarked
package io.wanstreams.local.chaos;

import org.jspecify.annotations.NullMarked;
