/** The whole gateway in this process, in front of a fake upstream; tests are named by behaviour. */
@NullMarked
package io.lynkr.e2e;

import org.jspecify.annotations.NullMarked;
