/** Ollama: models on one's own machine, by its own API or by its imitation of the Messages API. */
@NullMarked
package io.lynkr.provider.ollama;

import org.jspecify.annotations.NullMarked;
