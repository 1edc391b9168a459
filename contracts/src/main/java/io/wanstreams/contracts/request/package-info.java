/** What a client asks for, with every default resolved, and the profile of a model that resolves it. */
@NullMarked
package io.wanstreams.contracts.request;

import org.jspecify.annotations.NullMarked;
