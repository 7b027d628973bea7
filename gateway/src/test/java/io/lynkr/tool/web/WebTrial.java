package io.lynkr.tool.web;

import io.lynkr.config.Settings;
import io.lynkr.json.JsonObject;
import io.lynkr.resilience.Deadline;
import io.lynkr.session.Session;
import io.lynkr.tool.Arguments;
import io.lynkr.tool.CallContext;
import io.lynkr.tool.Tool;
import io.lynkr.tool.ToolException;
import io.lynkr.tool.ToolResult;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Calls the web tools with names of hosts that a test makes up. */
final class WebTrial {
    private WebTrial() {}

    /**
     * @param namesAndValues name, value, name, value …
     */
    static WebSettings settings(String... namesAndValues) {
        Map<String, String> environment = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            environment.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        var settings = new Settings(environment);
        var web = WebSettings.from(settings);
        settings.check();
        return web;
    }

    /** Literal addresses lead where they say, all else to what the table says. */
    static Resolver resolver(Map<String, List<String>> names) {
        return host -> {
            if (host.matches("[\\d.]+|\\[.*]")) {
                return List.of(InetAddress.getAllByName(host));
            }
            var known = names.get(host);
            if (known == null) {
                throw new UnknownHostException(host);
            }
            return known.stream().map(WebTrial::literal).toList();
        };
    }

    private static InetAddress literal(String address) {
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException wrongTable) {
            throw new IllegalArgumentException(wrongTable);
        }
    }

    static ToolResult call(Tool tool, JsonObject input) throws ToolException, InterruptedException {
        var context =
                new CallContext(
                        new Session(Optional.empty(), Optional.empty(), Optional.empty()),
                        Deadline.after(Duration.ofSeconds(20)),
                        _ -> {});
        return tool.plan(Arguments.read(tool.spec(), input), context).work().run();
    }

    static JsonObject json(ToolResult result) {
        return JsonObject.parse(result.content().getFirst().string("text").orElseThrow());
    }
}
