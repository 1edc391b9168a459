/** What downstream systems hear: one result per finished job. */
@NullMarked
package io.wanstreams.contracts.result;

import org.jspecify.annotations.NullMarked;
