/** One person's vendor files, small enough to read: what the browser tests walk through. */

export const HOLDER = {
  id: 'JPR00990001',
  name: 'Zofia Anna Łączyńska-Østergård',
  email: 'zofia@work.example',
}

export const tsv = (rows: string[][]) =>
  new TextEncoder().encode(rows.map((row) => `${row.join('\t')}\r\n`).join(''))

const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10)
const slashed = (date: string) => date.replaceAll('-', '/')
const compact = (date: string) => date.replaceAll('-', '')

export const EARNED_ON = day(-200)

const CANDIDATE_HEADER = [
  'ClientCandidateID',
  'FirstName',
  'MiddleName',
  'LastName',
  'Email',
  'Address1',
  'City',
  'PostalCode',
  'Country',
  'Phone',
  'PhoneCountryCode',
  'LastUpdate',
]

type Person = { id: string; first: string; middle?: string; last: string; email: string }

/** A vendor's file of candidates, each with the same address and phone. */
export const peopleFile = (persons: readonly Person[]) => ({
  name: `cand-${day(-400)}a.dat`,
  bytes: tsv([
    CANDIDATE_HEADER,
    ...persons.map(({ id, first, middle = '', last, email }) => [
      id,
      first,
      middle,
      last,
      email,
      'ul. Floriańska 1',
      'Kraków',
      '31-019',
      'POL',
      '123456789',
      '48',
      `${slashed(day(-400))} 10:00:00`,
    ]),
  ]),
})

export const people = peopleFile([
  { id: HOLDER.id, first: 'Zofia', middle: 'Anna', last: 'Łączyńska-Østergård', email: HOLDER.email },
])

const EXAM_HEADER = [
  'RegistrationID',
  'ClientCandidateID',
  'TCID',
  'ExamSeriesCode',
  'ExamName',
  'Attempt',
  'ExamDate',
  'PassingScore',
  'Score',
  'Grade',
  'NoShow',
  'NDARefused',
  'Correct',
  'Incorrect',
  'Skipped',
  'Unscored',
  'ClientAuthorizationID',
  'Voucher',
]

const sitting = (
  registration: string,
  code: string,
  on: string,
  score: string,
  grade: string,
  candidateId = HOLDER.id,
) => [
  registration,
  candidateId,
  '50123',
  code,
  'Networks',
  '1',
  `${slashed(on)} 12:30:00`,
  '700',
  score,
  grade,
  'false',
  'false',
  '50',
  '15',
  '0',
  '0',
  '',
  '',
]

/** An Associate about to expire in another track, an Associate and a Specialist in good standing, and a fail. */
export const sittings = {
  name: `exam-${day(-1)}a.dat`,
  bytes: tsv([
    EXAM_HEADER,
    sitting('400000001', 'JN0-281', day(-1040), '801', 'pass'),
    sitting('400000002', 'JN0-105', EARNED_ON, '742', 'pass'),
    sitting('400000003', 'JN0-352', day(-20), '690', 'fail'),
    sitting('400000004', 'JN0-352', day(-3), '731', 'pass'),
  ]),
}

/** One pass for each of them. */
export const passesFile = (
  passes: readonly { registration: string; code: string; id: string; daysAgo: number }[],
) => ({
  name: `exam-${day(-1)}a.dat`,
  bytes: tsv([
    EXAM_HEADER,
    ...passes.map(({ registration, code, id, daysAgo }) =>
      sitting(registration, code, day(-daysAgo), '742', 'pass', id),
    ),
  ]),
})

export const bookings = {
  name: `JNCP-${compact(day(0))}-010203.zip`,
  csv: [
    'registration_id,status,modified_at,client_authorization_id,client_candidate_id,exam_code,appointment_at,time_zone,site_code,state,eligible_from,eligible_to,accommodations',
    `400000005,active,${day(-9)}T10:00:00Z,A-1,${HOLDER.id},JN0-336,${day(14)}T09:30:00,Europe/Warsaw,50123,scheduled,,,`,
    `400000006,active,${day(-30)}T10:00:00Z,A-2,${HOLDER.id},JN0-224,${day(-21)}T09:30:00,Europe/Warsaw,50123,delivered,,,`,
    '',
  ].join('\n'),
}

/** What whoever holds courses tells of: one before there was anything to renew, and one that was taken back. */
export const courses = {
  name: `COURSES-${compact(day(0))}.zip`,
  csv: [
    'enrolment_id,client_candidate_id,course_code,completed_on,validity',
    `K-1,${HOLDER.id},JIR,${day(-900)},valid`,
    `K-2,${HOLDER.id},AJER,${day(-30)},revoked`,
    `,${HOLDER.id},AJER,${day(-880)},`,
    `K-3,${HOLDER.id},NOPE,${day(-20)},`,
    '',
  ].join('\r\n'),
}
