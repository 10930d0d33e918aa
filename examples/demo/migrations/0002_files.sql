CREATE TABLE files (
    id          INTEGER PRIMARY KEY,
    user_id     INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    name        TEXT    NOT NULL,
    caption     TEXT    NOT NULL,
    size        INTEGER NOT NULL,
    content     BLOB    NOT NULL,
    uploaded_at INTEGER NOT NULL
) STRICT;

CREATE INDEX files_by_age ON files (uploaded_at);
CREATE INDEX files_by_user ON files (user_id, size);
