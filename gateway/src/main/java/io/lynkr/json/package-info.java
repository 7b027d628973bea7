/**
 * JSON as the gateway needs it: immutable, lossless, and cheap to carry.
 *
 * <p>Start reading at {@link io.lynkr.json.JsonObject}. A text is scanned once into a {@link
 * io.lynkr.json.Tape} of offsets; values are views on it, so strings are decoded when somebody asks
 * and a subtree that nobody edited is written as the very bytes that were read. {@link
 * io.lynkr.json.JsonPatch} edits a text in place. Numbers keep their spelling, objects their order.
 */
@NullMarked
package io.lynkr.json;

import org.jspecify.annotations.NullMarked;
