/**
 * Reads everything that is on the topics after the work is over and says what does not add up. It trusts nothing that the
 * services remember: only records, offsets and groups.
 */
@NullMarked
package io.wanstreams.transport.verify;

import org.jspecify.annotations.NullMarked;
