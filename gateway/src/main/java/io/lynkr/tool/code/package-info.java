/**
 * What the workspace's code defines, and where it is used. Start reading at {@link
 * io.lynkr.tool.code.CodeTools}; answers are short plain text, as models read every byte.
 */
@NullMarked
package io.lynkr.tool.code;

import org.jspecify.annotations.NullMarked;
