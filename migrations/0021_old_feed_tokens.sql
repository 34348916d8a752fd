-- A vendor changes to a new token when somebody there comes to it: until then the one before opens the feed, too.
ALTER TABLE feeds ADD COLUMN old_token_hash TEXT CHECK (old_token_hash IS NULL OR length(old_token_hash) = 64);
ALTER TABLE feeds ADD COLUMN old_token_until INTEGER CHECK ((old_token_hash IS NULL) = (old_token_until IS NULL));

CREATE UNIQUE INDEX feeds_old_token_idx ON feeds (old_token_hash) WHERE old_token_hash IS NOT NULL;
