CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
CREATE DOMAIN email AS text CHECK (value LIKE '%@%');
CREATE TABLE orgs (id bigserial PRIMARY KEY, name text NOT NULL UNIQUE, meta jsonb);
CREATE TABLE users (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  org_id bigint REFERENCES orgs(id),
  name varchar(50) NOT NULL,
  mail email NOT NULL,
  mood mood NOT NULL DEFAULT 'ok',
  age int,
  score real,
  balance numeric(12,2) NOT NULL DEFAULT 0,
  tags text[] NOT NULL DEFAULT '{}',
  created timestamptz NOT NULL DEFAULT now(),
  born date,
  active boolean NOT NULL DEFAULT true,
  full_name text GENERATED ALWAYS AS (name || '!') STORED
);
CREATE TABLE posts (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), user_id bigint NOT NULL REFERENCES users(id), title text NOT NULL, body text, n smallint NOT NULL DEFAULT 0, doc jsonb NOT NULL DEFAULT '{}', at timestamp, raw bytea, during tstzrange);
CREATE VIEW active_users AS SELECT id, name, age FROM users WHERE active;
