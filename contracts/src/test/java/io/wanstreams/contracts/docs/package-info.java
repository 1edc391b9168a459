/** Documentation is held to the code it describes. */
@NullMarked
package io.wanstreams.contracts.docs;

import org.jspecify.annotations.NullMarked;
