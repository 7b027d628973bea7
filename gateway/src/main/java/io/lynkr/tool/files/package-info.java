/**
 * Reading, writing, listing and searching files of the workspace. Whatever a search engine says,
 * the lines that reach the model are read through the workspace, which asks the policy's guard.
 */
@NullMarked
package io.lynkr.tool.files;

import org.jspecify.annotations.NullMarked;
