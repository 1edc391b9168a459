/** What the dispatcher decides about a job from its fold and from what was observed. Pure; acts nowhere. */
@NullMarked
package io.wanstreams.contracts.dispatch;

import org.jspecify.annotations.NullMarked;
