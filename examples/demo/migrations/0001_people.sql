-- Names and addresses are kept as they were typed. The `*_key` columns hold them as they are compared: the database, not the
-- program, decides whether one is taken.
CREATE TABLE users (
    id            INTEGER PRIMARY KEY,
    username      TEXT    NOT NULL,
    username_key  TEXT    NOT NULL UNIQUE,
    email         TEXT    NOT NULL,
    email_key     TEXT    NOT NULL UNIQUE,
    password_hash TEXT    NOT NULL,
    display_name  TEXT    NOT NULL,
    bio           TEXT    NOT NULL DEFAULT '',
    website       TEXT,
    created_at    INTEGER NOT NULL
) STRICT;

CREATE INDEX users_by_age ON users (created_at);

-- Only a hash of the identifier is here: a copy of this table signs nobody in.
CREATE TABLE sessions (
    id_hash    TEXT    NOT NULL PRIMARY KEY,
    user_id    INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created_at INTEGER NOT NULL,
    seen_at    INTEGER NOT NULL
) STRICT;

CREATE INDEX sessions_by_user ON sessions (user_id);
CREATE INDEX sessions_by_age ON sessions (created_at);

-- One row per family of remember-me tokens. `previous_hash` is honoured for a moment after a rotation, for requests that a
-- browser sent at the same time; after that, whoever shows it ends the family.
CREATE TABLE remembered (
    selector      TEXT    NOT NULL PRIMARY KEY,
    user_id       INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    verifier_hash TEXT    NOT NULL,
    previous_hash TEXT,
    rotated_at    INTEGER NOT NULL,
    created_at    INTEGER NOT NULL
) STRICT;

CREATE INDEX remembered_by_user ON remembered (user_id);
CREATE INDEX remembered_by_age ON remembered (created_at);
