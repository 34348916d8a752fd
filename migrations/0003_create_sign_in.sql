-- Ways in. Nothing here opens a door by itself: tokens and session ids are stored as SHA-256,
-- passwords as scrypt with their parameters.

CREATE TABLE passwords (
  candidate_id TEXT PRIMARY KEY NOT NULL REFERENCES candidates (id),
  encoded TEXT NOT NULL CHECK (encoded GLOB '$scrypt$*'),
  set_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- A link sent by mail that lets its reader choose a password, once.
CREATE TABLE access_links (
  token_hash TEXT PRIMARY KEY NOT NULL CHECK (length(token_hash) = 64),
  candidate_id TEXT NOT NULL REFERENCES candidates (id),
  purpose TEXT NOT NULL CHECK (purpose IN ('activation', 'password_reset')),
  sent_to TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  used_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX access_links_candidate_idx ON access_links (candidate_id);
CREATE INDEX access_links_expired_idx ON access_links (expires_at);

CREATE TABLE sessions (
  id_hash TEXT PRIMARY KEY NOT NULL CHECK (length(id_hash) = 64),
  candidate_id TEXT NOT NULL REFERENCES candidates (id),
  created_at INTEGER NOT NULL,
  last_seen_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX sessions_candidate_idx ON sessions (candidate_id);
CREATE INDEX sessions_last_seen_idx ON sessions (last_seen_at);
