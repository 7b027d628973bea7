package io.lynkr.index;

/**
 * A definition as it is shown.
 *
 * @param name with what it stands in
 * @param line from 1
 * @param text the line itself, without blanks around it
 */
public record Place(
        String path, int line, int endLine, Kind kind, String name, Origin origin, String text) {}
