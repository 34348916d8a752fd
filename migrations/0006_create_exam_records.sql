-- Bookings and outcomes, known by the vendor's registration id within a feed.
-- Dates are the calendar dates on the test centre's wall; no zone is ever guessed.

CREATE TABLE registrations (
  feed TEXT NOT NULL,
  registration_id TEXT NOT NULL,
  candidate_id TEXT NOT NULL REFERENCES candidates (id),
  exam TEXT NOT NULL,
  exam_code TEXT NOT NULL,
  client_authorization_id TEXT,
  appointment_on TEXT CHECK (appointment_on IS NULL OR appointment_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  appointment_time TEXT CHECK (appointment_time IS NULL OR appointment_time GLOB '[0-9][0-9]:[0-9][0-9]'),
  time_zone TEXT,
  site_code TEXT,
  state TEXT NOT NULL CHECK (state IN ('authorized', 'scheduled', 'rescheduled', 'cancelled', 'delivered', 'no_show', 'expired')),
  eligible_from TEXT,
  eligible_to TEXT,
  vendor_time INTEGER NOT NULL,
  row_hash TEXT NOT NULL,
  delivery_id TEXT NOT NULL,
  delivery_line INTEGER NOT NULL,
  PRIMARY KEY (feed, registration_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX registrations_candidate_idx ON registrations (candidate_id, appointment_on);

-- Three axes, never one status: what happened at the centre, what grade, and whether it stands.
CREATE TABLE results (
  id INTEGER PRIMARY KEY,
  feed TEXT NOT NULL,
  registration_id TEXT NOT NULL,
  candidate_id TEXT NOT NULL REFERENCES candidates (id),
  exam TEXT NOT NULL,
  exam_code TEXT NOT NULL,
  exam_on TEXT NOT NULL CHECK (exam_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  exam_time TEXT CHECK (exam_time IS NULL OR exam_time GLOB '[0-9][0-9]:[0-9][0-9]'),
  delivery TEXT NOT NULL CHECK (delivery IN ('delivered', 'no_show', 'no_show_excused', 'nda_refused', 'incomplete', 'cancelled')),
  grade TEXT NOT NULL CHECK (grade IN ('pass', 'fail', 'pending', 'none')),
  validity TEXT NOT NULL CHECK (validity IN ('valid', 'held', 'revoked')),
  score TEXT,
  passing_score TEXT,
  form TEXT,
  language TEXT,
  attempt INTEGER,
  site_code TEXT,
  client_authorization_id TEXT,
  vendor_time INTEGER NOT NULL,
  row_hash TEXT NOT NULL,
  delivery_id TEXT NOT NULL,
  delivery_line INTEGER NOT NULL,
  first_imported_at INTEGER NOT NULL,
  UNIQUE (feed, registration_id),
  CHECK (grade = 'none' OR delivery = 'delivered')
) STRICT;

CREATE INDEX results_candidate_idx ON results (candidate_id, exam_on);

-- Every version of a result that ever arrived, also those that came too late to apply.
CREATE TABLE result_versions (
  feed TEXT NOT NULL,
  registration_id TEXT NOT NULL,
  delivery_id TEXT NOT NULL REFERENCES deliveries (id),
  member TEXT NOT NULL,
  line INTEGER NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('new', 'changed', 'superseded')),
  vendor_time INTEGER NOT NULL,
  row_hash TEXT NOT NULL,
  fields TEXT NOT NULL CHECK (json_valid(fields)),
  imported_at INTEGER NOT NULL,
  PRIMARY KEY (feed, registration_id, delivery_id, member, line)
) STRICT, WITHOUT ROWID;

CREATE TABLE result_sections (
  feed TEXT NOT NULL,
  registration_id TEXT NOT NULL,
  section_code TEXT NOT NULL,
  name TEXT NOT NULL,
  percent TEXT,
  score TEXT,
  max_score TEXT,
  vendor_time INTEGER NOT NULL,
  row_hash TEXT NOT NULL,
  PRIMARY KEY (feed, registration_id, section_code)
) STRICT, WITHOUT ROWID;
