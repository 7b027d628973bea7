package io.lynkr.index;

/**
 * How far the index is.
 *
 * @param isCurrent whether it has seen everything
 * @param done files read in this run
 * @param all files to read in this run
 * @param problem why it cannot be had; empty if it can
 */
public record IndexState(boolean isCurrent, int done, int all, String problem) {}
