import { and, asc, isNotNull, isNull, sql } from 'drizzle-orm'
import { staffActor } from '../../audit/actions.ts'
import { audited } from '../../audit/audit-queries.ts'
import type { Database } from '../../core/database.ts'
import { requests, staff } from '../../schema.ts'
import { mayRole, roles } from '../../staff/permissions.ts'

/** More people than any program office has. */
const MOST_PEOPLE = 500

const ABLE = JSON.stringify(roles.filter((role) => mayRole(role, 'requests.answer')))

/** True of the row of staff called `person` who may see to requests: not of who has left, or does other work by now. */
export const personIsAble = sql`(person.joined_at IS NOT NULL AND person.removed_at IS NULL
  AND person.role IN (SELECT value FROM json_each(${ABLE})))`

/** As a statement for a batch: those of the staff who may see to a request. */
export function selectColleagues(db: Database) {
  return db
    .select({ id: staff.id, name: staff.name })
    .from(staff)
    .where(
      and(
        isNotNull(staff.joinedAt),
        isNull(staff.removedAt),
        sql`role IN (SELECT value FROM json_each(${ABLE}))`,
      ),
    )
    .orderBy(asc(staff.name), asc(staff.id))
    .limit(MOST_PEOPLE)
}

type Assignment = { id: number; candidateId: string; from: number | null; to: number | null; staffId: number }

/** Gives a request to somebody of the staff, or to nobody. False where it has ended, or somebody else has it by now. */
export async function assignRequest(
  db: Database,
  { id, candidateId, from, to, staffId }: Assignment,
  now: Date,
): Promise<boolean> {
  const event = {
    action: 'request.assigned',
    actor: staffActor(staffId),
    candidateId,
    details: { requestId: id, to },
  } as const
  const { before, after } = audited(db, event, now)
  const [, assigned] = await db.batch([
    before,
    db
      .update(requests)
      .set({ assignedTo: to })
      .where(
        and(
          sql`id = ${id} AND assigned_to IS ${from} AND assigned_to IS NOT ${to}`,
          isNull(requests.decidedAt),
          sql`(${to} IS NULL OR EXISTS (
            SELECT 1 FROM staff AS person WHERE person.id = ${to} AND ${personIsAble}))`,
        ),
      )
      .returning({ id: requests.id }),
    ...after,
  ])
  return (assigned as unknown[]).length === 1
}
