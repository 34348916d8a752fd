-- What staff answer often, to begin a reply with.
CREATE TABLE canned_answers (
  id INTEGER PRIMARY KEY,
  title TEXT NOT NULL UNIQUE CHECK (length(title) BETWEEN 1 AND 100),
  body TEXT NOT NULL CHECK (length(body) BETWEEN 1 AND 5000),
  changed_at INTEGER NOT NULL,
  changed_by INTEGER NOT NULL REFERENCES staff (id)
) STRICT;
