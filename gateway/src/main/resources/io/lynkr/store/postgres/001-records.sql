CREATE TABLE edits (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    workspace TEXT NOT NULL,
    session_id TEXT,
    file_path TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    source TEXT NOT NULL,
    before_content BYTEA,
    after_content BYTEA,
    content_bytes BIGINT NOT NULL,
    diff TEXT NOT NULL,
    metadata TEXT NOT NULL
);

CREATE INDEX edits_by_file ON edits (workspace, file_path, id);

CREATE TABLE tasks (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    workspace TEXT NOT NULL,
    title TEXT NOT NULL,
    status TEXT NOT NULL,
    priority INTEGER NOT NULL,
    tags TEXT NOT NULL,
    linked_file TEXT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    created_by TEXT,
    updated_by TEXT,
    metadata TEXT NOT NULL
);

CREATE INDEX tasks_by_status ON tasks (workspace, status, id);

CREATE TABLE session_turns (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    owner TEXT NOT NULL,
    session_id TEXT NOT NULL,
    agent TEXT NOT NULL,
    begun_at BIGINT NOT NULL,
    took_millis BIGINT NOT NULL,
    history TEXT NOT NULL,
    after_turn BIGINT,
    earlier_messages INTEGER NOT NULL,
    digest TEXT NOT NULL,
    answer_digest TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    messages TEXT NOT NULL,
    answer TEXT,
    facts TEXT NOT NULL
);

CREATE INDEX session_turns_by_session ON session_turns (owner, session_id, id);

CREATE INDEX session_turns_by_history ON session_turns (owner, session_id, agent, digest);

CREATE INDEX session_turns_by_parent ON session_turns (after_turn, digest);
