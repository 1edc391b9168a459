/** Pools of workers under load: how much of their time is idle, how many jobs pass, how they fare beside a long log. */
@NullMarked
package io.wanstreams.bench.load;

import org.jspecify.annotations.NullMarked;
