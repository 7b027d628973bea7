CREATE TABLE test_runs (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    workspace TEXT NOT NULL,
    profile TEXT NOT NULL,
    status TEXT NOT NULL,
    command TEXT NOT NULL,
    folder TEXT NOT NULL,
    exit_code INTEGER,
    timed_out BOOLEAN NOT NULL,
    duration_ms BIGINT NOT NULL,
    sandbox TEXT NOT NULL,
    content TEXT,
    stdout TEXT NOT NULL,
    stderr TEXT NOT NULL,
    report TEXT NOT NULL,
    cases TEXT NOT NULL,
    coverage TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE INDEX test_runs_by_workspace ON test_runs (workspace, id);

CREATE TABLE tested_trees (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    workspace TEXT NOT NULL,
    tree TEXT NOT NULL,
    command TEXT NOT NULL
);

CREATE UNIQUE INDEX tested_trees_by_tree ON tested_trees (workspace, tree, command);

CREATE TABLE diff_comments (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    workspace TEXT NOT NULL,
    thread_id TEXT NOT NULL,
    session_id TEXT,
    file_path TEXT NOT NULL,
    line INTEGER NOT NULL,
    hunk TEXT NOT NULL,
    anchor TEXT NOT NULL,
    comment TEXT NOT NULL,
    author TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE INDEX diff_comments_by_file ON diff_comments (workspace, file_path, id);
