/**
 * An exhaustive walk through everything that can happen to one job: the production fold, ticket decision and dispatch
 * rules under every interleaving of two workers and a dispatcher, with faults.
 */
@NullMarked
package io.wanstreams.contracts.exploration;

import org.jspecify.annotations.NullMarked;
