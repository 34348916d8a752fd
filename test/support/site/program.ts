import document from '../../../programs/juniper/program.json'
import { parseDocument } from '../../../src/program/program.ts'
import * as schema from '../../../src/schema.ts'
import { db, LONG_AGO } from '../builders.ts'
import { givenStaff } from '../requests.ts'
import { type Made, type RoomSite, staffOnly } from './expected.ts'

const CHANGE = '/staff/program/changes/:id{[1-9][0-9]{0,14}}'
const RUN = '/staff/program/runs/:id{[1-9][0-9]{0,14}}'
const NEW = '/staff/program/changes/new/:kind'
const VERSION = '/staff/program/versions/:version{[1-9][0-9]{0,8}\\.json}'
const WITHDRAWAL = '/staff/program/versions/:version{[1-9][0-9]{0,8}}/withdrawal'

/** A change that somebody else wrote and tried. */
async function triedChange(): Promise<Made> {
  const { id: author } = await givenStaff('catalogue')
  const parsed = parseDocument({ ...document, name: 'Another name' })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.refusal))
  const [change] = await db
    .insert(schema.programChanges)
    .values({
      submission: crypto.randomUUID(),
      title: 'Another name',
      document: JSON.stringify(parsed.value),
      baseVersion: 1,
      madeBy: author,
      madeAt: LONG_AGO,
      changedBy: author,
      authors: `,${author},`,
      changedAt: LONG_AGO,
    })
    .returning()
  const run = { changeId: change!.id, total: 0, owedAt: LONG_AGO, movedAt: LONG_AGO, finishedAt: LONG_AGO }
  const [trial] = await db
    .insert(schema.programRuns)
    .values({ ...run, kind: 'trial', changeVersion: 1, state: 'done' })
    .returning()
  const [evaluation] = await db
    .insert(schema.programRuns)
    .values({ ...run, changeId: null, kind: 'evaluation', state: 'done', mails: 'held' })
    .returning()
  return { change: String(change!.id), trial: String(trial!.id), evaluation: String(evaluation!.id) }
}

/** A version that begins in some years, and on another day than those before it. */
async function versionAhead(): Promise<Made> {
  const versions = await db.select().from(schema.programVersions)
  const version = versions.length + 1
  await db.insert(schema.programVersions).values({
    version,
    sha256: 'f'.repeat(64),
    document: versions[0]!.document,
    appliedAt: LONG_AGO,
    effectiveOn: `${2100 + version}-01-01`,
  })
  return { version: String(version) }
}

const withdrawing = (answer: number) => ({
  prepare: versionAhead,
  path: (_: unknown, { version }: Made) => `/staff/program/versions/${version}/withdrawal`,
  answers: staffOnly,
  staff: { needs: 'program.change' as const, answer },
})

const changing = (end: string, answer: number, sends?: Record<string, string>) => ({
  prepare: triedChange,
  path: (_: unknown, { change }: Made) => `/staff/program/changes/${change}${end}`,
  ...(sends && { sends: () => sends }),
  answers: staffOnly,
  staff: { needs: 'program.change' as const, answer },
})

const seeing = (path: (made: Made) => string) => ({
  prepare: triedChange,
  path: (_: unknown, made: Made) => path(made),
  answers: staffOnly,
  staff: { needs: 'program.view' as const, answer: 200 },
})

export const programSite: RoomSite = {
  routes: {
    'GET /staff/program': seeing(() => '/staff/program'),
    [`GET ${VERSION}`]: seeing(() => '/staff/program/versions/1.json'),
    [`GET ${WITHDRAWAL}`]: withdrawing(200),
    [`POST ${WITHDRAWAL}`]: withdrawing(303),
    [`GET ${NEW}`]: {
      path: () => '/staff/program/changes/new/extension',
      answers: staffOnly,
      staff: { needs: 'program.change', answer: 200 },
    },
    [`POST ${NEW}`]: {
      path: () => '/staff/program/changes/new/renewal',
      sends: () => ({
        submission: crypto.randomUUID(),
        base: '1',
        title: 'Longer',
        effective: 'as-it-is',
        awardValidityMonths: '36',
        renewalMonths: '48',
        graceDays: '0',
      }),
      answers: staffOnly,
      staff: { needs: 'program.change', answer: 303 },
    },
    [`GET ${CHANGE}`]: seeing(({ change }) => `/staff/program/changes/${change}`),
    [`GET ${CHANGE}/document`]: changing('/document', 200),
    // A form without its fields.
    [`POST ${CHANGE}/document`]: changing('/document', 422, { title: '' }),
    [`POST ${CHANGE}/trial`]: changing('/trial', 303, { version: '1' }),
    [`POST ${CHANGE}/decision`]: changing('/decision', 303, { version: '1', to: 'apply' }),
    [`GET ${RUN}`]: seeing(({ trial }) => `/staff/program/runs/${trial}`),
    [`GET ${RUN}/progress`]: seeing(({ trial }) => `/staff/program/runs/${trial}/progress`),
    [`GET ${CHANGE}/document.json`]: seeing(({ change }) => `/staff/program/changes/${change}/document.json`),
    [`POST ${RUN}/again`]: {
      prepare: triedChange,
      path: (_, { evaluation }) => `/staff/program/runs/${evaluation}/again`,
      answers: staffOnly,
      staff: { needs: 'program.change', answer: 303 },
    },
    [`POST ${RUN}/mails`]: {
      prepare: triedChange,
      path: (_, { evaluation }) => `/staff/program/runs/${evaluation}/mails`,
      sends: () => ({ to: 'released' }),
      answers: staffOnly,
      staff: { needs: 'program.change', answer: 303 },
    },
  },
  guarded: ['/staff/program/*'],
}
