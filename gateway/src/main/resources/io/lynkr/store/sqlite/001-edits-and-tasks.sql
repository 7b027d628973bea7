CREATE TABLE edits (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    workspace TEXT NOT NULL,
    session_id TEXT,
    file_path TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    source TEXT NOT NULL,
    before_content BLOB,
    after_content BLOB,
    content_bytes INTEGER NOT NULL,
    diff TEXT NOT NULL,
    metadata TEXT NOT NULL
);

CREATE INDEX edits_by_file ON edits (workspace, file_path, id);

CREATE TABLE tasks (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    workspace TEXT NOT NULL,
    title TEXT NOT NULL,
    status TEXT NOT NULL,
    priority INTEGER NOT NULL,
    tags TEXT NOT NULL,
    linked_file TEXT,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    created_by TEXT,
    updated_by TEXT,
    metadata TEXT NOT NULL
);

CREATE INDEX tasks_by_status ON tasks (workspace, status, id);
