import { describe, expect, test } from 'vitest'
import { parseProgram } from '../../src/program/program.ts'
import { faultsAfter } from './sample-program.ts'

describe('shape', () => {
  test('what is not a program at all is refused', () => {
    expect(parseProgram('certifications')).toMatchObject({ ok: false, refusal: [{ path: '' }] })
    expect(parseProgram(null)).toMatchObject({ ok: false })
  })

  test('a level needs a rank', () => {
    const faults = faultsAfter((draft) => Reflect.deleteProperty(draft.levels[1]!, 'rank'))

    expect(faults).toEqual(['levels[1].rank: Invalid key: Expected "rank" but received undefined'])
  })

  test('a misspelt key is named, not ignored', () => {
    const faults = faultsAfter((draft) => Object.assign(draft.exams[2]!, { minuts: 60 }))

    expect(faults).toEqual(['exams[2].minuts: is not known here'])
  })

  test('dates and time zones have to exist', () => {
    const faults = faultsAfter(({ settings, exams }) => {
      settings.timeZone = 'America/Los_Angles'
      settings.holidays[0] = '2026-02-29'
      Object.assign(exams[0]!.codes[0]!, { until: '05.04.2026' })
    })

    expect(faults).toEqual([
      'settings.timeZone: must be an IANA time zone',
      'settings.holidays[0]: must be a date that exists, YYYY-MM-DD',
      'exams[0].codes[0].until: must be a date that exists, YYYY-MM-DD',
    ])
  })

  test('staff owe an answer, and a question opens again, within a year', () => {
    const faults = faultsAfter(({ settings }) =>
      Object.assign(settings, { requests: { dueBusinessDays: 366, reopenDays: 1_000_000_000 } }),
    )

    expect(faults).toEqual([
      'settings.requests.dueBusinessDays: must be at most 365',
      'settings.requests.reopenDays: must be at most 365',
    ])
  })

  test('a date of a year that nobody means is a slip', () => {
    const faults = faultsAfter(({ settings, exams }) => {
      settings.holidays[0] = '9999-12-25'
      Object.assign(exams[0]!.codes[0]!, { until: '0206-05-04' })
    })

    expect(faults).toEqual([
      'settings.holidays[0]: must be of the years 1900 to 2200',
      'exams[0].codes[0].until: must be of the years 1900 to 2200',
    ])
  })

  test('a prerequisite group without a certification could never be met', () => {
    const faults = faultsAfter((draft) => draft.certifications[0]!.prerequisites.push([] as never))

    expect(faults).toEqual([
      'certifications[0].prerequisites[0]: a group without a certification is never met',
    ])
  })

  test('a renewal rule is triggered by one thing', () => {
    const faults = faultsAfter(({ renewal }) =>
      Object.assign(renewal.rules[0]!.by, { earning: { level: 'JNCIA' } }),
    )

    expect(faults).toEqual(['renewal.rules[0].by: must be either passing or earning'])
  })

  test('a selector that selects everything by selecting nothing is refused', () => {
    const faults = faultsAfter(({ renewal }) => Reflect.deleteProperty(renewal.rules[0]!.renews, 'level'))

    expect(faults).toEqual(['renewal.rules[0].renews: must select something'])
  })
})

test('what is waited for is at most a season of business days', () => {
  const faults = faultsAfter(({ settings }) => {
    settings.results = { usualBusinessDays: 61, lateAfterBusinessDays: 1e12 }
  })

  expect(faults).toEqual([
    'settings.results.usualBusinessDays: must be at most 60',
    'settings.results.lateAfterBusinessDays: must be at most 60',
  ])
})

describe('codes', () => {
  test('two parts of one kind cannot share a code', () => {
    const faults = faultsAfter(({ levels, tracks, exams, certifications, renewal }) => {
      levels[1]!.code = 'JNCIA'
      tracks[7]!.code = 'ENT'
      exams[1]!.code = 'JNCIA-Junos'
      certifications[1]!.code = 'JNCIA-Junos'
      renewal.rules[1]!.id = renewal.rules[0]!.id
    })

    expect(faults).toEqual(
      expect.arrayContaining([
        'levels[1].code: "JNCIA" is used already, at levels[0].code',
        'tracks[7].code: "ENT" is used already, at tracks[0].code',
        'exams[1].code: "JNCIA-Junos" is used already, at exams[0].code',
        'certifications[1].code: "JNCIA-Junos" is used already, at certifications[0].code',
        'renewal.rules[1].id: "associate-same-level" is used already, at renewal.rules[0].id',
      ]),
    )
  })

  test('a renewal is said to be by an ID alone, so no two rules of any kind share one', () => {
    const faults = faultsAfter(({ renewal }) => {
      renewal.cascades[1]!.id = 'associate-going-up'
      Object.assign(renewal, {
        course: { id: 'lower-of-track', name: 'A', notTwiceInARow: true, submittedBeforeExpiry: true },
      })
    })

    expect(faults).toEqual([
      'renewal.cascades[1].id: "associate-going-up" is used already, at renewal.rules[1].id',
      'renewal.course.id: "lower-of-track" is used already, at renewal.cascades[0].id',
    ])
  })

  test('nor has one an ID that means something else', () => {
    const faults = faultsAfter(({ renewal }) => {
      renewal.rules[0]!.id = 'reactivation'
      renewal.rules[1]!.id = 'course'
      renewal.cascades[0]!.id = 'staff-extension'
    })

    expect(faults).toEqual([
      'renewal.rules[0].id: "reactivation" means something else: choose another ID',
      'renewal.rules[1].id: "course" means something else: choose another ID',
      'renewal.cascades[0].id: "staff-extension" means something else: choose another ID',
    ])
  })

  test('one series code cannot mean two exams, whatever its case', () => {
    const faults = faultsAfter(({ exams }) => exams[1]!.codes.unshift({ code: 'jn0-352' }))

    expect(faults).toEqual(['exams[7].codes[1].code: "JN0-352" is used already, at exams[1].codes[0].code'])
  })

  test('a code that nothing has is named where it is used', () => {
    const faults = faultsAfter(({ exams, certifications, courses }) => {
      exams[0]!.level = 'JNCIX'
      exams[0]!.tracks[1] = 'SPX'
      certifications[3]!.exam = 'JNCIA-Ops'
      certifications[7]!.prerequisites[0]!.push('JNCIA-Junoz')
      courses[0]!.renews.push('JNCIS-NET')
    })

    expect(faults).toEqual([
      'exams[0].level: there is no level "JNCIX"',
      'exams[0].tracks[1]: there is no track "SPX"',
      'certifications[3].exam: there is no exam "JNCIA-Ops"',
      'certifications[7].prerequisites[0][1]: there is no certification "JNCIA-Junoz"',
      'courses[0].renews[1]: there is no certification "JNCIS-NET"',
    ])
  })

  test('levels of one rank leave open which is lower', () => {
    const faults = faultsAfter(({ levels }) => {
      levels[2]!.rank = 2
    })

    expect(faults).toEqual(['levels[2].rank: "JNCIS" has rank 2 already'])
  })
})

describe('series code periods', () => {
  const codes = (...list: { code: string; from?: string; until?: string }[]) =>
    faultsAfter(({ exams }) => {
      exams[0]!.codes = list as (typeof exams)[0]['codes']
    })

  test('the next code begins after the last has ended', () => {
    expect(codes({ code: 'A', until: '2026-04-05' }, { code: 'B', from: '2026-04-06' })).toEqual([])
    expect(codes({ code: 'A', until: '2026-04-05' }, { code: 'B', from: '2026-04-05' })).toEqual([
      'exams[0].codes[1].from: "B" overlaps "A": list codes oldest first, each beginning after the last',
    ])
  })

  test('a code in the wrong place of the order is found past one without dates', () => {
    expect(
      codes({ code: 'A', from: '2026-01-01' }, { code: 'B' }, { code: 'C', until: '2025-12-31' }),
    ).toEqual([
      'exams[0].codes[2].until: "C" overlaps "A": list codes oldest first, each beginning after the last',
    ])
  })

  test('a code cannot end before it begins', () => {
    expect(codes({ code: 'A', from: '2026-04-06', until: '2026-04-05' })).toEqual([
      'exams[0].codes[0].until: "A" ends on 2026-04-05, before it begins',
    ])
  })
})

describe('prerequisites', () => {
  test('a certification cannot ask for itself', () => {
    const faults = faultsAfter(({ certifications }) => {
      certifications[7]!.prerequisites = [['JNCIS-ENT']]
    })

    expect(faults).toEqual([
      'certifications[7].prerequisites[0][0]: asks for itself: JNCIS-ENT needs JNCIS-ENT',
    ])
  })

  test('nor by way of others', () => {
    const faults = faultsAfter(({ certifications }) => {
      certifications[0]!.prerequisites = [['JNCIE-ENT']] as never
    })

    expect(faults).toEqual([
      'certifications[7].prerequisites[0][0]: asks for itself: ' +
        'JNCIA-Junos needs JNCIE-ENT needs JNCIP-ENT needs JNCIS-ENT needs JNCIA-Junos',
    ])
  })
})

describe('renewal', () => {
  test('a selector names what exists', () => {
    const faults = faultsAfter(({ renewal }) => {
      renewal.rules[4]!.renews = { certification: 'JNCIS-EMT' } as never
      renewal.rules[4]!.by = { earning: { certification: 'JNCIP-CD' } } as never
      renewal.rules[1]!.by = { passing: { level: 'JNCIS', inTrackOfActive: { level: 'JNCIB' } } } as never
      renewal.cascades[1]!.renews = { level: 'JNCIC' }
    })

    expect(faults).toEqual([
      'renewal.rules[1].by.passing.inTrackOfActive.level: there is no level "JNCIB"',
      'renewal.rules[4].renews.certification: there is no certification "JNCIS-EMT"',
      'renewal.rules[4].by.earning.certification: there is no certification "JNCIP-CD"',
      'renewal.cascades[1].renews.level: there is no level "JNCIC"',
    ])
  })

  test('a selector that nothing answers to is a mistake', () => {
    const faults = faultsAfter(({ renewal }) => {
      renewal.rules[0]!.renews = { level: 'JNCIP', track: 'Cloud' } as never
      renewal.rules[1]!.by = { passing: { level: 'JNCIE', track: 'Design' } } as never
      renewal.rules[2]!.renews = { certification: 'JNCIA-Cloud' } as never
      renewal.rules[4]!.by = { earning: { level: 'JNCIE', track: 'MistAI' } } as never
      renewal.cascades[0]!.renews = { level: 'JNCIE', track: 'DevOps' } as never
    })

    expect(faults).toEqual([
      'renewal.rules[0].renews: no certification of the program answers to this',
      'renewal.rules[1].by.passing: no exam of the program answers to this',
      'renewal.rules[2].by.passing: no exam of the program answers to this',
      'renewal.rules[4].by.earning: no certification of the program answers to this',
      'renewal.cascades[0].renews: no certification of the program answers to this',
    ])
  })
})

test('a level that makes emeritus is one that a certification has', () => {
  const faults = faultsAfter((draft) => {
    draft.levels.push({ ...draft.levels[0]!, code: 'JNCIX', rank: 9 })
    Object.assign(draft, { emeritus: { level: 'JNCIX', afterMonths: 12 } })
  })

  expect(faults).toEqual(['emeritus.level: no certification of the program has this level'])
})

test('faults of every kind are listed at once, and one never causes another', () => {
  const faults = faultsAfter(({ settings, levels, exams, certifications }) => {
    Reflect.deleteProperty(settings, 'mail')
    Object.assign(levels[0]!, { rank: 'first' })
    Object.assign(exams[0]!, { minutes: 'ninety' })
    exams[5]!.codes[0]!.code = 'JN0-214'
    certifications[14]!.prerequisites[0]![0] = 'JNCIS-EMT'
  })

  expect(faults).toEqual([
    'settings.mail: Invalid key: Expected "mail" but received undefined',
    'levels[0].rank: Invalid type: Expected number but received "first"',
    'exams[0].minutes: Invalid type: Expected number but received "ninety"',
    'certifications[14].prerequisites[0][0]: there is no certification "JNCIS-EMT"',
    'exams[5].codes[0].code: "JN0-214" is used already, at exams[4].codes[0].code',
  ])
})
