/** Progress messages: what a worker says while it works. Not facts; the fold never sees them. */
@NullMarked
package io.wanstreams.contracts.progress;

import org.jspecify.annotations.NullMarked;
