-- A course that a candidate sent in and staff approved may be taken back by staff. doubted_at: since when a feed says that
-- the same course does not count, and nobody of the staff has looked at it.
ALTER TABLE course_completions ADD COLUMN doubted_at INTEGER CHECK (doubted_at IS NULL OR feed IS NULL);
ALTER TABLE course_completions ADD COLUMN taken_back_at INTEGER
  CHECK (taken_back_at IS NULL OR (feed IS NULL AND doubted_at IS NULL));
ALTER TABLE course_completions ADD COLUMN taken_back_by INTEGER REFERENCES staff (id)
  CHECK ((taken_back_by IS NULL) = (taken_back_at IS NULL));
ALTER TABLE course_completions ADD COLUMN taken_back_reason TEXT CHECK (
  (taken_back_reason IS NULL) = (taken_back_at IS NULL) AND (taken_back_reason IS NULL OR length(taken_back_reason) <= 2000));

CREATE INDEX course_completions_doubted_idx ON course_completions (doubted_at, id) WHERE doubted_at IS NOT NULL;

-- The number of a request that went with its candidate may be another one's by now.
UPDATE course_completions SET request_id = NULL
WHERE request_id IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM requests
  WHERE requests.id = request_id AND requests.candidate_id = course_completions.candidate_id
    AND requests.kind = 'course_completion');
