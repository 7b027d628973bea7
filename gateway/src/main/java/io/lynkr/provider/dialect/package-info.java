/**
 * Wire schemas, apart from who speaks them. Each implements {@link io.lynkr.provider.Dialect}: it
 * says a request in a backend's words and returns the {@link io.lynkr.provider.Translation} that
 * understands the answer to just that request.
 */
@NullMarked
package io.lynkr.provider.dialect;

import org.jspecify.annotations.NullMarked;
