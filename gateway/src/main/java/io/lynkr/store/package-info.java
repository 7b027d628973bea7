/**
 * Where records are kept; the families and rooms that use them declare the interfaces. The rooms
 * below are one for each kind of storage. What is kept in SQL is written once, here, for all
 * databases that speak it ({@link io.lynkr.store.SqlDatabase}).
 */
@NullMarked
package io.lynkr.store;

import org.jspecify.annotations.NullMarked;
