/** Tests of requests and model profiles. */
@NullMarked
package io.wanstreams.contracts.request;

import org.jspecify.annotations.NullMarked;
