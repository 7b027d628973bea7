/**
 * Servers of OpenAI's chat completions: OpenAI itself, its relatives, local servers, and Azure's
 * deployments of it.
 */
@NullMarked
package io.lynkr.provider.openai;

import org.jspecify.annotations.NullMarked;
