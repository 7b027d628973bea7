/**
 * What an operator can see: the request's identity, how it ended, and what it cost. Nothing here
 * knows who is watched.
 */
@NullMarked
package io.lynkr.observability;

import org.jspecify.annotations.NullMarked;
