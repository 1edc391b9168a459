/** JSON Schemas of the contracts, made from the records themselves. */
@NullMarked
package io.wanstreams.contracts.schema;

import org.jspecify.annotations.NullMarked;
