/**
 * What a program found, as a table for people or as JSON for machines.
 * One form for all programs.
 */
@NullMarked
package io.wanstreams.bench.report;

import org.jspecify.annotations.NullMarked;
