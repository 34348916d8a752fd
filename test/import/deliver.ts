import { introspectWorkflow } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { runImportTick } from '../../src/import/tick.ts'

export const NOW = new Date('2026-06-01T12:00:00Z')

/** The columns of EXAM files, layout A. */
export const EXAM_A =
  'RegistrationID	ClientCandidateID	TCID	ExamSeriesCode	ExamName	Attempt	ExamDate	PassingScore	Score	Grade	NoShow	NDARefused	Correct	Incorrect	Skipped	Unscored	ClientAuthorizationID	Voucher'

export const CAND =
  'ClientCandidateID	FirstName	LastName	MiddleName	Suffix	Email	Address1	City	State	PostalCode	Country	Phone	PhoneCountryCode	CompanyName	LastUpdate'

type ExamRow = Partial<
  Record<
    'registration' | 'candidate' | 'code' | 'name' | 'date' | 'cut' | 'score' | 'grade' | 'noShow' | 'nda',
    string
  >
>

/** One row of layout A; what the test does not say is a pass of JN0-106. */
export function examRow(given: ExamRow = {}): string {
  const row = {
    registration: '300000001',
    candidate: '00001234',
    code: 'JN0-106',
    name: 'Junos Associate',
    date: '2026/05/04 12:30:00',
    cut: '700',
    score: '742',
    grade: 'pass',
    noShow: 'false',
    nda: 'false',
    ...given,
  }
  return [
    row.registration,
    row.candidate,
    '50123',
    row.code,
    row.name,
    '1',
    row.date,
    row.cut,
    row.score,
    row.grade,
    row.noShow,
    row.nda,
    '61',
    '19',
    '0',
    '5',
    'A-1001',
    '',
  ].join('\t')
}

export function candRow(id: string, given: { first?: string; last?: string; email?: string } = {}): string {
  const { first = 'Ada', last = 'Byron', email = `${id}@example.org` } = given
  return [
    id,
    first,
    last,
    '',
    '',
    email,
    '1 Main St',
    'Boston',
    'MA',
    '02115',
    'USA',
    '6172933423',
    '1',
    'ACME',
    '2026/01/02 03:04:05',
  ].join('\t')
}

export function table(...lines: string[]): string {
  return `${lines.join('\r\n')}\r\n`
}

/** Puts files into the inbox, as a gateway does. */
export async function putInInbox(files: Record<string, string | Uint8Array>): Promise<void> {
  for (const [name, content] of Object.entries(files)) await env.BUCKET.put(`inbox/pearson/${name}`, content)
}

/** Runs the scheduler's job, and waits until every delivery that it started, and those started after it, ended. */
export async function tick(now = NOW): Promise<void> {
  await using workflows = await introspectWorkflow(env.IMPORT_WORKFLOW)
  await workflows.modifyAll(async (instance) => {
    await instance.disableSleeps()
    await instance.disableRetryDelays()
  })
  await runImportTick(env, now)
  await allEnded()
  for (const instance of await workflows.get()) await instance.waitForStatus('complete')
}

async function allEnded(): Promise<void> {
  for (let turn = 0; turn < 400; turn += 1) {
    const open = await env.DB.prepare(
      "SELECT count(*) AS n FROM deliveries WHERE state IN ('received', 'importing')",
    ).first<{ n: number }>()
    if (open!.n === 0) return
    await scheduler.wait(25)
  }
  throw new Error('a delivery did not come to an end')
}

/** Takes files in one after the other, each with its own tick. */
export async function deliver(files: Record<string, string | Uint8Array>, now = NOW): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    await putInInbox({ [name]: content })
    await tick(now)
  }
}
