/** Tests of the package of the same name. */
@NullMarked
package io.wanstreams.gateway.intake;

import org.jspecify.annotations.NullMarked;
