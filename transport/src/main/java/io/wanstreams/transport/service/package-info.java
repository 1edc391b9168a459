/**
 * What every service process is made of: its model and worker's name, the start on a thread of its own, and the stop in order.
 * Plain classes that read no configuration; each service gives them its settings.
 */
@NullMarked
package io.wanstreams.transport.service;

import org.jspecify.annotations.NullMarked;
