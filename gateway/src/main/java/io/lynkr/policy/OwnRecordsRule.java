package io.lynkr.policy;

/**
 * What stays inside the gateway, or was allowed elsewhere by being configured: its own records, the
 * search service.
 */
final class OwnRecordsRule implements PolicyRule {
    @Override
    public Ruling judge(String tool, Action action) {
        return switch (action) {
            case Action.UseRecords _, Action.SearchWeb _ -> Ruling.ALLOW;
            case Action.Unknown(var description) ->
                    Ruling.deny(
                            "unknown_action",
                            "it is not known what this would do (" + description + ")");
            default -> Ruling.NOT_MINE;
        };
    }
}
