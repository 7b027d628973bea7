package io.lynkr.provider.demo;

import io.lynkr.json.JsonArray;
import io.lynkr.message.MessagesRequest;
import io.lynkr.provider.demo.Directive.Part;
import io.lynkr.provider.demo.Directive.Say;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Ends an answer before the first text that the request does not want to see. */
record StopSequences(List<String> sequences) {

    /** What is left of an answer, and the sequence that ended it. */
    record Stopped(List<Part> parts, Optional<String> sequence) {}

    private record Hit(int at, String sequence) {}

    static StopSequences of(MessagesRequest request) {
        var sequences =
                request.json().array("stop_sequences").map(JsonArray::strings).orElse(List.of());
        return new StopSequences(
                sequences.stream().filter(sequence -> !sequence.isEmpty()).toList());
    }

    Stopped applyTo(List<Part> parts) {
        var kept = new ArrayList<Part>();
        for (var part : parts) {
            if (part instanceof Say(var text)) {
                var hit = firstIn(text);
                if (hit.isPresent()) {
                    kept.add(new Say(text.substring(0, hit.get().at)));
                    return new Stopped(kept, Optional.of(hit.get().sequence));
                }
            }
            kept.add(part);
        }
        return new Stopped(kept, Optional.empty());
    }

    private Optional<Hit> firstIn(String text) {
        return sequences.stream()
                .map(sequence -> new Hit(text.indexOf(sequence), sequence))
                .filter(hit -> hit.at >= 0)
                .min((a, b) -> Integer.compare(a.at, b.at));
    }
}
