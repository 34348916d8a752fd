import { Hono } from 'hono'
import type { StaffEnv } from '../staff/staff-viewer.ts'
import { asCandidate } from './as-candidate-routes.tsx'
import { candidatePages } from './candidate-routes.tsx'
import { candidateSearch } from './search-routes.tsx'

/** What staff see of candidates. */
export const candidateConsole = new Hono<StaffEnv>()
  .route('/', candidateSearch)
  .route('/', candidatePages)
  .route('/', asCandidate)
