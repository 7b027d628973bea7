/**
 * Databricks model serving: which of its routes a model takes, and the sign-in by token or OAuth.
 * Start reading at {@link io.lynkr.provider.databricks.DatabricksRoutes}.
 */
@NullMarked
package io.lynkr.provider.databricks;

import org.jspecify.annotations.NullMarked;
