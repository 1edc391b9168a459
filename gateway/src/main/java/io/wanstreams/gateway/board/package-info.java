/** The job board: the fold of the whole log, kept hot, and the newest progress of each job. */
@NullMarked
package io.wanstreams.gateway.board;

import org.jspecify.annotations.NullMarked;
