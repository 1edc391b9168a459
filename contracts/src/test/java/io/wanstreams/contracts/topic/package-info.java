/** Tests of the topic table and the documentation checked against it. */
@NullMarked
package io.wanstreams.contracts.topic;

import org.jspecify.annotations.NullMarked;
