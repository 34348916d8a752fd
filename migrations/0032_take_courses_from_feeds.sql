-- Whoever holds courses may tell in a delivery who completed which. A completion is known by its feed and the holder's
-- number of the enrolment; where the holder has none, by one of ours, as sittings without a registration are. What was
-- taken back stays as a row that is revoked, and counts for nothing. Of what a candidate sent in, all of this is null.
ALTER TABLE course_completions ADD COLUMN feed TEXT;
ALTER TABLE course_completions ADD COLUMN enrolment_id TEXT CHECK ((enrolment_id IS NULL) = (feed IS NULL));
ALTER TABLE course_completions ADD COLUMN validity TEXT NOT NULL DEFAULT 'valid'
  CHECK (validity IN ('valid', 'revoked') AND (feed IS NOT NULL OR validity = 'valid'));
ALTER TABLE course_completions ADD COLUMN vendor_time INTEGER CHECK ((vendor_time IS NULL) = (feed IS NULL));
ALTER TABLE course_completions ADD COLUMN row_hash TEXT CHECK ((row_hash IS NULL) = (feed IS NULL));
ALTER TABLE course_completions ADD COLUMN delivery_id TEXT CHECK ((delivery_id IS NULL) = (feed IS NULL));
ALTER TABLE course_completions ADD COLUMN delivery_member TEXT CHECK ((delivery_member IS NULL) = (feed IS NULL));
ALTER TABLE course_completions ADD COLUMN delivery_line INTEGER CHECK ((delivery_line IS NULL) = (feed IS NULL));

CREATE UNIQUE INDEX course_completions_enrolment_idx ON course_completions (feed, enrolment_id) WHERE feed IS NOT NULL;
CREATE INDEX course_completions_delivery_idx ON course_completions (delivery_id, delivery_member, delivery_line)
  WHERE delivery_id IS NOT NULL;

-- Rows that wait for the program to know their course.
CREATE INDEX quarantined_rows_course_idx ON quarantined_rows (upper(trim(fields ->> 'courseCode')))
  WHERE resolved_at IS NULL AND reason = 'unknown_course';

-- A table with a CHECK is made anew to change it.
CREATE TABLE new_delivery_members (
  delivery_id TEXT NOT NULL REFERENCES deliveries (id),
  number INTEGER NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('candidate', 'registration', 'result', 'section', 'course', 'acknowledgement',
    'manifest', 'other', 'refused')),
  bytes INTEGER NOT NULL,
  encoding TEXT,
  header TEXT CHECK (header IS NULL OR json_valid(header)),
  lines INTEGER,
  note TEXT,
  PRIMARY KEY (delivery_id, number)
) STRICT, WITHOUT ROWID;

INSERT INTO new_delivery_members SELECT * FROM delivery_members;
DROP TABLE delivery_members;
ALTER TABLE new_delivery_members RENAME TO delivery_members;
