/**
 * Heartbeats of running stages and their readers. Not facts: lost ones are not missed.
 * Every queue is one value deep: the newest progress replaces the older.
 */
@NullMarked
package io.wanstreams.transport.progress;

import org.jspecify.annotations.NullMarked;
