-- The program is data. Each applied document is kept; the one with the highest version is in force.

CREATE TABLE program_versions (
  version INTEGER PRIMARY KEY,
  sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
  document TEXT NOT NULL CHECK (json_valid(document)),
  applied_at INTEGER NOT NULL
) STRICT;
