/**
 * Knows what the workspace's files define and where it is used.
 *
 * <p>Start reading at {@link io.lynkr.index.CodeIndex}, which answers questions and keeps itself up
 * to date. A {@link io.lynkr.index.Scanner} reads one file: a {@link io.lynkr.index.Parser} of
 * tree-sitter makes a {@link io.lynkr.index.SyntaxTree}, the {@link io.lynkr.index.TreeQuery} of a
 * {@link io.lynkr.index.Language} finds its definitions, scopes and imports, and an {@link
 * io.lynkr.index.Analyzer} makes {@link io.lynkr.index.FileFacts} of them. They lie in an {@link
 * io.lynkr.index.IndexDatabase}. Only when somebody asks does a {@link io.lynkr.index.Resolver}
 * find out, over files, what a name means.
 *
 * <pre>{@code
 * var index = CodeIndex.kept(workspace, file);          // opens nothing
 * index.await(patience, progress);                      // the first call begins to read
 * index.references("Gson.toJson", false).hits();        // the sure ones first
 * }</pre>
 */
@NullMarked
package io.lynkr.index;

import org.jspecify.annotations.NullMarked;
