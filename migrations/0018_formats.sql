-- The zone of a sitting's clock: the row's own, or the feed's where the row names none. Kept, never applied.
ALTER TABLE results ADD COLUMN time_zone TEXT;

DROP VIEW standing_versions;
CREATE VIEW standing_versions AS
SELECT feed, registration_id, delivery_id, delivery_member AS member, delivery_line AS line,
  iif(EXISTS (
    SELECT 1 FROM result_versions AS earlier
    WHERE earlier.feed = results.feed AND earlier.registration_id = results.registration_id
      AND earlier.outcome <> 'superseded'), 'changed', 'new') AS outcome,
  vendor_time, row_hash,
  json_object('examCode', exam_code, 'examOn', exam_on, 'examTime', exam_time, 'timeZone', time_zone,
    'delivery', delivery, 'grade', grade, 'validity', validity, 'score', score, 'passingScore', passing_score,
    'form', form, 'language', language, 'attempt', attempt, 'siteCode', site_code,
    'clientAuthorizationId', client_authorization_id, 'candidateId', candidate_id, 'exam', exam) AS fields,
  imported_at, candidate_id, exam_on
FROM results;

-- Which candidate a vendor means by a number of its own, as an acknowledgement or one of the staff taught us.
-- `learned_from`: a delivery's ID, or `staff:` and the number of who said so.
CREATE TABLE vendor_candidates (
  feed TEXT NOT NULL,
  vendor_candidate_id TEXT NOT NULL CHECK (length(vendor_candidate_id) BETWEEN 1 AND 100),
  candidate_id TEXT NOT NULL REFERENCES candidates (id),
  learned_from TEXT NOT NULL,
  learned_at INTEGER NOT NULL,
  PRIMARY KEY (feed, vendor_candidate_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX vendor_candidates_candidate_idx ON vendor_candidates (candidate_id);

-- Whose an authorization of ours is, as far as something was booked with it.
CREATE INDEX registrations_authorization_idx ON registrations (feed, client_authorization_id, candidate_id)
  WHERE client_authorization_id IS NOT NULL;

-- Rows that wait for somebody to learn whom the vendor's number means.
CREATE INDEX quarantined_rows_vendor_candidate_idx ON quarantined_rows (fields ->> 'vendorCandidateId')
  WHERE resolved_at IS NULL AND reason = 'unknown_candidate' AND fields ->> 'vendorCandidateId' IS NOT NULL;

-- A vendor's manifests count up.
CREATE INDEX deliveries_sequence_idx ON deliveries (feed, manifest ->> 'sequence') WHERE manifest IS NOT NULL;
