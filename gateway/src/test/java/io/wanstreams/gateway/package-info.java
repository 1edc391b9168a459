/** What the tests of this module share. */
@NullMarked
package io.wanstreams.gateway;

import org.jspecify.annotations.NullMarked;
