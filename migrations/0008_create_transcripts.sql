-- A published selection of one's credentials. The link is public_id signed with LINK_KEY,
-- so the table alone opens nothing. `submission` is the form's own key: sending it twice makes one row.

CREATE TABLE transcripts (
  id INTEGER PRIMARY KEY,
  public_id TEXT NOT NULL UNIQUE CHECK (length(public_id) = 22),
  candidate_id TEXT NOT NULL REFERENCES candidates (id),
  submission TEXT NOT NULL,
  valid_through TEXT NOT NULL CHECK (valid_through GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  remarks TEXT NOT NULL CHECK (length(remarks) <= 2000),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  disabled_at INTEGER,
  UNIQUE (candidate_id, submission)
) STRICT;

CREATE INDEX transcripts_candidate_idx ON transcripts (candidate_id, created_at);

CREATE TABLE transcript_awards (
  transcript_id INTEGER NOT NULL REFERENCES transcripts (id),
  award_id INTEGER NOT NULL REFERENCES awards (id),
  PRIMARY KEY (transcript_id, award_id)
) STRICT, WITHOUT ROWID;
