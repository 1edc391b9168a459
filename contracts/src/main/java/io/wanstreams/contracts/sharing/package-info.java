/** One instance for values that many jobs have in common, so that boards of many jobs stay small. */
@NullMarked
package io.wanstreams.contracts.sharing;

import org.jspecify.annotations.NullMarked;
