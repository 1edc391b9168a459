/**
 * Whether clips show what their prompts ask for: the colour of the thing in front, and how it moves.
 * The score of a model is its rate over many clips.
 */
@NullMarked
package io.wanstreams.cli.pictures;

import org.jspecify.annotations.NullMarked;
