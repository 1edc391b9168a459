/**
 * From what a user typed to token ids: prompt cleaning and the tokenizer of the checkpoint.
 * Cleaning is a pure function of the text, so equal prompts give equal ids everywhere.
 */
@NullMarked
package io.wanstreams.inference.text;

import org.jspecify.annotations.NullMarked;
