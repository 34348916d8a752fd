import { afterAll, expect, test } from 'vitest'
import { withLocalPlatform } from '../../scripts/local-platform.ts'
import { putSampleDeliveries } from '../../scripts/sample-deliveries.ts'
import { differences, type EndState, endStateOf } from '../faults/end-state.ts'
import { randomOf } from '../faults/random.ts'
import { INSERT_SECOND_FEED, type ScenarioFile, scenarioOf } from '../faults/scenario.ts'
import { cleanUp, freshStore, importUntilDone } from './local-store.ts'

const NOW = new Date('2026-11-23T18:00:00Z')

/** `npm run faults` asks for rounds with a larger import, killed at random. */
const { rounds, seed, rows } = JSON.parse(process.env.TEST_KILLS ?? '{"rounds":0,"seed":1,"rows":0}') as {
  rounds: number
  seed: number
  rows: number
}

afterAll(cleanUp)

const stateOf = (store: string) => withLocalPlatform(({ DB }) => endStateOf(DB), store)

test('an import that is killed again and again ends like one that was left in peace', {
  timeout: 300_000,
}, async () => {
  const sample = async () => {
    const store = await freshStore()
    await withLocalPlatform(putSampleDeliveries, store)
    return store
  }
  const peace = await sample()
  await importUntilDone(peace, NOW)
  const expected = await stateOf(peace)

  const store = await sample()
  const { leftToDo } = await importUntilDone(store, NOW, [250, 600, 1100])

  // A quick machine may be done before the last kill, but none before the first.
  expect(leftToDo[0]).toBeGreaterThan(0)
  expect(expected.results!.length).toBeGreaterThan(1000)
  expect(expected.awards!.length).toBeGreaterThan(300)
  expect(differences(expected, await stateOf(store))).toEqual([])
})

let peace: { state: EndState; tookMs: number } | null = null

test.each(Array.from({ length: rounds }, (_, n) => n + 1))(
  'round %i of kills ends as if there had been none',
  async (round) => {
    peace ??= await importInPeace()
    const random = randomOf(seed * 100_003 + round)
    const moments = () =>
      Array.from({ length: 1 + Math.floor(random() * 2) }, () => Math.floor(random() * peace!.tookMs))
    const kills = [moments(), moments()]

    const store = await importScenario(kills)

    const found = differences(peace.state, await stateOf(store))
    console.log(
      `round ${round}, seed ${seed}: killed after ${kills.flat().join(', ')} ms: ${found.length === 0 ? 'identical' : 'DIFFERENT'}`,
    )
    expect(found, `seed ${seed}, round ${round} of kills`).toEqual([])
  },
  600_000,
)

async function importInPeace() {
  const began = Date.now()
  const store = await importScenario([[], []])
  // Half of it, for each of the two waves; a start of the Worker is counted as well, so that some kills come late.
  return { state: await stateOf(store), tookMs: (Date.now() - began) / 2 }
}

/** Each wave is put into the store of a Worker that is dead. */
async function importScenario(killsOfWaves: readonly (readonly number[])[]): Promise<string> {
  const store = await freshStore()
  await withLocalPlatform(({ DB }) => DB.prepare(INSERT_SECOND_FEED).run(), store)
  let now = NOW
  for (const [wave, files] of scenarioOf(rows).entries()) {
    await withLocalPlatform((env) => putAll(env, files), store)
    now = (await importUntilDone(store, now, killsOfWaves[wave])).now
  }
  return store
}

async function putAll({ BUCKET }: Env, files: readonly ScenarioFile[]) {
  for (const { feed, name, text } of files) await BUCKET.put(`inbox/${feed}/${name}`, text)
}
