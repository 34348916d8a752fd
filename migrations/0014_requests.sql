-- A request is a candidate's ticket to staff. submission is the form's own key: sending it twice makes one row.
-- details: what is asked, by kind. One open request of a kind at a time.

CREATE TABLE requests (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('name_change', 'address_recovery', 'merge_conflict')),
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

-- Anybody who has a candidate's ID can say that they lost the address: one of them must not stand in another's way.
CREATE UNIQUE INDEX requests_open_idx ON requests (candidate_id, kind)
  WHERE state = 'open' AND kind <> 'address_recovery';
CREATE INDEX requests_queue_idx ON requests (created_at, id) WHERE state = 'open';
CREATE INDEX requests_kind_queue_idx ON requests (kind, created_at, id) WHERE state = 'open';
CREATE INDEX requests_decided_idx ON requests (decided_at, id) WHERE state <> 'open';

-- A photo of an identity document, encrypted with a key of its own before it reaches the bucket. sealed_key is that
-- key under SEAL_KEY. Destroying takes the key away first, in the batch of the decision; the object follows.
CREATE TABLE request_files (
  id INTEGER PRIMARY KEY,
  request_id INTEGER NOT NULL REFERENCES requests (id),
  object_key TEXT NOT NULL UNIQUE,
  sealed_key TEXT,
  media_type TEXT NOT NULL CHECK (media_type IN ('image/jpeg', 'image/png', 'image/heic', 'application/pdf')),
  bytes INTEGER NOT NULL CHECK (bytes BETWEEN 1 AND 10485760),
  created_at INTEGER NOT NULL,
  destroy_after INTEGER NOT NULL,
  destroyed_at INTEGER,
  object_deleted_at INTEGER,
  CHECK ((sealed_key IS NULL) = (destroyed_at IS NOT NULL)),
  CHECK (object_deleted_at IS NULL OR destroyed_at IS NOT NULL)
) STRICT;

CREATE INDEX request_files_request_idx ON request_files (request_id);
CREATE INDEX request_files_kept_idx ON request_files (destroy_after) WHERE destroyed_at IS NULL;
CREATE INDEX request_files_doomed_idx ON request_files (destroyed_at)
  WHERE destroyed_at IS NOT NULL AND object_deleted_at IS NULL;
