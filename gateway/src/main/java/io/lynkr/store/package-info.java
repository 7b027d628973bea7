/**
 * Where records are kept; the families and rooms that use them declare the interfaces. The rooms
 * below implement these, one for each kind of storage.
 */
@NullMarked
package io.lynkr.store;

import org.jspecify.annotations.NullMarked;
