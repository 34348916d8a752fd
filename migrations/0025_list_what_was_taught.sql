-- What staff taught a feed, as the console lists it: the latest first.
CREATE INDEX candidate_links_feed_idx ON candidate_links (feed, made_at, said_id);
CREATE INDEX exam_code_aliases_feed_idx ON exam_code_aliases (feed, made_at, code);
