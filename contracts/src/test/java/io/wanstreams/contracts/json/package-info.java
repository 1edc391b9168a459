/** Tests of the JSON and CloudEvents form of the contracts. */
@NullMarked
package io.wanstreams.contracts.json;

import org.jspecify.annotations.NullMarked;
