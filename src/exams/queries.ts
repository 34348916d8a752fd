import { and, asc, eq, inArray, notExists, or, sql } from 'drizzle-orm'
import { attemptsOf, type SatExam, selectAttempts } from '../certifications/event-queries.ts'
import type { CalendarDate } from '../core/calendar-date.ts'
import type { Database } from '../core/database.ts'
import { type deliveryOutcomes, type grades, registrations, results, type validities } from '../schema.ts'
import type { RegistrationState } from './result-expectation.ts'

/** More open bookings than anyone has; a bound, not a page. */
const OPEN_REGISTRATIONS_LIMIT = 100

export type OpenRegistration = Awaited<ReturnType<typeof selectOpenRegistrations>>[number]

/** Bookings from which something is still to come: no result yet, and neither cancelled nor over. */
export function selectOpenRegistrations(db: Database, candidateId: string, today: CalendarDate) {
  const result = db
    .select({ found: sql`1` })
    .from(results)
    .where(
      and(eq(results.feed, registrations.feed), eq(results.registrationId, registrations.registrationId)),
    )
  return db
    .select({
      registrationId: registrations.registrationId,
      exam: registrations.exam,
      examCode: registrations.examCode,
      appointmentOn: registrations.appointmentOn,
      appointmentTime: registrations.appointmentTime,
      timeZone: registrations.timeZone,
      siteCode: registrations.siteCode,
      state: registrations.state,
      eligibleTo: registrations.eligibleTo,
    })
    .from(registrations)
    .where(
      and(
        eq(registrations.candidateId, candidateId),
        or(
          inArray(registrations.state, ['scheduled', 'rescheduled', 'delivered']),
          and(
            eq(registrations.state, 'authorized'),
            sql`(${registrations.eligibleTo} IS NULL OR ${registrations.eligibleTo} >= ${today})`,
          ),
        ),
        notExists(result),
      ),
    )
    .orderBy(asc(registrations.appointmentOn), asc(registrations.registrationId))
    .limit(OPEN_REGISTRATIONS_LIMIT)
}

type HistoryLine = { registrationId: string; exam: string; examCode: string; onDate: CalendarDate | null }

/** One line of the history: a result, or a booking that ended without one. */
export type HistoryRow = HistoryLine &
  (
    | {
        kind: 'result'
        delivery: (typeof deliveryOutcomes)[number]
        grade: (typeof grades)[number]
        validity: (typeof validities)[number]
        score: string | null
        passingScore: string | null
        attempt: number | null
        /** JSON of an array of SectionResult. */
        sections: string
      }
    | { kind: 'registration'; state: RegistrationState }
  )

type AskedExams = { candidateId: string; today: CalendarDate; page: number; pageSize: number }

/** What is open, one page of what is over, how long that list is, and all that was sat: one round trip. */
export async function listExams(db: Database, asked: AskedExams) {
  return readExams(await db.batch(examStatements(db, asked)))
}

/** The same as statements that can ride in another question's batch, for readExams. */
export function examStatements(db: Database, asked: AskedExams) {
  const { candidateId, today } = asked
  return [
    selectOpenRegistrations(db, candidateId, today),
    selectHistory(db, asked),
    db
      .select({ lines: sql<number>`count(*)`.as('lines') })
      .from(sql`(${resultLines(candidateId)} UNION ALL ${closedLines(candidateId, today)})`),
    selectAttempts(db, candidateId),
  ] as const
}

export function readExams([open, history, counted, sat]: readonly [
  OpenRegistration[],
  unknown[],
  { lines: number }[],
  SatExam[],
]) {
  return {
    open,
    history: history as HistoryRow[],
    count: counted[0]?.lines ?? 0,
    attempts: attemptsOf(sat),
  }
}

// Selected from text: drizzle cannot bind the parameters of a raw statement inside a batch.
function selectHistory(db: Database, { candidateId, today, page, pageSize }: AskedExams) {
  const lines = sql`
    SELECT * FROM (${resultLines(candidateId)} UNION ALL ${closedLines(candidateId, today)})
    ORDER BY onDate DESC, registrationId DESC LIMIT ${pageSize} OFFSET ${(page - 1) * pageSize}`
  const sections = sql`(
    SELECT json_group_array(
      json_object('name', name, 'percent', percent, 'score', score, 'maxScore', max_score) ORDER BY section_code)
    FROM result_sections AS part
    WHERE part.feed = line.feed AND part.registration_id = line.registrationId)`
  const column = (name: string) => sql`${sql.identifier(name)}`.as(name)
  return db
    .select({
      kind: column('kind'),
      registrationId: column('registrationId'),
      exam: column('exam'),
      examCode: column('examCode'),
      onDate: column('onDate'),
      delivery: column('delivery'),
      grade: column('grade'),
      validity: column('validity'),
      score: column('score'),
      passingScore: column('passingScore'),
      attempt: column('attempt'),
      state: column('state'),
      sections: sections.as('sections'),
    })
    .from(sql`(${lines}) AS line`)
    .orderBy(sql`onDate DESC, registrationId DESC`)
}

function resultLines(candidateId: string) {
  return sql`
    SELECT 'result' AS kind, feed, registration_id AS registrationId, exam, exam_code AS examCode,
      exam_on AS onDate, delivery, grade, validity, score, passing_score AS passingScore, attempt, NULL AS state
    FROM results WHERE candidate_id = ${candidateId}`
}

function closedLines(candidateId: string, today: CalendarDate) {
  return sql`
    SELECT 'registration' AS kind, feed, registration_id AS registrationId, exam, exam_code AS examCode,
      COALESCE(appointment_on, eligible_to) AS onDate, NULL AS delivery, NULL AS grade, NULL AS validity,
      NULL AS score, NULL AS passingScore, NULL AS attempt, state
    FROM registrations AS booking
    WHERE candidate_id = ${candidateId}
      AND (state IN ('cancelled', 'no_show', 'expired') OR (state = 'authorized' AND eligible_to < ${today}))
      AND NOT EXISTS (SELECT 1 FROM results
        WHERE results.feed = booking.feed AND results.registration_id = booking.registration_id)`
}
