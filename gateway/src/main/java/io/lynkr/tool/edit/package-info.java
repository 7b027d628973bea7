/**
 * Changing files by patches, and the record of what was changed. Start reading at {@link
 * io.lynkr.tool.edit.EditPatch} and {@link io.lynkr.tool.edit.EditLog}.
 */
@NullMarked
package io.lynkr.tool.edit;

import org.jspecify.annotations.NullMarked;
