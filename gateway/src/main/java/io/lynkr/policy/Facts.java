package io.lynkr.policy;

/** What rules need to know from elsewhere; the fuse box plugs it in. */
public record Facts(ToolNames toolNames, TestsPassed testsPassed, AllowedHosts allowedHosts) {

    /** Knows which tool a name means. */
    @FunctionalInterface
    public interface ToolNames {
        /** The canonical name; the name itself if it means no tool. */
        String canonical(String name);
    }

    /** Knows how the tests went. */
    @FunctionalInterface
    public interface TestsPassed {
        /** Whether the configured tests passed with exactly the content that is there now. */
        boolean onThisTree();
    }

    /** Knows which hosts the web tools may reach. */
    @FunctionalInterface
    public interface AllowedHosts {
        /** Whether a host, in lower case, may be fetched from; its address is checked later. */
        boolean allows(String host);
    }

    /** Nothing is known: no aliases, no passed tests, no allowed hosts. */
    public static final Facts NONE = new Facts(name -> name, () -> false, host -> false);
}
