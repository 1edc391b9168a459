/**
 * Named places where a process can be made to die, to show that nothing is lost there. Without the setting they do
 * nothing.
 */
@NullMarked
package io.wanstreams.transport.crash;

import org.jspecify.annotations.NullMarked;
