package io.lynkr.tool.git;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;

/** What every memory of tested contents does. */
public abstract class TestedTreesContract {
    /** An empty one. */
    protected abstract TestedTrees trees();

    @Test
    void knowsContentAndCommandTogether() throws IOException {
        var trees = trees();
        trees.passed("a1", "make check");

        assertThat(trees.havePassed("a1", "make check")).isTrue();
        assertThat(trees.havePassed("a1", "true")).isFalse();
        assertThat(trees.havePassed("a2", "make check")).isFalse();
    }

    @Test
    void forgetsWhatPassedLongestAgo() throws IOException {
        var trees = trees();
        trees.passed("first", "t");
        trees.passed("second", "t");
        trees.passed("first", "t");
        for (int i = 0; i < TestedTrees.MOST_TREES - 1; i++) {
            trees.passed("tree" + i, "t");
        }

        assertThat(trees.havePassed("first", "t")).isTrue();
        assertThat(trees.havePassed("second", "t")).isFalse();
    }
}
