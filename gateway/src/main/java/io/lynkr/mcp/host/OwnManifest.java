package io.lynkr.mcp.host;

import io.lynkr.json.JsonException;
import io.lynkr.json.JsonObject;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The manifest that {@code lynkr mcp add} writes: {@code {mcpServers: {name: {…}}}}. */
public final class OwnManifest {
    private static final String SERVERS = "mcpServers";

    private final Path file;

    public OwnManifest(Path file) {
        this.file = file;
    }

    public Path file() {
        return file;
    }

    /** Names a server, or names it anew. */
    public void add(String name, JsonObject entry) throws IOException {
        var all = read();
        write(all.with(SERVERS, servers(all).with(name, entry)));
    }

    /**
     * @return whether it was there
     */
    public boolean remove(String name) throws IOException {
        var all = read();
        if (!servers(all).has(name)) {
            return false;
        }
        write(all.with(SERVERS, servers(all).without(name)));
        return true;
    }

    private static JsonObject servers(JsonObject all) {
        return all.object(SERVERS).orElse(JsonObject.EMPTY);
    }

    private JsonObject read() throws IOException {
        try {
            return Files.exists(file)
                    ? JsonObject.parse(Files.readAllBytes(file))
                    : JsonObject.EMPTY;
        } catch (JsonException broken) {
            throw new IOException(file + " is not JSON: " + broken.getMessage(), broken);
        }
    }

    /** Its headers and variables may be secrets. */
    private void write(JsonObject all) throws IOException {
        PrivateFiles.makeFolderOf(file);
        PrivateFiles.write(file, all.toBytes());
    }
}
