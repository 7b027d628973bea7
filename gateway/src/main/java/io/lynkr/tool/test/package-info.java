/**
 * Tests of the workspace: runs them, reads how they went and what they covered, and remembers it.
 *
 * <p>Start reading at {@link io.lynkr.tool.test.TestTools}. A run's results come from the reports
 * that it wrote ({@code JUnitXml}), or else from what it printed ({@code Tap}, {@code
 * RunnerOutput}); coverage comes from files in four formats ({@code CoverageFiles}). What is known
 * of git comes in through {@link io.lynkr.tool.test.TestedContent} and {@link
 * io.lynkr.tool.test.ChangedLines}.
 */
@NullMarked
package io.lynkr.tool.test;

import org.jspecify.annotations.NullMarked;
