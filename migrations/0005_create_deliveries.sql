-- What arrived, and what became of it. The bytes are in R2 under object_key and are never changed.
-- A feed imports one delivery at a time, in the vendor's order: the partial unique index says so.

CREATE TABLE deliveries (
  id TEXT PRIMARY KEY NOT NULL,
  feed TEXT NOT NULL,
  name TEXT NOT NULL,
  sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
  bytes INTEGER NOT NULL CHECK (bytes >= 0),
  vendor_time INTEGER NOT NULL,
  received_at INTEGER NOT NULL,
  received_by TEXT NOT NULL CHECK (received_by IN ('api', 'inbox')),
  object_key TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('received', 'importing', 'imported', 'needs_review', 'failed')),
  failure TEXT,
  instance_id TEXT,
  started_at INTEGER,
  finished_at INTEGER,
  UNIQUE (feed, sha256),
  CHECK ((state = 'failed') = (failure IS NOT NULL))
) STRICT;

CREATE UNIQUE INDEX deliveries_importing_idx ON deliveries (feed) WHERE state = 'importing';
CREATE INDEX deliveries_waiting_idx ON deliveries (feed, vendor_time, id) WHERE state = 'received';

-- One row per chunk of a member that was applied, written in the same batch as its effects:
-- a step that is run again finds its row and does nothing.
CREATE TABLE delivery_chunks (
  delivery_id TEXT NOT NULL REFERENCES deliveries (id),
  member TEXT NOT NULL,
  byte_offset INTEGER NOT NULL,
  next_offset INTEGER NOT NULL,
  next_line INTEGER NOT NULL,
  rows_read INTEGER NOT NULL,
  rows_new INTEGER NOT NULL,
  rows_changed INTEGER NOT NULL,
  rows_unchanged INTEGER NOT NULL,
  rows_superseded INTEGER NOT NULL,
  rows_quarantined INTEGER NOT NULL,
  rows_skipped INTEGER NOT NULL,
  applied_at INTEGER NOT NULL,
  PRIMARY KEY (delivery_id, member, byte_offset),
  CHECK (rows_read = rows_new + rows_changed + rows_unchanged + rows_superseded + rows_quarantined + rows_skipped)
) STRICT, WITHOUT ROWID;

-- Rows that wait for a person or a mapping, as they came, with what was understood of them.
CREATE TABLE quarantined_rows (
  delivery_id TEXT NOT NULL REFERENCES deliveries (id),
  member TEXT NOT NULL,
  line INTEGER NOT NULL,
  kind TEXT NOT NULL,
  reason TEXT NOT NULL,
  message TEXT NOT NULL,
  raw TEXT NOT NULL,
  fields TEXT CHECK (fields IS NULL OR json_valid(fields)),
  candidate_id TEXT,
  exam_code TEXT,
  quarantined_at INTEGER NOT NULL,
  resolved_at INTEGER,
  PRIMARY KEY (delivery_id, member, line)
) STRICT, WITHOUT ROWID;

CREATE INDEX quarantined_rows_candidate_idx ON quarantined_rows (candidate_id)
  WHERE resolved_at IS NULL AND reason = 'unknown_candidate';
CREATE INDEX quarantined_rows_exam_idx ON quarantined_rows (exam_code)
  WHERE resolved_at IS NULL AND reason = 'unknown_exam';
