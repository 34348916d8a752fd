-- What vendors tell in real time. An event is stored first, and takes the same path as a file: the next tick bundles
-- what waits into a delivery. What remains of it then knows a replay again, and says nothing of anybody.
--
-- body: what it says, until its delivery has it; '{}' where whoever it named has left since. delivery_id: the delivery
-- that it is bundled into, which is there as soon as the body is not. event_id: the vendor's own, or a keyed hash of
-- what was said where it has none.

CREATE TABLE feed_events (
  id INTEGER PRIMARY KEY,
  feed TEXT NOT NULL,
  event_id TEXT NOT NULL CHECK (length(event_id) BETWEEN 1 AND 200),
  kind TEXT NOT NULL,
  happened_at INTEGER NOT NULL,
  received_at INTEGER NOT NULL,
  body TEXT CHECK (body IS NULL OR json_valid(body)),
  delivery_id TEXT,
  UNIQUE (feed, event_id),
  CHECK (body IS NOT NULL OR delivery_id IS NOT NULL)
) STRICT;

CREATE INDEX feed_events_waiting_idx ON feed_events (feed, happened_at, id) WHERE body IS NOT NULL;

-- What a feed's events are signed with, sealed. After a rotation the previous one counts for a while.
CREATE TABLE feed_secrets (
  feed TEXT PRIMARY KEY NOT NULL,
  sealed TEXT NOT NULL,
  made_at INTEGER NOT NULL,
  previous_sealed TEXT,
  previous_until INTEGER,
  CHECK ((previous_sealed IS NULL) = (previous_until IS NULL))
) STRICT, WITHOUT ROWID;

-- Whether a result is held, and whether it is revoked, each with when the vendor last said so. results.validity follows
-- from them: each has a clock of its own, so that news of one never outdates news of the other, or of the grade.
CREATE TABLE result_marks (
  feed TEXT NOT NULL,
  registration_id TEXT NOT NULL,
  mark TEXT NOT NULL CHECK (mark IN ('held', 'revoked')),
  is_set INTEGER NOT NULL CHECK (is_set IN (0, 1)),
  vendor_time INTEGER NOT NULL,
  PRIMARY KEY (feed, registration_id, mark)
) STRICT, WITHOUT ROWID;

-- An event may come before the result or the booking that it is about.
ALTER TABLE quarantined_rows ADD COLUMN registration_id TEXT;

CREATE INDEX quarantined_rows_event_idx ON quarantined_rows (registration_id)
  WHERE resolved_at IS NULL AND reason = 'event_before_result';
