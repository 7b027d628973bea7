package io.lynkr.http;

import io.lynkr.agent.ModelCatalog;
import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonNull;
import io.lynkr.json.JsonObject;
import io.lynkr.json.JsonString;
import io.lynkr.json.JsonValue;
import io.lynkr.message.ApiError;
import io.lynkr.message.ApiException;
import io.lynkr.message.Headers;
import io.lynkr.message.ModelInfo;

import java.util.List;
import java.util.Optional;

/** {@code GET /v1/models} and {@code GET /v1/models/{id}}, paged as the API does it. */
final class ModelsHandler {
    private static final int DEFAULT_LIMIT = 20;
    private static final int MAX_LIMIT = 1000;

    private final ModelCatalog catalog;

    ModelsHandler(ModelCatalog catalog) {
        this.catalog = catalog;
    }

    void list(Exchange exchange) throws InterruptedException {
        var all = catalog.models();
        var page = page(all, exchange.head());
        boolean more = !page.isEmpty() && !page.getLast().equals(all.getLast());
        var body =
                JsonObject.of(
                                "data",
                                JsonArray.copyOf(page.stream().map(ModelInfo::toJson).toList()))
                        .with("has_more", more)
                        .with("first_id", idOf(page.isEmpty() ? null : page.getFirst()))
                        .with("last_id", idOf(page.isEmpty() ? null : page.getLast()));
        exchange.respondJson(200, Headers.NONE, body.toBytes());
    }

    void one(Exchange exchange) throws InterruptedException {
        var path = exchange.head().path();
        var id = Percent.decode(path.substring("/v1/models/".length())).orElse("");
        var model =
                catalog.models().stream()
                        .filter(candidate -> candidate.id().equals(id))
                        .findFirst()
                        .orElseThrow(() -> new ApiException(ApiError.notFound("model: " + id)));
        exchange.respondJson(200, Headers.NONE, model.toJson().toBytes());
    }

    private static List<ModelInfo> page(List<ModelInfo> all, RequestHead head) {
        int limit = limit(head.parameter("limit"));
        int from = head.parameter("after_id").map(id -> indexOf(all, id) + 1).orElse(0);
        int to = head.parameter("before_id").map(id -> indexOf(all, id)).orElse(all.size());
        if (head.parameter("before_id").isPresent()) {
            from = Math.max(from, to - limit);
        }
        return all.subList(Math.min(from, to), Math.min(to, from + limit));
    }

    private static int limit(Optional<String> asked) {
        if (asked.isEmpty()) {
            return DEFAULT_LIMIT;
        }
        var text = asked.get();
        if (!text.matches("\\d{1,6}")
                || Integer.parseInt(text) < 1
                || Integer.parseInt(text) > MAX_LIMIT) {
            throw new ApiException(
                    ApiError.invalidRequest(
                            "limit: must be from 1 to " + MAX_LIMIT + ", but is '" + text + "'"));
        }
        return Integer.parseInt(text);
    }

    private static int indexOf(List<ModelInfo> all, String id) {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).id().equals(id)) {
                return i;
            }
        }
        throw new ApiException(
                ApiError.invalidRequest("there is no model '" + id + "' to page from"));
    }

    private static JsonValue idOf(@org.jspecify.annotations.Nullable ModelInfo model) {
        return model == null ? JsonNull.NULL : JsonString.of(model.id());
    }
}
