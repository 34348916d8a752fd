import * as schema from '../../../src/schema.ts'
import { db, LONG_AGO } from '../builders.ts'
import { givenStaff } from '../requests.ts'
import { type Made, type Place, type RoomSite, staffOnly } from './expected.ts'

const FEED = '/staff/feeds/:id{[a-z][a-z0-9-]{0,19}}'
const MAP = `${FEED}/maps/:number{[1-9][0-9]?}`

/** A feed with one column map, made anew for each visit. */
async function mappedFeed() {
  const map = { name: 'PSI', files: 'psi*.csv', kind: 'result', columns: {} }
  const feed = { id: 'psi', name: 'PSI', settings: { maps: [map] }, version: 1 }
  await db
    .insert(schema.feeds)
    .values({ ...feed, createdAt: LONG_AGO, changedAt: LONG_AGO })
    .onConflictDoUpdate({ target: schema.feeds.id, set: feed })
  return { id: feed.id }
}

/** What one of the staff taught the feed: whose an ID is, and what a code means. */
async function taughtFeed({ candidate }: Place): Promise<Made> {
  const { id: madeBy } = await givenStaff('reviewer')
  const taught = { feed: 'pearson', madeBy, madeAt: LONG_AGO }
  await db
    .insert(schema.candidateLinks)
    .values({ ...taught, saidId: 'X1', candidateId: candidate.id })
    .onConflictDoNothing()
  await db
    .insert(schema.examCodeAliases)
    .values({ ...taught, code: 'OLD-1', exam: 'JNCIA-Junos' })
    .onConflictDoNothing()
  return {}
}

const taughtPage = (needs: 'feeds.view' | 'quarantine.decide', end = '') => ({
  prepare: taughtFeed,
  path: () => `/staff/feeds/pearson/taught${end}`,
  answers: staffOnly,
  staff: { needs, answer: 200 },
})

const forgetting = (end: string) => ({
  ...taughtPage('quarantine.decide', end),
  sends: () => ({ taughtAt: String(LONG_AGO.getTime()) }),
  staff: { needs: 'quarantine.decide' as const, answer: 303 },
})

const page = (needs: 'feeds.view' | 'feeds.change' | 'feeds.tokens', end = '') => ({
  path: () => `/staff/feeds/pearson${end}`,
  answers: staffOnly,
  staff: { needs, answer: 200 },
})

export const feedsSite: RoomSite = {
  routes: {
    'GET /staff/feeds': {
      path: () => '/staff/feeds',
      answers: staffOnly,
      staff: { needs: 'feeds.view', answer: 200 },
    },
    'GET /staff/feeds/new': {
      path: () => '/staff/feeds/new',
      answers: staffOnly,
      staff: { needs: 'feeds.change', answer: 200 },
    },
    'POST /staff/feeds/new': {
      path: () => '/staff/feeds/new',
      sends: () => ({ id: 'kryterion', name: 'Kryterion', start: 'mapped' }),
      answers: staffOnly,
      staff: { needs: 'feeds.change', answer: 303 },
    },
    [`GET ${FEED}`]: page('feeds.view'),
    // A form without its fields.
    [`POST ${FEED}`]: { ...page('feeds.change'), staff: { needs: 'feeds.change', answer: 422 } },
    [`GET ${FEED}/stop`]: page('feeds.change', '/stop'),
    [`POST ${FEED}/stop`]: {
      ...page('feeds.change', '/stop'),
      sends: () => ({ to: 'stopped' }),
      staff: { needs: 'feeds.change', answer: 303 },
    },
    [`GET ${FEED}/token`]: page('feeds.tokens', '/token'),
    [`POST ${FEED}/token`]: { ...page('feeds.tokens', '/token'), sends: () => ({ madeAt: '' }) },
    [`GET ${FEED}/secret`]: page('feeds.tokens', '/secret'),
    [`POST ${FEED}/secret`]: page('feeds.tokens', '/secret'),
    [`GET ${FEED}/test`]: page('feeds.view', '/test'),
    // Without a file.
    [`POST ${FEED}/test`]: { ...page('feeds.view', '/test'), staff: { needs: 'feeds.view', answer: 422 } },
    [`GET ${FEED}/map`]: page('feeds.change', '/map'),
    [`POST ${FEED}/map`]: { ...page('feeds.change', '/map'), staff: { needs: 'feeds.change', answer: 422 } },
    [`GET ${FEED}/taught`]: taughtPage('feeds.view'),
    [`GET ${FEED}/taught/id/removal`]: taughtPage('quarantine.decide', '/id/removal?said=X1'),
    [`POST ${FEED}/taught/id/removal`]: forgetting('/id/removal?said=X1'),
    [`GET ${FEED}/taught/code/removal`]: taughtPage('quarantine.decide', '/code/removal?code=OLD-1'),
    [`POST ${FEED}/taught/code/removal`]: forgetting('/code/removal?code=OLD-1'),
    [`POST ${MAP}/up`]: {
      prepare: mappedFeed,
      path: (_, { id }) => `/staff/feeds/${id}/maps/1/up`,
      sends: () => ({ version: '1' }),
      answers: staffOnly,
      staff: { needs: 'feeds.change', answer: 303 },
    },
    [`POST ${MAP}/removal`]: {
      prepare: mappedFeed,
      path: (_, { id }) => `/staff/feeds/${id}/maps/1/removal`,
      sends: () => ({ version: '1' }),
      answers: staffOnly,
      staff: { needs: 'feeds.change', answer: 303 },
    },
  },
  guarded: ['/staff/feeds/*', `${FEED}/token`, `${FEED}/secret`],
}
