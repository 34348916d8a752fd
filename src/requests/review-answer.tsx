import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { calendarDateIn } from '../core/calendar-date.ts'
import { render } from '../core/render.ts'
import type { FieldErrors } from '../layout/form.tsx'
import { readVersions } from '../program/queries.ts'
import { programOn } from '../program/versions.ts'
import { courseEffect } from '../recertification/course-effect.ts'
import { type StaffEnv, staffChromeOf } from '../staff/staff-viewer.ts'
import type { ClaimReview } from './course-views.tsx'
import { approvalOf } from './decision.ts'
import { isClaim, isLive } from './request.ts'
import { findForReview, type ReviewedRequest } from './review-queries.ts'
import { type Review, ReviewPage, type ReviewPageProps } from './review-views.tsx'
import { lastShared } from './thread/staff-message.ts'
import { dueOn } from './turn.ts'

export type ShownReview = Partial<Pick<ReviewPageProps, 'late' | 'typed' | 'submission'>> & {
  /** What whoever was too late had seen last. */
  seen?: number
  errors?: FieldErrors
  status?: ContentfulStatusCode
}

/** What stands beside the claim of a course; null for requests of other kinds. */
function claimReviewOf(
  { var: { program, now } }: Context<StaffEnv>,
  request: ReviewedRequest,
): ClaimReview | null {
  if (request.kind !== 'course_completion') return null
  const { details, beside } = request
  const { versions, events, told, sameFiles, standing } = beside
  const rules = readVersions(versions)
  const today = calendarDateIn(program.settings.timeZone, now)
  return {
    program: programOn(rules, details.completedOn),
    today,
    effect: courseEffect(rules, events, { id: standing?.id ?? 0, ...details }, today),
    sameFiles,
    told,
    standing,
  }
}

/** Answers with the page of one request, for staff. */
export async function showReview(c: Context<StaffEnv>, id: number, shown: ShownReview) {
  const { db, staff, program, now } = c.var
  const found = await findForReview(db, id, staff.staffId, now)
  if (!found) throw new HTTPException(404)
  const { fullName, givenName, familyName, nativeName, nameDecidedAt } = found
  const onRecord = { fullName, givenName, familyName, nativeName }
  // A document may come with a message, when staff asked for another one.
  const isKept = ({ destroyedAt }: { destroyedAt: Date | null }) => destroyedAt === null
  const hasDocument =
    (found.photo !== null && isKept(found.photo)) ||
    found.messages.some(({ staffName, files }) => staffName === null && files.some(isKept))
  const review: Review = {
    ...found,
    program,
    claim: claimReviewOf(c, found),
    onRecord,
    approval: isClaim(found) ? approvalOf(found, { ...onRecord, nameDecidedAt }, hasDocument) : null,
    dueOn: isLive(found.state) ? dueOn(program.settings, found.turnSince) : null,
  }
  // What somebody typed too late is not lost: where nothing can be sent any more it may be kept as a note.
  const typed = { reason: '', note: '', message: '', ...shown.typed }
  const isUnseen =
    shown.late === 'late' &&
    isLive(found.state) &&
    shown.seen !== undefined &&
    shown.seen !== lastShared(found.messages)
  const props = {
    chrome: staffChromeOf(c),
    review,
    today: calendarDateIn(program.settings.timeZone, now),
    ownId: staff.staffId,
    late: isUnseen ? 'unseen' : (shown.late ?? null),
    submission: shown.submission ?? crypto.randomUUID(),
    typed: isLive(found.state) ? typed : { ...typed, note: typed.note || typed.message || typed.reason },
  }
  const { errors, status } = shown
  const page = <ReviewPage {...props} {...(errors && { errors })} />
  return render(c, page, status ?? (errors ? 422 : 200))
}
