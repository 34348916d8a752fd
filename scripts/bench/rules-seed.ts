import { sql } from 'drizzle-orm'
import type { Database } from '../../src/core/database.ts'

/**
 * Ways through the sample program, of which every candidate takes one with days of their own: from one exam to fourteen in
 * ten years, some of them failed, with ladders climbed, renewals, lapses and certifications earned again.
 */
const WAYS: readonly (readonly [exam: string, month: number])[][] = [
  [['JNCIA-Junos', 100]],
  [['JNCIA-Junos', 20]],
  [['JNCIA-DC', 95]],
  [
    ['JNCIA-Junos', 60],
    ['JNCIS-ENT', 70],
    ['JNCIS-ENT', 104],
  ],
  [
    ['JNCIS-SEC', 50],
    ['JNCIA-SEC', 80],
    ['JNCIP-SEC', 90],
  ],
  [
    ['JNCIA-Junos', 10],
    ['JNCIS-SP', 20],
    ['JNCIP-SP', 40],
    ['JNCIE-SP', 60],
    ['JNCIP-SP', 92],
  ],
  [
    ['JNCIA-Junos', 5],
    ['JNCIA-SEC', 12],
    ['JNCIA-DC', 30],
    ['JNCIS-ENT', 33],
    ['JNCIA-Junos', 66],
    ['JNCIA-Cloud', 85],
  ],
  [
    ['JNCIA-Junos', 2],
    ['JNCIS-ENT', 8],
    ['JNCIP-ENT', 20],
    ['JNCIE-ENT', 30],
    ['JNCIA-SEC', 31],
    ['JNCIS-SEC', 36],
    ['JNCIP-SEC', 44],
    ['JNCIA-DC', 50],
    ['JNCIP-ENT', 64],
    ['JNCIP-DC', 72],
    ['JNCIE-SEC', 80],
    ['JNCIP-SEC', 98],
    ['JNCIA-DevOps', 101],
    ['JNCIP-ENT', 110],
  ],
]

/** Candidates from one number on, with all that they sat. Answers how many results those are. */
export async function seedCandidates(db: Database, from: number, count: number): Promise<number> {
  const numbers = sql`json_each(${JSON.stringify(Array.from({ length: count }, (_, index) => from + index))}) AS one`
  const steps = WAYS.flatMap((way, index) =>
    way.map(([exam, month], step) => ({ way: index, exam, month, step })),
  )
  await db.run(sql`
    INSERT INTO candidates (id, full_name, given_name, family_name, vendor_time, row_hash, delivery_id, delivery_line,
      revision, evaluated_revision, created_at)
    SELECT 'JPR' || printf('%08d', one.value), 'Ada Byron', 'Ada', 'Byron', 0, '-', '-', 0, 1, 1, 0 FROM ${numbers}`)
  const inserted = await db.run(sql`
    INSERT INTO results (feed, registration_id, candidate_id, exam, exam_code, exam_on, delivery, grade, validity,
      vendor_time, row_hash, delivery_id, delivery_line, first_imported_at)
    SELECT 'pearson', one.value || '-' || (step.value ->> 'step'), 'JPR' || printf('%08d', one.value),
      step.value ->> 'exam', step.value ->> 'exam',
      date('2016-06-01', '+' || (step.value ->> 'month') || ' months', '+' || (one.value % 28) || ' days'),
      'delivered', iif((one.value + (step.value ->> 'step')) % 10 = 9, 'fail', 'pass'), 'valid', 0, '-', '-', 0, 0
    FROM ${numbers}, json_each(${JSON.stringify(steps)}) AS step
    WHERE step.value ->> 'way' = one.value % ${WAYS.length}`)
  return inserted.meta.changes
}
