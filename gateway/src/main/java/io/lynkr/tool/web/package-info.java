/**
 * The web: {@link io.lynkr.tool.web.WebSearchTool} asks a search service that the operator chose,
 * {@link io.lynkr.tool.web.WebFetchTool} reads a page.
 *
 * <p>What a model may fetch is the heart of it: {@link io.lynkr.tool.web.WebAddress} reads an
 * address in one way only, {@link io.lynkr.tool.web.AddressGuard} looks where its host leads, and
 * {@link io.lynkr.tool.web.WebClient} connects there and nowhere else.
 */
@NullMarked
package io.lynkr.tool.web;

import org.jspecify.annotations.NullMarked;
