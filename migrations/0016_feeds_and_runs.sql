-- Feeds are data: everything about a vendor's files that is not in the files. Left out settings have the defaults of
-- src/import/feed-settings.ts. A token opens its own feed only, and is kept as a hash.
CREATE TABLE feeds (
  id TEXT PRIMARY KEY NOT NULL CHECK (length(id) BETWEEN 1 AND 20 AND id GLOB '[a-z]*' AND id NOT GLOB '*[^a-z0-9-]*'),
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  settings TEXT NOT NULL CHECK (json_valid(settings)),
  version INTEGER NOT NULL DEFAULT 1,
  token_hash TEXT CHECK (token_hash IS NULL OR length(token_hash) = 64),
  token_made_at INTEGER,
  stopped_at INTEGER,
  created_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  CHECK ((token_hash IS NULL) = (token_made_at IS NULL))
) STRICT;

CREATE UNIQUE INDEX feeds_token_idx ON feeds (token_hash) WHERE token_hash IS NOT NULL;

INSERT INTO feeds (id, name, settings, created_at, changed_at) VALUES ('pearson', 'Pearson VUE', '{}', 0, 0);

-- A delivery may be imported again: each time is a run. `sender`: who or what sent it. `brakes`: why a run stopped
-- before anything was applied; `passed_by` is who of the staff let the next run go on all the same.
ALTER TABLE deliveries ADD COLUMN run INTEGER NOT NULL DEFAULT 1;
ALTER TABLE deliveries ADD COLUMN sender TEXT NOT NULL DEFAULT 'vendor'
  CHECK (sender IN ('vendor', 'events') OR sender GLOB 'staff:[0-9]*');
ALTER TABLE deliveries ADD COLUMN brakes TEXT CHECK (brakes IS NULL OR (json_valid(brakes) AND state <> 'imported'));
ALTER TABLE deliveries ADD COLUMN passed_by INTEGER REFERENCES staff (id);
-- What a manifest said of it: when it was made, its number in the vendor's sequence, delta or bulk.
ALTER TABLE deliveries ADD COLUMN manifest TEXT CHECK (manifest IS NULL OR json_valid(manifest));
-- The bytes were kept for as long as the feed says.
ALTER TABLE deliveries ADD COLUMN raw_deleted_at INTEGER;

CREATE INDEX deliveries_feed_idx ON deliveries (feed, vendor_time, id);
CREATE INDEX deliveries_received_idx ON deliveries (received_at, id);
CREATE INDEX deliveries_review_idx ON deliveries (state, received_at) WHERE state IN ('needs_review', 'failed', 'importing');

-- What is in a delivery, as its last run found it. Members of no use to us are counted and kept, too. `header`: what the
-- columns of a table are called and what stands between them, for when its bytes are packed again, or gone.
CREATE TABLE delivery_members (
  delivery_id TEXT NOT NULL REFERENCES deliveries (id),
  number INTEGER NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('candidate', 'registration', 'result', 'section', 'acknowledgement', 'manifest',
    'other', 'refused')),
  bytes INTEGER NOT NULL,
  encoding TEXT,
  header TEXT CHECK (header IS NULL OR json_valid(header)),
  lines INTEGER,
  note TEXT,
  PRIMARY KEY (delivery_id, number)
) STRICT, WITHOUT ROWID;

-- Every physical row of a run, before anything is applied: on which line it stands, which record it speaks of, and what
-- it says, as a hash; `fault` where it makes no sense. Swept away at the end of the run.
CREATE TABLE staged_rows (
  delivery_id TEXT NOT NULL REFERENCES deliveries (id),
  number INTEGER NOT NULL,
  key TEXT NOT NULL,
  line INTEGER NOT NULL,
  row_hash TEXT NOT NULL,
  fault TEXT,
  contradicted INTEGER NOT NULL DEFAULT 0 CHECK (contradicted IN (0, 1)),
  PRIMARY KEY (delivery_id, number, key, line)
) STRICT, WITHOUT ROWID;

CREATE INDEX staged_rows_contradicted_idx ON staged_rows (delivery_id, number, key) WHERE contradicted = 1;

-- What each piece of a run came to when it was staged. `examples`: some of its faults, without the rows' text.
CREATE TABLE staged_chunks (
  delivery_id TEXT NOT NULL REFERENCES deliveries (id),
  run INTEGER NOT NULL,
  number INTEGER NOT NULL,
  byte_offset INTEGER NOT NULL,
  next_offset INTEGER NOT NULL,
  next_line INTEGER NOT NULL,
  rows_read INTEGER NOT NULL,
  rows_failing INTEGER NOT NULL,
  rows_unmatched INTEGER NOT NULL,
  totals TEXT NOT NULL CHECK (json_valid(totals)),
  examples TEXT NOT NULL CHECK (json_valid(examples)),
  staged_at INTEGER NOT NULL,
  PRIMARY KEY (delivery_id, run, number, byte_offset),
  CHECK (rows_failing + rows_unmatched <= rows_read)
) STRICT, WITHOUT ROWID;

-- Pieces are applied once in each run.
CREATE TABLE delivery_chunks_of_runs (
  delivery_id TEXT NOT NULL REFERENCES deliveries (id),
  run INTEGER NOT NULL,
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
  PRIMARY KEY (delivery_id, run, member, byte_offset),
  CHECK (rows_read = rows_new + rows_changed + rows_unchanged + rows_superseded + rows_quarantined + rows_skipped)
) STRICT, WITHOUT ROWID;

INSERT INTO delivery_chunks_of_runs
SELECT delivery_id, 1, member, byte_offset, next_offset, next_line, rows_read, rows_new, rows_changed, rows_unchanged,
  rows_superseded, rows_quarantined, rows_skipped, applied_at
FROM delivery_chunks;
DROP TABLE delivery_chunks;
ALTER TABLE delivery_chunks_of_runs RENAME TO delivery_chunks;

-- A result's row is the version that stands, with where it came from; result_versions holds those that stand no more,
-- and those that came too late to.
ALTER TABLE results ADD COLUMN delivery_member TEXT NOT NULL DEFAULT '';
ALTER TABLE results ADD COLUMN imported_at INTEGER NOT NULL DEFAULT 0;

UPDATE results SET delivery_member = standing.member, imported_at = standing.imported_at
FROM result_versions AS standing
WHERE standing.feed = results.feed AND standing.registration_id = results.registration_id
  AND standing.delivery_id = results.delivery_id AND standing.line = results.delivery_line
  AND standing.row_hash = results.row_hash AND standing.outcome <> 'superseded';

DELETE FROM result_versions WHERE EXISTS (
  SELECT 1 FROM results
  WHERE results.feed = result_versions.feed AND results.registration_id = result_versions.registration_id
    AND results.delivery_id = result_versions.delivery_id AND results.delivery_line = result_versions.line
    AND results.delivery_member = result_versions.member AND results.row_hash = result_versions.row_hash);

CREATE INDEX results_delivery_idx ON results (delivery_id, delivery_member, delivery_line);
CREATE INDEX result_versions_delivery_idx ON result_versions (delivery_id, member, line);

-- The same columns of the versions that stand. A SELECT of one table, so that it costs what asking the table does.
CREATE VIEW standing_versions AS
SELECT feed, registration_id, delivery_id, delivery_member AS member, delivery_line AS line,
  iif(EXISTS (
    SELECT 1 FROM result_versions AS earlier
    WHERE earlier.feed = results.feed AND earlier.registration_id = results.registration_id
      AND earlier.outcome <> 'superseded'), 'changed', 'new') AS outcome,
  vendor_time, row_hash,
  json_object('examCode', exam_code, 'examOn', exam_on, 'examTime', exam_time, 'delivery', delivery, 'grade', grade,
    'validity', validity, 'score', score, 'passingScore', passing_score, 'form', form, 'language', language,
    'attempt', attempt, 'siteCode', site_code, 'clientAuthorizationId', client_authorization_id,
    'candidateId', candidate_id, 'exam', exam) AS fields,
  imported_at, candidate_id, exam_on
FROM results;

-- What somebody ought to look at: a pass that is none any more, and a result that was taken back. One for each version
-- that says so.
CREATE TABLE result_reviews (
  id INTEGER PRIMARY KEY,
  feed TEXT NOT NULL,
  registration_id TEXT NOT NULL,
  candidate_id TEXT NOT NULL REFERENCES candidates (id),
  delivery_id TEXT NOT NULL REFERENCES deliveries (id),
  kind TEXT NOT NULL CHECK (kind IN ('pass_lost', 'revoked')),
  row_hash TEXT NOT NULL,
  opened_at INTEGER NOT NULL,
  closed_at INTEGER,
  closed_by INTEGER REFERENCES staff (id),
  note TEXT CHECK (note IS NULL OR length(note) <= 2000),
  CHECK ((closed_at IS NULL) = (closed_by IS NULL))
) STRICT;

CREATE UNIQUE INDEX result_reviews_version_idx ON result_reviews (feed, registration_id, delivery_id, row_hash, kind);
CREATE INDEX result_reviews_open_idx ON result_reviews (opened_at, id) WHERE closed_at IS NULL;
CREATE INDEX result_reviews_candidate_idx ON result_reviews (candidate_id);
