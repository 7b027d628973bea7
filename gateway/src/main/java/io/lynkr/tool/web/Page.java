package io.lynkr.tool.web;

/**
 * A page as a model reads it.
 *
 * @param url where it was in the end
 * @param contentType without parameters; empty if unknown
 * @param title empty if it has none
 * @param text Markdown, or the text as it is
 * @param cut whether there was more than is read
 */
record Page(String url, int status, String contentType, String title, String text, boolean cut) {}
