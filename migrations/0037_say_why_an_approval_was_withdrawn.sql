-- Why an approval was withdrawn, as the candidate is told. Null of those withdrawn before anybody was asked for a reason.
ALTER TABLE approvals ADD COLUMN withdrawal_reason TEXT
  CHECK (withdrawal_reason IS NULL OR (withdrawn_at IS NOT NULL AND length(withdrawal_reason) BETWEEN 1 AND 2000));
