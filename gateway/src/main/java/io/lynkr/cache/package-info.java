/**
 * The response cache: whole answers of models, given again to exactly the same question.
 *
 * <p>Start reading at {@link io.lynkr.cache.ResponseCache}. What makes two questions the same is
 * said in {@link io.lynkr.cache.CacheKey}; where answers lie is a {@link
 * io.lynkr.cache.ResponseStore}. It has nothing to do with a backend's prompt cache.
 */
@NullMarked
package io.lynkr.cache;

import org.jspecify.annotations.NullMarked;
