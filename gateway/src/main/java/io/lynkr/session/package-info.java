/** Conversations: whose turn this is. */
@NullMarked
package io.lynkr.session;

import org.jspecify.annotations.NullMarked;
