package io.lynkr.testing;

import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Tests that run Claude Code or the TypeScript SDK. They fail when those are not installed, unless
 * they are left out on purpose with {@code -Dlynkr.it.skipClaude=true}.
 */
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@DisabledIfSystemProperty(named = "lynkr.it.skipClaude", matches = "true")
public @interface NeedsRealClients {}
