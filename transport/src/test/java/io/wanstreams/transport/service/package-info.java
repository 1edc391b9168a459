/**
 * Tests of what every service process is made of.
 * They need no broker.
 */
@NullMarked
package io.wanstreams.transport.service;

import org.jspecify.annotations.NullMarked;
