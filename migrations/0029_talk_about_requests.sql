-- A request is talked about, and may be a question. waiting: staff asked back, and it is the candidate's turn; answered: a
-- question is solved. turn_since: since when it is the turn of whoever it is, and what the queue goes by. Tables with a
-- CHECK are made anew to change it.
CREATE TABLE new_requests (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN (
    'name_change', 'address_recovery', 'merge_conflict', 'course_completion', 'missing_result', 'result_question',
    'other')),
  candidate_id TEXT NOT NULL REFERENCES candidates (id),
  submission TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'waiting', 'approved', 'refused', 'answered', 'withdrawn')),
  details TEXT NOT NULL CHECK (json_valid(details)),
  created_at INTEGER NOT NULL,
  turn_since INTEGER NOT NULL,
  assigned_to INTEGER REFERENCES staff (id),
  decided_at INTEGER,
  decided_by INTEGER REFERENCES staff (id),
  reason TEXT CHECK (reason IS NULL OR length(reason) <= 2000),
  helped INTEGER CHECK (helped IN (0, 1)),
  helped_comment TEXT CHECK (helped_comment IS NULL OR length(helped_comment) <= 1000),
  rated_at INTEGER,
  UNIQUE (candidate_id, submission),
  CHECK ((state IN ('open', 'waiting')) = (decided_at IS NULL)),
  CHECK ((state IN ('approved', 'refused', 'answered')) = (decided_by IS NOT NULL)),
  CHECK ((helped IS NULL) = (rated_at IS NULL)),
  CHECK (helped_comment IS NULL OR helped IS NOT NULL)
) STRICT;

-- What was said about a request, by the candidate or, with staff_id, by one of the staff. internal: among staff only.
-- by_link: by whoever had the link of a mail, without signing in. submission is the form's own key.
CREATE TABLE request_messages (
  id INTEGER PRIMARY KEY,
  request_id INTEGER NOT NULL REFERENCES new_requests (id),
  submission TEXT NOT NULL,
  staff_id INTEGER REFERENCES staff (id),
  visibility TEXT NOT NULL CHECK (visibility IN ('shared', 'internal')),
  body TEXT NOT NULL CHECK (length(body) BETWEEN 1 AND 5000),
  by_link INTEGER NOT NULL DEFAULT 0 CHECK (by_link IN (0, 1)),
  created_at INTEGER NOT NULL,
  UNIQUE (request_id, submission),
  CHECK (visibility = 'shared' OR staff_id IS NOT NULL),
  CHECK (by_link = 0 OR staff_id IS NULL)
) STRICT;

-- message_id: the message that the file came with; null for the document of the request itself.
CREATE TABLE new_request_files (
  id INTEGER PRIMARY KEY,
  request_id INTEGER NOT NULL REFERENCES new_requests (id),
  message_id INTEGER REFERENCES request_messages (id),
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

INSERT INTO new_requests (id, kind, candidate_id, submission, state, details, created_at, turn_since, decided_at,
  decided_by, reason)
SELECT id, kind, candidate_id, submission, state, details, created_at, created_at, decided_at, decided_by, reason
FROM requests;
INSERT INTO new_request_files (id, request_id, object_key, sealed_key, media_type, bytes, created_at, destroy_after,
  destroyed_at, object_deleted_at, sha256)
SELECT id, request_id, object_key, sealed_key, media_type, bytes, created_at, destroy_after, destroyed_at,
  object_deleted_at, sha256 FROM request_files;
DROP TABLE request_files;
DROP TABLE requests;
ALTER TABLE new_requests RENAME TO requests;
ALTER TABLE new_request_files RENAME TO request_files;

-- Anybody who has a candidate's ID can say that they lost the address: one of them must not stand in another's way.
CREATE UNIQUE INDEX requests_open_idx ON requests (candidate_id, kind)
  WHERE decided_at IS NULL AND kind IN ('name_change', 'merge_conflict');
CREATE INDEX requests_queue_idx ON requests (turn_since, id) WHERE state = 'open';
CREATE INDEX requests_kind_queue_idx ON requests (kind, turn_since, id) WHERE state = 'open';
CREATE INDEX requests_assigned_idx ON requests (assigned_to, turn_since, id) WHERE state = 'open';
CREATE INDEX requests_waiting_idx ON requests (turn_since, id) WHERE state = 'waiting';
CREATE INDEX requests_decided_idx ON requests (decided_at, id) WHERE decided_at IS NOT NULL;
CREATE INDEX requests_rated_idx ON requests (rated_at, helped) WHERE rated_at IS NOT NULL;
CREATE INDEX requests_course_idx ON requests (candidate_id, details ->> 'course', details ->> 'completedOn')
  WHERE kind = 'course_completion';

CREATE INDEX request_files_request_idx ON request_files (request_id);
CREATE INDEX request_files_message_idx ON request_files (message_id) WHERE message_id IS NOT NULL;
CREATE INDEX request_files_kept_idx ON request_files (destroy_after) WHERE destroyed_at IS NULL;
CREATE INDEX request_files_doomed_idx ON request_files (destroyed_at)
  WHERE destroyed_at IS NOT NULL AND object_deleted_at IS NULL;
CREATE INDEX request_files_sha256_idx ON request_files (sha256) WHERE sha256 IS NOT NULL;
