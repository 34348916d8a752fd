import type { Database } from '../core/database.ts'
import { countCourse } from '../recertification/queries.ts'
import { changeName, type DecidedRequest, decideRequest, type Effects, noEffects } from './decide-queries.ts'
import type { Decision } from './decision.ts'
import { joinRecords, letRecover } from './other-effects-queries.ts'

/** Decides a request; see decideRequest. What an approval brings about hangs on what was asked. */
export function decide(
  db: Database,
  request: DecidedRequest,
  decision: Decision,
  staffId: number,
  now: Date,
): Promise<boolean> {
  const effects = decision.isApproved ? approvalEffects(db, request, staffId, now) : noEffects
  return decideRequest(db, request, decision, staffId, effects, now)
}

function approvalEffects(db: Database, request: DecidedRequest, staffId: number, now: Date): Effects {
  switch (request.kind) {
    case 'name_change':
      return changeName(db, request, request.details, staffId, now)
    case 'address_recovery':
      return letRecover(db, request, request.details.recoveryId, now)
    case 'merge_conflict':
      return joinRecords(db, request, request.details.otherId, staffId, now)
    case 'course_completion':
      return countCourse(db, request, request.details, now)
  }
}
