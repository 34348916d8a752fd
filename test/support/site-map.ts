import { env } from 'cloudflare:workers'
import { randomPublicId, randomToken, sha256Hex } from '../../src/core/tokens.ts'
import * as schema from '../../src/schema.ts'
import { encodePassword } from '../../src/sign-in/password.ts'
import { signTranscriptToken, transcriptKeys } from '../../src/transcripts/token.ts'
import { db, givenAward, givenCandidate, givenRegistration, givenResult, LONG_AGO } from './builders.ts'
import { actsSite } from './site/acts.ts'
import { addressesSite } from './site/addresses.ts'
import { agreementSite } from './site/agreement.ts'
import { consoleSite } from './site/console.ts'
import { deliveriesSite } from './site/deliveries.ts'
import { type Expected, everybody, owner, type Place, signedIn } from './site/expected.ts'
import { feedsSite } from './site/feeds.ts'
import { mergeSite } from './site/merge.ts'
import { privacySite } from './site/privacy.ts'
import { programSite } from './site/program.ts'
import { quarantineSite } from './site/quarantine.ts'
import { recoverySite } from './site/recovery.ts'
import { requestsSite } from './site/requests.ts'
import { securitySite } from './site/security.ts'
import { signInMethodsSite } from './site/sign-in-methods.ts'
import { staffSite } from './site/staff.ts'

export const PASSWORD = 'correct horse battery staple'

// Slow on purpose, and the same for everybody.
const encodedPassword = encodePassword(PASSWORD)

export async function givenPlace(): Promise<Place> {
  const candidate = await givenCandidate()
  const { id: candidateId, email } = candidate
  await db.insert(schema.passwords).values({ candidateId, encoded: await encodedPassword, setAt: LONG_AGO })
  await givenResult({ candidateId })
  await givenRegistration({ candidateId })
  const award = await givenAward({ candidateId, expiresOn: '2099-12-31' })

  const publicId = randomPublicId()
  const [transcript] = await db
    .insert(schema.transcripts)
    .values({
      publicId,
      candidateId,
      submission: crypto.randomUUID(),
      validThrough: '2099-12-31',
      remarks: 'For the new job',
      createdAt: LONG_AGO,
      updatedAt: LONG_AGO,
    })
    .returning()
  await db.insert(schema.transcriptAwards).values({ transcriptId: transcript!.id, awardId: award.id })
  const token = await signTranscriptToken(publicId, await transcriptKeys(env.LINK_KEY))

  const accessLink = randomToken()
  await db.insert(schema.accessLinks).values({
    tokenHash: await sha256Hex(accessLink),
    candidateId,
    purpose: 'password_reset',
    sentTo: email,
    createdAt: LONG_AGO,
    expiresAt: new Date('2099-12-31'),
  })

  const delivery = crypto.randomUUID()
  await db.insert(schema.deliveries).values({
    id: delivery,
    feed: 'pearson',
    name: 'exam.dat',
    sha256: await sha256Hex(delivery),
    bytes: 1,
    vendorTime: 0,
    receivedAt: LONG_AGO,
    receivedBy: 'api',
    objectKey: 'deliveries/pearson/given',
    state: 'imported',
  })
  return { candidate, award, transcript: { id: transcript!.id, token }, delivery, accessLink }
}

const AWARD = '/certifications/:id{[0-9]{1,15}}'
const TRANSCRIPT = '/transcripts/:id{[1-9][0-9]{0,14}}'
const transcriptForm = ({ award }: Place) => ({
  submission: '00000000-0000-4000-8000-000000000000',
  validThrough: new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10),
  remarks: '',
  award: String(award.id),
})

/** Every route of the site. A new one does not pass test/routes.test.ts before it stands here. */
export const siteMap: Record<string, Expected> = {
  'GET /': { path: () => '/', answers: everybody },
  'GET /app.css': { path: () => '/app.css', answers: everybody, storable: true },
  'GET /.well-known/security.txt': { path: () => '/.well-known/security.txt', answers: everybody },
  'GET /healthz': { path: () => '/healthz', answers: everybody },

  'GET /sign-in': { path: () => '/sign-in', answers: [200, 303, 303] },
  'POST /sign-in': {
    path: () => '/sign-in',
    sends: ({ candidate }) => ({ account: candidate.id, password: PASSWORD }),
    answers: [303, 303, 303],
  },
  'POST /sign-out': { path: () => '/sign-out', answers: [303, 303, 303] },
  'GET /first-sign-in': { path: () => '/first-sign-in', answers: everybody },
  'POST /first-sign-in': {
    path: () => '/first-sign-in',
    sends: ({ candidate }) => ({ email: candidate.email }),
    answers: [303, 303, 303],
  },
  'GET /forgotten': { path: () => '/forgotten', answers: everybody },
  'POST /forgotten': {
    path: () => '/forgotten',
    sends: ({ candidate }) => ({ account: candidate.email }),
    answers: [303, 303, 303],
  },
  'GET /set-password/:token': {
    path: ({ accessLink }) => `/set-password/${accessLink}`,
    answers: everybody,
    names: true,
  },
  'POST /set-password/:token': {
    path: ({ accessLink }) => `/set-password/${accessLink}`,
    sends: () => ({ password: 'another horse battery staple' }),
    answers: [303, 303, 303],
  },

  'GET /profile': { path: () => '/profile', answers: signedIn },
  'POST /profile': { path: () => '/profile', sends: () => ({ locale: 'en' }), answers: [303, 303, 303] },
  'GET /profile/review': { path: () => '/profile/review', answers: [303, 303, 303] },
  'POST /profile/review': { path: () => '/profile/review', answers: [303, 303, 303] },
  'GET /exams': { path: () => '/exams', answers: signedIn },
  'GET /exams/recertification': { path: () => '/exams/recertification', answers: signedIn },
  'POST /exams/recertification': {
    path: () => '/exams/recertification',
    sends: () => ({ course: 'JIR', completedOn: '2026-01-15' }),
    answers: [303, 422, 422],
  },
  'GET /certifications/status': { path: () => '/certifications/status', answers: signedIn },
  'GET /certifications/planner': { path: () => '/certifications/planner', answers: signedIn },
  'GET /certifications/calendar.ics': { path: () => '/certifications/calendar.ics', answers: owner },
  [`GET ${AWARD}/ecertificate.pdf`]: {
    path: ({ award }) => `/certifications/${award.id}/ecertificate.pdf`,
    answers: owner,
  },
  [`GET ${AWARD}/logo.zip`]: { path: ({ award }) => `/certifications/${award.id}/logo.zip`, answers: owner },

  'GET /transcripts': { path: () => '/transcripts', answers: signedIn },
  'GET /transcripts/new': { path: () => '/transcripts/new', answers: signedIn },
  'POST /transcripts': { path: () => '/transcripts', sends: transcriptForm, answers: [303, 422, 303] },
  [`GET ${TRANSCRIPT}`]: { path: ({ transcript }) => `/transcripts/${transcript.id}`, answers: owner },
  [`POST ${TRANSCRIPT}`]: {
    path: ({ transcript }) => `/transcripts/${transcript.id}`,
    sends: transcriptForm,
    answers: [303, 404, 303],
  },
  [`GET ${TRANSCRIPT}/edit`]: {
    path: ({ transcript }) => `/transcripts/${transcript.id}/edit`,
    answers: owner,
  },
  [`GET ${TRANSCRIPT}/withdrawal`]: {
    path: ({ transcript }) => `/transcripts/${transcript.id}/withdrawal`,
    answers: owner,
  },
  [`POST ${TRANSCRIPT}/withdrawal`]: {
    path: ({ transcript }) => `/transcripts/${transcript.id}/withdrawal`,
    answers: [303, 404, 303],
  },

  'GET /t/:token': { path: ({ transcript }) => `/t/${transcript.token}`, answers: everybody },
  'GET /verify': { path: () => '/verify', answers: everybody },
  'GET /verify/:code': { path: ({ award }) => `/verify/${award.verificationCode}`, answers: everybody },

  'GET /api/v1/transcripts/:token': {
    path: ({ transcript }) => `/api/v1/transcripts/${transcript.token}`,
    answers: everybody,
  },
  'GET /api/v1/certificates/:code': {
    path: ({ award }) => `/api/v1/certificates/${award.verificationCode}`,
    answers: everybody,
  },
  'GET /api/v1/openapi.json': { path: () => '/api/v1/openapi.json', answers: everybody, storable: true },
  'PUT /api/v1/feeds/:feed/deliveries/:name': {
    path: () => '/api/v1/feeds/pearson/deliveries/exam.dat',
    sends: () => 'RegistrationID\n',
    answers: [401, 401, 401],
    machine: true,
  },
  'POST /api/v1/feeds/:feed/events': {
    path: () => '/api/v1/feeds/pearson/events',
    sends: () => '{}',
    answers: [401, 401, 401],
  },
  'GET /api/v1/feeds/:feed/deliveries': {
    path: () => '/api/v1/feeds/pearson/deliveries',
    answers: [401, 401, 401],
    machine: true,
  },
  'GET /api/v1/deliveries/:id': {
    path: ({ delivery }) => `/api/v1/deliveries/${delivery}`,
    answers: [401, 401, 401],
    machine: true,
  },
  ...actsSite.routes,
  ...addressesSite.routes,
  ...agreementSite.routes,
  ...consoleSite.routes,
  ...deliveriesSite.routes,
  ...feedsSite.routes,
  ...mergeSite.routes,
  ...privacySite.routes,
  ...programSite.routes,
  ...quarantineSite.routes,
  ...recoverySite.routes,
  ...requestsSite.routes,
  ...securitySite.routes,
  ...signInMethodsSite.routes,
  ...staffSite.routes,
}

/** What middleware stands in front of; a page must not hide among it. */
export const guardedPaths = [
  '/*',
  '/first-sign-in',
  '/forgotten',
  '/profile',
  '/profile/review',
  '/exams',
  '/exams/recertification',
  '/certifications/status',
  '/certifications/planner',
  '/certifications/calendar.ics',
  `${AWARD}/*`,
  '/transcripts/*',
  ...actsSite.guarded,
  ...addressesSite.guarded,
  ...agreementSite.guarded,
  ...consoleSite.guarded,
  ...deliveriesSite.guarded,
  ...feedsSite.guarded,
  ...mergeSite.guarded,
  ...privacySite.guarded,
  ...programSite.guarded,
  ...quarantineSite.guarded,
  ...recoverySite.guarded,
  ...requestsSite.guarded,
  ...securitySite.guarded,
  ...signInMethodsSite.guarded,
  ...staffSite.guarded,
]
