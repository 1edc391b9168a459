/** From a draft to a submitted job, for HTTP and CloudEvents alike. */
@NullMarked
package io.wanstreams.gateway.intake;

import org.jspecify.annotations.NullMarked;
