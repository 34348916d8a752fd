import fc from 'fast-check'
import { type Program, parseProgram } from '../../../src/program/program.ts'
import type { ProgramVersion, Rules } from '../../../src/program/versions.ts'
import { anyDate } from './any-date.ts'
import { type AnyDocument, anyDocument, EXAMS, LEVELS } from './any-document.ts'
import { sampleDocument } from './any-sample.ts'

/** What is taken over from another document, and the exams that are gone, in a later version. */
const change = fc.record({
  from: anyDocument,
  sections: fc.subarray(
    ['settings', 'exams', 'certifications', 'renewal', 'courses', 'milestones', 'emeritus'] as const,
    { minLength: 1, maxLength: 4 },
  ),
  without: fc.oneof(
    { weight: 3, arbitrary: fc.constant<string[]>([]) },
    { weight: 1, arbitrary: fc.subarray(EXAMS, { minLength: 1, maxLength: 1 }) },
  ),
  effectiveOn: anyDate,
})

/** One version, two or three: each changed from the one before it. */
export const anyRules: fc.Arbitrary<Rules> = fc
  .record({
    first: anyDocument,
    changes: fc.array(change, { maxLength: 2 }),
    firstEffectiveOn: fc.option(fc.constantFrom('2020-04-30', '2021-01-31'), { freq: 2 }),
  })
  .map(({ first, changes, firstEffectiveOn }) => {
    if (changes.length === 0 && firstEffectiveOn === null) return programFrom(first)
    const versions: ProgramVersion[] = [{ effectiveOn: firstEffectiveOn, program: programFrom(first) }]
    let document = first
    const later = changes
      .toSorted((a, b) => (a.effectiveOn < b.effectiveOn ? -1 : 1))
      .filter(({ effectiveOn }) => effectiveOn > (firstEffectiveOn ?? ''))
      .filter(({ effectiveOn }, index, all) => effectiveOn !== all[index - 1]?.effectiveOn)
    for (const { from, sections, without, effectiveOn } of later) {
      const taken = Object.fromEntries(sections.map((section) => [section, from[section]]))
      document = { ...document, ...taken }
      const exams = document.exams.filter(({ code }) => !without.includes(code))
      versions.push({ effectiveOn, program: programFrom({ ...document, exams }) })
    }
    return versions
  })

type Draft = Omit<AnyDocument, 'exams'> & { exams: AnyDocument['exams'][number][] }

/** The program of a document, less what contradicts the rest of it. */
function programFrom(document: Draft): Program {
  const whole = structuredClone(wholeDocument(document)) as unknown as Record<string, unknown>
  for (;;) {
    const parsed = parseProgram(whole)
    if (parsed.ok) return parsed.value
    // From the end, so that taking one out moves no other.
    const paths = parsed.refusal.map(({ path }) => partOf(path))
    for (const path of [...new Set(paths)].sort().reverse()) takeOut(whole, path)
  }
}

/** The part that a fault is in: of `renewal.rules[1].renews` the rule. */
function partOf(path: string): string {
  const found = /^emeritus|^(renewal\.)?\w+\[\d\]/.exec(path)
  if (!found) throw new Error(`nothing to take out at ${path}`)
  return found[0]
}

function takeOut(whole: Record<string, unknown>, part: string) {
  if (part === 'emeritus') {
    delete whole.emeritus
    return
  }
  const [section, index] = part.replace('renewal.', '').replace(']', '').split('[') as [string, string]
  const holder = (part.startsWith('renewal.') ? whole.renewal : whole) as Record<string, unknown[]>
  holder[section]!.splice(Number(index), 1)
}

function wholeDocument({ settings, exams, renewal, emeritus, ...rest }: Draft) {
  const { agreement, ...sample } = sampleDocument()
  return {
    ...sample,
    ...rest,
    settings: { ...sample.settings, holidays: [], ...settings },
    levels: LEVELS.map((code, index) => ({ code, name: code, rank: index + 1 })),
    tracks: ['T1', 'T2'].map((code) => ({ code, name: code, hue: 0 })),
    exams: exams.map((exam) => ({
      ...exam,
      title: exam.code,
      kind: 'written',
      codes: [{ code: exam.code }],
    })),
    renewal: { ...renewal, course: { id: 'course', name: 'A course', ...renewal.course } },
    approvals: [{ code: 'A1', name: 'An approval' }],
    ...(emeritus && { emeritus }),
  }
}
