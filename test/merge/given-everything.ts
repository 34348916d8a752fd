import { randomToken, sha256Hex } from '../../src/core/tokens.ts'
import * as schema from '../../src/schema.ts'
import { db, givenAward, givenRegistration, givenResult, LONG_AGO } from '../support/builders.ts'
import { givenTranscript } from '../transcripts/given-transcript.ts'

const FAR = new Date('2099-12-31')
const hash = () => sha256Hex(randomToken())

/** One row of the candidate in every table that can hold one. */
export async function givenEverything(candidateId: string, otherId: string) {
  const at = { createdAt: LONG_AGO }
  const result = await givenResult({ candidateId })
  const registration = await givenRegistration({ candidateId })
  const award = await givenAward({ candidateId })
  const transcript = await givenTranscript({ candidateId, awards: [award] })
  const passkey = { userHandle: randomToken(), publicKey: 'AA', counter: 0, transports: [], backedUp: true }
  const sealed = { sealed: 'a.b', confirmedAt: LONG_AGO }
  const expires = { ...at, expiresAt: FAR }
  const link = { tokenHash: await hash(), purpose: 'password_reset' as const, sentTo: 'old@example.org' }
  const mail = { dedupeKey: randomToken(), template: 'access_link', payload: { purpose: 'activation' } }
  const change = { fromNormalized: 'a@b', toNormalized: 'c@d', changedAt: LONG_AGO, undoUntil: LONG_AGO }
  const recovery = { newAddress: 'e@f', newNormalized: 'e@f', proof: 'none' as const, askedAt: LONG_AGO }
  const request = { kind: 'name_change' as const, submission: crypto.randomUUID(), state: 'open' as const }
  const waiting = {
    deliveryId: await givenDelivery(),
    member: randomToken(),
    line: 1,
    kind: 'result',
    raw: '',
    message: '',
  }
  const proof = { provedBy: 'link' as const, provedAt: LONG_AGO, expiresAt: FAR }

  await db
    .insert(schema.passwords)
    .values({ candidateId, encoded: '$scrypt$given', setAt: LONG_AGO })
    .onConflictDoNothing()
  await db.batch([
    db.insert(schema.sessions).values({ idHash: await hash(), candidateId, ...at, lastSeenAt: LONG_AGO }),
    db
      .insert(schema.passkeys)
      .values({ credentialId: randomToken(), candidateId, ...passkey, name: 'Phone', ...at }),
    db
      .insert(schema.passkeyChallenges)
      .values({ challengeHash: await hash(), purpose: 'registration', candidateId, expiresAt: FAR }),
    db.insert(schema.totpSecrets).values({ candidateId, ...sealed, ...at }),
    db.insert(schema.recoveryCodes).values({ codeHash: await hash(), candidateId, ...at }),
    db.insert(schema.pendingSignIns).values({ idHash: await hash(), candidateId, returnTo: '/', ...expires }),
    db
      .insert(schema.knownBrowsers)
      .values({ tokenHash: await hash(), candidateId, ...at, lastUsedAt: LONG_AGO }),
    db.insert(schema.accessLinks).values({ ...link, candidateId, ...expires }),
    db.insert(schema.mailOutbox).values({ ...mail, candidateId, owedAt: LONG_AGO, sendAfter: LONG_AGO }),
    db.insert(schema.nameWords).values({ word: 'byron', candidateId }),
    db.insert(schema.agreementAcceptances).values({ candidateId, version: 'given', acceptedAt: LONG_AGO }),
    db.insert(schema.primaryChanges).values({ candidateId, ...change }),
    db.insert(schema.recoveries).values({ candidateId, ...recovery }),
    db.insert(schema.requests).values({ candidateId, ...request, details: {}, ...at, turnSince: LONG_AGO }),
    db.insert(schema.dataExports).values({ candidateId, askedAt: LONG_AGO, expiresAt: FAR }),
    db.insert(schema.mergeProofs).values({ candidateId, otherId, ...proof }),
    db
      .insert(schema.candidateAliases)
      .values({ aliasId: randomToken(), candidateId, fullName: 'Ada B.', mergedAt: LONG_AGO }),
    db
      .insert(schema.quarantinedRows)
      .values({ ...waiting, reason: 'candidate_conflict', candidateId, quarantinedAt: LONG_AGO }),
    db.insert(schema.candidateLinks).values({
      feed: 'pearson',
      saidId: randomToken(),
      candidateId,
      madeBy: await givenLinker(),
      madeAt: LONG_AGO,
    }),
    db
      .insert(schema.courseCompletions)
      .values({ candidateId, course: 'JIR', completedOn: '2026-01-01', createdAt: LONG_AGO }),
    db.insert(schema.awardActs).values({
      candidateId,
      awardId: award.id,
      kind: 'suspend',
      certification: award.certification,
      awardedOn: award.awardedOn,
      effectiveOn: '2026-02-01',
      reason: 'in question',
      doneBy: await givenLinker(),
      doneAt: LONG_AGO,
      submission: randomToken(),
    }),
    db.insert(schema.approvals).values({
      candidateId,
      approval: 'board',
      approvedOn: '2026-02-01',
      note: 'seen',
      givenBy: await givenLinker(),
      givenAt: LONG_AGO,
      submission: randomToken(),
    }),
    db.insert(schema.reachedMilestones).values({
      candidateId,
      milestone: 'five',
      reachedOn: '2026-02-01',
      certifications: '[]',
    }),
    db.insert(schema.runEffects).values({
      runId: await givenRun(),
      candidateId,
      certification: award.certification,
      kind: 'extended',
    }),
    db.insert(schema.heldMails).values({ runId: await givenRun(), candidateId, payload: {} }),
    db.insert(schema.courseCompletions).values({
      candidateId,
      course: 'AJER',
      completedOn: '2026-01-02',
      createdAt: LONG_AGO,
      feed: 'pearson',
      enrolmentId: randomToken(),
      vendorTime: 0,
      rowHash: '-',
      deliveryId: waiting.deliveryId,
      deliveryMember: 'courses.csv',
      deliveryLine: 2,
    }),
    db.insert(schema.resultReviews).values({
      feed: 'pearson',
      registrationId: result.registrationId,
      candidateId,
      deliveryId: waiting.deliveryId,
      kind: 'revoked',
      rowHash: '-',
      openedAt: LONG_AGO,
    }),
    db.insert(schema.vendorCandidates).values({
      feed: 'pearson',
      vendorCandidateId: randomToken(),
      candidateId,
      learnedFrom: waiting.deliveryId,
      learnedAt: LONG_AGO,
    }),
    db.insert(schema.auditSubjects).values({ ref: (await hash()).slice(32), candidateId }),
  ])
  return { result, registration, award, transcript }
}

async function givenLinker(): Promise<number> {
  const email = `${randomToken()}@example.org`
  const [person] = await db
    .insert(schema.staff)
    .values({ email, name: 'Rita', role: 'reviewer', invitedAt: LONG_AGO })
    .returning()
  return person!.id
}

async function givenDelivery(): Promise<string> {
  const id = crypto.randomUUID()
  await db.insert(schema.deliveries).values({
    id,
    feed: 'pearson',
    name: 'exam.dat',
    sha256: await hash(),
    bytes: 1,
    vendorTime: 0,
    receivedAt: LONG_AGO,
    receivedBy: 'api',
    objectKey: 'deliveries/pearson/given',
    state: 'imported',
  })
  return id
}

async function givenRun(): Promise<number> {
  const run = {
    kind: 'evaluation' as const,
    total: 0,
    mails: 'held' as const,
    owedAt: LONG_AGO,
    movedAt: LONG_AGO,
  }
  const [made] = await db.insert(schema.programRuns).values(run).returning()
  return made!.id
}
