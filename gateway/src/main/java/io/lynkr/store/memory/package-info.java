/** Records that are gone when the gateway ends. */
@NullMarked
package io.lynkr.store.memory;

import org.jspecify.annotations.NullMarked;
