/**
 * Anthropic's models in Azure AI Foundry: the Messages API at Azure's address, signed in by key or
 * Entra ID.
 */
@NullMarked
package io.lynkr.provider.azure;

import org.jspecify.annotations.NullMarked;
