/** Tests of the schemas, against real events and against the files in the documentation. */
@NullMarked
package io.wanstreams.contracts.schema;

import org.jspecify.annotations.NullMarked;
