-- When a run was last given to another instance; the run itself began at started_at.
ALTER TABLE deliveries ADD COLUMN handed_at INTEGER;

-- Of tables whose keys nobody asks for one by one: a number for the key of each row of the piece, 53 bits each, as base64
-- of doubles. Which keys come twice is found in them, and only those rows are staged one by one. Swept with them.
ALTER TABLE staged_chunks ADD COLUMN digests TEXT;
