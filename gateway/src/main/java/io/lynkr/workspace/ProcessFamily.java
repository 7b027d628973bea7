package io.lynkr.workspace;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A process and everything it started. Who belongs to it is known by four marks, of which one is
 * enough: a parent that belongs, the session, the process group, and a variable in the environment
 * that nobody else has. Who was once seen to belong, does for ever, so a program would have to
 * leave its session, clean its environment and lose its parent between two looks to get away; in a
 * sandbox, with its own process name space, not even then.
 */
final class ProcessFamily {
    /** The marker's name; its value differs for each run. */
    static final String MARKER = "LYNKR_RUN";

    private static final int MOST_ROUNDS = 50;
    private static final int PAGE_BYTES = 4096;

    private final Process leader;
    private final String marker;
    private final Set<ProcessTable.Id> seen = new HashSet<>();
    private final Set<ProcessTable.Id> strangers = new HashSet<>();

    ProcessFamily(Process leader, String markerValue) {
        this.leader = leader;
        this.marker = MARKER + "=" + markerValue;
    }

    /** How many are alive, and how much memory they hold. */
    record Census(int alive, long bytes) {}

    Census look() {
        var alive = alive();
        long pages = alive.stream().mapToLong(ProcessTable.Row::pages).sum();
        return new Census(alive.size(), pages * PAGE_BYTES);
    }

    /** Asks the first process to end; the others go with it or are killed. */
    void askToEnd() {
        leader.destroy();
    }

    /**
     * Kills everybody, again and again until nobody is left.
     *
     * @return how many are left all the same
     */
    int kill() {
        strangers.clear(); // one may have been looked at just while it was being started
        look(); // before the first one dies and its children lose their parent
        leader.destroyForcibly();
        leader.descendants().forEach(ProcessHandle::destroyForcibly);
        var alive = alive();
        for (int round = 0; !alive.isEmpty() && round < MOST_ROUNDS; round++) {
            for (var row : alive) {
                ProcessHandle.of(row.pid()).ifPresent(ProcessHandle::destroyForcibly);
            }
            awaitDeath(alive);
            alive = alive();
        }
        return alive.size();
    }

    private static void awaitDeath(List<ProcessTable.Row> dying) {
        var limit = Duration.ofMillis(100);
        for (var row : dying) {
            ProcessHandle.of(row.pid())
                    .ifPresent(
                            handle ->
                                    handle.onExit()
                                            .completeOnTimeout(
                                                    handle, limit.toMillis(), TimeUnit.MILLISECONDS)
                                            .join());
        }
    }

    private List<ProcessTable.Row> alive() {
        var rows = ProcessTable.rows();
        var pids = new HashSet<Long>();
        pids.add(leader.pid());
        rows.stream().filter(row -> seen.contains(row.id())).forEach(row -> pids.add(row.pid()));
        boolean grew = true;
        while (grew) {
            grew = false;
            for (var row : rows) {
                if (!pids.contains(row.pid()) && belongs(row, pids)) {
                    pids.add(row.pid());
                    grew = true;
                }
            }
        }
        var alive = new ArrayList<ProcessTable.Row>();
        for (var row : rows) {
            if (pids.contains(row.pid()) && !isReusedLeader(row)) {
                seen.add(row.id());
                if (!row.isDead()) {
                    alive.add(row);
                }
            }
        }
        return alive;
    }

    private boolean belongs(ProcessTable.Row row, Set<Long> pids) {
        if (pids.contains(row.parent())) {
            return true;
        }
        if (row.session() == leader.pid() || row.group() == leader.pid()) {
            return true;
        }
        if (strangers.contains(row.id())) {
            return false;
        }
        if (ProcessTable.hasVariable(row.pid(), marker)) {
            return true;
        }
        // Its environment was settled when it was started; exec can only have taken the marker
        // away.
        strangers.add(row.id());
        return false;
    }

    /** The leader may be gone and reaped, and its number given to a stranger. */
    private boolean isReusedLeader(ProcessTable.Row row) {
        return row.pid() == leader.pid() && !leader.isAlive() && !seen.contains(row.id());
    }
}
