import { describe, expect, test } from 'vitest'
import document from '../../programs/juniper/program.json' with { type: 'json' }
import { en } from '../../src/i18n/messages.ts'
import { type ProgramDocument, parseDocument } from '../../src/program/program.ts'
import { editKinds, startingPoint, type Typed } from '../../src/program-changes/edits.ts'
import { type Head, readChange } from '../../src/program-changes/read-change.ts'

const TODAY = '2026-11-26'
const head: Head = { version: 3, effectiveOn: '2026-01-01', nextOn: null, document: sample() }

function sample(): ProgramDocument {
  const parsed = parseDocument(structuredClone(document))
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.refusal))
  return parsed.value
}

function read(kind: (typeof editKinds)[number], typed: Typed) {
  return readChange(kind, head, { title: 'Why', effective: 'as-it-is', ...typed }, TODAY)
}

function changed(kind: (typeof editKinds)[number], typed: Typed): ProgramDocument {
  const result = read(kind, typed)
  if (!result.ok) throw new Error(JSON.stringify(result.refusal))
  return result.value.document
}

test('an extension is decreed today for its window and selection', () => {
  const window = { expiresFrom: '2026-03-01', expiresUntil: '2026-09-30', months: '6' }
  const { renewal } = changed('extension', { ...window, level: 'JNCIS', track: '', certification: '' })

  expect(renewal.extensions).toEqual([
    {
      id: 'extension-2026-11-26',
      name: 'Why',
      on: TODAY,
      expiresFrom: '2026-03-01',
      expiresUntil: '2026-09-30',
      months: 6,
      renews: { level: 'JNCIS' },
    },
  ])
})

test('a new code ends the one before on the day before', () => {
  const { exams } = changed('code', { exam: 'JNCIA-Junos', newCode: 'JN0-107', from: '2027-04-01' })

  expect(exams.find(({ code }) => code === 'JNCIA-Junos')?.codes).toEqual([
    { code: 'JN0-105', until: '2026-04-05' },
    { code: 'JN0-106', until: '2027-03-31' },
    { code: 'JN0-107', from: '2027-04-01' },
  ])
})

test('a course is added, or changed where it is there', () => {
  const course = { course: 'JIR', courseName: '', renews: 'JNCIS-ENT, JNCIS-SP', direction: 'same-level' }
  const { courses } = changed('course', course)

  expect(courses.filter(({ code }) => code === 'JIR')).toEqual([
    { code: 'JIR', renews: ['JNCIS-ENT', 'JNCIS-SP'], direction: 'same-level' },
  ])
  expect(changed('course', { ...course, course: 'NEW' }).courses).toHaveLength(courses.length + 1)
})

test.each(['renewal', 'document'] as const)('what the form of %s starts from changes nothing', (kind) => {
  const { renewal, ...rest } = changed(kind, startingPoint(kind, head.document))
  const { renewal: before, ...restBefore } = head.document

  expect(rest).toEqual(restBefore)
  expect(renewal).toMatchObject({ months: before.months, rules: before.rules })
})

test('a later version leaves decrees of the past to the version that made them', () => {
  const decreed = {
    id: 'old',
    name: 'Old',
    on: '2026-05-01',
    expiresFrom: '2026-03-01',
    expiresUntil: '2026-09-30',
    months: 6,
  }
  const document = { ...head.document, renewal: { ...head.document.renewal, extensions: [decreed] } }
  const typed = {
    ...startingPoint('renewal', document),
    title: 'Why',
    effective: 'from',
    effectiveOn: '2027-01-01',
  }
  const result = readChange('renewal', { ...head, document }, typed, TODAY)

  expect(result.ok && result.value.document.renewal.extensions).toBeUndefined()
})

test('a course keeps its name, and a validity without an end stays one', () => {
  const named = changed('course', {
    course: 'JIR',
    courseName: 'Routing',
    renews: 'JNCIS-ENT',
    direction: 'same-level',
  })
  const typed = {
    course: 'JIR',
    courseName: '',
    renews: 'JNCIS-SP',
    direction: 'same-level',
    title: 'Why',
    effective: 'as-it-is',
  }
  const again = readChange('course', { ...head, document: named }, typed, TODAY)
  const forEver = { ...startingPoint('renewal', head.document), awardValidityMonths: '' }

  expect(again.ok && again.value.document.courses.find(({ code }) => code === 'JIR')?.name).toBe('Routing')
  expect(changed('renewal', forEver).settings.awardValidityMonths).toBeNull()
})

describe('refused, with every fault and its place', () => {
  test('a window that ends before it begins, a selection that nothing answers to', () => {
    const window = { expiresFrom: '2026-09-30', expiresUntil: '2026-03-01', months: '6' }
    const result = read('extension', { ...window, level: 'JNCIE', track: 'Cloud', certification: '' })

    expect(result.ok ? [] : result.refusal.faults.map(({ path }) => path)).toEqual([
      'renewal.extensions[0].expiresUntil',
      'renewal.extensions[0].renews',
    ])
  })

  test('a document that contradicts itself, at every place', () => {
    const broken = structuredClone(head.document)
    broken.certifications[0]!.prerequisites = [['JNCIE-ENT']]
    broken.certifications[1]!.exam = 'NOPE'
    const result = read('document', { document: JSON.stringify(broken) })

    expect(result.ok ? [] : result.refusal.faults.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['certifications[1].exam']),
    )
    expect(result.ok ? '' : JSON.stringify(result.refusal.faults)).toContain('asks for itself')
  })

  test('what is no JSON', () => {
    const result = read('document', { document: '{' })

    expect(result.ok ? null : result.refusal).toMatchObject({
      fields: { document: ['program.field.document.unreadable'] },
      faults: [{ path: '' }],
    })
  })

  test('a day on which another version begins, or before it', () => {
    const from = (effectiveOn: string) => {
      const result = read('renewal', {
        ...startingPoint('renewal', head.document),
        effective: 'from',
        effectiveOn,
      })
      return result.ok ? 'taken' : result.refusal.fields.effectiveOn
    }

    expect(from('2026-01-01')).toEqual(['program.field.effectiveOn.overlaps'])
    expect(from('2025-12-31')).toEqual(['program.field.effectiveOn.overlaps'])
    expect(from('2026-02-30')).toEqual(['program.field.effectiveOn.missing'])
    expect(from('2026-01-02')).toBe('taken')
  })

  test('a day on which the next version begins, or after it, and a year that was mistyped', () => {
    const from = (effectiveOn: string, nextOn: string | null) => {
      const typed = {
        ...startingPoint('renewal', head.document),
        title: 'Why',
        effective: 'from',
        effectiveOn,
      }
      const result = readChange('renewal', { ...head, nextOn }, typed, TODAY)
      return result.ok ? 'taken' : result.refusal.fields.effectiveOn
    }

    expect(from('2027-01-01', '2027-01-01')).toEqual(['program.field.effectiveOn.next'])
    expect(from('2028-01-01', '2027-01-01')).toEqual(['program.field.effectiveOn.next'])
    expect(from('2026-12-31', '2027-01-01')).toBe('taken')
    expect(from('2206-01-01', null)).toEqual(['program.field.effectiveOn.far'])
    expect(from('9999-12-31', null)).toEqual(['program.field.effectiveOn.far'])
  })

  test.each(['\u0000abc', 'a\u202Ebc', ' \u200B '])(
    'a title or a name with what cannot be seen: %j',
    (hidden) => {
      const course = { course: 'NEW', courseName: hidden, renews: 'JNCIS-ENT', direction: 'same-level' }
      const titled = readChange(
        'course',
        head,
        { ...course, courseName: '', title: hidden, effective: 'as-it-is' },
        TODAY,
      )
      const named = read('course', course)

      expect(titled.ok ? [] : Object.keys(titled.refusal.fields)).toEqual(['title'])
      expect(named.ok ? [] : Object.keys(named.refusal.fields)).toEqual(['courseName'])
    },
  )

  test('an exam that is not there', () => {
    const result = read('code', { exam: 'NOPE', newCode: 'JN0-999', from: '2027-04-01' })

    expect(result.ok ? {} : result.refusal.fields).toEqual({ exam: ['program.field.exam.missing'] })
  })

  test.each([60, 20_000, 200_000])('a document that is %i deep', (depth) => {
    const result = read('document', { document: '['.repeat(depth) + ']'.repeat(depth) })

    expect(result.ok ? [] : result.refusal.faults).toEqual([
      { path: '', message: 'is nested more than 50 deep' },
    ])
  })

  test('an extension that is decreed before its version begins', () => {
    const window = { expiresFrom: '2026-03-01', expiresUntil: '2026-09-30', months: '6' }
    const typed = { ...window, level: '', track: '', certification: '' }
    const result = read('extension', { ...typed, effective: 'from', effectiveOn: '2027-01-01' })

    expect(result.ok ? [] : result.refusal.faults.map(({ path }) => path)).toEqual([
      'renewal.extensions[0].on',
    ])
  })

  test.each(editKinds)('nothing but our own words comes of a form of %s without its fields', (kind) => {
    const result = readChange(kind, head, {}, TODAY)

    expect(result.ok).toBe(false)
    for (const key of result.ok ? [] : Object.values(result.refusal.fields).flat())
      expect(en).toHaveProperty([key!])
  })

  test('an extension that lies ahead, or that was decreed on another day', () => {
    const decreed = {
      id: 'old',
      name: 'Old',
      on: '2026-05-01',
      expiresFrom: '2026-03-01',
      expiresUntil: '2026-09-30',
      months: 6,
    }
    const withExtension = (on: string, id: string) => {
      const document = structuredClone(head.document)
      document.renewal.extensions = [{ ...decreed, on, id }]
      const before: Head = {
        ...head,
        document: { ...head.document, renewal: { ...head.document.renewal, extensions: [decreed] } },
      }
      const typed = { title: 'Why', effective: 'as-it-is', document: JSON.stringify(document) }
      const result = readChange('document', before, typed, TODAY)
      return result.ok ? [] : result.refusal.faults.map(({ message }) => message)
    }

    expect(withExtension('2026-12-01', 'new').join()).toContain('lies ahead')
    expect(withExtension('2026-06-01', 'old').join()).toContain('was decreed on 2026-05-01')
    expect(withExtension('2026-05-01', 'old')).toEqual([])
  })

  test('fields that are missing, all at once', () => {
    const result = readChange('code', head, { effective: '' }, TODAY)

    expect(result.ok ? [] : Object.keys(result.refusal.fields).sort()).toEqual([
      'effective',
      'exam',
      'from',
      'newCode',
      'title',
    ])
  })
})
