-- A course that a candidate completed, and that renews: approved by staff, or told by whoever holds it. submitted_on: when
-- the candidate sent it in; null where nobody had to. completed_on is the last day of the course.
CREATE TABLE course_completions (
  id INTEGER PRIMARY KEY,
  candidate_id TEXT NOT NULL REFERENCES candidates (id),
  course TEXT NOT NULL,
  completed_on TEXT NOT NULL CHECK (completed_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  submitted_on TEXT CHECK (submitted_on IS NULL OR submitted_on >= completed_on),
  request_id INTEGER UNIQUE,
  created_at INTEGER NOT NULL
) STRICT;

-- Two records that become one may both have it, and then it counts once by the rules.
CREATE INDEX course_completions_candidate_idx ON course_completions (candidate_id, course, completed_on);

-- What renewed is an exam or a course.
CREATE TABLE new_renewals (
  award_id INTEGER NOT NULL REFERENCES awards (id),
  renewed_on TEXT NOT NULL,
  rule TEXT NOT NULL,
  result_id INTEGER REFERENCES results (id),
  completion_id INTEGER REFERENCES course_completions (id),
  previous_expires_on TEXT NOT NULL,
  expires_on TEXT NOT NULL CHECK (expires_on >= previous_expires_on),
  reason TEXT NOT NULL CHECK (json_valid(reason)),
  CHECK ((result_id IS NULL) <> (completion_id IS NULL))
) STRICT;

INSERT INTO new_renewals (award_id, renewed_on, rule, result_id, previous_expires_on, expires_on, reason)
SELECT award_id, renewed_on, rule, result_id, previous_expires_on, expires_on, reason FROM renewals;
DROP TABLE renewals;
ALTER TABLE new_renewals RENAME TO renewals;

CREATE UNIQUE INDEX renewals_award_idx
  ON renewals (award_id, renewed_on, rule, ifnull(result_id, 0), ifnull(completion_id, 0));

-- Requests may be about a course; several may be open at once. Tables with a CHECK are made anew to change it.
CREATE TABLE new_requests (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('name_change', 'address_recovery', 'merge_conflict', 'course_completion')),
  candidate_id TEXT NOT NULL REFERENCES candidates (id),
  submission TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'approved', 'refused', 'withdrawn')),
  details TEXT NOT NULL CHECK (json_valid(details)),
  created_at INTEGER NOT NULL,
  decided_at INTEGER,
  decided_by INTEGER REFERENCES staff (id),
  reason TEXT CHECK (reason IS NULL OR length(reason) <= 2000),
  UNIQUE (candidate_id, submission),
  CHECK ((state = 'open') = (decided_at IS NULL)),
  CHECK ((state IN ('approved', 'refused')) = (decided_by IS NOT NULL))
) STRICT;

-- sha256: of the document as it was sent, so that one that was sent before is noticed.
CREATE TABLE new_request_files (
  id INTEGER PRIMARY KEY,
  request_id INTEGER NOT NULL REFERENCES new_requests (id),
  object_key TEXT NOT NULL UNIQUE,
  sealed_key TEXT,
  media_type TEXT NOT NULL CHECK (media_type IN ('image/jpeg', 'image/png', 'image/heic', 'application/pdf')),
  bytes INTEGER NOT NULL CHECK (bytes BETWEEN 1 AND 10485760),
  created_at INTEGER NOT NULL,
  destroy_after INTEGER NOT NULL,
  destroyed_at INTEGER,
  object_deleted_at INTEGER,
  sha256 TEXT CHECK (sha256 IS NULL OR length(sha256) = 64),
  CHECK ((sealed_key IS NULL) = (destroyed_at IS NOT NULL)),
  CHECK (object_deleted_at IS NULL OR destroyed_at IS NOT NULL)
) STRICT;

INSERT INTO new_requests SELECT * FROM requests;
INSERT INTO new_request_files (id, request_id, object_key, sealed_key, media_type, bytes, created_at, destroy_after,
  destroyed_at, object_deleted_at)
SELECT id, request_id, object_key, sealed_key, media_type, bytes, created_at, destroy_after, destroyed_at,
  object_deleted_at FROM request_files;
DROP TABLE request_files;
DROP TABLE requests;
ALTER TABLE new_requests RENAME TO requests;
ALTER TABLE new_request_files RENAME TO request_files;

-- Anybody who has a candidate's ID can say that they lost the address: one of them must not stand in another's way.
CREATE UNIQUE INDEX requests_open_idx ON requests (candidate_id, kind)
  WHERE state = 'open' AND kind NOT IN ('address_recovery', 'course_completion');
CREATE INDEX requests_queue_idx ON requests (created_at, id) WHERE state = 'open';
CREATE INDEX requests_kind_queue_idx ON requests (kind, created_at, id) WHERE state = 'open';
CREATE INDEX requests_decided_idx ON requests (decided_at, id) WHERE state <> 'open';
CREATE INDEX requests_course_idx ON requests (candidate_id, details ->> 'course', details ->> 'completedOn')
  WHERE kind = 'course_completion';

CREATE INDEX request_files_request_idx ON request_files (request_id);
CREATE INDEX request_files_kept_idx ON request_files (destroy_after) WHERE destroyed_at IS NULL;
CREATE INDEX request_files_doomed_idx ON request_files (destroyed_at)
  WHERE destroyed_at IS NOT NULL AND object_deleted_at IS NULL;
CREATE INDEX request_files_sha256_idx ON request_files (sha256) WHERE sha256 IS NOT NULL;
