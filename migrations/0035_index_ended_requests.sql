-- What has ended, or waits for its candidate, is listed by its kind and by whoever sees to it without walking the rest.
CREATE INDEX requests_kind_decided_idx ON requests (kind, decided_at, id) WHERE decided_at IS NOT NULL;
CREATE INDEX requests_assigned_decided_idx ON requests (assigned_to, decided_at, id) WHERE decided_at IS NOT NULL;
CREATE INDEX requests_kind_waiting_idx ON requests (kind, turn_since, id) WHERE state = 'waiting';
CREATE INDEX requests_assigned_waiting_idx ON requests (assigned_to, turn_since, id) WHERE state = 'waiting';
