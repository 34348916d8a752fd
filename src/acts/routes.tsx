import { Hono } from 'hono'
import { loadStaff, requirePermission, requireStaff, type StaffEnv } from '../staff/staff-viewer.ts'
import { actPages } from './act-routes.tsx'
import { approvalPages } from './approval-routes.tsx'
import { awardPage } from './award-routes.tsx'
import { bulkActs } from './bulk-routes.tsx'
import { proposalCsv } from './proposal-csv-routes.ts'
import { proposals } from './proposal-routes.tsx'

/** Console › Certifications: what staff see of an award, and what they do to one or to many. */
export const actsConsole = new Hono<StaffEnv>()
  .use('/staff/awards/*', loadStaff, requireStaff, requirePermission('awards.view'))
  .use('/staff/acts/*', loadStaff, requireStaff, requirePermission('awards.view'))
  .route('/', awardPage)
  .route('/', actPages)
  .route('/', approvalPages)
  .route('/', proposals)
  .route('/', bulkActs)
  .route('/', proposalCsv)
