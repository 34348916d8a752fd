-- The person. The candidate ID is printed on paper, comes back in every feed row, and never changes.
-- `revision` rises with every change of a fact that awards depend on; a candidate whose
-- `evaluated_revision` differs is owed an evaluation, by whoever comes first: the import or the next tick.

CREATE TABLE candidates (
  id TEXT PRIMARY KEY NOT NULL CHECK (length(id) BETWEEN 1 AND 50),
  full_name TEXT NOT NULL CHECK (length(full_name) BETWEEN 1 AND 300),
  given_name TEXT NOT NULL,
  family_name TEXT NOT NULL,
  native_name TEXT,
  company TEXT,
  address_line1 TEXT,
  address_line2 TEXT,
  city TEXT,
  region TEXT,
  postal_code TEXT,
  country TEXT CHECK (country IS NULL OR country GLOB '[A-Z][A-Z]'),
  phone TEXT CHECK (phone IS NULL OR phone GLOB '+[0-9]*'),
  locale TEXT NOT NULL DEFAULT 'en',
  time_zone TEXT,
  profile_edited_at INTEGER,
  vendor_time INTEGER NOT NULL,
  row_hash TEXT NOT NULL,
  delivery_id TEXT NOT NULL,
  delivery_line INTEGER NOT NULL,
  revision INTEGER NOT NULL DEFAULT 0,
  evaluated_revision INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL
) STRICT;

CREATE INDEX candidates_unevaluated_idx ON candidates (id) WHERE evaluated_revision <> revision;

-- One address may stand in two feed records, but only one candidate can have proved that it is theirs.
CREATE TABLE candidate_emails (
  candidate_id TEXT NOT NULL REFERENCES candidates (id),
  normalized TEXT NOT NULL CHECK (normalized LIKE '%_@_%'),
  address TEXT NOT NULL,
  is_primary INTEGER NOT NULL CHECK (is_primary IN (0, 1)),
  verified_at INTEGER,
  PRIMARY KEY (candidate_id, normalized)
) STRICT, WITHOUT ROWID;

CREATE INDEX candidate_emails_normalized_idx ON candidate_emails (normalized);
CREATE UNIQUE INDEX candidate_emails_verified_idx ON candidate_emails (normalized) WHERE verified_at IS NOT NULL;
CREATE UNIQUE INDEX candidate_emails_primary_idx ON candidate_emails (candidate_id) WHERE is_primary = 1;
