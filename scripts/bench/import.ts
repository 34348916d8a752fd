// npm run bench -- [rows]: rows per second of the import beside a bare json_each insert of the same rows into a table
// of the same width, in one run. Everything is local: the ratio means something, the absolute numbers do not.

import { createTestHarness } from 'wrangler'
import { openDatabase } from '../../src/core/database.ts'
import { applyProgram } from '../../src/program/queries.ts'
import { ROOT } from '../local-platform.ts'
import { readProgramFolder } from '../program-document.ts'
import { PROGRAM_FOLDER } from '../sample-deliveries.ts'

const ROWS = Number(process.argv[2] ?? 20_000)
const ROUNDS = 3
/** About what a chunk of the import holds. */
const SLICE = 4_000
const FEED_TOKEN = 'bench-only-feed-token-0123456789abcdef'

const HEADER = [
  'RegistrationID',
  'ClientCandidateID',
  'TCID',
  'ExamSeriesCode',
  'ExamName',
  'ExamRevision',
  'Form',
  'ExamLanguage',
  'Attempt',
  'ExamDate',
  'TimeUsed',
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

const candidates = Array.from(
  { length: Math.ceil(ROWS / 8) },
  (_, index) => `JPR${String(index).padStart(8, '0')}`,
)

// Nothing here asks where the request comes from.
process.env.CLOUDFLARE_CF_FETCH_ENABLED = 'false'

const ratios: number[] = []
for (let round = 1; round <= ROUNDS; round += 1) ratios.push(await measure(round))
console.log(
  `median: the import does ${(ratios.sort()[1]! * 100).toFixed(0)} % of the bare insert's rows per second`,
)

/** A fresh runtime and store each round. */
async function measure(round: number): Promise<number> {
  const harness = createTestHarness({
    root: ROOT,
    workers: [
      {
        configPath: 'wrangler.toml',
        secrets: {
          LINK_KEY: 'bench-only-link-key-0123456789abcdef',
          SESSION_KEY: 'bench-only-session-key-0123456789',
          SEAL_KEY: 'bench-only-seal-key-0123456789abcdef',
          FEED_TOKEN,
        },
      },
      {
        config: {
          name: 'bare-insert',
          main: 'scripts/bench/bare-insert.ts',
          compatibility_date: '2026-11-02',
          d1_databases: [{ binding: 'DB', database_name: 'bare', database_id: 'bare' }],
        },
      },
    ],
  })
  try {
    await harness.listen()
    const worker = harness.getWorker<Env>()
    await worker.applyD1Migrations('DB')
    const { DB } = await worker.getEnv()
    await applyProgram(openDatabase(DB), readProgramFolder(PROGRAM_FOLDER), new Date())
    await deliver(harness, 'cand-2026-01-01a.dat', candidateTable())

    const rows = sittings(round)
    const table = [HEADER, ...rows].map((cells) => `${cells.join('\t')}\r\n`).join('')
    const id = await deliver(harness, 'exam-2026-02-01a.dat', table)
    const took = await DB.prepare('SELECT finished_at - started_at AS ms FROM deliveries WHERE id = ?')
      .bind(id)
      .first<{ ms: number }>()
    const imported = await DB.prepare('SELECT count(*) AS n FROM results').first<{ n: number }>()
    if (imported!.n !== ROWS) throw new Error(`${imported!.n} of ${ROWS} rows were imported`)

    const slices = Array.from({ length: Math.ceil(ROWS / SLICE) }, (_, index) =>
      rows.slice(index * SLICE, (index + 1) * SLICE),
    )
    const body = JSON.stringify(slices)
    const began = performance.now()
    await harness.getWorker('bare-insert').fetch('http://bare/', { method: 'POST', body })
    const bareMs = performance.now() - began

    const rate = (ms: number) => Math.round((ROWS / ms) * 1000)
    console.log(
      `round ${round}: ${ROWS} rows: import ${took!.ms} ms, ${rate(took!.ms)} rows/s (to awards and mail owed); bare insert ${bareMs.toFixed(0)} ms, ${rate(bareMs)} rows/s`,
    )
    return bareMs / took!.ms
  } finally {
    await harness.close()
  }
}

function candidateTable(): string {
  const header = 'ClientCandidateID\tFirstName\tLastName\tEmail\tLastUpdate\r\n'
  return (
    header + candidates.map((id) => `${id}\tAda\tByron\t${id}@mail.example\t2026/01/01 00:00:00\r\n`).join('')
  )
}

function sittings(round: number): string[][] {
  const codes = ['JN0-106', 'JN0-232', 'JN0-281', 'JN0-224', 'JN0-214', 'JN0-253', 'JN0-352', 'JN0-336']
  return Array.from({ length: ROWS }, (_, index) => [
    String(round * 100_000_000 + index),
    candidates[Math.floor(index / 8)]!,
    '50123',
    codes[index % 8]!,
    'Networks',
    '',
    'A',
    'ENU',
    '1',
    `2025/0${1 + (index % 9)}/15 12:30:00`,
    '',
    '700',
    String(600 + (index % 300)),
    index % 3 === 0 ? 'fail' : 'pass',
    'false',
    'false',
    '50',
    '15',
    '0',
    '0',
    '',
    '',
  ])
}

async function deliver(
  harness: ReturnType<typeof createTestHarness>,
  name: string,
  table: string,
): Promise<string> {
  const headers = { authorization: `Bearer ${FEED_TOKEN}`, 'content-type': 'text/tab-separated-values' }
  const put = await harness.fetch(`/api/v1/feeds/pearson/deliveries/${name}`, {
    method: 'PUT',
    headers,
    body: table,
  })
  const { id } = (await put.json()) as { id: string }
  for (;;) {
    const { state } = (await (await harness.fetch(`/api/v1/deliveries/${id}`, { headers })).json()) as {
      state: string
    }
    if (state === 'imported') return id
    if (state !== 'received' && state !== 'importing') throw new Error(`${name} ended as ${state}`)
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
}
