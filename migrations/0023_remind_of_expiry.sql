-- What a candidate was reminded of: that an award will expire, or has, on the day that it then bore. A later expiry is
-- another matter, and is reminded of anew.
CREATE TABLE expiry_reminders (
  award_id INTEGER NOT NULL REFERENCES awards (id),
  expires_on TEXT NOT NULL CHECK (expires_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  kind TEXT NOT NULL CHECK (kind IN ('90', '60', '30', '7', 'expired')),
  owed_at INTEGER NOT NULL,
  PRIMARY KEY (award_id, expires_on, kind)
) STRICT, WITHOUT ROWID;

CREATE INDEX awards_expiring_idx ON awards (expires_on, id)
  WHERE expires_on IS NOT NULL AND superseded_by IS NULL AND revoked_on IS NULL AND suspended_on IS NULL;
