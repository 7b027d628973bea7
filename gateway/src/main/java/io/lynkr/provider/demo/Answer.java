package io.lynkr.provider.demo;

import io.lynkr.provider.demo.Directive.Fail;
import io.lynkr.provider.demo.Directive.Part;
import io.lynkr.provider.demo.Directive.Say;

import java.util.List;
import java.util.Optional;

/** What the demo model decided to say. */
record Answer(List<Part> parts) {
    Answer {
        parts = List.copyOf(parts);
    }

    static Answer text(String text) {
        return new Answer(List.of(new Say(text)));
    }

    /** The error that is given instead of everything else. */
    Optional<Fail> failure() {
        return parts.stream().filter(Fail.class::isInstance).map(Fail.class::cast).findFirst();
    }
}
