package io.lynkr.tool.web;

/**
 * One page that a search found.
 *
 * @param snippet what of it fits; empty if the service tells nothing
 * @param age when it was published, as the service says it; empty if unknown
 */
record SearchHit(String title, String url, String snippet, String age) {}
