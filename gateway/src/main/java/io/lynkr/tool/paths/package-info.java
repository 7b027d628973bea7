/** What the families that work on files have in common. */
@NullMarked
package io.lynkr.tool.paths;

import org.jspecify.annotations.NullMarked;
