/** What a client asked for: from JSON or form fields to a draft, and from a draft to the request that is carried out, or a refusal that says what would be valid. */
@NullMarked
package io.wanstreams.gateway.request;

import org.jspecify.annotations.NullMarked;
