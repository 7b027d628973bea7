CREATE TABLE session_turns (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    owner TEXT NOT NULL,
    session_id TEXT NOT NULL,
    agent TEXT NOT NULL,
    begun_at INTEGER NOT NULL,
    took_millis INTEGER NOT NULL,
    history TEXT NOT NULL,
    after_turn INTEGER,
    earlier_messages INTEGER NOT NULL,
    digest TEXT NOT NULL,
    answer_digest TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    messages TEXT NOT NULL,
    answer TEXT,
    facts TEXT NOT NULL
);

CREATE INDEX session_turns_by_session ON session_turns (owner, session_id, id, begun_at, bytes);

CREATE INDEX session_turns_by_history ON session_turns (owner, session_id, agent, digest);

CREATE INDEX session_turns_by_parent ON session_turns (after_turn, digest);

CREATE INDEX session_turns_by_age ON session_turns (id, begun_at, bytes);
