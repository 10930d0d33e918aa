-- The remember-me family that a session comes from: when the family ends, because its person signs out or because a used token comes
-- again, every session that it made ends with it.
ALTER TABLE sessions ADD COLUMN family TEXT REFERENCES remembered (selector) ON DELETE CASCADE;

CREATE INDEX sessions_by_family ON sessions (family);
