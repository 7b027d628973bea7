/** Measurements of single parts of the gateway with JMH; kept out of the product's own jar. */
@NullMarked
package io.lynkr.benchmarks;

import org.jspecify.annotations.NullMarked;
