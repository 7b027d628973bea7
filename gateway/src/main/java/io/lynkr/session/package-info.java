/**
 * Conversations: whose turn this is, and what is kept of it. {@link
 * io.lynkr.session.TranscriptWriter} takes the turns that are over; a {@link
 * io.lynkr.session.SessionStore} keeps what is new in each of them.
 */
@NullMarked
package io.lynkr.session;

import org.jspecify.annotations.NullMarked;
