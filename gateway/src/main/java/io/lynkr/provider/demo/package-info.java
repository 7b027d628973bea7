/**
 * An embedded, scripted model: answers without credentials, the same way every time, and says that
 * it is a script.
 *
 * <p>Start reading at {@link io.lynkr.provider.demo.DemoProvider}. A {@code Conversation} is read
 * from the request, the {@code DemoModel} decides what to say to it, the {@code Composer} turns
 * that into events. What it understands stands in {@code Phrasebook} and in {@code docs/demo.md}.
 */
@NullMarked
package io.lynkr.provider.demo;

import org.jspecify.annotations.NullMarked;
