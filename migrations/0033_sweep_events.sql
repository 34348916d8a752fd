-- What remains of events that were delivered, the oldest first: it goes with the bytes of their delivery.
CREATE INDEX feed_events_delivered_idx ON feed_events (feed, received_at) WHERE body IS NULL;
