import { Hono } from 'hono'
import { paths } from '../paths.ts'
import { loadStaff, requirePermission, requireStaff, type StaffEnv } from '../staff/staff-viewer.ts'
import { oneDelivery } from './delivery-routes.tsx'
import { deliveryFiles } from './file-routes.ts'
import { lateResults } from './late-routes.tsx'
import { deliveryList } from './list-routes.tsx'
import { deliveryProgress } from './progress-routes.ts'
import { resultPage } from './result-routes.tsx'
import { deliveryUpload } from './upload-routes.tsx'

/** What vendors delivered, what became of it, and the results that came of it: for staff. */
export const deliveriesConsole = new Hono<StaffEnv>()
  .use('/staff/deliveries/*', loadStaff, requireStaff, requirePermission('deliveries.view'))
  .use('/staff/results/*', loadStaff, requireStaff, requirePermission('deliveries.view'))
  .use(paths.staff.lateResults, loadStaff, requireStaff, requirePermission('deliveries.view'))
  .route('/', deliveryList)
  .route('/', deliveryUpload)
  .route('/', oneDelivery)
  .route('/', deliveryProgress)
  .route('/', deliveryFiles)
  .route('/', resultPage)
  .route('/', lateResults)
