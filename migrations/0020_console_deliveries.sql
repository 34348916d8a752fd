-- What staff make of a delivery: who of them looked at one that wanted a look, and that nothing more is to be done.
ALTER TABLE deliveries ADD COLUMN set_aside_by INTEGER REFERENCES staff (id);
-- raw_deleted_at gives the bytes up, so that no import begins with them; then they leave the bucket.
ALTER TABLE deliveries ADD COLUMN bytes_gone INTEGER NOT NULL DEFAULT 0 CHECK (bytes_gone IN (0, 1));

CREATE INDEX deliveries_feed_received_idx ON deliveries (feed, received_at, id);
CREATE INDEX deliveries_attention_idx ON deliveries (received_at, id)
  WHERE state IN ('needs_review', 'failed') AND set_aside_by IS NULL;
CREATE INDEX deliveries_under_way_idx ON deliveries (received_at, id) WHERE state IN ('received', 'importing');
CREATE INDEX deliveries_name_idx ON deliveries (feed, name);
CREATE INDEX deliveries_going_idx ON deliveries (id) WHERE raw_deleted_at IS NOT NULL AND bytes_gone = 0;

CREATE INDEX quarantined_rows_of_delivery_idx ON quarantined_rows (delivery_id, member, line) WHERE resolved_at IS NULL;

-- Bookings whose result is still to come, so that those which are late are found without those that are not.
ALTER TABLE registrations ADD COLUMN result_here INTEGER NOT NULL DEFAULT 0 CHECK (result_here IN (0, 1));

UPDATE registrations SET result_here = 1
WHERE EXISTS (
  SELECT 1 FROM results
  WHERE results.feed = registrations.feed AND results.registration_id = registrations.registration_id);

CREATE INDEX registrations_awaited_idx ON registrations (appointment_on, feed, registration_id)
  WHERE result_here = 0 AND state IN ('authorized', 'scheduled', 'rescheduled', 'delivered');
