/**
 * The words for settings: {@link io.lynkr.config.Setting} declares one knob, {@link
 * io.lynkr.config.Settings} reads them all and collects every problem. The values live with the
 * components that declare them.
 */
@NullMarked
package io.lynkr.config;

import org.jspecify.annotations.NullMarked;
