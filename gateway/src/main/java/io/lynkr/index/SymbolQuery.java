package io.lynkr.index;

/**
 * What is searched for.
 *
 * @param text a name, a part of one, its humps, or a name with what it stands in
 * @param kind a kind's word; empty for all
 * @param language empty for all
 * @param path a part of the path; empty for all
 */
public record SymbolQuery(String text, String kind, String language, String path) {}
