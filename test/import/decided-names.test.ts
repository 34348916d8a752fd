import { beforeEach, expect, test } from 'vitest'
import * as schema from '../../src/schema.ts'
import { db, givenProgram } from '../support/builders.ts'
import { CAND, candRow, deliver, table } from './deliver.ts'

const WITH_NATIVE = `${CAND}\tNativeName`
const person = (last: string, native: string) => `${candRow('00001234', { last })}\t${native}`

beforeEach(async () => {
  await givenProgram()
})

test('a name that staff decided on, and a native one that its bearer wrote, outlast every feed', async () => {
  await deliver({ 'cand-20260503.dat': table(WITH_NATIVE, person('Byron', 'Байрон')) })
  await db.update(schema.candidates).set({
    fullName: 'Ada King',
    givenName: 'Ada',
    familyName: 'King',
    nameDecidedAt: new Date('2026-05-04'),
    nativeName: 'Кинг',
    nativeNameEditedAt: new Date('2026-05-04'),
  })

  await deliver({ 'cand-20260510.dat': table(WITH_NATIVE, person('Lovelace', 'Лавлейс')) })

  expect(await db.select().from(schema.candidates)).toMatchObject([
    { fullName: 'Ada King', givenName: 'Ada', familyName: 'King', nativeName: 'Кинг' },
  ])
})

test('a name that nobody decided on follows the feed', async () => {
  await deliver({ 'cand-20260503.dat': table(WITH_NATIVE, person('Byron', 'Байрон')) })

  await deliver({ 'cand-20260510.dat': table(WITH_NATIVE, person('Lovelace', 'Лавлейс')) })

  expect(await db.select().from(schema.candidates)).toMatchObject([
    { fullName: 'Ada Lovelace', familyName: 'Lovelace', nativeName: 'Лавлейс' },
  ])
})
