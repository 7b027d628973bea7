package io.lynkr.index;

import java.util.Locale;

/** What a definition defines. */
public enum Kind {
    CLASS(true),
    INTERFACE(true),
    ENUM(true),
    STRUCT(true),
    TRAIT(true),
    MODULE(true),
    TYPE(true),
    FUNCTION(false),
    METHOD(false),
    CONSTRUCTOR(false),
    FIELD(false),
    CONSTANT(false),
    VARIABLE(false),
    MACRO(false),
    HEADING(false);

    private final boolean holdsMembers;

    Kind(boolean holdsMembers) {
        this.holdsMembers = holdsMembers;
    }

    /** Whether it has members that are called by its name or on values of it. */
    boolean holdsMembers() {
        return holdsMembers;
    }

    /** Whether names inside it are seen inside only. */
    boolean isCode() {
        return this == FUNCTION || this == METHOD || this == CONSTRUCTOR;
    }

    /** As people write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
