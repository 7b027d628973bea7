/**
 * Who answers: a provider is where to call and how to sign in; its dialect is the wire schema.
 *
 * <p>Start reading at {@link io.lynkr.provider.Provider}, then {@link
 * io.lynkr.provider.HttpProvider}, which every real backend is made of.
 */
@NullMarked
package io.lynkr.provider;

import org.jspecify.annotations.NullMarked;
