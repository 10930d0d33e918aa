CREATE TABLE notes (
    id INTEGER PRIMARY KEY,
    author INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    body TEXT NOT NULL,
    key TEXT
);

CREATE UNIQUE INDEX notes_key ON notes (author, lower(key));
