/** The prompt stage: from what a client said in words to the prompt and negative prompt that the model is given. */
@NullMarked
package io.wanstreams.prompt;

import org.jspecify.annotations.NullMarked;
