/** What is to be done in a workspace, kept over sessions. */
@NullMarked
package io.lynkr.tool.task;

import org.jspecify.annotations.NullMarked;
