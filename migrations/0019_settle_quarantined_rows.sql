-- Rows that wait can be settled by hand, and what is decided about one is learned for those that come after it.

-- What a vendor's ID of nobody stands for: whose it is, as one of the staff has said. Rows of the feed that name it go
-- to that candidate from then on.
CREATE TABLE candidate_links (
  feed TEXT NOT NULL,
  said_id TEXT NOT NULL CHECK (length(said_id) BETWEEN 1 AND 50),
  candidate_id TEXT NOT NULL REFERENCES candidates (id),
  made_by INTEGER NOT NULL REFERENCES staff (id),
  made_at INTEGER NOT NULL,
  PRIMARY KEY (feed, said_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX candidate_links_candidate_idx ON candidate_links (candidate_id);

-- What a vendor calls one of our exams beside the codes of the program, in capitals.
CREATE TABLE exam_code_aliases (
  feed TEXT NOT NULL,
  code TEXT NOT NULL CHECK (length(code) >= 1 AND code = trim(code)),
  exam TEXT NOT NULL,
  made_by INTEGER NOT NULL REFERENCES staff (id),
  made_at INTEGER NOT NULL,
  PRIMARY KEY (feed, code)
) STRICT, WITHOUT ROWID;

-- feed: its delivery's. run: in which run it was last counted as waiting, where its balance is kept. feed_version: the
-- settings under which it was last read. tried_at: when it was last tried and waited for the same reason as before.
-- settlement: how it came to wait no more; NULL of rows that never waited, and of those settled before this migration.
ALTER TABLE quarantined_rows ADD COLUMN feed TEXT NOT NULL DEFAULT '';
ALTER TABLE quarantined_rows ADD COLUMN run INTEGER NOT NULL DEFAULT 1;
ALTER TABLE quarantined_rows ADD COLUMN feed_version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE quarantined_rows ADD COLUMN tried_at INTEGER;
ALTER TABLE quarantined_rows ADD COLUMN settlement TEXT CHECK (settlement IS NULL OR (resolved_at IS NOT NULL
  AND settlement IN ('linked', 'mapped', 'counted', 'dismissed', 'replayed', 'rerun')));
ALTER TABLE quarantined_rows ADD COLUMN settled_by INTEGER REFERENCES staff (id);
ALTER TABLE quarantined_rows ADD COLUMN settlement_note TEXT CHECK (length(settlement_note) <= 500);

UPDATE quarantined_rows SET
  feed = (SELECT feed FROM deliveries WHERE deliveries.id = delivery_id),
  run = (SELECT run FROM deliveries WHERE deliveries.id = delivery_id);

-- What the console lists, by reason and then by age; rows that are settled stand in none of them.
CREATE INDEX quarantined_rows_waiting_idx
  ON quarantined_rows (reason, quarantined_at, delivery_id, member, line) WHERE resolved_at IS NULL;
CREATE INDEX quarantined_rows_feed_idx
  ON quarantined_rows (feed, reason, quarantined_at, delivery_id, member, line) WHERE resolved_at IS NULL;
CREATE INDEX quarantined_rows_delivery_idx
  ON quarantined_rows (delivery_id, reason, quarantined_at, member, line) WHERE resolved_at IS NULL;
CREATE INDEX quarantined_rows_age_idx ON quarantined_rows (quarantined_at) WHERE resolved_at IS NULL;
CREATE INDEX quarantined_rows_version_idx ON quarantined_rows (feed, feed_version) WHERE resolved_at IS NULL;
CREATE INDEX quarantined_rows_said_idx ON quarantined_rows (feed, candidate_id) WHERE resolved_at IS NULL;

DROP INDEX quarantined_rows_exam_idx;
CREATE INDEX quarantined_rows_exam_idx ON quarantined_rows (exam_code, quarantined_at, delivery_id, member, line)
  WHERE resolved_at IS NULL AND reason = 'unknown_exam';

-- Reviews that somebody closed, the latest first.
CREATE INDEX result_reviews_closed_idx ON result_reviews (closed_at, id) WHERE closed_at IS NOT NULL;
