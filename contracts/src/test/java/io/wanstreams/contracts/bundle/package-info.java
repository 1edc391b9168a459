/** Tests of bundle references and chunk headers. */
@NullMarked
package io.wanstreams.contracts.bundle;

import org.jspecify.annotations.NullMarked;
