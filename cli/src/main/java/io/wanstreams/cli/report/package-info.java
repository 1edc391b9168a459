/**
 * What the person at the terminal sees of a job: its progress while it runs, and where the time went.
 * Plain text; a terminal gets a redrawn line, a pipe gets lines.
 */
@NullMarked
package io.wanstreams.cli.report;

import org.jspecify.annotations.NullMarked;
