import { env } from 'cloudflare:workers'
import { eq, sql } from 'drizzle-orm'
import { strToU8, zipSync } from 'fflate'
import { writeAudit } from '../../src/audit/audit-queries.ts'
import { readKeyring } from '../../src/core/keyring.ts'
import { seal } from '../../src/core/sealing.ts'
import { sha256Hex } from '../../src/core/tokens.ts'
import { deliverMail } from '../../src/mail/deliver.ts'
import { makeDataExport } from '../../src/privacy/make-copies.ts'
import * as schema from '../../src/schema.ts'
import { CAND, candRow, deliver, EXAM_A, examRow, table } from '../import/deliver.ts'
import { recordingMailer } from '../mail/given-mail.ts'
import { db, givenCandidate } from '../support/builders.ts'
import { givenStaff, send, signedIn } from '../support/requests.ts'
import { givenTranscript } from '../transcripts/given-transcript.ts'

/** Far ahead, so that whatever the bucket's own clock says lies behind. */
export const IMPORTED = new Date('2099-06-01T12:00:00Z')
export const ASKED = new Date('2099-06-02T12:00:00Z')
export const CLOSED = new Date('2099-06-16T12:00:01Z')

export const ID = 'JPR77001234'
const OLD_ID = 'JPR77009999'
export const NAME = 'Zofia Wanda Łączyńska-Østergård'
const EMAIL = 'zofia.laczynska@firma.example'
const OTHER_EMAIL = 'zofia@home.example'
const PHONE = '+48225550199'

/** Every text by which one would know her again. */
export const HER_STRINGS = [
  ID,
  OLD_ID,
  NAME,
  'Zofia',
  'Łączyńska',
  'Østergård',
  'Wanda',
  '卓菲雅',
  EMAIL,
  OTHER_EMAIL,
  'laczynska',
  PHONE,
  '225550199',
  'ul. Floriańska 15',
  'Mieszkanie 4b',
  'Kraków',
  'Łąka Sp. z o.o.',
  '1987-03-14',
  'For my new job at Gdynia',
  'married in May',
  'Passkey of Zofia',
]

export const BYSTANDER = 'JPR88000001'

const her = (id: string, email = EMAIL) =>
  [
    id,
    'Zofia',
    'Łączyńska-Østergård',
    'Wanda',
    '',
    email,
    'ul. Floriańska 15',
    'Kraków',
    '',
    '31-019',
    'POL',
    '225550199',
    '48',
    'Łąka Sp. z o.o.',
    '2026/01/02 03:04:05',
  ].join('\t')

const HER_RESULT = { candidate: ID, registration: '300000077' }

/** What her feed brings: a ZIP and plain tables, with other people before and after her on every one. */
export async function givenDeliveries() {
  const people = [candRow(BYSTANDER, { first: 'Kim' }), her(ID), candRow('JPR88000002', { first: 'Lee' })]
  const results = [
    examRow({ candidate: BYSTANDER, registration: '300000001' }),
    examRow(HER_RESULT),
    examRow({ candidate: 'JPR88000002', registration: '300000002', grade: 'fail', score: '600' }),
  ]
  const zip = zipSync({
    'cand-2026-05-05.dat': strToU8(table(CAND, ...people)),
    'exam-2026-05-05.dat': strToU8(table(EXAM_A, ...results)),
    'notes-2026-05-05.csv': strToU8(`Who,What\r\n${ID},"asked, twice"\r\n${BYSTANDER},asked\r\n`),
  })
  await deliver({ 'ORG-20260505.zip': zip }, IMPORTED)
  const news = table(CAND, her(ID), candRow(BYSTANDER, { first: 'Kim' }))
  await deliver({ 'cand-2026-05-06.dat': news }, IMPORTED)
  const broken = table(
    EXAM_A,
    examRow({ ...HER_RESULT, registration: '300000078', date: 'yesterday' }),
    examRow({ candidate: BYSTANDER, registration: '300000003', code: 'JN0-000' }),
    examRow({ candidate: ID, registration: '300000001' }),
    examRow({ candidate: BYSTANDER, registration: HER_RESULT.registration }),
  )
  await deliver({ 'exam-2026-05-07.dat': broken }, IMPORTED)
  // Windows-1252, and a record over two lines.
  const latin = table(
    'ClientCandidateID,FirstName,LastName,Address1',
    `${BYSTANDER},Kim,M\u00fcller,1 Main St`,
    `${ID},Zofia,"\u00d8sterg\u00e5rd","ul. Floria?ska 15\r\nMieszkanie 4b"`,
    'JPR88000002,Lee,Byron,1 Main St',
  )
  await deliver({ 'cand-2026-05-04.csv': Uint8Array.from(latin, (c) => c.charCodeAt(0)) }, IMPORTED)
}

/** Somebody of whom every table and the bucket hold something, closing on CLOSED. */
export async function givenEverything({ keepsVerification }: { keepsVerification: boolean }) {
  await givenDeliveries()
  const { id: asker } = await givenCandidate({ fullName: 'Asker Other', email: 'asker@example.org' })
  const reviewer = await givenStaff('reviewer')
  const candidateId = ID
  const at = ASKED
  await db
    .update(schema.candidates)
    .set({
      nativeName: '卓菲雅',
      addressLine2: 'Mieszkanie 4b',
      company: 'Łąka Sp. z o.o.',
      birthOn: '1987-03-14',
      phone: PHONE,
      agreedVersion: '2026-1',
    })
    .where(eq(schema.candidates.id, ID))
  const award = (await db.select().from(schema.awards).where(eq(schema.awards.candidateId, ID)))[0]!
  await db.insert(schema.renewals).values({
    awardId: award.id,
    renewedOn: '2027-01-01',
    rule: 'given',
    resultId: (await db.select().from(schema.results).where(eq(schema.results.candidateId, ID)))[0]!.id,
    previousExpiresOn: '2029-05-04',
    expiresOn: '2030-01-01',
    reason: '{}',
  })
  await db.insert(schema.registrations).values({
    feed: 'pearson',
    registrationId: '300000079',
    candidateId,
    exam: 'JNCIA-Junos',
    examCode: 'JN0-106',
    state: 'scheduled',
    vendorTime: 0,
    rowHash: 'abc',
    deliveryId: '-',
    deliveryLine: 1,
  })
  const session = await signedIn({ id: ID }, new Date())
  const file = await send(`/certifications/${award.id}/ecertificate.pdf`, { headers: session })
  if (file.status !== 200) throw new Error(`no eCertificate: ${file.status}`)

  const transcript = await givenTranscript({
    candidateId,
    awards: [award],
    remarks: 'For my new job at Gdynia',
  })
  await db.insert(schema.candidateEmails).values({
    candidateId,
    normalized: OTHER_EMAIL,
    address: OTHER_EMAIL,
    isPrimary: false,
    verifiedAt: at,
    source: 'candidate',
    addedAt: at,
  })
  await db.insert(schema.candidateAliases).values({
    aliasId: OLD_ID,
    candidateId,
    fullName: 'Zofia Łączyńska',
    mergedAt: at,
  })
  await db.insert(schema.passwords).values({ candidateId, encoded: '$scrypt$given', setAt: at })
  const hash = (text: string) => sha256Hex(text)
  await db.insert(schema.passkeys).values({
    credentialId: 'credential',
    candidateId,
    userHandle: 'handle',
    publicKey: 'key',
    counter: 0,
    transports: [],
    backedUp: false,
    name: 'Passkey of Zofia',
    createdAt: at,
  })
  await db
    .insert(schema.passkeyChallenges)
    .values({ challengeHash: await hash('challenge'), purpose: 'registration', candidateId, expiresAt: at })
  const ring = readKeyring(env.SEAL_KEY)
  const sealed = await seal(ring, 'given', strToU8('secret'))
  await db.insert(schema.totpSecrets).values({ candidateId, sealed, createdAt: at })
  await db.insert(schema.recoveryCodes).values({ codeHash: await hash('code'), candidateId, createdAt: at })
  await db.insert(schema.pendingSignIns).values({
    idHash: await hash('pending'),
    candidateId,
    returnTo: '/',
    createdAt: at,
    expiresAt: at,
  })
  await db
    .insert(schema.knownBrowsers)
    .values({ tokenHash: await hash('browser'), candidateId, createdAt: at, lastUsedAt: at })
  await db.insert(schema.nameWords).values([
    { word: 'zofia', candidateId },
    { word: 'łączyńska', candidateId },
  ])
  await db.insert(schema.agreementAcceptances).values({ candidateId, version: '1', acceptedAt: at })
  await db.insert(schema.primaryChanges).values({
    candidateId,
    fromNormalized: OTHER_EMAIL,
    toNormalized: EMAIL,
    changedAt: at,
    undoUntil: at,
  })
  await db.insert(schema.recoveries).values([
    { candidateId, newAddress: OTHER_EMAIL, newNormalized: OTHER_EMAIL, proof: 'none', askedAt: at },
    { candidateId: null, newAddress: EMAIL, newNormalized: EMAIL, proof: 'none', askedAt: at },
  ])
  await db.insert(schema.mergeProofs).values([
    { candidateId, otherId: asker, provedBy: 'link', provedAt: at, expiresAt: at },
    { candidateId: asker, otherId: ID, provedBy: 'link', provedAt: at, expiresAt: at },
  ])
  const [request] = await db
    .insert(schema.requests)
    .values({
      kind: 'name_change',
      candidateId,
      submission: 'one',
      state: 'refused',
      details: { fullName: NAME, reason: 'married in May' },
      createdAt: at,
      turnSince: at,
      decidedAt: at,
      decidedBy: reviewer.id,
      reason: 'Zofia, the photo cannot be read',
    })
    .returning()
  await db.insert(schema.courseCompletions).values({
    candidateId,
    course: 'JIR',
    completedOn: '2026-05-04',
    requestId: request!.id,
    createdAt: at,
    takenBackAt: at,
    takenBackBy: reviewer.id,
    takenBackReason: `The certificate is not of ${NAME}`,
  })
  await db.insert(schema.awardActs).values({
    candidateId,
    awardId: award.id,
    kind: 'extend',
    certification: award.certification,
    passId: null,
    awardedOn: award.awardedOn,
    effectiveOn: award.awardedOn,
    toExpiresOn: award.expiresOn,
    reason: `${NAME} was in hospital`,
    doneBy: reviewer.id,
    doneAt: at,
    submission: 'act',
  })
  await db.insert(schema.approvals).values({
    candidateId,
    approval: 'board',
    approvedOn: '2026-05-04',
    note: `${NAME} was heard in May`,
    givenBy: reviewer.id,
    givenAt: at,
    withdrawnBy: reviewer.id,
    withdrawnAt: at,
    withdrawalReason: `${NAME} was not heard at all`,
    submission: 'approval',
  })
  await db.insert(schema.requests).values({
    kind: 'merge_conflict',
    candidateId: asker,
    submission: 'two',
    state: 'open',
    details: { otherId: ID },
    createdAt: at,
    turnSince: at,
  })
  await db.insert(schema.requestMessages).values([
    {
      requestId: request!.id,
      submission: 'said',
      visibility: 'shared',
      body: 'Wanda is my second name, and I live in Kraków',
      createdAt: at,
    },
    {
      requestId: request!.id,
      submission: 'noted',
      staffId: reviewer.id,
      visibility: 'internal',
      body: `NOTED AMONG STAFF: ${NAME} called`,
      createdAt: at,
    },
  ])
  const objectKey = 'request-files/given'
  await env.BUCKET.put(objectKey, `a photo of ${NAME}`)
  await db.insert(schema.requestFiles).values({
    requestId: request!.id,
    objectKey,
    sealedKey: sealed,
    mediaType: 'image/jpeg',
    bytes: 10,
    createdAt: at,
    destroyAfter: at,
  })
  await db.insert(schema.mailOutbox).values([
    {
      dedupeKey: `address_confirmation:${ID}:${EMAIL}`,
      template: 'address_confirmation',
      candidateId,
      recipient: EMAIL,
      payload: { address: EMAIL },
      owedAt: at,
      sendAfter: at,
    },
    {
      dedupeKey: `recovery:${EMAIL}`,
      template: 'recovery_confirmation',
      recipient: EMAIL,
      payload: { recoveryId: 1 },
      owedAt: at,
      sendAfter: at,
    },
    {
      dedupeKey: `merge_proof:${asker}:${ID}`,
      template: 'merge_proof',
      candidateId: asker,
      payload: { candidateId: ID },
      owedAt: at,
      sendAfter: at,
    },
  ])
  await sendAllMail()
  await db.insert(schema.accessLinks).values([
    {
      tokenHash: await hash('link of nobody'),
      purpose: 'recovery_confirmation',
      sentTo: EMAIL,
      createdAt: at,
      expiresAt: at,
    },
    {
      tokenHash: await hash('link of another'),
      candidateId: asker,
      purpose: 'merge_proof',
      sentTo: 'asker@example.org',
      data: { candidateId: ID },
      createdAt: at,
      expiresAt: at,
    },
  ])
  await writeAudit(db, { action: 'passkey.added', actor: 'candidate', candidateId: ID }, at)
  await db.insert(schema.dataExports).values({ candidateId, askedAt: at, expiresAt: CLOSED })
  await makeDataExport(env, at)
  await env.BUCKET.put('uploads/broken-off', `half of ${NAME}`)
  await db
    .update(schema.candidates)
    .set({ closesAt: new Date(CLOSED.getTime() - 1000), closingKeepsVerification: keepsVerification })
    .where(eq(schema.candidates.id, ID))
  return { award, transcript, asker, session }
}

/** Mail as it is sent, with its links. */
async function sendAllMail() {
  const mails = await db.select({ id: schema.mailOutbox.id }).from(schema.mailOutbox)
  const messages = mails.map(({ id }) => ({
    body: { mailId: id, attempts: 0 },
    attempts: 1,
    ack() {},
    retry() {},
  }))
  await deliverMail(
    { messages } as unknown as MessageBatch<unknown>,
    { DB: env.DB, EMAIL: recordingMailer(), PUBLIC_ORIGIN: env.PUBLIC_ORIGIN },
    ASKED,
  )
}

export async function countRows(
  name: 'results' | 'registrations' | 'awards' | 'result_versions' | 'renewals',
) {
  const [row] = await db.all<{ n: number }>(sql`SELECT count(*) AS n FROM ${sql.identifier(name)}`)
  return row!.n
}
