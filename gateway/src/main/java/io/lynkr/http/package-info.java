/** The front door of the gateway: what listens, who may come in, and how answers leave. */
@NullMarked
package io.lynkr.http;

import org.jspecify.annotations.NullMarked;
